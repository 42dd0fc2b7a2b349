"""What one parent answered about pictures of their children, as a copy for them to keep (UK GDPR Article 7(1))."""

from collections.abc import Iterator

from exports.paper import Letterhead, Paper, Part
from models.vocabulary import ImageDecision
from registry.families.families import Child
from registry.families.form_words import question
from registry.families.own_answers import Own
from registry.families.own_page import Page
from registry.images.uses import Use
from registry.rules.plain_dates import plain_day

WORDS: dict[str, str] = {
    ImageDecision.GIVEN: "Yes",
    ImageDecision.REFUSED: "No",
    ImageDecision.WITHDRAWN: "No: you took your yes back",
    ImageDecision.OBJECTED: "No: you objected",
}
NOT_WANTED = "Your child does not want this, as you told us."
HOW_TO_CHANGE = (
    "You can take a yes back, or object, at any time: through your link while it works, or by telling the school office in any way. "
    "It counts from that moment."
)


def of_page(page: Page, head: Letterhead, sealed: str) -> Paper:
    """The copy, as things stand now."""
    below = [f"What {page.family.name} answered.", *([page.authority] if page.authority else []), HOW_TO_CHANGE]
    parts = [part for child, name in zip(page.family.children, page.family.names, strict=True) for part in _of_child(page, child, name)]
    return Paper(title="Your answers about pictures", letterhead=head, sealed=sealed, below=below, parts=parts)


def said(own: Own) -> str:
    """An answer in a few words: what, when, and until when it counts."""
    word = WORDS.get(own.decision, "No answer that counts")
    until = f", counts until {plain_day(own.valid_until)}" if own.is_yes and own.valid_until else ""
    return f"{word}, on {plain_day(own.given_on)}{until}"


def _of_child(page: Page, child: Child, name: str) -> Iterator[Part]:
    asked = ((use, page.own(child.id, use.id), (child.id, use.id) in page.unwanted) for use in (*page.asked, *page.told))
    told = [(_words(use, own), [*_lines(own), *([NOT_WANTED] if is_unwanted else [])]) for use, own, is_unwanted in asked if own or is_unwanted]
    if told:
        yield Part(heading=f"{name}, {child.class_name}" if child.class_name else name, answers=told)


def _words(use: Use, own: Own | None) -> str:
    return own.wording if own and own.wording else question(use)


def _lines(own: Own | None) -> list[str]:
    return [] if own is None else [said(own), *([f"On condition: {own.conditions}"] if own.conditions and own.is_yes else [])]

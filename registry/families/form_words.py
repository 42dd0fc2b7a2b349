"""What a form says of a use of pictures, on paper and on the page alike: the question, the basis in plain words, and the right that goes with it."""

from dataclasses import dataclass

from models.vocabulary import ImageBasis
from registry.images.uses import Use

_BASIS = {
    ImageBasis.CONSENT: "Only with your consent.",
    ImageBasis.PUBLIC_TASK: "Part of our public task as a school, not by consent.",
    ImageBasis.LEGITIMATE_INTERESTS: "In the school’s legitimate interests, not by consent.",
}
_RIGHT = {
    ImageBasis.CONSENT: "You can take a yes back at any time.",
    ImageBasis.PUBLIC_TASK: "You can object at any time, and we stop.",
    ImageBasis.LEGITIMATE_INTERESTS: "You can object at any time, and we stop.",
}


@dataclass(frozen=True)
class Told:
    """One use as families are told of it."""

    question: str
    covers: str
    basis: str
    right: str
    kept: str
    counts: str


def told(use: Use) -> Told:
    """The words about a use."""
    basis = ImageBasis.CONSENT if is_by_consent(use) else ImageBasis(use.basis)
    return Told(question(use), use.covers, _BASIS[basis], _RIGHT[basis], _kept(use), _counts(use))


def question(use: Use) -> str:
    """What is asked, or told; kept with each answer."""
    return use.sentence or f"May we use pictures of your child for {use.in_sentence}?"


def is_by_consent(use: Use) -> bool:
    """Whether a yes is needed, and is withdrawn; else somebody objects."""
    return use.basis not in (ImageBasis.PUBLIC_TASK, ImageBasis.LEGITIMATE_INTERESTS)


def _kept(use: Use) -> str:
    where = f"Kept: {_closed(use.storage)}" if use.storage else ""
    long = f"For how long: {_closed(use.kept)}" if use.kept else ""
    return " ".join(filter(None, (where, long)))


def _counts(use: Use) -> str:
    if not use.is_asked or not use.valid_months:
        return ""
    return f"A yes counts for {use.valid_months} month{'' if use.valid_months == 1 else 's'}. Then we ask again."


def _closed(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."

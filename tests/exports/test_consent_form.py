"""The paper form: a set of pages for each parent, nothing ticked, and always made whatever people are called."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from exports.consent_form import Addressee, forms
from exports.paper import NOT_ALL_LETTERS, Letterhead
from models.vocabulary import ImageBasis, ImageUseKind, NameShown, NoAnswer
from registry.families.families import Child
from registry.images.uses import Use

HEAD = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
SAM = Child(UUID(int=1), "Sam Patel", "3 Oak", may_decide=False, has_left=False)
KIM = Child(UUID(int=2), "Kim Patel", "9A", may_decide=True, has_left=False)


def a_use(name: str, **more: Any) -> Use:
    usual = {
        "kind": ImageUseKind.WEBSITE, "basis": ImageBasis.CONSENT, "no_answer": NoAnswer.BLOCK, "leaves_school": True,
        "most_name_shown": NameShown.FIRST, "is_asked": True, "sentence": f"May we: {name}?", "covers": "Anybody can see it.", "valid_months": 12,
        "storage": "With our web host", "kept": "A year", "changed_at": datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
    }  # fmt: skip
    return Use(id=UUID(int=len(name)), name=name, **{**usual, **more})


def pages(*addressees: Addressee, uses: tuple[Use, ...] = (a_use("School website"),)) -> list[str]:
    """What stands on each page."""
    read = PdfReader(io.BytesIO(forms(addressees, uses, HEAD)))
    return [" ".join(page.extract_text().split()) for page in read.pages]


def alternatives(part: Any) -> list[str]:
    """What a screen reader says for the pictures within a part of a tagged paper."""
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        return [words for each in part for words in alternatives(each)]
    if not isinstance(part, dict):
        return []
    own = [str(part["/Alt"])] if "/Alt" in part else []
    return own + (alternatives(part["/K"]) if "/K" in part else [])


def test_each_parent_has_pages_of_their_own_counted_anew() -> None:
    many = tuple(a_use(f"Use number {number}") for number in range(12))
    both = pages(Addressee("Meera Patel", (SAM, KIM), ("Sam", "Kim")), Addressee("Jo Lee", (KIM,), ("Kim",)), uses=many)
    firsts = [place for place, words in enumerate(both) if "Page 1 of" in words]
    assert len(firsts) == 2
    hers, his = both[: firsts[1]], both[firsts[1] :]
    for mine, name, other in ((hers, "Meera Patel", "Jo Lee"), (his, "Jo Lee", "Meera Patel")):
        assert name in mine[0]
        assert not any(other in words for words in mine)
        assert [f"Page {place} of {len(mine)}" in words for place, words in enumerate(mine, start=1)] == [True] * len(mine)


def test_each_use_is_asked_for_each_child_with_what_the_law_wants_told() -> None:
    words = " ".join(pages(Addressee("Meera Patel", (SAM, KIM), ("Sam", "Kim"))))
    for said in (
        "May we: School website?", "Anybody can see it.", "Only with your consent.", "You can take a yes back at any time.",
        "A yes counts for 12 months.", "Kept: With our web host.", "For how long: A year.", "Sam Patel, 3 Oak", "Kim Patel, 9A",
        "Their no counts, whatever you answer", "Who you are to the child", "Form of 22 November 2026, 14:05", "Quillbrook Primary School",
    ):  # fmt: skip
        assert said in words, said
    assert "What we tell you" not in words
    assert "You can answer online" not in words


def test_a_young_childs_form_says_nothing_of_deciding() -> None:
    assert "Their no counts" not in " ".join(pages(Addressee("Meera Patel", (SAM,), ("Sam",))))


def test_what_is_only_told_stands_in_a_part_of_its_own_with_the_right_to_object() -> None:
    told = a_use("Recognising pupils", basis=ImageBasis.PUBLIC_TASK, is_asked=False, sentence="")
    words = " ".join(pages(Addressee("Meera Patel", (SAM,), ("Sam",)), uses=(a_use("School website"), told)))
    assert words.index("What we ask you") < words.index("What we tell you") < words.index("About you")
    assert "I object, for Sam Patel" in words
    assert "Part of our public task as a school, not by consent. You can object at any time, and we stop." in words


def test_the_link_stands_on_it_with_a_code_for_a_phone() -> None:
    address = "https://safehold.example/answers/" + "x7Y_" * 10 + "abc"
    made = forms([Addressee("Meera Patel", (SAM,), ("Sam",), address, "Monday 21 December 2026, 09:14")], [a_use("School website")], HEAD)
    words = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert address in words.replace("\n", "")
    assert "Monday 21 December 2026, 09:14" in " ".join(words.split())
    assert "The same address as a code for a phone" in alternatives(PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]


@pytest.mark.parametrize("typed", ["O’Brien-Łukaszewicz", "#let x = sys; `raw` *b* $x$ \\u{4e2d}", 'a "b" <form-ends>'])
def test_a_name_is_never_markup(typed: str) -> None:
    child = Child(UUID(int=3), typed, "3 Oak", may_decide=False, has_left=False)
    assert typed in " ".join(pages(Addressee(typed, (child,), (typed,)), uses=(a_use("School website", covers=typed),)))


@pytest.mark.parametrize("typed", ["学校 😀", "ਸਿੰਘ"])
def test_letters_that_no_font_has_are_stood_in_for(typed: str) -> None:
    assert NOT_ALL_LETTERS in " ".join(pages(Addressee(typed, (SAM,), ("Sam",))))


def test_a_school_without_uses_still_gets_a_paper() -> None:
    assert "About you" in " ".join(pages(Addressee("Meera Patel", (SAM,), ("Sam",)), uses=()))

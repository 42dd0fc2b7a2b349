"""A receipt says everything that was handed over, agreed and signed, in words, whatever was typed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from exports.custody_receipt import (
    CAME_BACK,
    HANDED_OVER,
    Agreement,
    Handed,
    Receipt,
    Returned,
    ReturnReceipt,
    Signed,
    came_back,
    handed_over,
    number_of,
    points_of,
)  # fmt: skip
from exports.paper import NOT_ALL_LETTERS, Letterhead
from models.vocabulary import DeviceCondition, DeviceKind, HolderKind, SignedHow, YesNoUnknown
from tests.exports.papers_read import alternatives, assert_tagged, closely, read, words_of
from tests.registry.rules.drawn import picture, strokes

HEAD = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
NOW = datetime(2026, 7, 23, 8, 14, tzinfo=UTC)
LAPTOP = Handed(
    tag="QPS-0042", serial="5CG1234XYZ", kind=DeviceKind.LAPTOP, make="Dell", model="Latitude 3340", condition=DeviceCondition.GOOD,
    accessories=("Charger", "Sleeve"),
)  # fmt: skip
SAM = Signed(role="Holder", name="Sam Patel", how=SignedHow.ON_SCREEN, at=NOW, picture=picture(strokes()))
MEERA = Signed(role="Parent or carer of Sam Patel", name="Meera Patel", how=SignedHow.BY_LINK)
AGREEMENT = Agreement(title="Acceptable use of devices", version="3, of May 2026", text="I look after it.\n\nI tell the office if it is lost.")
RECEIPT = Receipt(
    address_line="12 Heron Lane, Quillbrook", holder="Sam Patel", holder_kind=HolderKind.PUPIL, devices=(LAPTOP, Handed(kind=DeviceKind.TABLET)),
    handed_by="Ian Ifans", handed_at=NOW, due_on=date(2027, 7, 21), is_off_site=True, agreement=AGREEMENT,
    signatures=(SAM, MEERA), notes="Scratch on lid",
)  # fmt: skip
RETURN = ReturnReceipt(
    holder="Sam Patel", holder_kind=HolderKind.PUPIL, taken_by="Ian Ifans", taken_at=NOW,
    devices=(
        Returned(tag="QPS-0042", condition=DeviceCondition.DAMAGED, damage="Cracked", charge="£45.00", missing=("Sleeve",), wiped=YesNoUnknown.NO),
        Returned(serial="A1B2", condition=DeviceCondition.GOOD, accessories=("Charger",), wiped=YesNoUnknown.YES),
    ),
)  # fmt: skip


def test_everything_stands_on_the_receipt_in_order() -> None:
    made = handed_over(RECEIPT, HEAD, "Sealed at line 7")
    words, at = words_of(made), 0
    for said in (
        HANDED_OVER, HEAD.school, "12 Heron Lane, Quillbrook", number_of(RECEIPT), "Sam Patel (pupil)", "Ian Ifans", "Thursday 23 July 2026, 09:14",
        "Wednesday 21 July 2027", "May be taken off the school’s site", "Scratch on lid", "2 devices handed over", "QPS-0042", "5CG1234XYZ",
        "Laptop: Dell Latitude 3340", "Good", "Charger, Sleeve", "No tag", "Not known", "Tablet", "Not known", "None", "Acceptable use of devices",
        "Version: 3, of May 2026.", "1. I look after it.", "2. I tell the office if it is lost.", "Signatures",
    ):  # fmt: skip
        at = words.index(said, at)
    for said in ("Sam Patel Signed on the screen, Thursday 23 July 2026, 09:14", "Not signed yet", "Asked through a link", "Sealed at line 7"):
        assert said in words[at:]
    assert alternatives(made) == ["Signature of Sam Patel"]
    assert_tagged(made, HANDED_OVER)


@pytest.mark.parametrize(("signed", "said"), [
    (replace(SAM, how=SignedHow.ON_PAPER, picture=b""), "Signed on paper; the sheet is kept as a file"),
    (replace(SAM, how=SignedHow.BY_LINK, picture=b""), "Accepted without a drawn signature"),
    (replace(SAM, how=SignedHow.ON_PAPER, at=None), "Not signed yet"),
])  # fmt: skip
def test_a_signature_that_is_not_drawn_is_said(signed: Signed, said: str) -> None:
    made = handed_over(replace(RECEIPT, signatures=(signed,)), HEAD)
    assert said in words_of(made)
    assert alternatives(made) == []


@pytest.mark.parametrize(("kind", "said"), [(HolderKind.PLACE, "Nobody signs for a room or a pool."), (HolderKind.STAFF, "Nobody has signed yet.")])
def test_what_is_not_there_is_said(kind: HolderKind, said: str) -> None:
    bare = Receipt(holder="", holder_kind=kind, devices=(LAPTOP,), handed_by="", handed_at=NOW)
    words = words_of(handed_over(bare, HEAD))
    for each in (said, f"Not known ({kind.label.lower()})", "Handed out by Not known", "When the school asks", "Stays on the", "1 device "):
        assert each in words
    assert "Notes" not in words


def test_points_keep_the_numbers_that_they_were_accepted_with() -> None:
    assert points_of("One\n\n  Two ") == (["One", "Two"], True)
    assert points_of("Use\n1. One\n1.2 Two") == (["Use", "1. One", "1.2 Two"], False)
    words = words_of(handed_over(replace(RECEIPT, agreement=replace(AGREEMENT, text="7. Seventh\n9. Ninth")), HEAD))
    assert "7. Seventh 9. Ninth" in words


def test_the_number_follows_from_everything_that_is_said() -> None:
    others = [
        replace(RECEIPT, holder="Kim Patel"), replace(RECEIPT, devices=(LAPTOP,)), replace(RECEIPT, signatures=()), replace(RECEIPT, due_on=None),
        replace(RECEIPT, signatures=(replace(SAM, picture=b"other"), MEERA)), replace(RECEIPT, agreement=replace(AGREEMENT, text="Other")), RETURN,
    ]  # fmt: skip
    numbers = {number_of(each) for each in (RECEIPT, *others)}
    assert len(numbers) == 1 + len(others)
    assert number_of(RECEIPT) == number_of(replace(RECEIPT))
    assert all(len(number) == 14 and not set(number) & set("01OILU") for number in numbers)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        handed_over(replace(RECEIPT, handed_at=datetime(2026, 7, 23, 8, 14)), HEAD)  # noqa: DTZ001 - the fault under test


def test_the_receipt_of_a_return_says_what_came_back_and_how() -> None:
    made = came_back(RETURN, HEAD)
    words, at = words_of(made), 0
    for said in (
        CAME_BACK, number_of(RETURN), "From Sam Patel (pupil)", "Taken back by Ian Ifans", "Thursday 23 July 2026, 09:14", "2 devices came back",
        "QPS-0042", "Damage Cracked", "To pay £45.00", "Did not come back Sleeve", "Not wiped yet", "A1B2", "None seen", "Nothing", "Wiped",
        "Still held", "No other device is with this holder.",
    ):  # fmt: skip
        at = words.index(said, at)
    assert_tagged(made, CAME_BACK)
    still = words_of(came_back(replace(RETURN, still_held=(LAPTOP,), devices=(Returned(),)), HEAD))
    assert "5CG1234XYZ" in still[still.index("Still held") :]
    assert "Not known whether it was wiped" in still


@pytest.mark.parametrize("typed", ['#let x = sys; `raw` *b* $x$ \\u{4e2d} @a "{', "= - + / // /* _a_ </svg>", "x" * 300, "שלום"])
def test_what_was_typed_is_never_markup_and_never_cut(typed: str) -> None:
    device = Handed(tag=typed, serial=typed, make=typed, accessories=(typed,))
    receipt = Receipt(
        address_line=typed, holder=typed, holder_kind=HolderKind.STAFF, devices=(device,), handed_by=typed, handed_at=NOW, notes=typed,
        agreement=Agreement(title=typed, version=typed, text=typed), signatures=(Signed(role=typed, name=typed, how=SignedHow.ON_PAPER, at=NOW),),
    )  # fmt: skip
    made = handed_over(receipt, Letterhead(typed, typed), typed)
    if typed.isascii():
        assert closely(words_of(made)).count(closely(typed)) >= (1 if len(typed) > 200 else 12)
    else:
        assert words_of(made).count(typed) + words_of(made).count(typed[::-1]) >= 12


def test_letters_that_no_font_has_and_characters_that_are_none_do_not_stop_it() -> None:
    words = words_of(handed_over(replace(RECEIPT, holder="学校 😀", handed_by="Bell\x07 and\x00 nothing\ud800"), HEAD))
    assert NOT_ALL_LETTERS in words
    assert "Bell and nothing" in words


def test_a_long_bundle_goes_over_several_pages() -> None:
    pages = read(handed_over(replace(RECEIPT, devices=(LAPTOP,) * 120), HEAD)).pages
    assert len(pages) > 2
    assert all("Serial number" in page.extract_text() for page in pages[:2])
    assert f"Page {len(pages)} of {len(pages)}" in " ".join(pages[-1].extract_text().split())

"""The poster is one page that leads to its address, by phone and by typing, whatever the school is called."""

import io
import re
from base64 import b64decode
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from exports.paper import NOT_ALL_LETTERS, Letterhead
from exports.qr_code import drawing
from exports.report_poster import COUNTS, HOW, NEXT, TITLE, WELCOME, poster

HEAD = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
ADDRESS = "https://safehold.quillbrook.example/report"
CONTACTS = (("Mrs Okafor, head", "01632 960 001"), ("Data protection officer", "01632 960 002"))
LONG_NAME = "The Federation of Saint Bartholomew’s Church of England Voluntary Aided Primary School and Nursery with Resourced Provision, Quillbrook"
LONG_ADDRESS = "https://data-protection.academies-trust.quillbrook.example/schools/saint-bartholomews/report?from=" + "poster" * 20
LONG_CONTACTS = [
    (f"Mrs Oluwaseun Featherstonehaugh-Okafor, executive headteacher of school {place}", "+44 1632 960 001 extension 4417") for place in "1234"
]
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
READABLE = 16
"""Points of the letters that can still be read from two metres."""


def the_page(made: bytes) -> PageObject:
    """The one page there is."""
    (page,) = PdfReader(io.BytesIO(made)).pages
    return page


def words_of(made: bytes) -> str:
    return " ".join(the_page(made).extract_text().split())


def sizes_of(page: PageObject) -> dict[str, float]:
    """How large each piece of text is."""
    found: dict[str, float] = {}

    def look(text: str, _here: Any, place: list[float], _font: Any, size: float) -> None:
        found[text.strip()] = size * abs(place[3])

    page.extract_text(visitor_text=look)
    return found


def alternatives(part: Any) -> list[str]:
    """What a screen reader says for the pictures within a part of a tagged paper."""
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        return [words for each in part for words in alternatives(each)]
    if not isinstance(part, dict):
        return []
    own = [str(part["/Alt"])] if "/Alt" in part else []
    return own + (alternatives(part["/K"]) if "/K" in part else [])


def square_on(page: PageObject) -> str:
    """The square as it is drawn on the page, as a path like that of exports.qr_code."""
    contents = page.get_contents()
    assert contents is not None
    runs = re.findall(rb"(\d+) (\d+) m\s(\d+) \2 l\s\3 (\d+) l\s\1 \4 l\sh", contents.get_data())
    assert all(int(below) == int(top) + 1 for _, top, _, below in runs)
    return "".join(f"M{int(x)} {int(y)}h{int(end) - int(x)}v1h-{int(end) - int(x)}z" for x, y, end, _ in runs)


@pytest.mark.parametrize("address", [ADDRESS, LONG_ADDRESS, "http://127.0.0.1:8000/report"])
def test_the_square_and_the_words_below_it_lead_to_the_address(address: str) -> None:
    made = poster(HEAD, address, CONTACTS)
    assert square_on(the_page(made)) == drawing(address)[1]
    assert address in the_page(made).extract_text().replace("\n", "")
    assert f"A code that leads a phone to the address {address}" in alternatives(PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]


def test_everything_stands_on_it_in_order() -> None:
    words, at = words_of(poster(HEAD, ADDRESS, CONTACTS)), 0
    called = [each for pair in CONTACTS for each in pair]
    for said in (HEAD.school, TITLE, *COUNTS, WELCOME, HOW, "What happens next", NEXT, ADDRESS, "No internet? Call", *called):
        at = words.index(said, at)


def test_without_contacts_it_tells_nobody_to_call() -> None:
    assert "Call" not in words_of(poster(HEAD, ADDRESS))


def test_it_is_tagged_and_titled_for_a_screen_reader() -> None:
    read = PdfReader(io.BytesIO(poster(HEAD, ADDRESS, CONTACTS)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == TITLE


@pytest.mark.parametrize("logo", [None, DOT])
@pytest.mark.parametrize("school", [HEAD.school, LONG_NAME])
@pytest.mark.parametrize("address", [ADDRESS, LONG_ADDRESS])
@pytest.mark.parametrize("contacts", [(), CONTACTS, LONG_CONTACTS])
def test_it_is_one_page_of_a4(school: str, address: str, contacts: Any, logo: bytes | None) -> None:
    page = the_page(poster(Letterhead(school, HEAD.made, logo), address, contacts))
    assert [round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height)] == [210, 297]
    words = " ".join(page.extract_text().split())
    assert all(said in words for said in (school, NEXT, HEAD.made))


def test_it_can_be_read_from_two_metres_even_when_it_is_full() -> None:
    usual = sizes_of(the_page(poster(HEAD, ADDRESS, CONTACTS)))
    full = sizes_of(the_page(poster(Letterhead(LONG_NAME, "Now"), LONG_ADDRESS, LONG_CONTACTS)))
    assert all(usual[said] > full[said] >= READABLE for said in COUNTS)


def test_what_is_far_too_long_still_makes_one_page() -> None:
    the_page(poster(Letterhead("x" * 400 + " School" * 100, "Now"), LONG_ADDRESS, [("y" * 300, "0" * 200)] * 4))


@pytest.mark.parametrize(
    "typed", ["O’Brien-Łukaszewicz", "#let x = sys; `raw` *b* $x$ \\u{4e2d} @a", 'a "b" <form-ends> </svg>', "= - + / // /* _a_"]
)
def test_what_was_typed_is_never_markup(typed: str) -> None:
    words = words_of(poster(Letterhead(typed, typed), ADDRESS, [(typed, typed)]))
    assert words.replace(" ", "").count(typed.replace(" ", "")) == 4  # a line may end within it


def test_letters_that_no_font_has_are_stood_in_for() -> None:
    words = words_of(poster(Letterhead("学校 😀", "Now"), ADDRESS, CONTACTS))
    assert NOT_ALL_LETTERS in words
    assert ADDRESS in words


def test_it_is_black_on_white() -> None:
    contents = the_page(poster(HEAD, ADDRESS, CONTACTS)).get_contents()
    assert contents is not None
    assert {float(shade) for line in re.findall(rb"([\d. ]+) (?:scn|SCN)", contents.get_data()) for shade in line.split()} == {0}

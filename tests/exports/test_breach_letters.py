"""Each person has a letter on a page of its own, with their own name and nobody else's, whatever they are called."""

import io
from collections.abc import Callable

import pytest
from docx import Document
from pypdf import PdfReader

from exports.breach_letters import Letters, To, docx, pdf
from exports.paper import NOT_ALL_LETTERS, Letterhead

MEERA = To("Meera Patel", "Sam Patel", ("1 High Street", "Quillbrook"))
JO = To("Jo Lee")
TEXT = "\n".join(("Dear {name},", "", "What happened", "A list about {child} was lost.", "", "What you can do", "- Ring us.", "- Write to us.", "",
                  "Yours sincerely,", "Hana Whitlow"))


def letters(*to: To, text: str = TEXT) -> Letters:
    head = Letterhead("Quillbrook Primary School", "Monday 23 November 2026, 09:14")
    return Letters(
        title="Letters about BR-0001", head=head, day="Monday 23 November 2026", text=text, headings=("What happened", "What you can do"), to=to
    )


def pages_of_pdf(made: Letters) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf(made))).pages]


def pages_of_docx(made: Letters) -> list[str]:
    words = "".join(
        "\f" if 'w:type="page"' in run._r.xml else f"{run.text} " for each in Document(io.BytesIO(docx(made))).paragraphs for run in each.runs
    )
    return [" ".join(page.split()) for page in words.split("\f")]


readings = pytest.mark.parametrize("read", [pages_of_pdf, pages_of_docx], ids=["pdf", "docx"])
Read = Callable[[Letters], list[str]]


@readings
def test_each_has_a_page_with_their_own_names_alone(read: Read) -> None:
    first, second = read(letters(MEERA, JO))
    for words in ("Quillbrook Primary School", "Meera Patel 1 High Street Quillbrook", "Monday 23 November 2026", "Dear Meera Patel,",
                  "What happened A list about Sam Patel was lost.", "Ring us.", "Yours sincerely, Hana Whitlow"):
        assert words in first, words
    assert "A list about you was lost." in second
    assert "Patel" not in second
    assert "Lee" not in first


@readings
@pytest.mark.parametrize("name", ["#import", "$x$ *b* _i_", "<b>", "{child}", 'A"]\\', "What happened", "- A", "=1+1", "Łucja Đặng"])
def test_names_are_never_markup(read: Read, name: str) -> None:
    (page,) = read(letters(To(name, name, (name,))))
    assert f"Dear {name}," in page
    assert f"A list about {name} was lost." in page


def test_headings_and_lists_are_read_out_as_such() -> None:
    paragraphs = [(each.style.name, each.text) for each in Document(io.BytesIO(docx(letters(JO)))).paragraphs if each.style]
    assert ("Heading 2", "What happened") in paragraphs
    assert ("List Bullet", "Ring us.") in paragraphs
    root = PdfReader(io.BytesIO(pdf(letters(JO)))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"


def test_letters_that_no_font_has_stop_nobody() -> None:
    first, second = pages_of_pdf(letters(To("Sam 😀 \x00Lee"), JO))
    assert NOT_ALL_LETTERS in first
    assert "Jo Lee" in second
    assert "Sam 😀" in pages_of_docx(letters(To("Sam 😀 \x00Lee")))[0]

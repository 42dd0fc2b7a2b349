"""Everything that is prepared for the regulator's form is on the paper and in the file for Word, in order, whatever was typed."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from exports.paper import NOT_ALL_LETTERS
from exports.regulator_report import LOOK_FIRST, MISSING, PREPARED, Report, docx, pdf
from models.vocabulary import BreachData, YesNoUnknown
from registry.rules.regulator_form import FormAnswer, FormFacts, FormPart, ReportPhase, parts

NOW = datetime(2026, 11, 24, 9, 14, tzinfo=UTC)
FACTS = FormFacts(
    narrative="A list went to all.\nIt was called back.",
    aware_at=datetime(2026, 11, 20, 16, 35, tzinfo=UTC),
    discovered_at=datetime(2026, 11, 20, 16, 35, tzinfo=UTC),
    data_kinds=(BreachData.BASIC, BreachData.HEALTH),
    records_count=1204,
    cyber=YesNoUnknown.UNKNOWN,
    phase=ReportPhase.FOLLOW_UP,
    school_name="Quillbrook Primary School",
)
REPORT = Report(
    title="Answers for the regulator",
    reference="BR-7",
    school="Quillbrook Primary School",
    made="Tuesday 24 November 2026, 09:14",
    parts=parts(FACTS, NOW),
    warnings=("What happened: an e-mail address (sam@quillbrook.example)", "What happened: a postcode"),
)


def of_one(typed: str, *, is_missing: bool = False) -> Report:
    """A report in which everything is this."""
    answer = FormAnswer("narrative", typed, "" if is_missing else typed, is_missing, typed)
    return Report(title=typed, reference=typed, school=typed, made=typed, parts=(FormPart(typed, (answer,)),), warnings=(typed,))


def words_of_pdf(report: Report) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(report))).pages).split())


def words_of_docx(report: Report) -> str:
    return " ".join("\n".join(each.text for each in Document(io.BytesIO(docx(report))).paragraphs).split())


readings = pytest.mark.parametrize("read", [words_of_pdf, words_of_docx], ids=["pdf", "docx"])
Read = Callable[[Report], str]


@readings
def test_every_question_and_answer_is_in_it_in_order(read: Read) -> None:
    words, at = read(REPORT), 0
    for part in REPORT.parts:
        for said in (part.title, *(each for one in part.answers for each in (one.question, MISSING if one.is_missing else one.answer))):
            at = words.index(" ".join(said.split()), at) + 1


@readings
def test_what_is_missing_is_marked_in_words_with_what_helps_and_counted(read: Read) -> None:
    words = read(REPORT)
    missing = [each for part in REPORT.parts for each in part.answers if each.is_missing]
    assert words.count(MISSING) == len(missing) > 1
    assert all(each.hint in words for each in missing)
    assert f"{PREPARED} {len(missing)} answers are missing." in words
    assert f"{PREPARED} 1 answer is missing." in read(of_one("What", is_missing=True))
    assert "missing" not in read(of_one("What")).replace(PREPARED, "")


@readings
def test_warnings_come_before_everything(read: Read) -> None:
    words = read(REPORT)
    assert words.index(LOOK_FIRST) < words.index("sam@quillbrook.example") < words.index("a postcode") < words.index("About the report")
    assert LOOK_FIRST not in read(replace(REPORT, warnings=()))


def test_the_paper_is_tagged_and_titled_and_says_on_each_page_whose_it_is() -> None:
    read = PdfReader(io.BytesIO(pdf(REPORT)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == REPORT.title
    for number, page in enumerate(read.pages, start=1):
        words = page.extract_text()
        assert all(said in words for said in (REPORT.school, REPORT.made, REPORT.reference, f"Page {number} of {len(read.pages)}"))


def test_the_file_for_word_has_headings_a_title_a_language_and_the_size_of_our_paper() -> None:
    document = Document(io.BytesIO(docx(REPORT)))
    headings = [(each.style.name, each.text) for each in document.paragraphs if each.style and str(each.style.name).startswith("Heading")]
    assert headings[:4] == [
        ("Heading 1", REPORT.title), ("Heading 2", LOOK_FIRST), ("Heading 2", "About the report"),
        ("Heading 3", "Is this an initial or a follow-up report?"),
    ]  # fmt: skip
    assert [text for style, text in headings if style == "Heading 2"][1:] == [part.title for part in REPORT.parts]
    assert [text for style, text in headings if style == "Heading 3"] == [each.question for part in REPORT.parts for each in part.answers]
    about = document.core_properties
    assert (about.title, about.author, about.language, about.comments) == (REPORT.title, REPORT.school, "en-GB", "")
    section = document.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210
    assert section.footer.paragraphs[0].text.startswith(f"{REPORT.school} · {REPORT.made} · {REPORT.reference} · Page ")


def test_a_line_stays_a_line_in_the_file_for_word() -> None:
    assert FACTS.narrative in [each.text for each in Document(io.BytesIO(docx(REPORT))).paragraphs]


HOSTILE = ("#let x = sys; `raw` *b* $x$ \\u{4e2d} <end>", "<w:p/> </w:t> & ]]> {{x}}", '=1+1 "a" <b>c</b>', "O’Brien-Łukaszewicz", "%n _xFFFF_ \\n")


@readings
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_is_never_markup(read: Read, typed: str) -> None:
    assert read(of_one(typed)).count(typed) >= 4
    assert typed in read(of_one(typed, is_missing=True))


@readings
@pytest.mark.parametrize("typed", ["a\x00b\x07", "a\x1f", "\ud800b", "a\uffff", "\x7f"])
def test_what_no_file_can_hold_is_stood_in_for(read: Read, typed: str) -> None:
    assert "\ufffd" in read(of_one(typed))


@readings
@pytest.mark.parametrize("typed", ["", " ", "\n", "a\r\nb\x85c\u2028d", "\t", "a" * 3_000])
def test_it_is_always_made(read: Read, typed: str) -> None:
    assert "Prepared" in read(of_one(typed or " "))


def test_letters_that_no_font_of_the_paper_has_are_kept_for_word() -> None:
    typed = "学校 ਸਿੰਘ 😀"
    assert NOT_ALL_LETTERS in words_of_pdf(of_one(typed))
    assert typed in words_of_docx(of_one(typed))


def test_the_file_for_word_leads_nowhere_and_holds_no_programs() -> None:
    with ZipFile(io.BytesIO(docx(of_one("https://quillbrook.example/")))) as file:
        assert not [name for name in file.namelist() if "vba" in name.lower() or "embed" in name.lower()]
        assert not [name for name in file.namelist() if name.endswith(".rels") and b'TargetMode="External"' in file.read(name)]

"""The answers for the regulator's form about a breach, in its order: as tagged PDF to keep, and for Word to work on.

The regulator's own form cannot be saved half-way, so this is what somebody has beside them when they fill it in.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from exports.paper import STANDS_FOR_OTHERS, laid_out
from registry.rules.regulator_form import FormAnswer, FormPart

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "regulator_report.typ"
MISSING = "Missing: nobody has answered this yet."
LOOK_FIRST = "Look at these before it is sent"
PREPARED = "Prepared to be entered in the regulator’s form. This paper itself has not been sent to anybody."
LONGEST_TITLE = 255
"""Letters that Word keeps of what a file says about itself."""
_INK = RGBColor(0x15, 0x26, 0x2C)
_CANNOT_BE_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that stands on the paper; `made` is the moment in words, and the parts are those of registry.rules.regulator_form."""

    title: str
    reference: str
    school: str
    made: str
    parts: tuple[FormPart, ...]
    warnings: tuple[str, ...] = ()


def pdf(report: Report) -> bytes:
    """The report as PDF/UA-1."""
    report = _writable(report)
    told = {"title": report.title, "school": report.school, "made": report.made, "reference": report.reference}
    return laid_out(
        LAYOUT,
        {
            **told,
            "below": _below(report),
            "warnings": [_lines(warning) for warning in report.warnings],
            "look_first": LOOK_FIRST,
            "missing": MISSING,
            "parts": [{"title": part.title, "answers": [_told(answer) for answer in part.answers]} for part in report.parts],
        },
    )


def docx(report: Report) -> bytes:
    """The report for Word."""
    report = _writable(report)
    document = Document()
    _set_up(document, report)
    document.add_heading(report.title, level=1)
    for line in _below(report):
        document.add_paragraph(line)
    if report.warnings:
        document.add_heading(LOOK_FIRST, level=2)
    for warning in report.warnings:
        _write(document, _lines(warning), style="List Bullet")
    for part in report.parts:
        document.add_heading(part.title, level=2)
        for answer in part.answers:
            _answer(document, answer)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _told(answer: FormAnswer) -> dict[str, Any]:
    return {"question": answer.question, "lines": _lines(answer.answer), "is_missing": answer.is_missing, "hint": answer.hint}


def _lines(words: str) -> list[str]:
    return words.splitlines() or [""]


def _below(report: Report) -> list[str]:
    """What stands below the title: whose and which breach it is, and how much is missing."""
    count = sum(answer.is_missing for part in report.parts for answer in part.answers)
    answers = "1 answer is" if count == 1 else f"{count} answers are"
    return [f"{report.school} · {report.reference}", f"{PREPARED} {answers} missing." if count else PREPARED]


def _writable(report: Report) -> Report:
    """The report without the few characters that no file of text may hold."""
    return replace(
        report,
        title=_clean(report.title),
        reference=_clean(report.reference),
        school=_clean(report.school),
        made=_clean(report.made),
        warnings=tuple(map(_clean, report.warnings)),
        parts=tuple(FormPart(_clean(part.title), tuple(map(_clean_answer, part.answers))) for part in report.parts),
    )


def _clean_answer(answer: FormAnswer) -> FormAnswer:
    return replace(answer, question=_clean(answer.question), answer=_clean(answer.answer), hint=_clean(answer.hint))


def _clean(words: str) -> str:
    return _CANNOT_BE_WRITTEN.sub(STANDS_FOR_OTHERS, words)


def _answer(document: WordDocument, answer: FormAnswer) -> None:
    document.add_heading(answer.question, level=3)
    if not answer.is_missing:
        _write(document, _lines(answer.answer))
        return
    document.add_paragraph().add_run(MISSING).bold = True
    if answer.hint:
        _write(document, _lines(answer.hint))


def _write(document: WordDocument, lines: Sequence[str], style: str | None = None) -> None:
    """One paragraph of these lines."""
    paragraph = document.add_paragraph(style=style)
    for place, line in enumerate(lines):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _set_up(document: WordDocument, report: Report) -> None:
    """British English on A4, with a title and a footer; headings in ink, since the pale blue of Word's own is hard to read."""
    about = document.core_properties
    about.title, about.author, about.last_modified_by = (words[:LONGEST_TITLE] for words in (report.title, report.school, report.school))
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = _INK
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{report.school} · {report.made} · {report.reference} · Page ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)

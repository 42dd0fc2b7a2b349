"""Any paper for Word: the same parts in the same order, in styles that a screen reader knows, to be worked on."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from exports.paper import STANDS_FOR_OTHERS, Paper, Part

LONGEST_TITLE = 255
_INK = RGBColor(0x15, 0x26, 0x2C)
_CANNOT_BE_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def docx(paper: Paper) -> bytes:
    """The paper for Word, without the logo."""
    document = Document()
    _set_up(document, paper)
    document.add_heading(_clean(paper.title), level=1)
    _paragraphs(document, paper.below)
    for part in paper.parts:
        _add(document, part)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: WordDocument, part: Part) -> None:
    if part.heading:
        document.add_heading(_clean(part.heading), level=part.level)
    _paragraphs(document, part.below)
    _paragraphs(document, part.points, "List Bullet")
    for label, lines in part.answers:
        document.add_heading(_clean(label), level=part.level + 1)
        _write(document, lines)
    if part.columns:
        _table(document, part)


def _table(document: WordDocument, part: Part) -> None:
    table = document.add_table(rows=1, cols=len(part.columns), style="Table Grid")
    heads = OxmlElement("w:tblHeader")  # read out with every cell, and repeated on every page
    heads.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heads)
    for cell, words in zip(table.rows[0].cells, part.columns, strict=True):
        cell.paragraphs[0].add_run(_clean(words)).bold = True
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)
    document.add_paragraph()


def _paragraphs(document: WordDocument, lines: Sequence[str], style: str | None = None) -> None:
    for line in lines:
        document.add_paragraph(_clean(line), style=style)


def _write(document: WordDocument, lines: Sequence[str]) -> None:
    """One paragraph of these lines."""
    paragraph = document.add_paragraph()
    for place, line in enumerate(lines):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(_clean(line))


def _set_up(document: WordDocument, paper: Paper) -> None:
    """British English on A4, with a title and a footer; headings in ink, since the pale blue of Word's own is hard to read."""
    about, head = document.core_properties, paper.letterhead
    about.title, about.author, about.last_modified_by = (_clean(words)[:LONGEST_TITLE] for words in (paper.title, head.school, head.school))
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for level in (1, 2, 3, 4):
        document.styles[f"Heading {level}"].font.color.rgb = _INK
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    footer = section.footer.paragraphs[0]
    footer.add_run(_clean(f"{head.school} · {head.made} · {paper.sealed} · Page "))
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)


def _clean(words: str) -> str:
    return _CANNOT_BE_WRITTEN.sub(STANDS_FOR_OTHERS, words)

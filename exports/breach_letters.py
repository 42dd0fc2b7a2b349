"""Letters to people whose data a breach touched, each on pages of its own: as tagged PDF to print, and for Word to work on (UK GDPR Article 34)."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports.paper import STANDS_FOR_OTHERS, Letterhead, laid_out, told_of
from registry.rules.letter_text import Block, BlockKind, blocks, filled

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "breach_letters.typ"
MOST_LETTERS = 500
"""As many as are laid out at once, and as much paper as a tray holds."""
_INK = RGBColor(0x15, 0x26, 0x2C)
_LONGEST_TITLE = 255
_CANNOT_BE_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class To:
    """Whom one letter is to: their name, whose data it is where it is not theirs, and their address, a line each."""

    name: str
    about: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """A text for many, with its headings, on the paper of a school; `day` is the day in words."""

    title: str
    head: Letterhead
    day: str
    text: str
    headings: tuple[str, ...]
    to: Sequence[To]


def pdf(letters: Letters) -> bytes:
    """A letter for each of them as PDF/UA-1."""
    return laid_out(
        LAYOUT,
        {
            "title": letters.title,
            "letterhead": told_of(letters.head),
            "below": [],
            "day": letters.day,
            "letters": [{"to": _address(each), "blocks": [_told(block) for block in _blocks(letters, each)]} for each in letters.to],
        },
    )


def docx(letters: Letters) -> bytes:
    """The same for Word, without the logo."""
    document = Document()
    _set_up(document, letters)
    for number, each in enumerate(letters.to):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph().add_run(_clean(letters.head.school)).bold = True
        _write(document, _address(each))
        document.add_paragraph(letters.day)
        for block in _blocks(letters, each):
            _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _address(each: To) -> list[str]:
    return [_clean(each.name), *map(_clean, each.address)]


def _blocks(letters: Letters, each: To) -> tuple[Block, ...]:
    """The pieces of the letter to one person. What is filled in stays within its line, and makes no heading."""
    return tuple(
        Block(block.kind, tuple(_clean(filled(line, each.name, each.about or None)) for line in block.lines))
        for block in blocks(letters.text, letters.headings)
    )


def _told(block: Block) -> dict[str, Any]:
    return {"kind": str(block.kind), "lines": list(block.lines)}


def _add(document: WordDocument, block: Block) -> None:
    if block.kind is BlockKind.HEADING:
        document.add_heading(block.lines[0], level=2)
    elif block.kind is BlockKind.POINTS:
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet")
    else:
        _write(document, block.lines)


def _write(document: WordDocument, lines: Sequence[str]) -> None:
    """One paragraph of these lines."""
    paragraph = document.add_paragraph()
    for place, line in enumerate(lines):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _set_up(document: WordDocument, letters: Letters) -> None:
    """British English on A4, in letters that everybody can read."""
    about, school = document.core_properties, _clean(letters.head.school)[:_LONGEST_TITLE]
    about.title, about.author, about.last_modified_by = _clean(letters.title)[:_LONGEST_TITLE], school, school
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Heading 2"].font.color.rgb = _INK
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)


def _clean(words: str) -> str:
    return _CANNOT_BE_WRITTEN.sub(STANDS_FOR_OTHERS, words)

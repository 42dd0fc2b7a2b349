"""Papers: what is printed and filed, as tagged PDF (PDF/UA-1) with the school's name, page numbers, the day and the seal of the history."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst

from registry.typed import NOT_TEXT

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "paper.typ"
STANDS_FOR_OTHERS = "\ufffd"
NOT_ALL_LETTERS = f"{STANDS_FOR_OTHERS} stands for a letter that this paper cannot show. It is kept as it was typed."
_NAMED = re.compile(r'the text `"(.+?)"` could not be displayed')
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a paper: a heading of some level, soft lines below it, points, answers with their labels, and a table of lines."""

    heading: str = ""
    level: int = 2
    below: Sequence[str] = ()
    points: Sequence[str] = ()
    answers: Sequence[tuple[str, Sequence[str]]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    begins_page: bool = False


@dataclass(frozen=True)
class Letterhead:
    """What every paper of a school has: the school's name, the moment in words, and a logo (PNG or JPEG) if the school gave one."""

    school: str
    made: str
    logo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A whole paper; letterhead and `sealed` (where the history stands) are on every page."""

    title: str
    letterhead: Letterhead
    sealed: str
    below: Sequence[str] = ()
    parts: Sequence[Part] = field(default_factory=tuple)
    wide: bool = False


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1."""
    return laid_out(LAYOUT, {**asdict(paper), "letterhead": told_of(paper.letterhead)})


def told_of(head: Letterhead) -> dict[str, Any]:
    """The letterhead as a layout takes it."""
    return {"school": head.school, "made": head.made, "logo": list(head.logo or b"")}


def laid_out(layout: Path, told: Mapping[str, Any]) -> bytes:
    """What a layout makes of these words, among which are soft lines `below` its title, as PDF/UA-1.

    Typst refuses to write what a screen reader could not read, so letters that no font has are stood in for.
    """
    unknown: dict[int, str] = {}
    told = _without_controls(told)
    while True:
        below = [*told["below"], NOT_ALL_LETTERS] if unknown else told["below"]
        words = json.dumps({**told, "below": below}, ensure_ascii=False).translate(unknown)
        try:
            return _compiled(layout, words)
        except typst.TypstError as problem:
            more = _not_in_the_fonts(str(problem.diagnostic), words)
            if not more:
                raise
            unknown |= dict.fromkeys(map(ord, more), STANDS_FOR_OTHERS)


def _without_controls(words: Any) -> Any:
    """The same words without characters that are none: what was kept with them long ago is printed as well."""
    if isinstance(words, str):
        return NOT_TEXT.sub("", words)
    if isinstance(words, Mapping):
        return {name: _without_controls(value) for name, value in words.items()}
    return [_without_controls(each) for each in words] if isinstance(words, list | tuple) else words


def _compiled(layout: Path, words: str) -> bytes:
    return bytes(typst.compile(layout.read_bytes(), sys_inputs={"paper": words}, ignore_system_fonts=True, pdf_standards=["ua-1"]))


def _not_in_the_fonts(complaint: str, words: str) -> set[str]:
    """The letters among these words that typst complains of."""
    named = _BY_NUMBER.sub(lambda number: chr(int(number[1], 16)), "".join(_NAMED.findall(complaint)))
    return {letter for letter in named if letter in words and not letter.isascii() and letter != STANDS_FOR_OTHERS}


def can_be_printed(logo: bytes) -> bool:
    """Whether a picture can stand on a paper: some are cut off, or are not what their first bytes say."""
    try:
        pdf(Paper(title="Trial", letterhead=Letterhead("School", "Now", logo), sealed=""))
    except RuntimeError:
        return False
    return True

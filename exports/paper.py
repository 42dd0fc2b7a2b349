"""Papers: what is printed and filed, as tagged PDF (PDF/UA-1) with the school's name, page numbers, the day and the seal of the history."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typst

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "paper.typ"


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
    """The paper as PDF/UA-1; typst refuses to write what a screen reader could not read."""
    head = paper.letterhead
    told = {**asdict(paper), "letterhead": {"school": head.school, "made": head.made, "logo": list(head.logo or b"")}}
    inputs = {"paper": json.dumps(told, ensure_ascii=False)}
    made = typst.compile(LAYOUT.read_bytes(), sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"])
    return bytes(made)


def can_be_printed(logo: bytes) -> bool:
    """Whether a picture can stand on a paper: some are cut off, or are not what their first bytes say."""
    try:
        pdf(Paper(title="Trial", letterhead=Letterhead("School", "Now", logo), sealed=""))
    except RuntimeError:
        return False
    return True

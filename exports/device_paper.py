"""How papers about devices are laid out: answers, numbered points, tables and signatures, as tagged PDF (PDF/UA-1)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from exports.paper import Letterhead, laid_out, told_of
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day
from registry.typed import ZONE

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "device_paper.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One signature as it is laid out: who signs as what, the picture (PNG) or the words that stand for it, and how and when it came."""

    role: str
    name: str
    how: str
    picture: bytes = b""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the paper; `widths` are how the columns of its table share the page."""

    heading: str = ""
    level: int = 2
    below: Sequence[str] = ()
    answers: Sequence[tuple[str, str]] = ()
    points: Sequence[str] = ()
    is_numbered: bool = True
    columns: Sequence[str] = ()
    widths: Sequence[int] = ()
    rows: Sequence[Sequence[str]] = ()
    signatures: Sequence[Mark] = ()


@dataclass(frozen=True, kw_only=True)
class DevicePaper:
    """A whole paper; its number and where the history stands are on every page."""

    title: str
    letterhead: Letterhead
    number: str = ""
    sealed: str = ""
    below: Sequence[str] = ()
    parts: Sequence[Part] = field(default_factory=tuple)
    wide: bool = False


def pdf(paper: DevicePaper) -> bytes:
    """The paper as PDF/UA-1."""
    told = {**asdict(paper), "letterhead": told_of(paper.letterhead)}
    for part in told["parts"]:
        for mark in part["signatures"]:
            mark["picture"] = list(mark["picture"])
    return laid_out(LAYOUT, told)


def when(instant: datetime) -> str:
    """An instant by the clock in London: "Monday 23 November 2026, 09:05". Raises ValueError for one without its zone."""
    local = in_zone(instant, ZONE)
    return f"{full_day(local)}, {clock(local)}"

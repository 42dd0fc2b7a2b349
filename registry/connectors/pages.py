"""Pages of devices, one after the other, each with the place from which a later call can go on."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from models.vocabulary import DeviceSource
from registry.connectors.troubles import NotAnswered, Remedy
from registry.rules.device_row import DeviceRow

MOST_PAGES = 10_000
Translate = Callable[[Mapping[str, Any], int], DeviceRow | None]


@dataclass(frozen=True)
class Page:
    """Some devices of one source. Everything was told once a page has come whose `resume_at` is none, and not before.

    `passed_over` counts what the program lists and says that it manages no longer.
    """

    rows: tuple[DeviceRow, ...]
    resume_at: str | None
    source: DeviceSource
    passed_over: int = 0


@dataclass(frozen=True)
class Place:
    """Where reading goes on: what the program calls the place, how many devices came before it, and since when they were asked for."""

    at: str = ""
    line: int = 0
    since: str = ""

    def to_text(self) -> str:
        """The place in one text; nothing in it is secret."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Turned:
    """One page as a program told it, and what it calls the next; none where it was the last."""

    told: Sequence[Mapping[str, Any]]
    next_at: str | None
    source: DeviceSource
    translate: Translate


def walk(resume: str | None, since: datetime | None, turn: Callable[[Place], Turned]) -> Iterator[Page]:
    """Every page from the beginning, or from where reading stopped. Raises NotAnswered after the last page that was whole."""
    place = _place(resume, since)
    been, known = {place.at}, set[tuple[DeviceSource, str]]()
    while True:
        turned = turn(place)
        rows, passed_over = _rows(turned, place.line, known)
        if turned.next_at is None:
            yield Page(rows, None, turned.source, passed_over)
            return
        if turned.next_at in been or len(been) >= MOST_PAGES:
            raise NotAnswered("The program goes round in circles: its pages come to no end. Start again later.", Remedy.RESTART)
        been.add(turned.next_at)
        place = replace(place, at=turned.next_at, line=place.line + len(turned.told))
        yield Page(rows, place.to_text(), turned.source, passed_over)


def _rows(turned: Turned, line: int, known: set[tuple[DeviceSource, str]]) -> tuple[tuple[DeviceRow, ...], int]:
    """What a page tells of devices not yet known: lists grow and shift while they are read."""
    rows, passed_over = [], 0
    for number, told in enumerate(turned.told, start=line + 1):
        row = turned.translate(told, number)
        if row is None:
            passed_over += 1
        elif row.mdm_id is None or (turned.source, row.mdm_id) not in known:
            known.add((turned.source, row.mdm_id or ""))
            rows.append(row)
    return tuple(rows), passed_over


def _place(resume: str | None, since: datetime | None) -> Place:
    if resume is None:
        return Place(since=since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if since else "")
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        kept = json.loads(resume)
        place = Place(at=kept["at"], line=kept["line"], since=kept["since"])
        if place.at and all(isinstance(getattr(place, name), kind) for name, kind in (("at", str), ("line", int), ("since", str))):
            return place
    raise NotAnswered("The place where reading stopped cannot be read. Start again from the beginning.", Remedy.RESTART)

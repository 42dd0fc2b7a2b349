"""The trace of a school save by save: what was done in one go stands together, however many entries it took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from peewee import fn

from models.audit import AuditEntry
from models.statements import stored_rows
from registry.access import Permission, require
from registry.actor import Actor
from registry.trace.history import Line, View, lines_numbered, matching

SHOWN = 10
READ_AT_ONCE = 500


@dataclass(frozen=True)
class Save:
    """What one person did in one go: its latest entries, newest first, and how many there are in all."""

    lines: tuple[Line, ...]
    count: int

    @property
    def left_out(self) -> int:
        """How many entries are not among the lines."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Page:
    """Some saves, newest first, and the numbers that lead to newer and older ones."""

    saves: tuple[Save, ...]
    newer: int | None = None
    older: int | None = None


class _Span(NamedTuple):
    """The entries of one save: their newest and oldest number, how many they are, and the numbers of those to show."""

    newest: int
    oldest: int
    entries: int
    shown: tuple[int, ...]


def one_by_one(lines: Iterable[Line]) -> tuple[Save, ...]:
    """Lines that stand alone, such as those of one record."""
    return tuple(Save((line,), 1) for line in lines)


def everything(by: Actor, view: View) -> Page:
    """The trace of the actor's school, newest first, as far as the view asks for it. Raises Forbidden."""
    require(by, Permission.READ_TRACE)
    backwards = view.after is not None
    spans = _spans(matching(by, view), view)
    more = len(spans) > view.size
    spans = spans[: view.size]
    if backwards:
        spans.reverse()
    lines = {line.number: line for line in lines_numbered([number for span in spans for number in span.shown], by)}
    saves = tuple(Save(tuple(lines[number] for number in span.shown if number in lines), span.entries) for span in spans)
    newer, older = (more, True) if backwards else (view.before is not None, more)
    return Page(saves, spans[0].newest if spans and newer else None, spans[-1].oldest if spans and older else None)


def _spans(query: Any, view: View) -> list[_Span]:
    """One save more than a page holds, from where the view begins; a long save is counted and not read."""
    backwards, edge = view.after is not None, view.after or view.before
    spans: list[_Span] = []
    while len(spans) <= view.size:
        found = _read(query, edge, backwards)
        groups = [(key, [number for number, *_same in those]) for key, those in groupby(found, key=lambda row: (row[1], row[2]))]
        is_cut = len(found) == READ_AT_ONCE
        for place, (key, numbers) in enumerate(groups):
            spans.append(_whole(query, key) if is_cut and place == len(groups) - 1 else _span(numbers, len(numbers)))
        if not is_cut:
            break
        edge = spans[-1].newest if backwards else spans[-1].oldest
    return spans[: view.size + 1]


def _read(query: Any, edge: int | None, backwards: bool) -> Sequence[tuple[Any, ...]]:
    if edge is not None:
        query = query.where(AuditEntry.number > edge if backwards else AuditEntry.number < edge)
    ordered = query.select(AuditEntry.number, AuditEntry.at, AuditEntry.actor).order_by(AuditEntry.number if backwards else AuditEntry.number.desc())
    return stored_rows(ordered.limit(READ_AT_ONCE))


def _whole(query: Any, key: tuple[int, str]) -> _Span:
    """A save that goes on past what was read."""
    own = query.where((AuditEntry.at == key[0]) & (AuditEntry.actor == key[1]))
    ((count, oldest, newest),) = stored_rows(own.select(fn.COUNT(AuditEntry.number), fn.MIN(AuditEntry.number), fn.MAX(AuditEntry.number)))
    latest = stored_rows(own.select(AuditEntry.number).order_by(AuditEntry.number.desc()).limit(SHOWN))
    return _Span(newest, oldest, count, tuple(number for (number,) in latest))


def _span(numbers: Sequence[int], count: int) -> _Span:
    newest_first = sorted(numbers, reverse=True)
    return _Span(newest_first[0], newest_first[-1], count, tuple(newest_first[:SHOWN]))

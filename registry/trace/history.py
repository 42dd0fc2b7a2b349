"""What was done, in sentences: the entries of the trace with the words of the registers, as far as the reader may see them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from peewee import JOIN

from models.audit import AuditDetail, AuditEntry
from models.statements import stored_rows
from models.user import Membership, User
from registry import catalogue
from registry.access import Deed, Permission, may, may_read_along, require, require_along, school_of
from registry.actor import Actor
from registry.definition import Question, Register
from registry.many.recalling import UNDID
from registry.schema import questions_for
from registry.trace import corrections, telling
from registry.trace.audit import Happened, where_it_stands
from registry.trace.corrections import Correction
from registry.trace.mentions import Erasure, Mentions, Noted, Thing
from registry.trace.veil import unveiled

SIZE = 25
ROBOTS = "robots"
PEOPLE = "people"

FILES = (Happened.FILE_ADDED, Happened.FILE_REPLACED, Happened.FILE_REMOVED, Happened.FILE_REFUSED)
NO_CHANGE = (Happened.RESEALED, Happened.FILE_OPENED)
TOKENS = (Happened.TOKEN_MADE, Happened.TOKEN_ENDED)

GROUPS: Mapping[str, tuple[str, tuple[Happened, ...]]] = {
    "added": ("Added, imported or adopted", (Happened.ADDED, Happened.IMPORTED, Happened.SENT, Happened.ADOPTED)),
    "changed": ("Changed, confirmed or worked out anew", (Happened.CHANGED, Happened.CONFIRMED, Happened.WORKED_OUT, Happened.SETTLED)),
    "approved": ("Approved, advised or asked for", (Happened.APPROVED, Happened.ADVISED, Happened.APPROVAL_ASKED)),
    "archived": ("Archived or brought back", (Happened.ARCHIVED, Happened.RESTORED)),
    "together": ("Done to several records, or undone", (Happened.DONE_TOGETHER, Happened.UNDONE, Happened.TAKEN_BACK)),
    "exported": ("Exported", (Happened.EXPORTED,)),
    "comments": ("Comments written or withdrawn", (Happened.COMMENTED, Happened.COMMENT_WITHDRAWN)),
    "files": ("Files added, replaced, removed or refused", FILES),
    "opened": ("Files opened", (Happened.FILE_OPENED,)),
    "erased": ("Records and values erased", (Happened.ERASED_VALUES, Happened.ERASED)),
    "corrected": ("Entries corrected", (Happened.CORRECTED,)),
    "resealed": ("Re-sealed with a new key", (Happened.RESEALED,)),
    "access": ("Access given or ended", (Happened.INVITED, Happened.JOINED, Happened.ACCESS_CHANGED, Happened.ACCESS_ENDED, *TOKENS)),
    "views": ("Views of lists saved or removed", (Happened.VIEW_SAVED, Happened.VIEW_REMOVED)),
    "school": ("The school set up or changed", (Happened.SCHOOL_SET_UP, Happened.SCHOOL_CHANGED)),
    "refused": ("Refused", (Happened.REFUSED,)),
}
"""What the trace can be narrowed to, as a reader would ask for it."""


class Change(NamedTuple):
    """One answer before and after, in words; empty for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry as a sentence: who, what they did, to which record, and the rest of the sentence."""

    number: int
    at: datetime
    who: str
    did: str
    thing: Thing | None = None
    rest: str = ""
    changes: tuple[Change, ...] = ()
    erased: Erasure | None = None  # when, under which entry and under which disposal the values went
    values_missing: bool = False  # they went without such an entry
    is_refusal: bool = False
    correction: tuple[int, str] | None = None  # which entry it says is wrong, and its words, for those who may read every answer
    corrected: tuple[Correction, ...] = ()  # what was said of this entry since

    @property
    def sentence(self) -> str:
        """The whole sentence without its full stop."""
        named = (self.thing.title or self.thing.reference) if self.thing else ""
        return " ".join(filter(None, (self.who, self.did, named, self.rest)))


@dataclass(frozen=True, kw_only=True)
class View:
    """What a reader of the whole trace asked for."""

    person: str = ""  # an id, or ROBOTS
    register: str = ""  # a slug, or PEOPLE
    deed: str = ""  # one of GROUPS
    since: datetime | None = None
    until: datetime | None = None
    reference: str = ""
    save: int | None = None  # an entry of the one save that is asked for
    before: int | None = None
    after: int | None = None
    size: int = SIZE


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and the numbers that lead to newer and older ones."""

    lines: tuple[Line, ...]
    newer: int | None = None
    older: int | None = None


def of_record(register: Register, row: Any, by: Actor, view: View | None = None) -> Page:
    """What was done to one record, newest first, as far as the view asks for it. Raises Forbidden."""
    require_along(by, register)  # it tells of files by their names
    view = view or View()
    return _page(_narrowed(_about(row), by, view), by, view, home=register)


def last_changes(register: Register, row: Any, by: Actor, limit: int = 3) -> tuple[Line, ...]:
    """The latest lines about one record, for its own page: what people did to it, not that somebody read a file or made a new key."""
    require(by, Deed.SEE, register)
    if not may_read_along(by, register):
        return ()
    return _page(_about(row).where(AuditEntry.deed.not_in([deed.value for deed in NO_CHANGE])), by, View(size=limit), home=register).lines


def everything(by: Actor, view: View) -> Page:
    """The trace of the actor's school entry by entry, newest first, as far as the view asks for it. Raises Forbidden."""
    require(by, Permission.READ_TRACE)
    return _page(_narrowed(unveiled(_entries(school_of(by)), by), by, view), by, view)


def matching(by: Actor, view: View) -> Any:
    """The query for the entries that the view asks for, without order, limit or values. Raises Forbidden."""
    require(by, Permission.READ_TRACE)
    return _narrowed(unveiled(AuditEntry.select(AuditEntry.number).where(AuditEntry.chain == school_of(by)), by), by, view)


def lines_numbered(numbers: Sequence[int], by: Actor) -> tuple[Line, ...]:
    """The lines of these entries of the actor's school, newest first. Raises Forbidden."""
    require(by, Permission.READ_TRACE)
    query = unveiled(_entries(school_of(by)), by).where(AuditEntry.number.in_(list(numbers))).order_by(AuditEntry.number.desc())
    return _lines([Noted.of(row) for row in stored_rows(query)], by, None) if numbers else ()


def people_of(by: Actor) -> list[tuple[str, str]]:
    """Everybody who works or worked in the actor's school, by name, to choose from: ids and names."""
    require(by, Permission.READ_TRACE)
    rows = stored_rows(User.select(User.id, User.name).join(Membership, on=Membership.user == User.id).where(Membership.school == school_of(by)))
    named = ((UUID(bytes=bytes(key)), sealed) for key, sealed in rows)
    return sorted(((key.hex, User.name.open(key, sealed)) for key, sealed in named), key=lambda person: person[1].casefold())


def latest_seal(by: Actor) -> tuple[int, bytes] | None:
    """The number and the digest of the last entry of the actor's school; None before there is any."""
    require(by, Permission.READ_TRACE)
    number, digest = where_it_stands(school_of(by))
    return (number, digest) if number else None


def _narrowed(query: Any, by: Actor, view: View) -> Any:
    for condition in _conditions(by, view):
        query = query.where(condition)
    return query


def _conditions(by: Actor, view: View) -> Iterable[Any]:  # noqa: C901 - one line a filter
    if view.person:
        yield AuditEntry.actor.startswith("robot:") if view.person == ROBOTS else AuditEntry.actor == view.person
    if view.register == PEOPLE:
        yield AuditEntry.subject.in_(("person", "membership", "session", "api_token"))
    elif view.register:
        yield AuditEntry.subject == catalogue.find(view.register).table._meta.table_name
    if view.deed:
        yield AuditEntry.deed.in_([happened.value for happened in GROUPS[view.deed][1]])
    if view.since:
        yield AuditEntry.at >= view.since
    if view.until:
        yield AuditEntry.at < view.until
    if view.reference:
        yield AuditEntry.record.in_(_records_called(view.reference, by))
    if view.save is not None:
        yield _of_save(by, view.save)


def _of_save(by: Actor, entry: int) -> Any:
    """The entries that were made in one go with this one."""
    one = AuditEntry.select(AuditEntry.at, AuditEntry.actor).where((AuditEntry.chain == school_of(by)) & (AuditEntry.number == entry))
    conditions = [(AuditEntry.at == at) & (AuditEntry.actor == actor) for at, actor in stored_rows(one)]
    return conditions[0] if conditions else AuditEntry.number == entry


def _records_called(reference: str, by: Actor) -> list[UUID]:
    """The records with this reference, or with this number in any register that the reader may see."""
    match = re.fullmatch(r"(?:([A-Z]{2})-?)?0*(\d{1,9})", reference.strip().upper())
    if match is None:
        return []
    prefix, number = match[1], int(match[2])
    tables = [each.table for each in catalogue.REGISTERS if may(by, Deed.SEE, each) and prefix in (None, each.table.PREFIX)]
    return [key for table in tables for (key,) in table.select(table.id).where(table.number == number).tuples()]


def _entries(chain: UUID) -> Any:
    shown = (AuditEntry.number, AuditEntry.at, AuditEntry.actor, AuditEntry.deed, AuditEntry.subject, AuditEntry.record, AuditEntry.changed)
    values = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
    query = AuditEntry.select(AuditEntry.chain, *shown, AuditEntry.detail, AuditDetail.sealed)
    return query.join(AuditDetail, JOIN.LEFT_OUTER, on=values).where(AuditEntry.chain == chain)


def _about(row: Any) -> Any:
    return _entries(row.school_id).where(AuditEntry.record == row.id)


def _page(query: Any, by: Actor, view: View, home: Register | None = None) -> Page:
    backwards = view.after is not None
    if view.after is not None:
        query = query.where(AuditEntry.number > view.after)
    elif view.before is not None:
        query = query.where(AuditEntry.number < view.before)
    rows = stored_rows(query.order_by(AuditEntry.number if backwards else AuditEntry.number.desc()).limit(view.size + 1))
    more = len(rows) > view.size
    entries = [Noted.of(row) for row in rows[: view.size]]
    if backwards:
        entries.reverse()
    lines = _lines(entries, by, home)
    newer, older = (more, True) if backwards else (view.before is not None, more)
    return Page(lines, lines[0].number if lines and newer else None, lines[-1].number if lines and older else None)


def _lines(entries: Sequence[Noted], by: Actor, home: Register | None) -> tuple[Line, ...]:
    mentions = Mentions(entries, by)
    registers = {entry.register for entry in entries if entry.register}
    open_to = {register for register in registers if len(questions_for(register, by)) == len(register.questions)}
    records = {entry.record for entry in entries if entry.record and entry.register in open_to}
    said = corrections.about(_entries(school_of(by)), records)
    lines = (_line(entry, mentions, home) for entry in entries)
    return tuple(
        replace(line, corrected=tuple(said.get(entry.number, ())), correction=corrections.of_entry(entry) if entry.register in open_to else None)
        for entry, line in zip(entries, lines, strict=True)
    )


def _line(entry: Noted, mentions: Mentions, home: Register | None) -> Line:
    questions = mentions.questions(entry)
    values = entry.values or {}
    changes = tuple(_change(question, values[question.name], mentions) for question in questions if question.name in values)
    lost = entry.had_values and entry.values is None
    erased = mentions.erasure(entry) if lost else None
    did, thing, rest = _deed(entry, mentions, questions, home)
    return Line(
        number=entry.number, at=entry.at, who=mentions.who(entry), did=did, thing=thing, rest=rest, changes=changes,
        erased=erased, values_missing=lost and erased is None, is_refusal=entry.deed == Happened.REFUSED,
    )


def _change(question: Question, values: Sequence[Any], mentions: Mentions) -> Change:
    before, after = values
    return Change(question.label, mentions.words(question, before), mentions.words(question, after))


def _deed(entry: Noted, mentions: Mentions, questions: Sequence[Question], home: Register | None) -> tuple[str, Thing | None, str]:
    labels = [question.label for question in questions]
    register = entry.register
    if register is None:
        return telling.about_other(entry.deed, labels, mentions.whom(entry), subject=entry.subject), None, ""
    if home is not None:
        before, after = telling.about_record(entry.deed, labels, has_thing=False)
        after = _undone(entry) or after
        return (before, None, "") if labels and entry.deed == Happened.CHANGED else (f"{before} this {home.one}", None, after)
    before, after = telling.about_record(entry.deed, labels, has_thing=True)
    thing = mentions.thing(entry)
    if thing is not None:
        return before, thing, _undone(entry) or after
    named = register.many if entry.record is None else mentions.unnamed(register)
    return f"{before} {named}", None, after


def _undone(entry: Noted) -> str:
    """Which entry an undoing took back."""
    undone = (entry.values or {}).get(UNDID)
    return f"in entry {undone[1]:,}" if undone and entry.deed == Happened.UNDONE else ""

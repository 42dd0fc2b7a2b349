"""What the entries of a page speak of: people, records and erasures, each asked for once and named as far as the reader may see."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

from peewee import JOIN

from models import vault
from models.audit import AuditDetail, AuditEntry
from models.fields import EPOCH, MICROSECOND
from models.statements import stored_rows
from models.user import Membership
from registry import catalogue
from registry.access import Deed, Permission, may
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.definition import Links, Question, Register
from registry.kinds import title_of
from registry.schema import questions_for
from registry.trace import telling
from registry.trace.audit import ERASING, UNDER
from registry.trace.chain import detail_place

HIDDEN = "a record you may not see"
GONE = "a record that is no longer there"


class Thing(NamedTuple):
    """The record that an entry speaks of."""

    register: Register
    id: UUID
    reference: str
    title: str


class Erasure(NamedTuple):
    """When values went, the entry under which they did, and the disposal where a record went with them."""

    at: datetime
    number: int
    under: str = ""


@dataclass(frozen=True)
class Noted:
    """One entry with its values opened."""

    number: int
    at: datetime
    actor: str
    deed: str
    subject: str
    record: UUID | None
    changed: tuple[str, ...]
    had_values: bool
    values: Mapping[str, Sequence[Any]] | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Noted":
        chain, number, at, actor, deed, subject, record, changed, detail, sealed = row
        values = None if sealed is None else _opened(sealed, detail_place(bytes(chain), number))
        key = None if record is None else UUID(bytes=bytes(record))
        return cls(number, _at(at), actor, deed, subject, key, tuple(changed.split()), detail is not None, values)

    @property
    def register(self) -> Register | None:
        """The register it is about; None for people, the school and the program."""
        return catalogue.by_table(self.subject)


class Mentions:
    """What the entries of one page speak of: people, records and erasures, each asked for once."""

    def __init__(self, entries: Sequence[Noted], by: Actor) -> None:
        self._entries = entries
        self._by = by
        self.may_name = may(by, Permission.MANAGE_PEOPLE)

    def questions(self, entry: Noted) -> list[Question]:
        """The questions that an entry changed and the reader may see, in the order of the form."""
        if entry.register:
            beside = telling.BESIDE.values() if may(self._by, Deed.SEE, entry.register) else ()
            asked = (*questions_for(entry.register, self._by), *_asked_from_afar(entry.register), *beside)
            return [question for question in asked if question.name in entry.changed]
        known = telling.OF_SCHOOL if entry.subject == "school" else telling.OF_MEMBERSHIP if self.may_name else {}
        return [question for name, question in known.items() if name in entry.changed]

    def who(self, entry: Noted) -> str:
        """Who did it."""
        if entry.actor.startswith("robot:"):
            return f"Safehold ({entry.actor.removeprefix('robot:')})"
        if not re.fullmatch("[0-9a-f]{32}", entry.actor):
            return "A stranger"
        return self._names.get(UUID(entry.actor), FORMER.capitalize())

    def whom(self, entry: Noted) -> str:
        """To whom it was done, for those who manage people."""
        person = self._members.get(entry.record, entry.record) if entry.record else None
        return self._names.get(person, FORMER) if person and self.may_name else telling.SOMEBODY

    def words(self, question: Question, value: Any) -> str:
        """One stored answer in words; links by name, as far as the reader may see what they lead to."""
        if not question.to:
            return telling.in_words(question, value)
        return ", ".join(self._named(question.to, UUID(key)) for key in _keys(value))

    def _named(self, slug: str, key: UUID) -> str:
        if not may(self._by, Deed.SEE, catalogue.find(slug)):
            return HIDDEN
        thing = self._records.get(key)
        return GONE if thing is None else f"{thing.title} ({thing.reference})" if thing.title else thing.reference

    def thing(self, entry: Noted) -> Thing | None:
        """The record that an entry is about, when it is there and may be seen."""
        return self._records.get(entry.record) if entry.record else None

    def unnamed(self, register: Register) -> str:
        """What a record is called that is not there, or that the reader may not see."""
        return GONE if may(self._by, Deed.SEE, register) else HIDDEN

    def erasure(self, entry: Noted) -> Erasure | None:
        """When, under which entry and under which disposal the values of an entry were erased."""
        return next((found for found in self._erasures.get(entry.record, ()) if found.number > entry.number), None)

    @cached_property
    def _members(self) -> dict[UUID, UUID]:
        """Whose membership it is."""
        wanted = {entry.record for entry in self._entries if entry.subject == "membership" and entry.record}
        if not wanted or not self.may_name:
            return {}
        rows = stored_rows(Membership.select(Membership.id, Membership.user).where(Membership.id.in_(list(wanted))))
        return {UUID(bytes=bytes(membership)): UUID(bytes=bytes(user)) for membership, user in rows}

    @cached_property
    def _names(self) -> dict[UUID | None, str]:
        wanted = {UUID(entry.actor) for entry in self._entries if re.fullmatch("[0-9a-f]{32}", entry.actor)} | set(self._members.values())
        wanted |= {entry.record for entry in self._entries if entry.subject == "person" and entry.record and self.may_name}
        return names_of(wanted)

    @cached_property
    def _records(self) -> dict[UUID, Thing]:
        """Every record that is spoken of and may be seen: one question a register."""
        wanted: dict[str, set[UUID]] = {}
        for entry in self._entries:
            if entry.register and entry.record:
                wanted.setdefault(entry.register.slug, set()).add(entry.record)
            for question in self.questions(entry):
                if question.to:
                    sides = (entry.values or {}).get(question.name, ())
                    wanted.setdefault(question.to, set()).update(UUID(key) for side in sides for key in _keys(side))
        return {thing.id: thing for slug, keys in wanted.items() for thing in self._things(catalogue.find(slug), keys)}

    def _things(self, register: Register, keys: Iterable[UUID]) -> Iterable[Thing]:
        if not may(self._by, Deed.SEE, register):
            return
        table, title = register.table, register.title
        shows_title = title in questions_for(register, self._by)
        for row in table.select(table.id, table.number, title.column).where(table.id.in_(list(keys))):
            yield Thing(register, row.id, row.reference, title_of(register, row) if shows_title else "")

    @cached_property
    def _erasures(self) -> dict[UUID | None, list[Erasure]]:
        lost = [entry for entry in self._entries if entry.had_values and entry.values is None]
        found: dict[UUID | None, list[Erasure]] = {}
        if lost:
            beside = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
            about = AuditEntry.record.in_([entry.record for entry in lost if entry.record]) & AuditEntry.deed.in_(ERASING)
            columns = (AuditEntry.record, AuditEntry.at, AuditEntry.number, AuditEntry.chain, AuditDetail.sealed)
            query = AuditEntry.select(*columns).join(AuditDetail, JOIN.LEFT_OUTER, on=beside).where(about)
            for record, at, number, chain, sealed in stored_rows(query.order_by(AuditEntry.number)):
                values = None if sealed is None else _opened(sealed, detail_place(bytes(chain), number))
                under = (values or {}).get(UNDER, (None, ""))[1]
                found.setdefault(UUID(bytes=bytes(record)), []).append(Erasure(_at(at), number, under))
        return found


def _keys(kept: Any) -> Sequence[str]:
    """The ids that an answer names, as the trace keeps them: a list of links, or one."""
    return (kept,) if isinstance(kept, str) else kept or ()


@cache
def _asked_from_afar(register: Register) -> tuple[Question, ...]:
    """The links that only the other register asks about; this one's records have them in their history as well."""
    others = (other for other in catalogue.REGISTERS if register.slug in other.link_names and other.slug not in register.link_names)
    return tuple(Question(Links(other.slug), other.heading) for other in others)


def _opened(sealed: Any, place: bytes) -> dict[str, Any] | None:
    """The values of an entry; none when they were altered, which the check of the history reports."""
    try:
        opened: dict[str, Any] = json.loads(vault.current().open(bytes(sealed), place))
    except (vault.WontOpen, TypeError):  # SQLite may hold text where bytes should be
        return None
    return opened


def _at(stored: int) -> datetime:
    return EPOCH + stored * MICROSECOND

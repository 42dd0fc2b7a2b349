"""What of this program's own records is due under the schedule: by rule, with what is held, and what nobody knows the day of."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from models.records_disposal import DisposalRecord, RecordsDisposal
from models.retention_rule import RetentionRule
from models.vocabulary import OwnRecords, RecordsDisposalStage
from registry.retention import own
from registry.retention.holding import Holds, held_among, holds_on_rule
from registry.rules.retention_dates import due_on, period_of
from registry.rules.school_facts import SchoolFacts


class Dated(NamedTuple):
    """One record with the first day on which it may go; no day where its event is not known, or no rule gives one."""

    record: UUID
    number: int
    on: date | None
    is_running: bool = False


@dataclass(frozen=True)
class Kept:
    """One kind of records of this program under the rules that cover it."""

    covers: OwnRecords
    rules: tuple[RetentionRule, ...]
    dated: tuple[Dated, ...]
    today: date
    on_rule: Holds = ()
    one_by_one: dict[UUID, Holds] = field(default_factory=dict)

    @cached_property
    def over(self) -> tuple[Dated, ...]:
        """Those whose day has come, held or not."""
        return tuple(each for each in self.dated if each.on is not None and each.on <= self.today)

    @cached_property
    def due(self) -> tuple[Dated, ...]:
        """Those that may go now."""
        return tuple(each for each in self.over if not self.holds_of(each.record))

    @cached_property
    def held(self) -> tuple[Dated, ...]:
        """Those whose day has come, and that have to stand."""
        return tuple(each for each in self.over if self.holds_of(each.record))

    @cached_property
    def unknown(self) -> tuple[Dated, ...]:
        """Those whose event is over, and of which nobody knows the day."""
        return tuple(each for each in self.dated if each.on is None and not each.is_running and self.may_end)

    @property
    def may_end(self) -> bool:
        """Whether any of its rules ever lets such a record go."""
        return any(period.is_said and not period.is_permanent for period in map(period_of, self.rules))

    def holds_of(self, record: UUID) -> Holds:
        """The holds that keep a record standing."""
        return (*self.on_rule, *self.one_by_one.get(record, ()))

    def by_day(self) -> Counter[date]:
        """How many come due on which day from now on."""
        return Counter(each.on for each in self.dated if each.on is not None and each.on > self.today)


def kept(school: SchoolFacts) -> tuple[Kept, ...]:
    """Every kind of records of the school in view that a rule of its schedule covers. The day must be told."""
    return tuple(kept_under(covers, rules, school) for covers in own.KINDS if (rules := rules_covering(covers)))


def rules_covering(covers: OwnRecords) -> list[RetentionRule]:
    """The rules of the schedule that cover a kind of records."""
    is_current = (RetentionRule.covers == covers) & RetentionRule.archived_at.is_null()
    return [*RetentionRule.select().where(is_current).order_by(RetentionRule.number)]


def kept_under(covers: OwnRecords, rules: Sequence[RetentionRule], school: SchoolFacts, only: Collection[UUID] | None = None) -> Kept:
    """One kind of records, or those of them asked for, under these rules; where several rules cover it, the latest day counts."""
    if school.today is None:
        raise ValueError("What is due is known for a day.")
    dated = tuple(_dated(covers, rules, school, only))
    if covers == OwnRecords.PUPILS:
        dated = tuple(_after_answers(dated, school, only))
    over = [each.record for each in dated if each.on is not None and each.on <= school.today]
    held = held_among(covers, over)
    if covers == OwnRecords.PUPILS:
        held = _with_answers_held(held, only)
    return Kept(covers, tuple(rules), dated, school.today, _on_rules(rules), held)


def on_disposals() -> dict[UUID, UUID]:
    """The records that stand on a disposal which is not over, each with that disposal."""
    is_open = RecordsDisposal.stage.not_in((RecordsDisposalStage.DONE, RecordsDisposalStage.REFUSED)) & RecordsDisposal.archived_at.is_null()
    query = DisposalRecord.select(DisposalRecord.record, DisposalRecord.disposal)
    return dict(query.join(RecordsDisposal, on=(RecordsDisposal.id == DisposalRecord.disposal)).where(is_open).tuples())


def _after_answers(pupils: Sequence[Dated], school: SchoolFacts, only: Collection[UUID] | None) -> Iterator[Dated]:
    """Whoever goes takes their answers about pictures along, and so stands for as long as the schedule keeps any of these."""
    person_of = own.people_answered_about(only)
    answers = _dated(OwnRecords.IMAGE_DECISIONS, rules_covering(OwnRecords.IMAGE_DECISIONS), school, only and person_of.keys())
    latest: dict[UUID, date | None] = {}
    for answer in answers:
        person = person_of[answer.record]
        before = latest.get(person, date.min)
        latest[person] = None if before is None or answer.on is None else max(before, answer.on)
    for each in pupils:
        until = latest.get(each.record, date.min)
        if until is None:
            yield each._replace(on=None, is_running=True)
        else:
            yield each if each.on is None else each._replace(on=max(each.on, until))


def _with_answers_held(held: dict[UUID, Holds], only: Collection[UUID] | None) -> dict[UUID, Holds]:
    """Whoever goes takes their answers about pictures along, and so stands for as long as these are held as a series."""
    on_answers = _on_rules(rules_covering(OwnRecords.IMAGE_DECISIONS))
    people = own.people_answered_about(only).values() if on_answers else ()
    return held | {person: tuple(dict.fromkeys((*held.get(person, ()), *on_answers))) for person in people}


def _on_rules(rules: Sequence[RetentionRule]) -> Holds:
    return tuple({hold.id: hold for rule in rules for hold in holds_on_rule(rule.id)}.values())


def _dated(covers: OwnRecords, rules: Sequence[RetentionRule], school: SchoolFacts, only: Collection[UUID] | None) -> Iterator[Dated]:
    """A rule that keeps such records for good, or whose event is not known, keeps them whatever the others say; without a rule there is none."""
    if not rules:
        return
    knows, periods = own.KINDS[covers].knows, [period_of(rule) for rule in rules]
    days: dict[date, date | None] = {}
    is_known = all(period.trigger in knows for period in periods)
    for found in own.KINDS[covers].read(only):
        if found.event is None or not is_known:
            yield Dated(found.record, found.number, None, found.is_running)
            continue
        if found.event not in days:
            each = [due_on(period, found.event, school) for period in periods]
            days[found.event] = None if None in each else max(day for day in each if day)
        yield Dated(found.record, found.number, days[found.event])

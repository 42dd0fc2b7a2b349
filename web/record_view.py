"""What the page of one record shows: its answers by section, what is to be mended, and what it touches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode
from uuid import UUID

from flask import request, url_for

from models.fields import ChoiceField, RowsField
from models.record import Record
from registry.access import Deed, Permission, has_versions, may
from registry.actor import Actor
from registry.asking import asked_of
from registry.catalogue import find as register_of
from registry.checks import findings_of
from registry.deadlines import deadlines_for, deadlines_of
from registry.definition import Question, Register, Section
from registry.devices import matrix
from registry.kinds import kind_of
from registry.lists.views import CHIPS, sees_findings
from registry.naming import Named, ids_of, named
from registry.records import answers_of
from registry.rules.finding import Finding, Severity
from registry.rules.row_text import rows_in
from registry.rules.school_facts import SchoolFacts
from registry.schema import questions_for
from registry.talk.comments import may_comment
from registry.talk.thread import Said, margin
from registry.trace.history import Line, last_changes
from registry.trace.telling import lines_of_answer
from web.approval_view import Approval
from web.breach_clock_view import BreachClock
from web.dpia_view import DpiaView
from web.guard import now
from web.list_view import list_address
from web.next_steps import own_step
from web.record_tabs import tabs_of
from web.rendering import plural


@dataclass(frozen=True)
class Shown:
    """One answer as the page shows it: lines of words, or links to records; `finding` is what is said about it."""

    question: Question
    lines: tuple[str, ...]
    links: tuple[tuple[str, Named], ...]
    finding: Severity | None

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines or self.links)

    @property
    def is_quiet(self) -> bool:
        """Whether there is no answer, and nobody misses one."""
        return not self.is_answered and self.finding is None


@dataclass(frozen=True)
class RecordPage:
    """Everything about one record for one reader; the template only lays it out."""

    register: Register
    row: Any
    by: Actor
    school: SchoolFacts

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers that the reader may see."""
        return answers_of(self.register, self.row, self.by)

    @property
    def title(self) -> str:
        """The name of the record, or its reference for a reader who may not see the name; of one that is called by a choice, about whom and what."""
        words = self.words(self.register.title.name) or str(self.row.reference)
        if not isinstance(self.register.title.column, ChoiceField):
            return words
        about = [each.name for question in self.register.ones if question.listed for each in self.linked.get(question.name, ())]
        return f"{words}: {', '.join(about)}" if about else words

    @cached_property
    def breach_clock(self) -> BreachClock | None:
        """The clock of a breach; none for any other record, and where nobody knows when the school became aware."""
        return BreachClock(self.row, now()) if self.register.slug == "breaches" and self.row.aware_at else None

    @cached_property
    def dpia(self) -> DpiaView | None:
        """What a DPIA comes to, drawn and counted; none for any other record."""
        return DpiaView(self.row, self.by, self.school) if self.register.slug == "dpias" else None

    @cached_property
    def matrix_says(self) -> str:
        """What the school lets such devices do, in words, where this personal device is allowed more; empty for all else."""
        if self.register.slug != "personal-devices" or self.row.archived_at is not None or not matrix.beyond([self.row]):
            return ""
        return matrix.matrix()[self.row.ownership].label

    @cached_property
    def margin(self) -> Mapping[str, Sequence[Said]]:
        """What was said about parts of the record, by section."""
        return margin(self.register, self.row, self.by)

    def comment_on(self, section: Section) -> str | None:
        """Where the reader says something about a part of a record that is approved; such a record is talked through part by part."""
        if self.approval is None or not may_comment(self.register, self.by):
            return None
        return url_for("comments.of_record", slug=self.register.slug, record=self.row.id, about=section.slug, _anchor="add")

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """The parts of the record, each a page: words, address, and whether it is this one."""
        return tabs_of(self.register, self.row, self.by)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say, for a reader who may see every answer: a finding about one tells of others."""
        return findings_of(self.register, self.row, self.school) if sees_findings(self.register, self.by) else ()

    @property
    def to_mend(self) -> list[Finding]:
        """The errors and warnings."""
        return [finding for finding in self.findings if finding.severity is not Severity.NOTE]

    @property
    def notes(self) -> list[Finding]:
        """What is only worth knowing."""
        return [finding for finding in self.findings if finding.severity is Severity.NOTE]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return sum(finding.severity is Severity.WARNING for finding in self.findings)

    @cached_property
    def may_change(self) -> bool:
        """Whether the reader may change it."""
        return may(self.by, Deed.CHANGE, self.register)

    @property
    def may_export(self) -> bool:
        """Whether the reader may take it away as a file."""
        return may(self.by, Deed.EXPORT, self.register)

    def may_do(self, permission: str) -> bool:
        """Whether the reader may do one of the deeds beside the registers."""
        return may(self.by, Permission[permission.upper()])

    def sees(self, slug: str) -> bool:
        """Whether the reader may see another register."""
        return may(self.by, Deed.SEE, register_of(slug))

    def may_add(self, slug: str) -> bool:
        """Whether the reader may add to another register."""
        return may(self.by, Deed.ADD, register_of(slug))

    @property
    def may_confirm(self) -> bool:
        """Whether the reader may say that a starter entry is true of this school."""
        return self.may_change and may(self.by, Permission.ADOPT_STARTER)

    @cached_property
    def answerable(self) -> frozenset[str]:
        """The names of the questions that the reader may answer anew."""
        return frozenset(question.name for question in questions_for(self.register, self.by, Deed.CHANGE))

    @cached_property
    def linked(self) -> dict[str, tuple[Named, ...]]:
        """The records that it touches, by question; one query each."""
        asked = [question for question in (*self.register.links, *self.register.ones) if question.name in self.answers]
        return {question.name: named(register_of(question.to), self.by, ids_of(self.answers[question.name])) for question in asked}

    @property
    def pointing(self) -> dict[str, tuple[Named, ...]]:
        """The records that point at this one, by register: those linked with it, and not those that it only names itself."""
        return {question.to: self.linked[question.name] for question in self.register.links if question.name in self.linked}

    @property
    def touches(self) -> Iterator[tuple[str, str]]:
        """(how many of what, where on the page they stand)."""
        for name, records in self.linked.items():
            far = register_of(self.register.questions[name].to)
            if records:
                yield plural(len(records), far.one, far.many), f"#{section_id(self.register.section_of(name))}"

    @property
    def sections(self) -> Iterator[tuple[Section, str, list[Shown], bool]]:
        """Each section in which something is asked: with its id, its answers, and whether the reader may change any."""
        asked = asked_of(self.register, lambda name: getattr(self.row, name))
        severities = {finding.question: finding.severity for finding in reversed(self.to_mend)}
        for section in self.register.sections:
            questions = [question for question in section.questions if question.name in asked and question.name in self.answers]
            if questions:
                shown = [self._shown(question, severities.get(question.name)) for question in questions]
                yield section, section_id(section), shown, any(question.name in self.answerable for question in questions)

    def _shown(self, question: Question, finding: Severity | None) -> Shown:
        if question.to:
            links = tuple((self.to(record.id, question.to), record) for record in self.linked[question.name])
            return Shown(question, (), links, finding)
        answer = self.answers[question.name]
        if isinstance(question.column, RowsField) and answer:
            many = len(rows_in(question.column.shape, answer))
            return Shown(question, (f"{plural(many, question.column.shape.one)}, shown above",), (), finding)
        return Shown(question, lines_of_answer(question, answer), (), finding)

    def change(self, question: str = "") -> str:
        """Where an answer is changed, or the first section."""
        section = self.register.section_of(question).slug if question else self.register.sections[0].slug
        address = url_for("forms.change", slug=self.register.slug, record=self.row.id, section=section)
        return f"{address}#{question}" if question else address

    def to(self, record: UUID, slug: str = "") -> str:
        """The address of a record."""
        return url_for("pages.record", slug=slug or self.register.slug, record=record)

    @property
    def last_changes(self) -> tuple[Line, ...]:
        """What was done to it last, as far as the reader may see."""
        return last_changes(self.register, self.row, self.by)

    @property
    def by_when(self) -> Iterator[tuple[str, date, str]]:
        """(what is to be done, by when, where it says how that was worked out) of each day that the reader may know of, while it is in the list."""
        told = {each.code for each in deadlines_for(self.register, self.by)} if self.row.archived_at is None else set()
        for dated in deadlines_of(self.register, self.row, self.school):
            if dated.deadline.code in told:
                where = url_for("worked_out.of_record", slug=self.register.slug, record=self.row.id, code=dated.deadline.code)
                yield dated.deadline.words, dated.on, where

    @property
    def owner(self) -> str:
        """Who answers for it, if the register asks and the reader may know."""
        return self.words("owner")

    def words(self, name: str) -> str:
        """An answer in words; empty for what the register does not ask or the reader may not see."""
        return kind_of(self.register.questions[name].column).words(self.answers[name]) if name in self.answers else ""

    @property
    def is_late(self) -> bool:
        """Whether its review is overdue."""
        review = self.answers.get("next_review_on")
        return bool(review and self.school.today and review < self.school.today and self.row.archived_at is None)

    @cached_property
    def approval(self) -> Approval | None:
        """How it stands between its versions; None where nobody approves such records."""
        return Approval(self.register, self.row, self.by, self.findings) if has_versions(self.register) else None

    @property
    def next_step(self) -> str:
        """What the reader ought to do with it next; empty when their role only reads and nothing that they see waits."""
        if not self.may_change:
            return f"{plural(self.errors, 'error')} to be mended. Your role reads this and does not change it." if self.errors else ""
        if self.row.archived_at is not None:
            return "It is archived: nothing needs doing. Bring it back if it is needed again."
        if self.row.starter:
            return "Read every answer. Change what is different at your school, then confirm the entry."
        if step := own_step(self.row, self.by):
            return step
        then = self.approval.next_step if self.approval and not self.row.is_as_approved else ""
        if self.errors:
            return then or f"Mend the {'error' if self.errors == 1 else plural(self.errors, 'error')}. Until then it is not as the law asks."
        if self.is_late:
            return f"Its review is overdue. Read every answer, then enter the next day for review. {then}"
        if self.warnings:
            return f"Look at the {'warning' if self.warnings == 1 else plural(self.warnings, 'warning')}, and change what can be better. {then}"
        return then or "Nothing needs doing now."

    @property
    def back(self) -> tuple[str, str]:
        """The way back to the list as it was."""
        asked = urlencode(parse_qsl(request.args.get("back", "")))
        chip = CHIPS.get(parse_qs(asked).get("show", [""])[0], "")
        name = self.register.heading
        return f"{name}: {chip.lower()}" if chip else name, list_address(self.register, asked)


def section_id(section: Section) -> str:
    """Where a section stands on the page of a record."""
    return f"section-{section.slug}"


def page_of(register: Register, row: Record, by: Actor, school: SchoolFacts) -> RecordPage:
    """The page of a record for a reader."""
    return RecordPage(register, row, by, school)

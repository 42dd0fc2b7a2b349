"""One section of a register's form: its questions with what stands in them, and the sections around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from flask import url_for
from marshmallow import ValidationError

from models.fields import ChoiceField, ChoicesField
from registry import naming
from registry.access import Deed
from registry.access import allowed as allowed_to
from registry.actor import Actor
from registry.asking import asked_of, is_answered
from registry.catalogue import find as register_of
from registry.checks import findings_of
from registry.definition import Question, Register, Section
from registry.kinds import title_of
from registry.naming import Named
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts
from registry.schema import questions_for
from registry.typed import LinksAnswer
from web.answers import Field, as_typed, field_of, offer

LISTED_AT_MOST = 100
FOUND_AT_MOST = 20


@dataclass(kw_only=True)
class SectionForm:
    """One section as it is being filled in; `row` is None while a record is being added."""

    register: Register
    section: Section
    by: Actor
    school: SchoolFacts
    row: Any = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    looked_for: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def deed(self) -> Deed:
        """What filling it in does."""
        return Deed.ADD if self.row is None else Deed.CHANGE

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that stand in the form: those that may be asked, given the answers in other sections."""
        allowed = set(questions_for(self.register, self.by, self.deed))
        asked = self._asked_as_stored
        here = {question.name for question in self.section.questions if question in allowed}

        def stands(question: Question) -> bool:
            return question.when is None or question.when[0].name in here or question.name in asked

        return tuple(question for question in self.section.questions if question in allowed and stands(question))

    @property
    def to_save(self) -> list[Question]:
        """The questions in the form that what is typed does ask; the others keep what is stored."""
        names = {question.name for question in self.questions}
        asked = asked_of(self.register, lambda name: self.typed.get(name) if name in names else self._stored(name))
        return [question for question in self.questions if question.name in asked]

    @cached_property
    def fields(self) -> list[Field]:
        """The questions as the page lays them out: those that one choice reveals stand under that choice."""
        laid: dict[str, Field] = {}
        top: list[Field] = []
        for question in self.questions:
            answer = self._field(question)
            laid[question.name] = answer
            above = laid.get(question.when[0].name) if question.when else None
            if above is None or question.when is None:
                top.append(answer)
            elif len(question.when[1]) == 1 and isinstance(question.when[0], ChoiceField | ChoicesField):
                above.revealed.setdefault(str(question.when[1][0]), []).append(answer)
            else:
                answer.only_when = (above.name, " ".join(str(value) for value in question.when[1]))
                top.append(answer)
        return top

    @property
    def title(self) -> str:
        """What the record is called."""
        return title_of(self.register, self.row)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every sentence that stops the save, with the id of its field, in the order of the form."""
        targets = {each.name: each.target for each in self._all(self.fields)}
        here = [(targets[name], line) for name in targets for line in self.said.get(name, ())]
        return here + [("main-content", line) for name, lines in self.said.items() if name not in targets for line in lines]

    @property
    def steps(self) -> Iterator[tuple[str, str, bool, str, int]]:
        """The sections of the form with what is left to do in each, as the navigation takes them."""
        for section in self._sections():
            errors, left = self._state(section)
            state = "errors" if errors else "left" if left else "complete"
            yield section.title, self.address(section), section is self.section, state, errors or left

    @property
    def is_at_once(self) -> bool:
        """Whether everything is asked in one form, because what is saved is never changed."""
        return self.section not in self.register.sections

    @property
    def next_section(self) -> Section | None:
        """The section after this one."""
        sections = [self.section] if self.is_at_once else self._sections()
        return next(iter(sections[sections.index(self.section) + 1 :]), None)

    def address(self, section: Section) -> str:
        """Where a section is filled in."""
        return url_for("forms.change", slug=self.register.slug, record=self.row.id, section=section.slug)

    def _sections(self) -> list[Section]:
        """This section, and those in which something is asked as the record stands."""
        sections = form_sections(self.register, self.by, Deed.CHANGE)
        return [each for each in sections if each is self.section or any(question.name in self._asked_as_stored for question in each.questions)]

    def _field(self, question: Question) -> Field:
        answer = field_of(question, self.typed.get(question.name, as_typed(question, None)), self.said, self._later)
        return self._with_choices(answer, register_of(question.to)) if question.to else answer

    def _with_choices(self, answer: Field, far: Register) -> Field:
        """The records that a question can be answered with: all of them, or those chosen and those looked for."""
        there = naming.first_of(far, self.by, LISTED_AT_MOST + 1)
        chosen = naming.named(far, self.by, readable_ids(answer.value))
        if len(there) <= LISTED_AT_MOST:
            return offer(answer, chosen, there, False)
        words = self.looked_for.get(answer.name, "")
        return offer(answer, chosen, naming.found(far, self.by, words, FOUND_AT_MOST), True)

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        if self.row is None:
            return ()
        return tuple(each for each in findings_of(self.register, self.row, self.school) if each.severity is not Severity.NOTE)

    @property
    def _later(self) -> dict[str, str]:
        """What the rules say about the record as it is stored, under the question that mends it."""
        later: dict[str, str] = {}
        for finding in self._findings:
            later.setdefault(finding.question, f"{finding.message} You can save without this.")
        return later

    @cached_property
    def _asked_as_stored(self) -> frozenset[str]:
        return asked_of(self.register, self._stored)

    def _stored(self, name: str) -> Any:
        return None if self.row is None else getattr(self.row, name)

    def _state(self, section: Section) -> tuple[int, int]:
        """How many errors point at a section, and how many of its questions are not answered."""
        allowed = set(questions_for(self.register, self.by, self.deed))
        asked = [question for question in section.questions if question in allowed and question.name in self._asked_as_stored]
        names = {question.name for question in asked}
        errors = sum(finding.severity is Severity.ERROR and finding.question in names for finding in self._findings)
        return errors, sum(not is_answered(self.answers.get(question.name)) for question in asked)

    def _all(self, fields: list[Field]) -> Iterator[Field]:
        for each in fields:
            yield each
            for below in each.revealed.values():
                yield from self._all(below)


def form_sections(register: Register, by: Actor, deed: Deed) -> list[Section]:
    """The sections in which somebody may answer anything; where records are added and never changed, all of it is asked at once."""
    if deed is Deed.ADD and not allowed_to(Deed.CHANGE, register):
        return [_at_once(register)]
    allowed = set(questions_for(register, by, deed))
    return [section for section in register.sections if any(question in allowed for question in section.questions)]


@cache
def _at_once(register: Register) -> Section:
    return Section(register.sections[0].title, *register.questions.values())


def readable_ids(typed: Any) -> tuple[Any, ...]:
    """The ids among what was sent for a question of links; nothing when it is not ids at all."""
    try:
        return LinksAnswer().read(typed or ())
    except ValidationError:
        return ()


def exactly(far: tuple[Named, ...], words: str) -> Named | None:
    """The record that is meant when its whole reference or name was typed."""
    folded = words.strip().casefold()
    return next((each for each in far if folded in (each.reference.casefold(), each.name.casefold())), None)

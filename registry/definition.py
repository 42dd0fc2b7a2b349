"""What a register is: the words, order and audience of its questions. Frozen, and checked when the program starts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from peewee import Field

from models.fields import BlindIndex, EncryptedText, KeyOf, LinesField
from models.record import KEPT_BY_ENGINE, Record
from registry.access import Access, Roles


class Misdeclared(Exception):
    """A declaration contradicts its table; the program stops with this sentence."""


@dataclass(frozen=True)
class Links:
    """A question answered by naming records of another register; stored in the link table, seen from both ends."""

    to: str

    @property
    def name(self) -> str:
        """The key of the answer: the other register's slug."""
        return self.to


@dataclass(frozen=True, eq=False)
class Question:
    """One question: the column that stores the answer, and what people need to give it."""

    column: Field | Links
    ask: str
    hint: str = field(default="", kw_only=True)
    short: str = field(default="", kw_only=True)  # the label in lists and on the record; `ask` when empty
    why: str = field(default="", kw_only=True)  # the law, behind "Why we ask"
    listed: bool = field(default=False, kw_only=True)  # a column of the list unless the reader chooses others
    filtered: bool = field(default=False, kw_only=True)
    missing: str = field(default="", kw_only=True)  # what is said where it is needed and not answered; "Enter the …" with the label when empty
    when: tuple[Field, tuple[Any, ...]] | None = field(default=None, kw_only=True)  # asked once another answer is among these
    see: Roles | None = field(default=None, kw_only=True)
    change: Roles | None = field(default=None, kw_only=True)

    @property
    def name(self) -> str:
        """The key of the answer in forms, files, filters and the trace."""
        return str(self.column.name)

    @property
    def label(self) -> str:
        """How the answer is headed."""
        return self.short or self.ask

    @property
    def to(self) -> str:
        """The register of which it names records; empty for an answer of its own."""
        return str(getattr(self.column, "to", ""))

    @property
    def usual(self) -> Any:
        """What an empty answer comes to, where it cannot stay empty; None where it can."""
        return self.column.default if isinstance(self.column, Field) and not self.column.null and not callable(self.column.default) else None

    @property
    def says_missing(self) -> str:
        """What to do, where a record cannot be stored without an answer and there is none."""
        return self.missing or f"Enter the {self.label[:1].lower()}{self.label[1:]}."

    @property
    def required(self) -> bool:
        """Whether a record cannot be stored without it."""
        return isinstance(self.column, Field) and not self.column.null and self.column.default is None


class Section:
    """Some questions under a heading; `see` narrows all of them."""

    def __init__(self, title: str, *questions: Question, see: Roles | None = None) -> None:
        self.title = title
        self.slug = title.lower().replace(" ", "-").replace(",", "").replace("'", "").replace("’", "")
        self.questions = tuple(self._narrowed(question, see) for question in questions)

    @staticmethod
    def _narrowed(question: Question, see: Roles | None) -> Question:
        if see is None:
            return question
        given = {each.name: getattr(question, each.name) for each in fields(question)}
        return Question(**{**given, "see": see if question.see is None else question.see & see})


@dataclass(frozen=True)
class Check:
    """A pure rule and the facts it takes, whose field names are column names."""

    rule: Callable[[Any, Any], Any]
    facts: type


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Something that is to be done by a day: a pure rule that gives the day, and the facts that it takes, whose field names are column names.

    `words` say what is to be done, as an order. `mend` is the question whose answer settles it; where `done` names the question of a day,
    it is answered with today by whoever says that it was done. Of records that are alike in `one_for` the newest alone counts. `owner` is the
    post that sees to it where the record names none.
    """

    code: str
    words: str
    rule: Callable[[Any, Any], Any]
    facts: type
    mend: str
    done: str = ""
    statutory: bool = False
    one_for: tuple[str, ...] = ()
    owner: str = ""
    frozen: tuple[str, str] | None = None  # the question of a day that was counted once, and the column that keeps how it was counted


@dataclass(frozen=True, kw_only=True, eq=False)
class Register:
    """One register: ten attributes, and a page for every wish beyond them."""

    slug: str
    table: type[Record]
    one: str
    many: str
    about: str
    access: Access
    sections: tuple[Section, ...]
    kept: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def __post_init__(self) -> None:
        """Stop the program with a sentence when the declaration and the table disagree."""
        for complaint in self._complaints():
            raise Misdeclared(f"Register {self.slug}: {complaint}")

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by name, in the order of the form."""
        return {question.name: question for section in self.sections for question in section.questions}

    @property
    def heading(self) -> str:
        """What stands above all its records: “Information assets”."""
        return self.many[:1].upper() + self.many[1:]

    @cached_property
    def title(self) -> Question:
        """The first question names the record."""
        return self.sections[0].questions[0]

    @property
    def order(self) -> str:
        """What its list is sorted by unless the reader chooses another; by number the newest stand first."""
        return "reference" if self.table.LISTED_BY == "number" else self.table.LISTED_BY

    @cached_property
    def ones(self) -> tuple[Question, ...]:
        """The questions answered by naming one record, whose id is kept in a column."""
        return tuple(question for question in self.columns if question.to)

    @cached_property
    def columns(self) -> tuple[Question, ...]:
        """The questions answered by a column."""
        return tuple(question for question in self.questions.values() if isinstance(question.column, Field))

    @cached_property
    def links(self) -> tuple[Question, ...]:
        """The questions answered by naming other records."""
        return tuple(question for question in self.questions.values() if isinstance(question.column, Links))

    @cached_property
    def link_names(self) -> frozenset[str]:
        """The names of those questions."""
        return frozenset(question.name for question in self.links)

    def section_of(self, name: str) -> Section:
        """The section in which a question stands; raises KeyError."""
        for section in self.sections:
            if any(question.name == name for question in section.questions):
                return section
        raise KeyError(name)

    def _complaints(self) -> Iterator[str]:
        stored = self.table._meta.fields
        asked = [question.name for section in self.sections for question in section.questions]
        yield from (f"{name} is asked twice." for name in sorted({name for name in asked if asked.count(name) > 1}))
        slugs = [section.slug for section in self.sections]
        yield from (f"two sections are called {slug}." for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}))
        for question in self.columns:
            if stored.get(question.name) is not question.column:
                yield f"{question.name} is not a column of {self.table.__name__}."
            if question.filtered and isinstance(question.column, EncryptedText | LinesField):
                yield f"{question.name} cannot be a filter: it is sealed, or a list."
            if question.to and question is self.title:
                yield f"{question.name} names another record, and cannot be the name of this one."
            if question.when and question.when[0].name not in asked:
                yield f"{question.name} depends on {question.when[0].name}, which is not asked."
        if isinstance(stored.get(self.table.LISTED_BY), EncryptedText) or self.table.LISTED_BY not in {*asked, "number"}:
            yield f"it cannot be listed by {self.table.LISTED_BY}, which is sealed or not asked."
        for deadline in self.deadlines:
            named = {deadline.mend, *deadline.one_for, *({deadline.done} - {""}), *(each.name for each in fields(deadline.facts))}
            yield from (f"its deadline {deadline.code} rests on {name}, which is not asked." for name in sorted(named - {*asked}))
            kept = deadline.frozen or ()
            yield from (f"its deadline {deadline.code} is kept in {name}, which is no column." for name in kept if name not in stored)
        indexes = {name for name, column in stored.items() if isinstance(column, BlindIndex | KeyOf)}
        accounted = {*asked, *KEPT_BY_ENGINE, *indexes, *(column.name for column in self.kept)}
        yield from (f"column {name} is neither asked nor kept." for name in stored if name not in accounted)

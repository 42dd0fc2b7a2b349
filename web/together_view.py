"""What the pages show on which many records are changed at once: the words of each deed, what is asked, what would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from models.batch import Together
from registry.access import Deed, may
from registry.actor import Actor
from registry.definition import Question, Register
from registry.kinds import kind_of
from registry.lists.views import View, view_of
from registry.many.together import Plan, Planned, linked_among, offered
from web.answers import Field
from web.rendering import plural

SHOWN = 20
EXPORTS = {
    "csv": ("Export as CSV", "files.export_csv"),
    "xlsx": ("Export for Excel", "files.export_xlsx"),
    "pdf": ("Print as PDF", "papers.of_list"),
}
"""The words on each button that makes a file of the chosen rows, and the page that makes it."""


@dataclass(frozen=True)
class Words:
    """How one deed is spoken of: on its button, as the head of its page, on the button that saves, and when it is done."""

    button: str
    title: str
    save: str
    done: str


WORDS: Mapping[Together, Words] = {
    Together.OWNER: Words("Assign an owner", "Assign an owner to {these}", "Save for {these}", "The owner is assigned to {these}."),
    Together.REVIEW: Words("Set a review date", "Set a review date for {these}", "Save for {these}", "The review date is set for {these}."),
    Together.CONFIRM: Words("Confirm starter entries", "Confirm {these}", "Confirm {these}", "Confirmed: {these} now your school’s own."),
    Together.ARCHIVE: Words("Archive", "Archive {these}", "Archive {these}", "Archived: {these}. Numbers, links and history are kept."),
    Together.RESTORE: Words("Bring back", "Bring {these} back", "Bring {these} back", "Back in the list: {these}."),
}


class Button(NamedTuple):
    """One deed under a list: its value, its words, the words while it is done if that takes a while, and whether it answers with a file."""

    value: str
    words: str
    busy: str = ""
    is_file: bool = False


def deeds_of(register: Register, by: Actor, archived: bool) -> list[Button]:
    """What can be done with ticked rows of a list."""
    deeds = [Button(kind.value, WORDS[kind].button, "Looking at the records …" if kind in STATES else "") for kind in offered(register, by, archived)]
    if may(by, Deed.EXPORT, register):
        deeds += [Button(value, words, "Making the file …", True) for value, (words, _page) in EXPORTS.items()]
    return [*deeds, Button("only", "Show only these")] if deeds else []


def these(register: Register, count: int) -> str:
    """So many records of a register."""
    return plural(count, register.one, register.many)


@dataclass(frozen=True)
class Chosen:
    """Which records of a list somebody means: those ticked, or all that it shows."""

    register: Register
    listed: View
    ticked: View
    is_all: bool

    @property
    def view(self) -> View:
        """The view that finds them."""
        return self.listed if self.is_all else self.ticked

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a form carries along, so that the next step means the same records."""
        rows = [("all", "yes")] if self.is_all else [("row", str(record)) for record in self.ticked.only]
        return [("list", self.query_string), *rows]

    @property
    def query_string(self) -> str:
        """The list in which they were chosen."""
        return urlencode(self.listed.asked())


@dataclass(frozen=True)
class Shown:
    """One record in the preview: each answer before and after, in words."""

    row: Planned
    changes: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class TogetherPage:
    """One step on the way: what is asked and, once it is answered, what would change."""

    chosen: Chosen
    kind: Together
    count: int
    fields: Sequence[Field] = ()
    problems: Sequence[tuple[str, str]] = ()
    plan: Plan | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def register(self) -> Register:
        """The register they are kept in."""
        return self.chosen.register

    @property
    def title(self) -> str:
        """The head of the page."""
        return WORDS[self.kind].title.format(these=these(self.register, self.count))

    @property
    def save(self) -> str:
        """The words on the button that saves."""
        return WORDS[self.kind].save.format(these=these(self.register, len(self.plan.able) if self.plan else 0))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form that saves carries along."""
        return [*self.chosen.carried, ("do", self.kind.value)]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was answered, as the names and values of a form."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.typed.items():
            pairs += [(f"{name}-{part}", text) for part, text in value.items()] if isinstance(value, Mapping) else [(name, value)]
        return [(name, value) for name, value in pairs if value]

    @cached_property
    def shown(self) -> list[Shown]:
        """The first records that would change."""
        return [Shown(row, self._in_words(row)) for row in (self.plan.able[:SHOWN] if self.plan else ())]

    @property
    def dangling(self) -> int:
        """How many of the records that are archived others would go on pointing at."""
        return linked_among(self.plan.able) if self.plan and self.kind is Together.ARCHIVE else 0

    @property
    def more(self) -> int:
        """How many more would change in the same way."""
        return max(0, len(self.plan.able) - SHOWN) if self.plan else 0

    @property
    def left(self) -> list[tuple[str, Sequence[Planned]]]:
        """The records that stay as they are, by the reason."""
        rows = sorted(self.plan.unable, key=lambda row: row.why_not) if self.plan else []
        return [(why, list(those)) for why, those in groupby(rows, key=lambda row: row.why_not)]

    def _in_words(self, row: Planned) -> list[tuple[str, str, str]]:
        if self.kind in STATES:
            return [("State", *STATES[self.kind])]
        questions = [question for question in self.register.questions.values() if question.name in row.changes]
        return [
            (question.label, _words(question, row.changes[question.name][0]), _words(question, row.changes[question.name][1]))
            for question in questions
        ]


STATES: Mapping[Together, tuple[str, str]] = {
    Together.CONFIRM: ("Starter, not checked", "Confirmed"),
    Together.ARCHIVE: ("In the list", "Archived"),
    Together.RESTORE: ("Archived", "In the list"),
}


def _words(question: Question, answer: Any) -> str:
    return kind_of(question.column).words(answer)


def view_in(register: Register, by: Actor, query_string: str) -> View:
    """The view that a form carries along as the address of its list."""
    return view_of(register, by, parse_qs(query_string))

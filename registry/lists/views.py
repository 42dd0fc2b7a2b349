"""What a reader of a list asked to see, and the address that asks for it: one is made from the other and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

from peewee import Field

from models.fields import ChoiceField, ChoicesField, EncryptedText, LinesField
from registry.access import has_versions
from registry.actor import Actor
from registry.definition import Question, Register
from registry.schema import questions_for
from registry.typed import NOT_TEXT

SIZES = (10, 25, 50, 100)
USUAL_SIZE = 25
NOT_ANSWERED = "-"
LONGEST_SEARCH = 200
MOST_CHOSEN = 200
"""Records that an address can name one by one; whoever wants more means a whole list."""
MOST_NAMED = 20
"""Records of another register by which a list can be narrowed at once."""
CHIPS = {
    "errors": "With errors",
    "findings": "With findings",
    "review": "Review due",
    "changed": "Changed since approved",
    "starter": "Starter, not checked",
    "archived": "Archived",
}
ENGINE_SORTS = {"reference": "number", "changed": "changed_at", "findings": "errors"}


@dataclass(frozen=True)
class View:
    """What the reader asked to see, exactly as the address of the page says it."""

    search: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    chip: str = ""
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    size: int = USUAL_SIZE
    only: tuple[UUID, ...] = ()  # these records, archived or not, whatever else was chosen
    after: UUID | None = None
    before: UUID | None = None

    def first_page(self) -> "View":
        """The same list from its start."""
        return replace(self, after=None, before=None)

    @property
    def narrows(self) -> bool:
        """Whether it leaves out some of the records that are not archived."""
        return bool(self.search or self.filters or self.chip or self.only)

    def asked(self) -> list[tuple[str, str]]:
        """The parameters of the address that asks for this view; `view_of` reads them back."""
        asked = [("q", self.search), ("show", self.chip), ("sort", self.sort), ("order", "down" if self.descending else "")]
        asked += [(name, value) for name, values in self.filters for value in values]
        asked += [("column", name) for name in self.columns]
        asked += [("rows", str(self.size) if self.size != USUAL_SIZE else "")]
        asked += [("row", str(record)) for record in self.only]
        asked += [("after", str(self.after or "")), ("before", str(self.before or ""))]
        return [(name, value) for name, value in asked if value]


def view_of(register: Register, by: Actor, asked: Mapping[str, Sequence[str]]) -> View:
    """The view that an address asks for; what it may not ask, or what does not exist, is left out."""

    def one(name: str) -> str:
        return NOT_TEXT.sub("", (asked.get(name) or [""])[0]).strip()

    questions = {question.name: question for question in questions_for(register, by)}
    chosen = ((name, _known(question, asked[name])) for name, question in questions.items() if question.filtered and name in asked)
    columns = tuple(dict.fromkeys(name for name in asked.get("column", ()) if name in questions and name != register.title.name))
    sort = one("sort")
    return View(
        search=one("q")[:LONGEST_SEARCH],
        filters=tuple((name, values) for name, values in chosen if values),
        chip=one("show") if one("show") in chips_of(register, by) else "",
        sort=sort if sort in sortable(register, by) else "",
        descending=one("order") == "down",
        columns=columns if columns != _usual(register, by) else (),
        size=int(one("rows")) if one("rows") in map(str, SIZES) else USUAL_SIZE,
        only=tuple(dict.fromkeys(record for text in asked.get("row", ())[:MOST_CHOSEN] if (record := _id(text)))),
        after=_id(one("after")),
        before=_id(one("before")),
    )


def _known(question: Question, values: Sequence[str]) -> tuple[str, ...]:
    """The choices of a question that are among some values, each once; the ids among them, where it names another record."""
    if question.to:
        return tuple(dict.fromkeys(str(record) for value in values[:MOST_NAMED] if (record := _id(value))))
    known = {code for code, _label in choices_of(question)}
    return tuple(dict.fromkeys(value for value in values if value in known))


@cache
def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    """The codes and words by which a question can be filtered; the last finds what is not answered."""
    column = question.column
    if not isinstance(column, ChoiceField | ChoicesField):
        return ()
    return (*((word.value, getattr(word, "label", word.value)) for word in column.words), (NOT_ANSWERED, "Not answered"))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def columns_of(register: Register, by: Actor, view: View) -> tuple[Question, ...]:
    """The questions shown as columns beside the title: those chosen, else those the declaration lists."""
    questions = {question.name: question for question in questions_for(register, by)}
    return tuple(questions[name] for name in view.columns or _usual(register, by))


def _usual(register: Register, by: Actor) -> tuple[str, ...]:
    return tuple(question.name for question in questions_for(register, by) if question.listed and question is not register.title)


def sortable(register: Register, by: Actor) -> frozenset[str]:
    """The names by which a list can be sorted: single answers that are not sealed, and the engine's own."""
    several = EncryptedText | ChoicesField | LinesField
    columns = {question.name: question.column for question in questions_for(register, by)}
    names = {name for name, column in columns.items() if isinstance(column, Field) and not isinstance(column, several)}
    engine = set(ENGINE_SORTS) if sees_findings(register, by) else set(ENGINE_SORTS) - {"findings"}
    return frozenset(names | engine)


def sees_findings(register: Register, by: Actor) -> bool:
    """Whether somebody may know how many findings a record has, where there can be any: a count tells of answers, so all must be theirs.

    Which records it is linked to is no matter of any rule, and so need not be theirs.
    """
    theirs = {question.name for question in questions_for(register, by)} | {question.name for question in register.links}
    return bool(register.checks) and len(theirs) == len(register.questions)


def chips_of(register: Register, by: Actor) -> tuple[str, ...]:
    """The chips that make sense for a register and its reader: one without review dates has no "Review due"."""
    review = "next_review_on"
    left_out = set() if "starter_id" in register.table._meta.fields else {"starter"}
    left_out |= set() if review in {question.name for question in questions_for(register, by)} else {"review"}
    if not sees_findings(register, by):
        left_out |= {"errors", "findings"}
    if not has_versions(register):
        left_out.add("changed")
    return tuple(chip for chip in CHIPS if chip not in left_out)

"""What the page of a class grid shows, and what it sends back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from markupsafe import Markup
from marshmallow import ValidationError

from models.names import fold
from models.vocabulary import AnswerMethod, Decider, Relation
from registry.answers import grid as answer_grid
from registry.answers.grid import Grid, Plan, Sent, Signed
from registry.answers.recorded import Cell, Recorded, latest
from registry.answers.signers import Signer
from registry.images.facts import Person
from registry.images.uses import Use
from registry.rules.answer_letters import CHILD_NO, NO, YES
from registry.typed import NOT_TEXT, DayAnswer
from web.ids_and_numbers import id_in, number_in

METHODS = (AnswerMethod.PAPER, AnswerMethod.EMAIL, AnswerMethod.SPOKEN)
FOR_ALL = (Relation.MOTHER, Relation.FATHER, Relation.PARENT, Relation.GUARDIAN)
OTHER = "other"
GUARDIAN = Relation.GUARDIAN.value
LONGEST_NAME, LONGEST_SHOWN = 200, 3
LOOKS = {YES: " sh-cell--y", NO: " sh-cell--n", CHILD_NO: " sh-cell--n"}
TYPE_A_LETTER = "Type Y, N or C"

CellView = tuple[str, str, str, str, Markup]
"""Classes, name, letter, label and further attributes of one cell."""


@dataclass(frozen=True)
class RowView:
    """One pupil of the grid."""

    key: str
    name: str
    cells: list[CellView]
    signers: list[tuple[str, str]]
    chosen: str
    typed_name: str
    is_unsigned: bool


@dataclass
class GridPage:
    """One class as a grid, as it is recorded or as it was typed."""

    class_name: str
    grid: Grid
    signers: Mapping[UUID, tuple[Signer, ...]]
    is_blank: bool = False
    form: Mapping[str, str] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    date_error: str = ""
    left_over: list[str] = field(default_factory=list)

    @property
    def uses(self) -> Sequence[Use]:
        """The columns."""
        return self.grid.uses

    @property
    def use_keys(self) -> str:
        """The columns as the form sends them back."""
        return ",".join(use.id.hex for use in self.grid.uses)

    @cached_property
    def recorded(self) -> dict[Cell, str]:
        """The letters that are recorded."""
        return self.grid.letters()

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many have answered everything, something, and nothing."""
        each = [sum((person.id, use.id) in self.recorded for use in self.uses) for person in self.grid.people]
        complete = sum(bool(self.uses) and answered == len(self.uses) for answered in each)
        partial = sum(0 < answered < len(self.uses) for answered in each)
        return complete, partial, len(each) - complete - partial

    @property
    def rows(self) -> Iterator[RowView]:
        """Every pupil with their cells, and who signed."""
        last = latest(self.grid.answers)
        bad = {cell: number for number, cell in enumerate(self.plan.not_letters)}
        for person in self.grid.people:
            cells = [self._cell(person, place, use, bad) for place, use in enumerate(self.uses)]
            chosen, typed_name = self._chosen(person, [last[person.id, use.id] for use in self.uses if (person.id, use.id) in last])
            yield RowView(person.id.hex, person.name, cells, self._options(person), chosen, typed_name, person.id in self.plan.unsigned)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What stands against saving, each with the field that it is about."""
        people = {person.id: person for person in self.grid.people}
        uses = {use.id: use for use in self.uses}
        found = [("date", self.date_error)] if self.date_error else []
        for number, (person, use) in enumerate(self.plan.not_letters):
            typed = self.letters.get((person, use), "")[:LONGEST_SHOWN]
            found.append((f"bad-{number}", f"{people[person].name}, {uses[use].in_sentence}: “{typed}” is not an answer. {TYPE_A_LETTER}"))
        found += [(f"s-{person.hex}", f"{people[person].name}: say who signed the form") for person in self.plan.unsigned]
        for (person, use), letter in self.plan.clashes.items():
            found.append(("grid", f"{people[person].name}, {uses[use].in_sentence}: somebody else has recorded {letter} meanwhile"))
        return found + [("grid", sentence) for sentence in self.left_over]

    @property
    def summary(self) -> str:
        """What the box above the grid is headed with."""
        if self.plan.clashes:
            return "Somebody else recorded answers while you typed. Nothing of yours is lost, and nothing is saved yet"
        bad = len(self.plan.not_letters)
        if not bad or len(self.problems) > bad:
            return "Nothing is saved yet"
        return f"{'One letter is' if bad == 1 else f'{bad} letters are'} not an answer"

    @property
    def methods(self) -> list[tuple[str, str]]:
        """How the forms may have come."""
        return [(method.value, method.label) for method in METHODS]

    @property
    def for_all(self) -> list[tuple[str, str]]:
        """Who may have signed all the forms of which no row says more."""
        return [(relation.value, relation.label) for relation in FOR_ALL]

    @cached_property
    def letters(self) -> dict[Cell, str]:
        """What stands in the cells: as typed, or as recorded. A cell that was left alone shows what others recorded in it meanwhile."""
        if not self.form:
            return self.before
        typed, then = typed_letters(self.form, self.grid), {} if self.is_blank else self.grid.letters(seen_in(self.form))
        cells = {*typed, *then, *self.before}
        return {cell: self.before.get(cell, "") if typed.get(cell, "") == then.get(cell, "") else typed.get(cell, "") for cell in cells}

    @cached_property
    def before(self) -> dict[Cell, str]:
        """What stood in the cells before anybody typed."""
        return {} if self.is_blank else self.recorded

    def _cell(self, person: Person, place: int, use: Use, bad: Mapping[Cell, int]) -> CellView:
        cell = (person.id, use.id)
        letter, before = self.letters.get(cell, ""), self.before.get(cell, "")
        more = Markup("")
        look = LOOKS.get(letter, "")
        if letter != before:
            look += " sh-cell--new"
            more = Markup(' data-was="{}"').format(before)
        if cell in bad:
            look = " sh-cell--bad"
            more += Markup(' id="bad-{}" aria-invalid="true"').format(bad[cell])
        return look, f"{person.id.hex}-{place}", letter[:LONGEST_SHOWN], f"{person.name}, {use.name}", more

    def _options(self, person: Person) -> list[tuple[str, str]]:
        """Who may have signed for one pupil."""
        known = self.signers.get(person.id, ())
        words = [signer.words for signer in known]
        options = [(each.id.hex, each.words if words.count(each.words) == 1 else f"{each.words}, {each.name}") for each in known]
        if Relation.GUARDIAN.label not in words:
            options.append((GUARDIAN, Relation.GUARDIAN.label))
        return [*options, (OTHER, "Another name")]

    def _chosen(self, person: Person, answers: Sequence[Recorded]) -> tuple[str, str]:
        """Who is chosen: as sent, or whoever signed the latest answer in the row."""
        if self.form:
            return self.form.get(f"s-{person.id.hex}", ""), self.form.get(f"n-{person.id.hex}", "")[:LONGEST_NAME]
        by_adults = [answer for answer in answers if answer.decider != Decider.PUPIL]
        if self.is_blank or not by_adults:
            return "", ""
        last = max(by_adults, key=lambda each: (each.given_on, each.number))
        if last.carer is not None:
            return last.carer.hex, ""
        if last.signature == Relation.GUARDIAN.label:
            return GUARDIAN, ""
        return (OTHER, last.signature) if last.signature else ("", "")


def typed_letters(form: Mapping[str, str], grid: Grid) -> dict[Cell, str]:
    """What was typed into the cells of this grid; every other field is passed over."""
    places = {each: place for place, each in enumerate(form.get("uses", "").split(","))}
    found = {}
    for person in grid.people:
        for use in grid.uses:
            if use.id.hex in places:
                typed = NOT_TEXT.sub("", form.get(f"{person.id.hex}-{places[use.id.hex]}", "")).strip()
                found[person.id, use.id] = typed.upper() if len(typed) == 1 else typed  # as the cell shows it
    return {cell: letter for cell, letter in found.items() if letter}


def seen_in(form: Mapping[str, str]) -> int:
    """Up to which number the answers were there when the grid was shown."""
    return number_in(form.get("seen", ""), 9) or 0


def people_in(form: Mapping[str, str]) -> list[UUID]:
    """The pupils whose rows came back, by the field of who signed, which each row has."""
    ids = (id_in(name[2:]) for name in form if name.startswith("s-") and len(name) == 34)
    return [each for each in ids if each is not None][: answer_grid.MOST_PEOPLE]


def day_in(text: str, today: date) -> tuple[date | None, str]:
    """The day on the forms, or the sentence on why it cannot be one."""
    try:
        day = DayAnswer().deserialize(text)
    except ValidationError as problem:
        return None, " ".join(map(str, problem.messages))
    if day is None:
        return None, "Enter the date on the forms, such as 19 11 2026."
    return (None, "That day is still to come. Enter the date on the forms.") if day > today else (day, "")


def sent(form: Mapping[str, str], grid: Grid, signers: Mapping[UUID, tuple[Signer, ...]], given_on: date) -> Sent:
    """What came back, in the words of the registry."""
    method = next((method for method in METHODS if method.value == form.get("method")), AnswerMethod.PAPER)
    signed = {person.id: _signed(form, person.id.hex, signers.get(person.id, ())) for person in grid.people}
    version = form.get("version", "")
    return Sent(
        letters=typed_letters(form, grid),
        signed={person: each for person, each in signed.items() if each is not None},
        given_on=given_on,
        method=method,
        version=version if version in grid.versions else "",
        seen=seen_in(form),
        is_blank=bool(form.get("blank")),
    )


def left_over(form: Mapping[str, str], grid: Grid) -> list[str]:
    """What was typed for a use that is not asked about any more, or for a pupil who has left, so that it is not lost in silence."""
    here, asked = {person.id for person in grid.people}, {use.id.hex for use in grid.uses}
    uses = [(place, key) for place, key in enumerate(form.get("uses", "").split(",")) if key]
    gone = [person for person in people_in(form) if person not in here]
    found = []
    if any(key not in asked and form.get(f"{person.hex}-{place}") for place, key in uses for person in here):
        found.append("A use that stood here is not asked about any more, and what stands in its column is not saved. Look at the columns again")
    if any(form.get(f"{person.hex}-{place}") for place, _key in uses for person in gone):
        found.append("Somebody who stood here is no pupil at the school any more, and what stands in their row is not saved. Look at the rows again")
    return found


def _signed(form: Mapping[str, str], key: str, known: Sequence[Signer]) -> Signed | None:
    """Who signed one form: as its row says, else as is said for all of them."""
    chosen = form.get(f"s-{key}", "")
    if chosen == OTHER:
        return _by_name(NOT_TEXT.sub("", form.get(f"n-{key}", "")), known)
    if chosen == GUARDIAN:
        return Signed(name=Relation.GUARDIAN.label)
    if chosen:
        return next((Signed(signer) for signer in known if signer.id.hex == chosen), None)
    relation = next((each for each in FOR_ALL if each.value == form.get("signed")), None)
    if relation is None:
        return None
    fitting = [signer for signer in known if signer.relation == relation]
    if not fitting:
        return Signed(name=relation.label)
    return Signed(fitting[0]) if len(fitting) == 1 else None


def _by_name(text: str, known: Sequence[Signer]) -> Signed | None:
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        return None
    return next((Signed(signer) for signer in known if fold(signer.name) == fold(name)), Signed(name=name))

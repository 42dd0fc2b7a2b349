"""The answers of a class as a grid of letters: what is new in it is found, stored once, and never in the place of what was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.vocabulary import AnswerMethod, Decider, ImageDecision, PictureSubject
from registry.access import Deed, require
from registry.answers.recorded import Cell, Recorded, highest, latest, recorded, who
from registry.answers.signers import NOT_ON_LIST, Signer, signers_of
from registry.answers.wordings import wordings_of
from registry.images.facts import Person
from registry.images.people import by_id, by_surname, in_class
from registry.images.uses import Use, asked_uses, form_version
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.images.answers import ANSWERS
from registry.rules.answer_letters import CHILD_NO, LETTERS, YES
from registry.rules.plain_dates import months_after
from registry.trace.audit import recording

MOST_PEOPLE = 500


@dataclass(frozen=True)
class Grid:
    """Some people and what was recorded about them for each use that the form asks about."""

    people: tuple[Person, ...]
    uses: tuple[Use, ...]
    answers: Mapping[Cell, Sequence[Recorded]]
    today: date

    @property
    def ids(self) -> list[UUID]:
        """Whom it is about."""
        return [person.id for person in self.people]

    @property
    def version(self) -> str:
        """What the form that asks about these uses is called now."""
        return form_version(self.uses)

    @property
    def versions(self) -> list[str]:
        """The form of now, and those that stand on earlier answers, the latest first."""
        given = sorted((each for several in self.answers.values() for each in several), key=lambda each: each.number, reverse=True)
        return [*dict.fromkeys(version for version in (self.version, *(each.form_version for each in given)) if version)]

    def letters(self, up_to: int | None = None) -> dict[Cell, str]:
        """The letter in each cell that has one, as the answers stood when their numbers went up to so many."""
        found = ((cell, answer.letter(self.today)) for cell, answer in latest(self.answers, up_to).items())
        return {cell: letter for cell, letter in found if letter}

    @property
    def seen(self) -> int:
        """What tells later which answers were there when the grid was shown."""
        return highest(self.answers)


@dataclass(frozen=True)
class Signed:
    """Who signed the form of one pupil: somebody on the list, or somebody by name."""

    signer: Signer | None = None
    name: str = ""


@dataclass(frozen=True)
class Sent:
    """What came back: letters as they were typed, who signed, and what all the forms have in common."""

    letters: Mapping[Cell, str]
    signed: Mapping[UUID, Signed]
    given_on: date
    method: AnswerMethod
    version: str
    seen: int
    is_blank: bool = False  # the cells were empty to begin with, so that every letter is an answer


@dataclass
class Plan:
    """What would come of a grid: the answers to store, and what stands against storing any of them."""

    new: list[dict[str, Any]] = field(default_factory=list)
    not_letters: list[Cell] = field(default_factory=list)
    unsigned: list[UUID] = field(default_factory=list)
    clashes: dict[Cell, str] = field(default_factory=dict)  # the letter that somebody else recorded meanwhile
    same: int = 0  # stored already, by this very form
    emptied: int = 0
    older: int = 0  # a later answer stands, which counts on

    @property
    def may_be_saved(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.not_letters or self.unsigned or self.clashes)


@dataclass(frozen=True)
class Saved:
    """The answers that were stored, by their first and last number."""

    plan: Plan
    first: int = 0
    last: int = 0

    @property
    def many(self) -> int:
        """How many."""
        return self.last - self.first + 1 if self.first else 0


class NotSaved(Exception):
    """Nothing was stored; carries the plan that says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("Nothing of this grid was saved.")
        self.plan = plan


def of_class(class_name: str, today: date, also: Sequence[UUID] = ()) -> Grid:
    """The grid of a class, with those who were in it when it was shown and have moved to another since; without a class, of those alone."""
    people = {person.id: person for person in (in_class(class_name) if class_name else ())}
    people |= {key: person for key, person in by_id([each for each in also[:MOST_PEOPLE] if each not in people]).items() if not person.has_left}
    pupils = tuple(sorted((each for each in people.values() if each.kind == PictureSubject.PUPIL), key=by_surname))
    uses = asked_uses()
    return Grid(pupils, uses, recorded([person.id for person in pupils], uses), today)


def signers_in(grid: Grid) -> dict[UUID, tuple[Signer, ...]]:
    """Who may have signed for each pupil of a grid."""
    return signers_of(grid.ids)


def plan(grid: Grid, sent: Sent) -> Plan:
    """What would come of what was sent, beside what is recorded now."""
    made = Plan()
    shown, now = {} if sent.is_blank else grid.letters(sent.seen), latest(grid.answers)
    wordings = wordings_of(sent.version, grid.uses, grid.version)
    for person in grid.people:
        for use in grid.uses:
            cell = (person.id, use.id)
            typed, before = sent.letters.get(cell, ""), shown.get(cell, "")
            made.emptied += bool(before and not typed)
            if typed in ("", before):
                continue
            if typed not in LETTERS:
                made.not_letters.append(cell)
            elif cell in now and now[cell].number > sent.seen and now[cell].letter(grid.today) not in ("", typed):
                made.clashes[cell] = now[cell].letter(grid.today)
            else:
                _take(made, grid, sent, (cell, typed, use, wordings.get(use.id)))
    return made


def save(sent: Sent, grid: Grid, occasion: Occasion) -> Saved:
    """Store what is new, all of it or nothing; raises NotSaved, and Forbidden. The same form sent twice is stored once."""
    require(occasion.by, Deed.ADD, ANSWERS)
    made = plan(grid, sent)
    if not made.may_be_saved:
        raise NotSaved(made)
    if not made.new:
        return Saved(made)
    try:
        with recording(occasion.by, occasion.at) as trace:
            fresh = Grid(grid.people, grid.uses, recorded(grid.ids, grid.uses), grid.today)
            made = plan(fresh, sent)
            if not made.may_be_saved or not made.new:
                raise NotSaved(made)
            first = next_number(ANSWERS, occasion.by)
            insert_many(trace, ANSWERS, made.new, occasion, number=first)
    except NotSaved:
        if made.may_be_saved:  # a second click came while the first was being stored
            return Saved(made)
        raise
    return Saved(made, first, first + len(made.new) - 1)


def _take(made: Plan, grid: Grid, sent: Sent, given: tuple[Cell, str, Use, str | None]) -> None:
    """Put one letter among the answers to store, unless nobody signed it or it is there already."""
    cell, letter, use, wording = given
    by = _decider(sent.signed.get(cell[0]), letter)
    if by is None:
        if cell[0] not in made.unsigned:
            made.unsigned.append(cell[0])
        return
    decision = ImageDecision.GIVEN if letter == YES else ImageDecision.REFUSED
    own = who(by["decider"], by.get("carer"), by.get("decided_by") or "")
    there = grid.answers.get(cell, ())
    if any(_is_same(each, own, decision, sent) for each in there):
        made.same += 1
        return
    made.older += any(each.given_on > sent.given_on for each in there)
    made.new.append({**_common(cell, sent, use, wording), "decision": decision, "valid_until": _until(letter, sent, use), **by})


def _decider(signed: Signed | None, letter: str) -> dict[str, Any] | None:
    """Who answered, and with what authority; None when that is not said."""
    if letter == CHILD_NO:
        return {"decider": Decider.PUPIL}
    if signed is None:
        return None
    if signed.signer is not None:
        return {"decider": signed.signer.decider, "carer": signed.signer.id, "authority": signed.signer.authority}
    return {"decider": Decider.PARENT, "decided_by": signed.name, "authority": NOT_ON_LIST} if signed.name else None


def _is_same(answer: Recorded, own: str, decision: ImageDecision, sent: Sent) -> bool:
    """Whether this very answer is there already."""
    is_of_form = answer.given_on == sent.given_on and (answer.form_version or "") == sent.version
    return is_of_form and answer.decision == decision and answer.who == own


def _common(cell: Cell, sent: Sent, use: Use, wording: str | None) -> dict[str, Any]:
    return {
        "person": cell[0],
        "use": use.id,
        "method": sent.method,
        "decided_on": sent.given_on,
        "form_version": sent.version or None,
        "wording": wording,
    }


def _until(letter: str, sent: Sent, use: Use) -> date | None:
    return months_after(sent.given_on, use.valid_months) if letter == YES and use.valid_months else None

"""What is to be done by a day, and how the day was worked out: every deadline that the register of a record declares."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.access import Deed
from registry.actor import Actor
from registry.checks import facts_of, facts_taken
from registry.definition import Deadline, Register
from registry.rules.due import Due
from registry.rules.school_facts import SchoolFacts
from registry.schema import names_for


@dataclass(frozen=True, slots=True)
class Dated:
    """One deadline of one record, with its day."""

    deadline: Deadline
    due: Due

    @property
    def on(self) -> date:
        """The day."""
        return self.due.on


def deadlines_of(register: Register, row: Any, school: SchoolFacts) -> tuple[Dated, ...]:
    """Every deadline of a record that has a day, the nearest first."""
    found = [Dated(deadline, due) for deadline in register.deadlines if (due := deadline.rule(facts_of(deadline, row), school)) is not None]
    return tuple(sorted(found, key=lambda each: each.due.on))


def deadline_of(register: Register, row: Any, code: str, school: SchoolFacts) -> Dated | None:
    """One deadline of a record by its code; None when it has none of that code, or no day."""
    return next((each for each in deadlines_of(register, row, school) if each.deadline.code == code), None)


def deadlines_for(register: Register, by: Actor) -> tuple[Deadline, ...]:
    """The deadlines that somebody may know of: those that rest on answers which they may all see."""
    seen = names_for(register, by, Deed.SEE)
    return tuple(each for each in register.deadlines if seen.issuperset(facts_taken(each.facts)))

"""What goes into a file: which records of a register, which of their answers, and whether as they are or as they were approved."""

from dataclasses import dataclass, replace

from registry.access import Deed
from registry.actor import Actor
from registry.definition import Question, Register
from registry.lists.views import View, columns_of
from registry.schema import questions_for

REFERENCE_HEADING = "Reference"
VERSION_HEADINGS = ("Approved version", "Approved on")


@dataclass(frozen=True)
class Chosen:
    """What goes into a file: which records, and which of their answers."""

    register: Register
    view: View
    questions: tuple[Question, ...]
    is_approved: bool = False  # as they were approved last, and not as they are; those that never were are left out

    @property
    def headings(self) -> list[str]:
        """The first row of the file."""
        return [REFERENCE_HEADING, *(question.label for question in self.questions), *self.more]

    @property
    def more(self) -> tuple[str, ...]:
        """The headings of what stands behind the answers."""
        return VERSION_HEADINGS if self.is_approved else ()


def as_listed(register: Register, view: View, by: Actor) -> Chosen:
    """The records and the columns of a list as its reader sees it."""
    allowed = questions_for(register, by, Deed.EXPORT)
    return Chosen(register, view, tuple(question for question in (register.title, *columns_of(register, by, view)) if question in allowed))


def everything(register: Register, by: Actor) -> Chosen:
    """Every record that is not archived, with every answer that this person may take away."""
    return Chosen(register, View(), questions_for(register, by, Deed.EXPORT))


def as_approved(chosen: Chosen) -> Chosen:
    """The same records as they were approved last."""
    return replace(chosen, is_approved=True)

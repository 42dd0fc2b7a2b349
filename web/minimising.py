"""What is kept beyond need, on one page: each kind with its count, why, and the first few by reference for whoever may see the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.definition import Register
from registry.retention.minimising.gone import gone
from registry.retention.minimising.past_day import past_day
from registry.retention.minimising.surplus import Surplus
from registry.retention.minimising.unanswered import Unanswered, unanswered
from registry.retention.minimising.unchecked import unchecked
from web.guard import current_actor, needs, school_facts
from web.list_view import list_address

blueprint = Blueprint("minimising", __name__, url_prefix="/retention/minimise")

PAST_DAY = "The schedule lets these go, and they still stand."
LEFT = "What is kept about somebody who left is needed less every month. The schedule says when the last of it goes; most need not wait for that."
UNCHECKED = "What nobody looks at may be wrong, or needed no longer. Check or confirm what is true, and archive the rest."


@dataclass(frozen=True)
class Line:
    """One reason why records of a register stand here, as far as this reader may know."""

    surplus: Surplus
    by: Actor

    @cached_property
    def may_open(self) -> bool:
        """Whether the reader may see these records; who may not is told how many there are."""
        return may(self.by, Deed.SEE, self.surplus.register)

    @property
    def href(self) -> str:
        """Where all of them are: what is due of their kind, or the list that shows them."""
        if self.surplus.covers is not None:
            return url_for("retention.of_kind", code=self.surplus.covers.value)
        return list_address(self.surplus.register, urlencode(self.surplus.view.asked() if self.surplus.view else ()))

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        """The first few, by reference, each with its page."""
        slug = self.surplus.register.slug
        return tuple((reference, url_for("pages.record", slug=slug, record=record)) for record, reference in self.surplus.examples)


@dataclass(frozen=True)
class Card:
    """One kind of finding."""

    id: str
    title: str
    why: str
    lines: tuple[Line, ...]

    @property
    def many(self) -> int:
        """How many records there are in all."""
        return sum(line.surplus.many for line in self.lines)


@dataclass(frozen=True)
class Unasked:
    """The questions that hardly anybody answers: all of them counted, and those told that the reader may see."""

    shown: tuple[Unanswered, ...]
    many: int

    @property
    def about_people(self) -> tuple[Unanswered, ...]:
        """Those whose answers are about people."""
        return tuple(each for each in self.shown if each.is_sealed)

    @property
    def others(self) -> tuple[tuple[Register, tuple[Unanswered, ...]], ...]:
        """The others by register."""
        found: dict[Register, list[Unanswered]] = {}
        for each in self.shown:
            if not each.is_sealed:
                found.setdefault(each.register, []).append(each)
        return tuple((register, tuple(rows)) for register, rows in found.items())


@blueprint.get("")
@needs(Permission.SEE_DUE)
def show() -> ResponseReturnValue:
    """Everything that is kept beyond need."""
    school = school_facts()
    cards = (
        _card("past-day", "Kept past its day", PAST_DAY, past_day(school)),
        _card("left", "People who left", LEFT, gone(school)),
        _card("unchecked", "Not checked", UNCHECKED, unchecked(school)),
    )
    return render_template("retention/minimise.html", cards=cards, unasked=_unasked(unanswered()))


def _card(name: str, title: str, why: str, found: Iterable[Surplus]) -> Card:
    by = current_actor()
    return Card(name, title, why, tuple(Line(surplus, by) for surplus in found))


def _unasked(found: tuple[Unanswered, ...]) -> Unasked:
    by = current_actor()
    return Unasked(tuple(each for each in found if may(by, Deed.SEE, each.register, each.question)), len(found))

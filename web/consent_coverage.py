"""How far answers about pictures are in, as a chart with its table; and where they speak against each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from registry.access import Permission, may
from registry.answers import coverage
from registry.answers.conflicts import conflicts
from registry.answers.coverage import ClassCoverage, Tally
from registry.images.uses import Use, asked_uses
from registry.rules.local_time import in_zone
from web.guard import current_actor, needs, now
from web.rendering import ZONE

ROW = 44
"""The height of one row of a chart in px: its label and the bar below that."""
WIDE_ENOUGH = 7
"""Per cent of the width from which a number has room in its part of a bar."""
PARTS = (("yes", "Yes", "a"), ("no", "No", "b"), ("run_out", "Yes, run out", "c"), ("none", "No answer", "d"))
NO_CLASS = "In no class"

blueprint = Blueprint("consent_coverage", __name__, url_prefix="/consents")


class Part(NamedTuple):
    """One part of a bar, in per cent of the width."""

    at: float
    width: float
    fill: str
    many: int
    middle: float

    @property
    def has_room(self) -> bool:
        """Whether its number can stand in it."""
        return self.width >= WIDE_ENOUGH


@dataclass(frozen=True)
class Bar:
    """One row of a chart."""

    label: str
    tally: Tally
    top: int

    @property
    def parts(self) -> list[Part]:
        """Its parts, the largest meaning first; none that is empty."""
        found, at = [], 0.0
        for name, _label, fill in PARTS:
            many: int = getattr(self.tally, name)
            width = 100 * many / self.tally.cells if self.tally.cells else 0
            if many:
                found.append(Part(round(at, 3), round(width, 3), fill, many, round(at + width / 2, 3)))
            at += width
        return found


@dataclass(frozen=True)
class Chart:
    """Bars below each other, with the name of what each row is."""

    id: str
    title: str
    heading: str
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Its height in px."""
        return ROW * len(self.bars)


@blueprint.get("/coverage")
@needs(Permission.SEE_COVERAGE)
def show() -> ResponseReturnValue:
    """The whole school by use, and one use or all of them by class."""
    uses = asked_uses()
    classes = coverage.coverage(uses, in_zone(now(), ZONE).date())
    chosen = next((use for use in uses if use.id.hex == request.args.get("use")), None)
    total = coverage.together(each.together for each in classes)
    by_use = ((use.name, coverage.together(each.uses[use.id] for each in classes)) for use in uses)
    return render_template(
        "consents/coverage.html",
        uses=uses, classes=classes, chosen=chosen, total=total, parts=PARTS, no_class=NO_CLASS,
        settles=may(current_actor(), Permission.SEE_CONFLICTS),
        pupils=sum(each.pupils for each in classes), complete=sum(each.complete for each in classes),
        by_use=_chart("by-use", "All classes, by use", "Use", by_use),
        by_class=_chart("by-class", f"{chosen.name if chosen else 'All uses'}, by class", "Class", _of_classes(classes, chosen)),
    )  # fmt: skip


@blueprint.get("/conflicts")
@needs(Permission.SEE_CONFLICTS)
def disagreeing() -> ResponseReturnValue:
    """Who said what and when, where it does not agree; until it is settled the answer is no."""
    return render_template("consents/conflicts.html", conflicts=conflicts(in_zone(now(), ZONE).date()))


def _of_classes(classes: Iterable[ClassCoverage], chosen: Use | None) -> Iterable[tuple[str, Tally]]:
    return ((each.name or NO_CLASS, each.uses[chosen.id] if chosen else each.together) for each in classes)


def _chart(key: str, title: str, heading: str, rows: Iterable[tuple[str, Tally]]) -> Chart:
    return Chart(key, title, heading, [Bar(label, tally, ROW * place) for place, (label, tally) in enumerate(rows)])

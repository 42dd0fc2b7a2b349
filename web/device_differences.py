"""What differs between the register of devices and what programs say: by kind, several settled at once, with both sides and what can be done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import DeviceSource, Ruling
from registry.access import Permission
from registry.devices import reconciling, sightings
from registry.devices.differences import Difference, Kind
from registry.devices.reconciling import Choice
from registry.rows import CannotBeDone
from web.chrome import tell
from web.guard import needs
from web.ids_and_numbers import number_in
from web.pages import occasion

blueprint = Blueprint("device_differences", __name__, url_prefix="/devices/differences")

ROWS_ON_A_PAGE = 50
LEADS = {
    Kind.PROGRAM_ONLY: "A program or list names them, and the register does not.",
    Kind.REGISTER_ONLY: "The register has them, and no management program lists them any more.",
    Kind.UNSEEN: "No program has seen them for 30 days.",
    Kind.OTHER_USER: "A program names another user than the person who signed. Who signed stays the holder until it is taken back.",
    Kind.LEFT: "Whoever holds them, or uses them by what the program says, has left.",
    Kind.STILL_THERE: "They are gone by the register, and a program still lists them.",
    Kind.TWICE: "They stand in several programs, or were enrolled anew under another number.",
    Kind.MODEL: "A source names another model.",
    Kind.NAME: "A source calls them something else.",
    Kind.OWNER: "A source says that they are somebody else’s.",
    Kind.TAG: "A source names another tag than the one here.",
}
SEEN_TO = "Seen to: do not show again"
WORDS = {
    Ruling.ADDED: "Add to the register",
    Ruling.NOT_OURS: "Not ours",
    Ruling.TAKEN_OVER: "Take over",
    Ruling.REGISTER_IS_RIGHT: "The register is right",
}
OWN_WORDS = {
    (Kind.REGISTER_ONLY, Ruling.TAKEN_OVER): "Write down that they are not managed",
    (Kind.REGISTER_ONLY, Ruling.REGISTER_IS_RIGHT): SEEN_TO,
    (Kind.UNSEEN, Ruling.REGISTER_IS_RIGHT): SEEN_TO,
    (Kind.LEFT, Ruling.REGISTER_IS_RIGHT): SEEN_TO,
    (Kind.STILL_THERE, Ruling.REGISTER_IS_RIGHT): SEEN_TO,
    (Kind.TWICE, Ruling.TAKEN_OVER): "Take over what was seen last",
    (Kind.TWICE, Ruling.REGISTER_IS_RIGHT): SEEN_TO,
}
DONE = {
    Ruling.ADDED: "added to the register",
    Ruling.NOT_OURS: "put aside",
    Ruling.TAKEN_OVER: "taken over",
    Ruling.REGISTER_IS_RIGHT: "settled",
}


@dataclass(frozen=True)
class DifferencesPage:
    """One page of the differences of one kind."""

    found: Sequence[Difference]
    readings: Sequence[tuple[DeviceSource, datetime, int]]
    wanted: str
    first: int

    @cached_property
    def counts(self) -> Counter[Kind]:
        """How many there are of each kind."""
        return Counter(each.kind for each in self.found)

    @cached_property
    def kind(self) -> Kind | None:
        """The kind in view: the one asked for, else the first that there is."""
        return next((kind for kind in Kind if kind == self.wanted and self.counts[kind]), next((kind for kind in Kind if self.counts[kind]), None))

    @property
    def lead(self) -> str:
        """What this kind means."""
        return LEADS[self.kind] if self.kind else ""

    @property
    def many(self) -> int:
        """How many there are of the kind in view."""
        return self.counts[self.kind] if self.kind else 0

    @property
    def start(self) -> int:
        """The first that is shown."""
        return self.first if self.first < self.many else 0

    @cached_property
    def rows(self) -> list[Difference]:
        """Those on this page."""
        return [each for each in self.found if each.kind is self.kind][self.start : self.start + ROWS_ON_A_PAGE]

    @property
    def held(self) -> set[object]:
        """The devices of those who left, which can be taken back."""
        return {each.device.id for each in self.rows if each.device and each.kind is Kind.LEFT and not each.told}

    @property
    def chips(self) -> Iterator[tuple[str, str, int, bool]]:
        """(words, address, how many, whether it is chosen)."""
        for kind in Kind:
            if self.counts[kind]:
                yield kind.label, url_for("device_differences.page", kind=kind.value), self.counts[kind], kind is self.kind

    @property
    def rulings(self) -> list[tuple[Ruling, str]]:
        """What can be decided about any of those on this page."""
        able = {ruling for each in self.rows for ruling in each.can}
        return [(ruling, OWN_WORDS.get((self.kind, ruling), words)) for ruling, words in WORDS.items() if self.kind and ruling in able]

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The link to those before."""
        return ("Earlier rows", self._at(max(0, self.start - ROWS_ON_A_PAGE))) if self.start else None

    @property
    def later(self) -> tuple[str, str] | None:
        """The link to those after."""
        following = self.start + ROWS_ON_A_PAGE
        return ("Later rows", self._at(following)) if following < self.many else None

    @property
    def span(self) -> str:
        """Which are shown, of how many."""
        return f"{self.start + 1:,} to {min(self.start + ROWS_ON_A_PAGE, self.many):,} of {self.many:,}" if self.many else "None"

    def _at(self, start: int) -> str:
        return url_for("device_differences.page", kind=self.kind.value if self.kind else None, start=start)


@blueprint.get("")
@needs(Permission.READ_DEVICE_LISTS)
def page() -> ResponseReturnValue:
    """Everything that differs and is not settled, one kind at a time."""
    wanted, first = request.args.get("kind", ""), number_in(request.args.get("start", ""), 9) or 0
    shown = DifferencesPage(reconciling.open_differences(occasion()), sightings.readings(), wanted, first)
    return render_template("devices/lists/differences.html", page=shown)


@blueprint.post("")
@needs(Permission.READ_DEVICE_LISTS)
def settle() -> ResponseReturnValue:
    """Settle the differences that were ticked, or all of the kind in view."""
    wanted = request.args.get("kind", "")
    ruling = next((each for each in Ruling if each == request.form.get("ruling", "")), None)
    try:
        if ruling is None:
            raise CannotBeDone("Choose what is to be done with them.")
        many = reconciling.settle(_chosen(wanted), ruling, occasion())
    except CannotBeDone as problem:
        tell("warning", str(problem))
    else:
        tell("success", f"{many:,} {DONE[ruling]}.")
    return redirect(url_for("device_differences.page", kind=wanted or None), 303)


def _chosen(wanted: str) -> Choice:
    """What was ticked."""
    if "all" in request.form:
        kind = next((each for each in Kind if each == wanted), None)
        return Choice(kind=kind, many=number_in(request.form["all"], 9) or 0)
    return Choice(keys=frozenset(request.form.getlist("key")))

"""What the preview of a list for the roll shows, and what it sends back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import request, url_for
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from exports.roll_lines import Lines, read
from models.vocabulary.words import Words
from registry.definition import Register
from registry.images.people import in_order
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.roll import roll
from registry.roll.roll import Listed, Preview
from registry.roll.saving import Leaving
from registry.roll.uploads import Brought
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import plain_day
from registry.rules.roll_carers import CarerFate, Entry, PupilKey
from registry.rules.roll_people import Fate, Here, Judged
from registry.typed import DayAnswer
from web.guard import current_actor, now
from web.ids_and_numbers import id_in, number_in
from web.rendering import ZONE, plural

ROWS_ON_A_PAGE = 50
MOST_OFFERED = 300
"""People who can be ticked as having left one by one; of more the first are shown, and a list of the whole school can say that all have."""

CHIPS = {
    "clashing": "Clash",
    "carers_clashing": "Parents who clash",
    "changed": "Changed",
    "new": "New",
    "carers_changed": "Parents changed",
    "carers_new": "New parents",
}


class NotADay(ValueError):
    """The day on which people left cannot be taken; the message is a sentence."""


@dataclass(frozen=True)
class Row:
    """One person, or one parent or carer, with what would become of them."""

    place: int
    where: str
    name: str
    record: Here | None
    href: str | None
    details: Sequence[tuple[str, str, str]]
    sentence: str = ""
    may_agree: bool = False
    is_agreed: bool = False


@dataclass(frozen=True)
class PreviewPage:
    """One page of what would happen, and who is not on the lists."""

    upload: UUID
    brought: Brought
    lines: Lines
    preview: Preview
    show: str
    start: int
    error: str = ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are of each fate."""
        return {name: len(found) for name, found in self._by_fate.items()}

    @property
    def unchanged_in_words(self) -> str:
        """How many are on the roll already as the lists say, and how many left before they were on it."""
        people = sum(each.fate is Fate.SAME and not each.person.is_mention for each in self.preview.people.judged)
        carers = sum(entry.fate is CarerFate.SAME for entry in self.preview.carers)
        gone = len(self.preview.people.of(Fate.LEFT_OUT))
        said = (
            (people, f"{plural(people, 'person', 'people')} unchanged"),
            (carers, f"{plural(carers, 'parent or carer', 'parents or carers')} unchanged"),
            (gone, f"{plural(gone, 'person who has', 'people who have')} left and will not be added"),
        )
        return ", ".join(words for many, words in said if many)

    @property
    def to_save(self) -> int:
        """How many would be written without anybody leaving."""
        return sum(many for name, many in self.counts.items() if "clashing" not in name)

    @property
    def clashes(self) -> int:
        """How many stay as they are because nobody can tell."""
        return self.counts["clashing"] + self.counts["carers_clashing"]

    @property
    def chips(self) -> Iterator[tuple[str, str, int, bool]]:
        """(words, address, how many, whether it is chosen)."""
        for name, words in CHIPS.items():
            if self.counts[name]:
                yield words, url_for("roll.preview", upload=self.upload, show=name), self.counts[name], self.show == name

    @property
    def rows(self) -> list[Row]:
        """Those on this page."""
        shown = self._by_fate.get(self.show, [])[self.start : self.start + ROWS_ON_A_PAGE]
        return [self._person(*each) if isinstance(each, tuple) else self._carer(each) for each in shown]

    @property
    def missing(self) -> Sequence[Here]:
        """Those of the roll who are not on the lists, as many as can be ticked."""
        return sorted(self.preview.people.missing, key=lambda here: (in_order(here.class_name), here.name.casefold()))[:MOST_OFFERED]

    @property
    def many_missing(self) -> int:
        """How many there are of them."""
        return len(self.preview.people.missing)

    @property
    def ticked(self) -> frozenset[str]:
        """Who was ticked when the page was sent."""
        return frozenset(request.form.getlist("left"))

    @property
    def is_everybody_ticked(self) -> bool:
        """Whether all of them were ticked at once when the page was sent."""
        return "left_all" in request.form

    @property
    def left_on(self) -> str:
        """The day in the field: as typed, else today."""
        return request.form.get("left_on", plain_day(_today()))

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The link to those before."""
        return ("Earlier rows", self._at(max(0, self.start - ROWS_ON_A_PAGE))) if self.start else None

    @property
    def later(self) -> tuple[str, str] | None:
        """The link to those after."""
        following = self.start + ROWS_ON_A_PAGE
        return ("Later rows", self._at(following)) if following < self.counts.get(self.show, 0) else None

    @property
    def span(self) -> str:
        """Which are shown, of how many."""
        many = self.counts.get(self.show, 0)
        return f"{self.start + 1:,} to {min(self.start + ROWS_ON_A_PAGE, many):,} of {many:,}" if many else "None"

    @cached_property
    def _by_fate(self) -> dict[str, list[Any]]:
        people, carers = self.preview.people.judged, self.preview.carers
        found: dict[str, list[Any]] = {name: [] for name in CHIPS}
        for place, each in enumerate(people):
            if each.fate.value in found:
                found[each.fate.value].append((place, each))
        for entry in carers:
            if (name := f"carers_{entry.fate.value}") in found:
                found[name].append(entry)
        return found

    @cached_property
    def _names(self) -> dict[PupilKey, str]:
        named: dict[PupilKey, str] = {}
        for place, each in enumerate(self.preview.people.judged):
            named[each.here.id if each.here else place] = (each.here.name if each.here else "") or each.person.name
        return named

    def _at(self, start: int) -> str:
        return url_for("roll.preview", upload=self.upload, show=self.show, start=start)

    def _person(self, place: int, judged: Judged) -> Row:
        person, here = judged.person, judged.here
        told = judged.changes
        if judged.fate is Fate.NEW:
            new = {"class_name": person.class_name, "year_group": person.year_group, "legal_name": person.legal_name, "mis_number": person.number}
            told = {name: (None, value) for name, value in new.items() if value}
        name = person.name or (here.name if here else "") or (f"Number {person.number}" if person.number else "No name")
        href = url_for("pages.record", slug=PUPILS.slug, record=here.id) if here else None
        may_agree, is_agreed = judged.may_agree, person.mark in self.brought.agreed
        return Row(place, person.where, name, here, href, _details(PUPILS, told), judged.sentence, may_agree or is_agreed, is_agreed)

    def _carer(self, entry: Entry) -> Row:
        contact, known = entry.contact, entry.known
        told = entry.changes
        if entry.fate is CarerFate.NEW:
            asked = ("relation", "responsibility", "email", "restrictions")
            told = {name: (None, value) for name in asked if (value := getattr(contact, name))}
        pupils = entry.gained if entry.fate is CarerFate.CHANGED else entry.pupils
        names = ", ".join(sorted(self._names.get(pupil, "") for pupil in pupils))
        details = [*([("Pupils", "", names)] if names else []), *_details(CARERS, told)]
        href = url_for("pages.record", slug=CARERS.slug, record=known.id) if known else None
        return Row(-1, contact.where, contact.name, None, href, details, entry.sentence)


def preview_page(upload: UUID, brought: Brought, error: str = "") -> PreviewPage:
    """Compare the lists with the roll, and show the part that the address asks for: what clashes first."""
    lines = lines_of(brought)
    page = PreviewPage(upload, brought, lines, roll.judge(listed_of(brought, lines)), "", 0, error)
    wanted = request.args.get("show", "")
    show = wanted if page.counts.get(wanted) else next((name for name in CHIPS if page.counts[name]), "")
    first = number_in(request.args.get("start", ""), 9) or 0
    return replace(page, show=show, start=first if first < page.counts.get(show, 0) else 0)


def lines_of(brought: Brought) -> Lines:
    """Everybody whom the lists name."""
    return read(brought, current_actor(), _today())


def listed_of(brought: Brought, lines: Lines) -> Listed:
    """What is compared with the roll."""
    return Listed(lines.people, lines.contacts, brought.agreed)


def agreed_in(brought: Brought, form: MultiDict[str, str]) -> Brought:
    """The lists with what this page of the form says about who is the same person."""
    people = lines_of(brought).people
    places = {name: {place for text in form.getlist(name) if (place := number_in(text, 9)) is not None} for name in ("seen", "same")}
    marks = {name: {people[place].mark for place in found if place < len(people)} for name, found in places.items()}
    return replace(brought, agreed=frozenset(brought.agreed - marks["seen"] | marks["same"]))


def leaving_in(form: MultiDict[str, str]) -> Leaving:
    """Who is said to have left, and when; raises NotADay."""
    people = frozenset(found for text in form.getlist("left") if (found := id_in(text)))
    is_everybody = "left_all" in form
    if not people and not is_everybody:
        return Leaving()
    return Leaving(people, _day(form.get("left_on", "")), is_everybody)


def _day(text: str) -> date:
    try:
        found = DayAnswer().deserialize(text)
    except ValidationError as problem:
        raise NotADay(" ".join(map(str, problem.messages))) from None
    if found is None:
        raise NotADay("Enter their last day, such as 22 7 2026.")
    if found > _today():
        raise NotADay("That day is still to come. Mark them once they have left.")
    return found  # type: ignore[no-any-return]


def _today() -> date:
    return in_zone(now(), ZONE).date()


def _details(register: Register, told: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, str, str]]:
    return [(register.questions[name].label, _in_words(before), _in_words(after)) for name, (before, after) in told.items()]


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return plain_day(value)
    return value.label if isinstance(value, Words) else str(value)

"""What the page of a list shows, made from what its address asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast
from urllib.parse import urlencode

from flask import g, request, url_for

from models.fields import DayField
from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.definition import Question, Register
from registry.lists import query
from registry.lists.lines import REVIEW
from registry.lists.saved_views import Kept, kept_views
from registry.lists.views import CHIPS, SIZES, USUAL_SIZE, View, chips_of, columns_of, sees_findings, sortable, view_of
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.registers.school.term_dates import TERM_DATES
from registry.rules.school_facts import SchoolFacts
from registry.school.starter import has_entries
from web import export_menu
from web.list_choices import ListChoices, choices_in, narrowed_by, narrowing
from web.record_tabs import landing
from web.together_view import Button, deeds_of

MOVE = "move"
CHOOSING = "choosing"
EVERYTHING = "show=all"
"""What the address of a whole list asks for where the bare one opens with a saved view."""


@dataclass(frozen=True)
class Head:
    """The head of one column: `direction` is ascending, descending or empty; `href` sorts by it."""

    name: str
    label: str
    href: str | None
    direction: str


@dataclass(frozen=True)
class Listing:
    """Everything about one page of one list; the template only lays it out."""

    register: Register
    by: Actor
    view: View
    page: query.Page
    counts: dict[str, int]
    found: int
    today: str
    path: str
    views: tuple[Kept, ...] = ()

    @property
    def query_string(self) -> str:
        """The list as it is, for the way back from a record."""
        return urlencode(self.view.asked()) or _whole(self.views)

    @property
    def opened(self) -> Kept | None:
        """The saved view that this list is."""
        return next((each for each in self.views if each.view == self.view.first_page()), None)

    @property
    def chosen(self) -> Iterator[tuple[str, str]]:
        """What the list is narrowed by beside its chip: in words, and the address without it."""
        return ((words, self.to(without)) for words, without in narrowed_by(self.register, self.view))

    @property
    def narrowing(self) -> str:
        """The same in one phrase, for paper."""
        return narrowing(self.register, self.view)

    @property
    def deeds(self) -> list[Button]:
        """What can be done with ticked rows: the value of its button and the words on it."""
        return deeds_of(self.register, self.by, self.view.chip == "archived")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is kept in the register."""
        return not self.counts[""] and not self.counts["archived"]

    @property
    def chips(self) -> Iterator[tuple[str, str, int, bool]]:
        """(words, address, how many, whether it is chosen)."""
        for chip in chips_of(self.register, self.by):
            is_on = self.view.chip == chip
            yield CHIPS[chip], self.to(replace(self.view, chip="" if is_on else chip)), self.counts[chip], is_on

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns that hold answers, the name first."""
        may_sort = sortable(self.register, self.by)
        return [self._head(question, question.name in may_sort) for question in (self.register.title, *self.page.columns)]

    @property
    def findings_head(self) -> Head | None:
        """The head of the column of findings, for those who may know of them."""
        return self._sorted_by("findings", "Findings", True) if sees_findings(self.register, self.by) else None

    @property
    def has_states(self) -> bool:
        """Whether any row here is archived, or a starter entry that nobody has checked."""
        return any(row.starter or row.archived for row in self.page.rows)

    @cached_property
    def choices(self) -> ListChoices:
        """The filters and the columns there are to choose from."""
        return choices_in(self.register, self.by, self.view)

    def answers(self, row: query.Row) -> Iterator[tuple[str, str]]:
        """The cells of a row with the labels that stand before them on a phone."""
        return zip(self._labels, row.cells, strict=True)

    @cached_property
    def _labels(self) -> list[str]:
        return [question.label for question in self.page.columns]

    @property
    def day_labels(self) -> list[str]:
        """The labels of the columns that hold days, which are not broken over two lines."""
        return [question.label for question in self.page.columns if isinstance(question.column, DayField)]

    @property
    def review_label(self) -> str:
        """The label of the column in which a day can be late."""
        return next((question.label for question in self.page.columns if question.name == REVIEW), "")

    @property
    def is_choosing(self) -> bool:
        """Whether the column chooser stands open, because a column has just been moved."""
        return CHOOSING in request.args

    @property
    def landing(self) -> str:
        """What stands behind the address of a record in the list, where it leads to another part than its answers."""
        return "" if landing(self.register.slug) == "pages.record" else "/now"

    @property
    def cleared(self) -> str:
        """The whole list, with the columns as they are."""
        return self.to(View(sort=self.view.sort, descending=self.view.descending, columns=self.view.columns, size=self.view.size))

    @property
    def without_filters(self) -> str:
        """The list without its filters."""
        return self.to(replace(self.view, filters=()))

    @property
    def with_usual_columns(self) -> str:
        """The list with the columns that it has unless others are chosen."""
        return self.to(replace(self.view, columns=()))

    @property
    def span(self) -> str:
        """The first and the last row shown, by name or by what they are listed by, and how many of how many."""
        rows = self.page.rows
        is_by_number = self.register.order == "reference"
        first, last = (row.reference if is_by_number else f"“{row.title}”" for row in (rows[0], rows[-1]))
        return f"From {first} to {last}, {len(rows):,} of {self.found:,}"

    @property
    def size_asked(self) -> str:
        """How many rows the address asks for, if not as many as usual."""
        return str(self.view.size) if self.view.size != USUAL_SIZE else ""

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """(rows, address, whether it is so)."""
        return [(size, self.to(replace(self.view, size=size)), size == self.view.size) for size in SIZES]

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The link to the page before."""
        return None if self.page.earlier is None else ("Earlier", self.to(self.view, before=str(self.page.earlier)))

    @property
    def later(self) -> tuple[str, str] | None:
        """The link to the page after."""
        return None if self.page.later is None else ("Later", self.to(self.view, after=str(self.page.later)))

    @property
    def batches(self) -> str | None:
        """Where it stands what was done to many records at once, for those who may do so."""
        return url_for("batches.of_register", slug=self.register.slug) if may(self.by, Deed.CHANGE, self.register) else None

    @property
    def links(self) -> dict[str, str | None]:
        """The deeds that the reader's role allows here, each with its address."""
        slug = self.register.slug
        adds = may(self.by, Deed.ADD, self.register)
        return {
            "add": url_for("forms.add", slug=slug) if adds else None,
            "import": url_for("imports.upload", slug=slug) if adds and may(self.by, Permission.IMPORT) else None,
            "roll": url_for("roll.upload") if self.register in (PUPILS, CARERS) and may(self.by, Permission.IMPORT_ROLL) else None,
            "calendar": url_for("term_dates.choose") if adds and self.register is TERM_DATES else None,
            "starter": url_for("starter.choose", slug=slug) if has_entries(self.register) and may(self.by, Permission.ADOPT_STARTER) else None,
        }

    @property
    def exports(self) -> list[export_menu.Way]:
        """The files that these rows can be taken away as."""
        return export_menu.of_this_list(self.register, self.by, self.view) if self.found else []

    @property
    def more_exports(self) -> list[export_menu.Way]:
        """The files beyond these rows."""
        return export_menu.of_more(self.register, self.by)

    def to(self, view: View, **more: str) -> str:
        """The address of another view of this list, from its start unless `more` says otherwise."""
        asked = urlencode([*view.first_page().asked(), *more.items()]) or _whole(self.views)
        return f"{self.path}?{asked}" if asked else self.path

    def _head(self, question: Question, may_sort: bool) -> Head:
        return self._sorted_by(question.name, question.label, may_sort)

    def _sorted_by(self, name: str, label: str, may_sort: bool) -> Head:
        is_now = name == (self.view.sort or self.register.order)
        descending = not self.view.descending if is_now else name == "findings"
        direction = ("descending" if self.view.descending else "ascending") if is_now else ""
        sort = "" if name == self.register.order else name
        return Head(name, label, self.to(replace(self.view, sort=sort, descending=descending)) if may_sort else None, direction)


def listing(register: Register, by: Actor, school: SchoolFacts, view: View) -> Listing:
    """The list that a view asks for."""
    if school.today is None:
        raise ValueError("A list needs to know which day it is.")
    counts = query.chip_counts(register, by, school.today)
    found = query.count(register, by, view, school.today) if view.search or view.filters or view.only else counts[view.chip]
    page = query.page(register, by, view, school.today)
    return Listing(register, by, view, page, counts, found, school.today.isoformat(), list_address(register), views_of(register, by))


def asked_view(register: Register, by: Actor) -> View:
    """The view that the address of this request asks for."""
    return view_of(register, by, dict(request.args.lists()))


def better_address(register: Register, by: Actor, view: View) -> str | None:
    """Where the form of the list leads: the same without what is empty or usual, and with a column moved; None when the address is good as it is."""
    if not request.args:
        usual_view = next((each.view for each in views_of(register, by) if each.is_usual), None)
        return None if usual_view is None else list_address(register, urlencode(usual_view.asked()) or EVERYTHING)
    move = request.args.get(MOVE)
    if move:
        view = _moved(view, [question.name for question in columns_of(register, by, view)], move)
        return list_address(register, urlencode([*view.first_page().asked(), (CHOOSING, "columns")]))
    usual = [question.name for question in columns_of(register, by, View())]
    if request.args.getlist("column") == usual or any(not value for value in request.args.values()):
        return list_address(register, urlencode(view.asked()) or _whole(views_of(register, by)))
    return None


def _moved(view: View, names: list[str], move: str) -> View:
    """The view with one column a place further up or down; `move` is such as "up:owner"."""
    direction, _, name = move.partition(":")
    if name in names:
        place = names.index(name)
        target = max(0, min(len(names) - 1, place + (-1 if direction == "up" else 1)))
        names.insert(target, names.pop(place))
    return replace(view, columns=tuple(names))


def views_of(register: Register, by: Actor) -> tuple[Kept, ...]:
    """The saved views that this person can open, asked for once a request."""
    if "saved_views" not in g:
        g.saved_views = kept_views(register, by)
    return cast(tuple[Kept, ...], g.saved_views)


def _whole(views: Sequence[Kept]) -> str:
    """What the address of the whole list asks for: nothing, unless the bare one opens with a saved view."""
    return EVERYTHING if any(each.is_usual for each in views) else ""


def list_address(register: Register, query_string: str = "") -> str:
    """The address of a register's list."""
    return url_for("pages.listing", slug=register.slug) + (f"?{query_string}" if query_string else "")

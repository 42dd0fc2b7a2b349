"""The pages of the trace: the history of one record, everything for those who answer for it, and the check that nothing was altered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import catalogue
from registry.access import Deed, Permission, may, require, school_of
from registry.actor import Actor
from registry.rules.local_time import in_zone, to_utc
from registry.rules.plain_dates import full_day
from registry.trace import corrections, history, saves, verification
from registry.trace.chain import in_groups
from registry.trace.history import GROUPS, PEOPLE, ROBOTS, Page, View
from registry.trace.saves import Save, one_by_one
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import current_actor, needs, now, school_facts
from web.ids_and_numbers import number_in
from web.pages import find_record, occasion
from web.record_view import page_of
from web.rendering import ZONE

blueprint = Blueprint("history", __name__)

FAULTS_SHOWN = 200
LONGEST_REFERENCE = 20
FILTERS = ("by", "deed", "register", "from", "to", "reference", "save")
Option = tuple[str, str, bool]


@dataclass(frozen=True)
class LogDay:
    """The saves of one day, under its name."""

    day: date
    heading: str
    saves: Sequence[Save]

    @property
    def entries(self) -> int:
        """How many entries they took."""
        return sum(save.count for save in self.saves)


@blueprint.get("/registers/<slug:slug>/<uuid:record>/history")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What was done to one record, as far as the reader may see its answers."""
    register, row = find_record(slug, record)
    view = _view_asked()
    page = history.of_record(register, row, current_actor(), replace(view, register="", reference="", save=None))
    shown = page_of(register, row, current_actor(), school_facts())
    filters = {"offered": _offered(current_actor(), view), "asked": request.args, "is_narrowed": bool(_kept())}
    return render_template("history/record.html", shown=shown, days=_days(one_by_one(page.lines)), **filters, **_turns(page))


@blueprint.get("/registers/<slug:slug>/<uuid:record>/history/<int:entry>/correct")
@needs(Deed.CHANGE, register_from_slug=True)
def ask_for_correction(slug: str, record: UUID, entry: int) -> ResponseReturnValue:
    """The page on which somebody says what is wrong in an entry, and what is right."""
    return _correction_page(slug, record, entry)


@blueprint.post("/registers/<slug:slug>/<uuid:record>/history/<int:entry>/correct")
@needs(Deed.CHANGE, register_from_slug=True)
def correct(slug: str, record: UUID, entry: int) -> ResponseReturnValue:
    """Store the correction as an entry of its own; the wrong one stays."""
    register, row = find_record(slug, record)
    text = NOT_TEXT.sub("", request.form.get("text", "")).strip()
    if not text or len(text) > corrections.LONGEST:
        problem = f"Write at most {corrections.LONGEST:,} characters." if text else "Write what is wrong, and what is right."
        return _correction_page(slug, record, entry, problem), 422
    corrections.correct(register, row, entry, occasion(), text=text)
    tell("success", f"Noted beside entry {entry:,}. Both stay in the history.")
    return redirect(url_for("history.of_record", slug=slug, record=record))


def _correction_page(slug: str, record: UUID, entry: int, problem: str = "") -> str:
    register, row = find_record(slug, record)
    corrections.demand_entry(row, entry)
    lines = [line for line in history.of_record(register, row, current_actor(), View(before=entry + 1, size=1)).lines if line.number == entry]
    shown = page_of(register, row, current_actor(), school_facts())
    typed = request.form.get("text", "")
    errors = [("text", problem)] if problem else []
    return render_template("history/correct.html", shown=shown, entry=entry, days=_days(one_by_one(lines)), typed=typed, errors=errors)


@blueprint.get("/audit")
@needs(Permission.READ_TRACE)
def everything() -> ResponseReturnValue:
    """Everything that was done in the school, with filters that stand in the address."""
    by, view = current_actor(), _view_asked()
    page = saves.everything(by, view) if view.save is None else _save(by, view)
    return render_template(
        "history/everything.html",
        days=_days(page.saves),
        latest=history.latest_seal(by),
        offered=_offered(by, view),
        asked=request.args,
        is_narrowed=bool(_kept()),
        **_turns(page),
    )


@blueprint.get("/audit/check")
@needs(Permission.READ_TRACE)
def check() -> ResponseReturnValue:
    """Walk the whole chain of the school now, and say what was altered, removed or added."""
    by = current_actor()
    require(by, Permission.READ_TRACE)
    school = school_of(by)
    looked_at: list[int] = []
    faults = [*verification.verify_chain(school, looked_at.append)]
    return render_template("history/check.html", faults=faults[:FAULTS_SHOWN], count=len(faults), entries=sum(looked_at), at=now())


def _view_asked() -> View:
    """The view that the address asks for; what does not exist is left out."""
    asked = request.args
    by, register, deed = asked.get("by", ""), asked.get("register", ""), asked.get("deed", "")
    until = _day(asked.get("to", ""))
    return View(
        person=by if by == ROBOTS or _is_id(by) else "",
        register=register if register in _registers(current_actor()) else "",
        deed=deed if deed in GROUPS else "",
        since=_beginning(_day(asked.get("from", ""))),
        until=_beginning(until + timedelta(days=1)) if until else None,
        reference=asked.get("reference", "").strip()[:LONGEST_REFERENCE],
        save=number_in(asked.get("save", "")),
        before=number_in(asked.get("before", "")),
        after=number_in(asked.get("after", "")),
    )


def _registers(by: Actor) -> dict[str, str]:
    seen = {register.slug: register.heading for register in catalogue.REGISTERS if may(by, Deed.SEE, register)}
    return seen | {PEOPLE: "People and their roles"}


def _offered(by: Actor, view: View) -> dict[str, list[Option]]:
    """What can be chosen in each filter: value, words, whether it is chosen."""
    people = history.people_of(by) if may(by, Permission.READ_TRACE) else []
    offered = {
        "by": (view.person, [("", "Anybody"), *people, (ROBOTS, "Safehold itself")]),
        "deed": (view.deed, [("", "Everything done"), *((name, words) for name, (words, _deeds) in GROUPS.items())]),
        "register": (view.register, [("", "All registers"), *_registers(by).items()]),
    }
    return {name: [(value, words, value == chosen) for value, words in options] for name, (chosen, options) in offered.items()}


def _save(by: Actor, view: View) -> saves.Page:
    """One save, entry by entry."""
    page = history.everything(by, view)
    return saves.Page(one_by_one(page.lines), page.newer, page.older)


def _days(done: Sequence[Save]) -> list[LogDay]:
    filled = (save for save in done if save.lines)
    return [LogDay(day, _heading(day), tuple(those)) for day, those in groupby(filled, key=lambda save: in_zone(save.lines[0].at, ZONE).date())]


def _heading(day: date) -> str:
    today = in_zone(now(), ZONE).date()
    names = {today: "Today, ", today - timedelta(days=1): "Yesterday, "}
    return names.get(day, "") + full_day(day)


def _turns(page: Page | saves.Page) -> dict[str, tuple[str, str] | None]:
    """The links to newer and older lines, with the filters as they are."""
    return {
        "newer": ("Newer", _address(after=page.newer)) if page.newer else None,
        "older": ("Older", _address(before=page.older)) if page.older else None,
    }


def _address(**turn: int) -> str:
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **_kept(), **turn})


def _kept() -> dict[str, str]:
    """The filters in the address, without the place in the list."""
    return {name: value for name, value in request.args.items() if value and name in FILTERS}


def _is_id(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None


def _beginning(day: date | None) -> datetime | None:
    return to_utc(datetime.combine(day, time()), ZONE, fold=0) if day else None


blueprint.add_app_template_filter(in_groups, "seal_in_groups")

"""The pages of every register: its list, and each record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry import catalogue, records
from registry.access import Deed, Permission
from registry.definition import Register
from registry.records import Occasion
from registry.rules import plain_dates
from registry.rules.local_time import in_zone
from web.chrome import tell
from web.guard import current_actor, needs, now, school_facts
from web.list_view import asked_view, better_address
from web.list_view import listing as listing_of
from web.record_view import RecordPage, page_of
from web.rendering import ZONE, clock

blueprint = Blueprint("pages", __name__, url_prefix="/registers")


@blueprint.app_template_filter()
def sentence(words: str) -> str:
    """Words with a capital at the beginning, and none taken away."""
    return words[:1].upper() + words[1:]


@blueprint.app_template_filter()
def a_or_an(words: str) -> str:
    """A noun with its article."""
    return f"{'an' if words[:1].lower() in 'aeio' else 'a'} {words}"


@blueprint.app_template_filter()
def when(at: datetime | None) -> str:
    """When something was done, as a sentence goes on: "at 09:14" today, else with the day."""
    if at is None:
        return ""
    day, today = in_zone(at, ZONE).date(), in_zone(now(), ZONE).date()
    return f"at {clock(at)}" if day == today else f"on {plain_dates.full_day(day)} at {clock(at)}"


@blueprint.get("/<slug:slug>/")
@needs(Deed.SEE, register_from_slug=True)
def listing(slug: str) -> ResponseReturnValue:
    """The list of a register, as its address says."""
    register = catalogue.find(slug)
    view = asked_view(register, current_actor())
    if address := better_address(register, current_actor(), view):
        return redirect(address)
    shown = listing_of(register, current_actor(), school_facts(), view)
    return render_template([f"register/{slug}/list.html", "register/list.html"], listing=shown)


@blueprint.get("/<slug:slug>/<uuid:record>")
@needs(Deed.SEE, register_from_slug=True)
def record(slug: str, record: UUID) -> ResponseReturnValue:
    """One record: every answer that the reader may see, what is to be mended, and what it touches."""
    return render_template([f"register/{slug}/view.html", "register/record.html"], shown=shown_record(slug, record))


@blueprint.get("/<slug:slug>/<uuid:record>/archive")
@needs(Deed.CHANGE, register_from_slug=True)
def ask_before_archiving(slug: str, record: UUID) -> ResponseReturnValue:
    """What archiving a record would leave dangling, and the button that does it."""
    return render_template("register/archive.html", shown=shown_record(slug, record))


@blueprint.post("/<slug:slug>/<uuid:record>/archive")
@needs(Deed.CHANGE, register_from_slug=True)
def archive(slug: str, record: UUID) -> ResponseReturnValue:
    """Put a record away."""
    register, row = find_record(slug, record)
    if row.archived_at is None:
        records.archive(register, row, occasion())
        tell("success", f"Archived. {row.reference} keeps its number, its links and its history.")
    return redirect(url_for("pages.record", slug=slug, record=record))


@blueprint.post("/<slug:slug>/<uuid:record>/restore")
@needs(Deed.CHANGE, register_from_slug=True)
def restore(slug: str, record: UUID) -> ResponseReturnValue:
    """Bring an archived record back."""
    register, row = find_record(slug, record)
    if row.archived_at is not None:
        records.restore(register, row, occasion())
        tell("success", f"Back in the list: {row.reference}.")
    return redirect(url_for("pages.record", slug=slug, record=record))


@blueprint.post("/<slug:slug>/<uuid:record>/confirm")
@needs(Permission.ADOPT_STARTER, register_from_slug=True)
def confirm(slug: str, record: UUID) -> ResponseReturnValue:
    """Say that a starter entry was checked and is true of this school."""
    register, row = find_record(slug, record)
    if row.starter:
        records.confirm(register, row, occasion())
        tell("success", f"Confirmed. {row.reference} is now your school’s own.")
    return redirect(url_for("pages.record", slug=slug, record=record))


def find_record(slug: str, record: UUID) -> tuple[Register, Any]:
    """The register and the record that an address names; raises NotFound, and Forbidden for whoever may not see it."""
    register = catalogue.find(slug)
    return register, records.find(register, record, current_actor())


def shown_record(slug: str, record: UUID) -> RecordPage:
    """The record that an address names, as the reader sees it on each of its pages."""
    return page_of(*find_record(slug, record), current_actor(), school_facts())


def occasion() -> Occasion:
    """Who acts, when and where, for what this request writes."""
    return Occasion(current_actor(), now(), school_facts())

"""Calendars: the address that a calendar reads, the page on which somebody makes and ends it, and where its events lead."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.calendar_feed import calendar
from models.calendar_link import FedEvent
from registry.access import Permission
from registry.feed import entries, links
from registry.feed.entries import Entry
from registry.needs.keeping import DEADLINE
from registry.records import NotFound
from registry.rules.local_time import in_zone
from web import chrome, lock_out
from web.account import unreferred
from web.guard import current_actor, needs, now, public
from web.rendering import ZONE, clock

blueprint = Blueprint("calendar", __name__)

KIND = "text/calendar; charset=utf-8"
NO_MORE = "This address does not work, or not any more. Make a new one on your account page in Safehold.\n"


@blueprint.get("/calendar/<secret:secret>.ics")
@public
def read(secret: str) -> ResponseReturnValue:
    """Everything that is due for whoever has this address, as a calendar; a calendar that has it already is told so."""
    link = links.find(secret, now())
    if link is None:
        return _knocked_in_vain()
    links.note_use(link, _today())
    feed = entries.feed_of(link.user_id, _today(), now())
    mark = feed.mark(_outside("calendar.own"))
    response = make_response("")
    response.set_etag(mark)
    if not request.if_none_match.contains_weak(mark):
        response.set_data(calendar(feed.entries(), _address_of))
    response.headers["Content-Type"] = KIND
    response.headers["Content-Disposition"] = 'inline; filename="safehold.ics"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response.make_conditional(request)


@blueprint.get("/calendar/events/<uuid:event>")
@needs(Permission.OWN_ACCOUNT)
def follow(event: UUID) -> ResponseReturnValue:
    """Where an event leads: to its record or to all that are alike, in whichever of one's schools that is."""
    by = current_actor()
    found = entries.event_of(by.user, event) if by.user else None
    if found is None:
        raise NotFound("There is no such event.")
    row, school = found
    if school.id != by.school:
        return render_template("account/calendar_elsewhere.html", elsewhere=school, id=event)
    return redirect(_page_of(row))


@blueprint.get("/account/calendar")
@needs(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """The address of one's calendar, whether there is one, and how to put it into each kind of calendar."""
    return render_template("account/calendar.html", held=links.own(current_actor()), secret=None)


@blueprint.post("/account/calendar/make")
@needs(Permission.OWN_ACCOUNT)
def make() -> ResponseReturnValue:
    """Make an address, or a new one, and show it, once."""
    secret = links.make(current_actor(), now())
    address = _outside("calendar.read", secret=secret)
    held = links.own(current_actor())
    subscribe = f"webcal://{address.partition('://')[2]}"
    return unreferred(render_template("account/calendar.html", held=held, secret=secret, address=address, subscribe=subscribe))


@blueprint.post("/account/calendar/end")
@needs(Permission.OWN_ACCOUNT)
def end() -> ResponseReturnValue:
    """End the address."""
    links.end(current_actor(), now())
    chrome.tell("success", "That address has ended. Calendars that read it find nothing there any more; take it out of them as well.")
    return redirect(url_for("calendar.own"))


def _page_of(row: FedEvent) -> str:
    if row.many > 1:
        return url_for("findings.listing_page", register=row.register, severity=DEADLINE, code=row.code, due=row.due_on.isoformat())
    return url_for("pages.record", slug=row.register, record=row.record)


def _address_of(entry: Entry) -> str:
    return _outside("calendar.follow", event=entry.id)


def _outside(endpoint: str, **names: Any) -> str:
    """An address as others find it."""
    scheme = "https" if current_app.extensions["settings"].https else None
    return url_for(endpoint, _external=True, _scheme=scheme, **names)


def _today() -> date:
    return in_zone(now(), ZONE).date()


def _knocked_in_vain() -> ResponseReturnValue:
    """Whoever guesses is slowed down, by where they knock from; an address that works is open all the same."""
    address = lock_out.place_of(request.remote_addr)
    try:
        lock_out.begin(f"calendars from {address}", f"calendars from {address}", now())
    except lock_out.Resting as rest:
        return unreferred(f"Too many wrong addresses. Try again after {clock(rest.until)}.\n", 429), {"Content-Type": "text/plain; charset=utf-8"}
    return unreferred(NO_MORE, 404), {"Content-Type": "text/plain; charset=utf-8"}

"""The first wall: nobody gets further than the mark on the view function allows, and a page without a mark is shut."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from models import doors
from registry import catalogue
from registry.access import Deed, Forbidden, Permission, require
from registry.actor import Actor
from registry.records import NotFound
from registry.rules.local_time import in_zone
from registry.rules.school_facts import SchoolFacts
from registry.school.schools import facts_of
from web import bearers, connections, sessions
from web.log import log
from web.rendering import ZONE

View = TypeVar("View", bound=Callable[..., Any])
MARK = "needed"


@dataclass(frozen=True)
class Needed:
    """What a page asks of its visitor; nothing when `deed` is None."""

    deed: Deed | Permission | None
    register_from_slug: bool = False


def needs(deed: Deed | Permission, *, register_from_slug: bool = False) -> Callable[[View], View]:
    """Mark a page as open to those who may do this; with `register_from_slug`, to the register that the address names."""
    return lambda view: _marked(view, Needed(deed, register_from_slug))


def public(view: View) -> View:
    """Mark a page as open to everybody, signed in or not."""
    return _marked(view, Needed(None))


def init_app(app: Flask) -> None:
    """Puts the guard at the door of every page."""
    login = LoginManager()
    login.session_protection = None
    login.request_loader(sessions.visitor_of_request)
    app.login_manager = login  # type: ignore[attr-defined]  # without init_app, which would open the cookie of every static file
    app.before_request(_admit)
    app.teardown_request(_shut_doors)


def current_actor() -> Actor:
    """Who is acting in this request."""
    return cast(Actor, g.actor)


def visitor() -> sessions.Visitor | None:
    """The person signed in, with their school; None for a stranger."""
    return cast("sessions.Visitor | None", g.get("visitor"))


def now() -> datetime:
    """The instant of this request, read once."""
    return cast(datetime, g.now)


def school_facts() -> SchoolFacts:
    """The school in view, as the rules see it today; raises Forbidden when there is none."""
    if g.school is None:
        raise Forbidden("Choose a school first.")
    return cast(SchoolFacts, g.school)


def mark_of(endpoint: str | None) -> Needed | None:
    """What the view behind an endpoint was marked with."""
    return getattr(current_app.view_functions.get(endpoint or ""), MARK, None)


def _marked(view: View, mark: Needed) -> View:
    setattr(view, MARK, mark)
    return view


def _admit() -> ResponseReturnValue | None:
    g.now = datetime.now(UTC)
    g.actor, g.school, g.visitor = Actor.stranger(), None, None
    if request.endpoint in connections.WITHOUT:
        return None
    _recognise()
    if request.endpoint is None:  # no such page; the visitor is known, so that the page which says so has its menu
        return None
    mark = mark_of(request.endpoint)
    if mark is None:
        log.error("The page %s carries no mark of who may open it, so nobody may.", request.endpoint)
        raise Forbidden("This page is shut.")
    if mark.deed is None:
        return None
    return _ask_to_sign_in() if g.visitor is None else _demand(mark.deed, mark)


def _recognise() -> None:
    """Learn who it is, and open the records of the school in view, and of no other."""
    person = bearers.visitor_of_request() if bearers.is_api() else current_user._get_current_object()
    if not isinstance(person, sessions.Visitor):
        return
    if not bearers.is_api():
        sessions.beat(person)
    g.visitor, g.actor = person, person.actor
    if person.school is not None:
        g.school = facts_of(person.school, in_zone(g.now, ZONE).date())
        g.doors = ExitStack()
        g.doors.enter_context(doors.looking_at(person.school.id))


def _demand(deed: Deed | Permission, mark: Needed) -> ResponseReturnValue | None:
    if g.actor.role is None and deed is not Permission.OWN_ACCOUNT:
        return redirect(url_for("schools.choose"))
    register = None
    if mark.register_from_slug:
        try:
            register = catalogue.find((request.view_args or {})["slug"])
        except catalogue.NoSuchRegister:
            raise NotFound("There is no such register.") from None
    if g.actor.role is not None:
        require(g.actor, deed, register)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if bearers.is_api():
        raise bearers.refusal(bearers.HOW)
    adapter = current_app.create_url_adapter(request)
    may_come_back = adapter is not None and adapter.test(request.path, "GET")
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("identity.sign_in", next=wanted if may_come_back and wanted != "/" else None))


def _shut_doors(_error: BaseException | None) -> None:
    opened = g.pop("doors", None)
    if opened is not None:
        opened.close()

"""Signing in and out."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.user import Membership, User
from registry.access import Permission
from registry.accounts import people
from registry.accounts.passwords import Passwords, passwords_for
from registry.actor import Actor
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock
from registry.school.schools import is_set_up
from registry.trace.audit import Happened, recording
from web import demo_people, lock_out, sessions
from web.guard import current_actor, needs, now, public, visitor
from web.plain_forms import Asked, Form
from web.rendering import ZONE

blueprint = Blueprint("identity", __name__)

WRONG = "That e-mail address and password do not belong together. Check both, then try again."
NO_SCHOOL = "Your access to every school here has ended. Ask whoever looks after accounts at your school."


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The page on which people sign in; those who are go where they wanted to."""
    if visitor() is not None:
        return redirect(wanted(request.values.get("next")))
    if not current_app.extensions["settings"].demo and not is_set_up():
        return render_template("set_up/not_yet.html")
    return _page(_form())


@blueprint.post("/sign-in")
@public
def check() -> ResponseReturnValue:
    """Sign somebody in with their password, or, in the demonstration only, as one of its people."""
    form = _form()
    form.take()
    key = request.form.get("as")
    if key is not None and current_app.extensions["settings"].demo:
        return _sign_in_as(key, form)
    if not form.email.value.strip():
        form.say("email", "Enter your email address.")
    if not form.password.value:
        form.say("password", "Enter your password.")
    return _page(form, status=422) if form.problems else _with_password(form, form.password.value)


@blueprint.post("/sign-out")
@needs(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    person = visitor()
    sessions.end_own()
    session.clear()
    if person is not None:
        _note(Happened.SIGNED_OUT, current_actor(), person.actor.user)
    return redirect(url_for("identity.sign_in"))


def wanted(address: str | None) -> str:
    """Where somebody wanted to go: a path of this site, else the first page."""
    address = address or "/"
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    parts = urlsplit(address) if plain else None
    return address if parts is not None and not parts.scheme and not parts.netloc else "/"


def hasher() -> Passwords:
    """What makes and checks passwords here."""
    return passwords_for(current_app.extensions["settings"].password_memory_kib)


def enter(user: User) -> bool:
    """Begin a session for somebody who proved who they are; False when no school is left to them."""
    membership = Membership.select(Membership.school).where((Membership.user == user.id) & Membership.ended_at.is_null()).first()
    if membership is None:
        return False
    sessions.begin(user.id, membership.school_id)
    _note(Happened.SIGNED_IN, Actor("signed in", user=user.id, school=membership.school_id), user.id)
    return True


def _with_password(form: Form, password: str) -> ResponseReturnValue:
    try:
        attempt = lock_out.begin(form.email.value, lock_out.place_of(request.remote_addr), now())
    except lock_out.Resting as rest:
        return _page(form, f"Too many wrong passwords, so this is closed for a while. Try again at {_clock(rest.until)}.", status=429)
    user = people.by_email(form.email.value)
    fits = hasher().fits(user.password if user else None, password[:1000])
    if user is None or user.password is None or not fits or user.ended_at is not None:
        _note(Happened.SIGN_IN_REFUSED, Actor.robot("sign-in"), user.id if user else None)
        return _page(form, WRONG, status=401)
    lock_out.succeeded(attempt)
    if hasher().is_outdated(user.password):
        people.renew_hash(user, hasher().hash(password[:1000]), now())
    if not enter(user):
        return _page(form, NO_SCHOOL, status=401)
    return redirect(wanted(request.values.get("next")))


def _sign_in_as(key: str, form: Form) -> ResponseReturnValue:
    address = demo_people.address_of(key)
    user = people.by_email(address) if address else None
    if user is None or not enter(user):
        return _page(form, "There is nobody of that name in the demonstration.", status=422)
    return redirect(wanted(request.values.get("next")))


def _form() -> Form:
    return Form((Asked(name="email"), Asked(name="password")))


def _page(form: Form, problem: str | None = None, *, status: int = 200) -> ResponseReturnValue:
    offered = demo_people.people_by_school() if current_app.extensions["settings"].demo else None
    form.password.value = ""
    return render_template("account/sign_in.html", form=form, problem=problem, demo_people=offered, next=_next()), status


def _next() -> str | None:
    address = wanted(request.values.get("next"))
    return None if address == "/" else address


def _note(happened: Happened, by: Actor, user: Any) -> None:
    with recording(by, now()) as trace:
        trace.note(happened, "person", user)


def _clock(moment: datetime) -> str:
    return clock(in_zone(moment, ZONE))

"""Personal tokens on one's own account page, and those of the whole school for whoever manages people."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.roles import Role
from registry.access import Forbidden, Permission
from registry.accounts import tokens
from registry.accounts.rights import roles_within
from registry.accounts.tokens import LONGEST_NAME, Wanted
from registry.rules.local_time import in_zone
from web import chrome
from web.account import unreferred
from web.guard import current_actor, needs, now
from web.people import ROLE_HINTS, ROLES
from web.plain_forms import Asked, Form, options
from web.rendering import ZONE

blueprint = Blueprint("tokens", __name__)

TERMS = {"30": "30 days", "90": "90 days", "180": "180 days", "365": "A year"}


@blueprint.get("/account/tokens/make")
@needs(Permission.USE_API)
def ask() -> ResponseReturnValue:
    """The form for a new token."""
    return _page(_form())


@blueprint.post("/account/tokens/make")
@needs(Permission.USE_API)
def make() -> ResponseReturnValue:
    """Make a token and show it, once."""
    form = _form()
    wanted = _wanted(form)
    return _page(form, 422) if wanted is None else _shown_once(tokens.make(current_actor(), wanted, now()), wanted.name)


@blueprint.post("/account/tokens/<uuid:token>/end")
@needs(Permission.OWN_ACCOUNT)
def end_own(token: UUID) -> ResponseReturnValue:
    """End one of one's own tokens."""
    tokens.end_own(current_actor(), token, now())
    chrome.tell("success", "That token has ended. A program that uses it is refused from now on.")
    return redirect(url_for("account.own"))


@blueprint.get("/people/tokens")
@needs(Permission.MANAGE_PEOPLE)
def of_school() -> ResponseReturnValue:
    """Everybody's tokens for this school."""
    return render_template("people/tokens.html", tokens=tokens.of_school(current_actor(), in_zone(now(), ZONE).date()))


@blueprint.post("/people/tokens/<uuid:token>/end")
@needs(Permission.MANAGE_PEOPLE)
def end(token: UUID) -> ResponseReturnValue:
    """End anybody's token for this school."""
    tokens.end_in_school(current_actor(), token, now())
    chrome.tell("success", "That token has ended. A program that uses it is refused from now on.")
    return redirect(url_for("tokens.of_school"))


def _roles() -> tuple[Role, ...]:
    role = current_actor().role
    if role is None:
        raise Forbidden("Choose a school first.")
    return roles_within(role)


def _form() -> Form:
    hint = "So that you know it again, such as “Monthly figures for governors”."
    roles = "It never may more than you may yourself. Choose the least that the program needs."
    ends = "After that the program is refused, until you give it a new token."
    terms = [(days, words, None) for days, words in TERMS.items()]
    return Form(
        (
            Asked(name="name", label="What is the token for?", hint=hint, required=True),
            Asked(name="role", label="What may it do?", kind="choice", hint=roles, options=options(_roles(), ROLE_HINTS), required=True),
            Asked(name="days", label="How long does it work?", kind="choice", hint=ends, options=terms, value="90", required=True),
        )
    )


def _wanted(form: Form) -> Wanted | None:
    """The token that was asked for; None when something stands in the way, which the form then says."""
    typed = form.take()
    name = " ".join(typed["name"].split())
    if not name or len(name) > LONGEST_NAME:
        form.say("name", f"Enter a name of {LONGEST_NAME} characters or fewer.")
    if typed["role"] not in {role.value for role in _roles()}:
        form.say("role", "Choose what the token may do.")
    if typed["days"] not in TERMS:
        form.say("days", "Choose how long it works.")
    return None if form.problems else Wanted(name=name, role=ROLES[typed["role"]], days=int(typed["days"]))


def _page(form: Form, status: int = 200) -> ResponseReturnValue:
    return render_template("account/make_token.html", form=form, errors=form.problems), status


def _shown_once(secret: str, name: str) -> Response:
    """The one page that shows a token; it is not kept anywhere, so it can be shown only now."""
    return unreferred(render_template("account/token.html", secret=secret, name=name))

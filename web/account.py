"""One's own account: who one is here, where one is signed in, and the password; and the links that let people in."""

from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.user import OneUseLink, User
from registry.access import Permission
from registry.accounts import links, people, tokens
from registry.accounts.links import Purpose
from registry.accounts.passwords import weakness
from registry.post import choices, mail
from registry.rules.local_time import in_zone
from web import chrome, lock_out, sessions
from web.guard import current_actor, needs, now, public, visitor
from web.identity import enter, hasher
from web.letters import own_form
from web.plain_forms import Asked, Form
from web.rendering import ZONE

blueprint = Blueprint("account", __name__)

HINT = "Use 12 characters or more. Four words that have nothing to do with each other are easy to remember and hard to guess."


@blueprint.get("/account")
@needs(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Who one is here, in which schools, and on which devices."""
    user = people.person(current_actor().user)
    here = visitor()
    return render_template(
        "account/own.html",
        name=user.name,
        email=user.email,
        schools=people.schools_of(user.id),
        sessions=sessions.open_sessions(user.id),
        tokens=tokens.own(current_actor(), in_zone(now(), ZONE).date()),
        this_session=here.session if here else None,
        letters=own_form(choices.choice_of(user.id)),
        mail_is_on=mail.in_use() is not None,
    )


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@needs(Permission.OWN_ACCOUNT)
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    people.end_session(current_actor(), session_id, now())
    chrome.tell("success", "That session has ended.")
    return redirect(url_for("account.own"))


@blueprint.get("/account/password")
@needs(Permission.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """The form for a new password."""
    return _password_page(_password_form())


@blueprint.post("/account/password")
@needs(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """Change one's own password, which ends every other session."""
    form, here = _password_form(), visitor()
    typed = form.take()
    user = people.person(current_actor().user)
    try:
        attempt = lock_out.begin(user.email, lock_out.place_of(request.remote_addr), now())
    except lock_out.Resting:
        form.say("current", "Too many wrong passwords. Wait 15 minutes, then try again.")
        return _password_page(form, 429)
    if not hasher().fits(user.password, typed["current"]):
        form.say("current", "That is not your present password.")
    else:
        lock_out.succeeded(attempt)
    _judge(form, user)
    if form.problems or here is None:
        return _password_page(form, 422)
    people.change_password(current_actor(), hasher().hash(typed["password"]), now(), keep=here.session)
    chrome.tell("success", "Your password is changed. Every other session of yours has ended.")
    return redirect(url_for("account.own"))


@blueprint.get("/invitation/<secret:secret>")
@public
def invitation(secret: str) -> ResponseReturnValue:
    """The page behind an invitation: who invites whom to what, and the choice of a password."""
    return _link_page(Purpose.INVITATION, secret, _new_form())


@blueprint.post("/invitation/<secret:secret>")
@public
def join(secret: str) -> ResponseReturnValue:
    """Take an invitation up."""
    return _choose_password(Purpose.INVITATION, secret)


@blueprint.get("/reset/<secret:secret>")
@public
def reset(secret: str) -> ResponseReturnValue:
    """The page behind a link for a new password."""
    return _link_page(Purpose.RESET, secret, _new_form())


@blueprint.post("/reset/<secret:secret>")
@public
def choose_new(secret: str) -> ResponseReturnValue:
    """Choose a new password by a link."""
    return _choose_password(Purpose.RESET, secret)


def unreferred(page: str, status: int = 200) -> Response:
    """A page whose address is a secret, and is told to nobody."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _choose_password(purpose: Purpose, secret: str) -> ResponseReturnValue:
    link = links.find(purpose, secret, now())
    if link is None:
        return _link_page(purpose, secret, _new_form())
    form = _new_form()
    typed = form.take()
    _judge(form, people.person(links.owner_of(link)))
    if form.problems:
        return _link_page(purpose, secret, form, 422)
    user = people.take_up(link, hasher().hash(typed["password"]), now())
    session.clear()
    enter(user)
    return redirect(url_for("home.today"))


def _link_page(purpose: Purpose, secret: str, form: Form, status: int = 200) -> ResponseReturnValue:
    link = links.find(purpose, secret, now())
    user = _owner(link)
    if user is None:
        return unreferred(render_template("account/used_up.html", purpose=purpose.value), 404)
    schools = people.schools_of(user.id)
    _forget_passwords(form)
    facts = {"name": user.name, "email": user.email, "schools": schools}
    return unreferred(render_template("account/choose.html", purpose=purpose.value, form=form, errors=form.problems, **facts), status)


def _owner(link: OneUseLink | None) -> User | None:
    """Whose link it is, while their account stands."""
    try:
        return people.person(links.owner_of(link)) if link is not None else None
    except people.NoSuchPerson:
        return None


def _judge(form: Form, user: User) -> None:
    """Say at the new password what is wrong with it."""
    words = [user.name, user.email, "safehold", *(school.name for school, _role in people.schools_of(user.id))]
    judge_password(form, words)


def judge_password(form: Form, known_words: list[str]) -> None:
    """Say at a new password and its repetition what is wrong with them."""
    found = weakness(form.password.value, known_words)
    if found:
        form.say("password", found)
    elif form.password.value != form.again.value:
        form.say("again", "The two do not match. Type the same password twice.")


def new_password_questions() -> tuple[Asked, Asked]:
    """The new password, twice."""
    return (
        Asked(name="password", label="New password", hint=HINT, autocomplete="new-password"),
        Asked(name="again", label="The same again", autocomplete="new-password"),
    )


def _new_form() -> Form:
    return Form(new_password_questions())


def _password_form() -> Form:
    return Form((Asked(name="current", label="Present password", autocomplete="current-password"), *new_password_questions()))


def _password_page(form: Form, status: int = 200) -> ResponseReturnValue:
    _forget_passwords(form)
    return render_template("account/password.html", form=form, errors=form.problems), status


def _forget_passwords(form: Form) -> None:
    """What was typed as a password is never sent back."""
    for question in form.values():
        question.value = ""

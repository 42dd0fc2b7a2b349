"""The first visit: the school, how it is run, the first person, and what to begin with; stored in one go at the end."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from models.roles import Role
from models.user import OneUseLink, email_spelling
from models.vocabulary import Nation, SchoolType
from registry.accounts import links
from registry.accounts.links import Purpose
from registry.records import NotFound
from registry.schema import Invalid
from registry.school.first_day import take_starter_over
from registry.school.school_answers import IDENTITY, RUNNING, read_school, usual_for
from registry.school.schools import FIRST_ROLES, FirstPerson, is_set_up, set_up_school
from web import chrome, school_form, set_up_kept
from web.account import judge_password, new_password_questions, unreferred
from web.guard import now, public
from web.identity import enter, hasher
from web.people import AN_ADDRESS, ROLE_HINTS, ROLES, link_page
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("set_up", __name__)

STEPS = {"school": "Your school", "running": "How it is run", "you": "You", "begin": "Begin"}
ORDER = list(STEPS)
BEGINNINGS = [
    ("starter", "With typical entries", "Every one is marked as not yet checked by your school until somebody confirms it."),
    ("empty", "With empty registers", "You can take typical entries over later, all or some."),
]


@blueprint.get("/set-up/<secret:secret>")
@public
def start(secret: str) -> ResponseReturnValue:
    """The first step that is not done yet."""
    if _link(secret) is None:
        return _shut()
    kept = set_up_kept.read(secret)
    return redirect(url_for("set_up.step", secret=secret, name=next((name for name in ORDER if name not in kept), ORDER[-1])))


@blueprint.get("/set-up/<secret:secret>/<slug:name>")
@public
def step(secret: str, name: str) -> ResponseReturnValue:
    """One step with what was typed there before."""
    if _link(secret) is None:
        return _shut()
    kept = set_up_kept.read(secret)
    form = _form(name, kept).fill(kept.get(name, {}))
    missing = _first_missing(kept, name)
    return redirect(url_for("set_up.step", secret=secret, name=missing)) if missing else _page(secret, name, form)


@blueprint.post("/set-up/<secret:secret>/<slug:name>")
@public
def answer(secret: str, name: str) -> ResponseReturnValue:
    """Keep one step and go on to the next; store everything after the last."""
    link = _link(secret)
    if link is None:
        return _shut()
    kept = set_up_kept.read(secret)
    missing = _first_missing(kept, name)
    if missing:
        return redirect(url_for("set_up.step", secret=secret, name=missing))
    form = _form(name, kept)
    typed = _read(name, form, kept)
    if form.problems:
        return _page(secret, name, form, 422)
    kept[name] = typed
    return _finish(link, kept) if name == ORDER[-1] else _go_on(secret, name, form, kept)


def _go_on(secret: str, name: str, form: Form, kept: dict[str, Any]) -> ResponseReturnValue:
    following = url_for("set_up.step", secret=secret, name=ORDER[ORDER.index(name) + 1])
    try:
        return set_up_kept.keep(make_response(redirect(following)), secret, kept)
    except set_up_kept.TooMuch:
        last = list(form)[-1]
        form.say(last, "This is more than the set-up can hold. Leave some of it for later, on the page “Your school”.")
        return _page(secret, name, form, 422)


def _finish(link: OneUseLink, kept: dict[str, Any]) -> ResponseReturnValue:
    """Store the school and its first person in one transaction, and sign them in."""
    you = kept["you"]
    people = [FirstPerson(name=you["name"], email=you["email"], role=ROLES[you["role"]], password=you["hash"])]
    if you["head_email"]:
        people.append(FirstPerson(name=you["head_name"], email=you["head_email"], role=Role.HEADTEACHER))
    school, users = set_up_school(read_school({**kept["school"], **kept["running"]}), people, link, now())
    session.clear()
    enter(users[0])
    taken = take_starter_over(school, users[0], people[0].role, now()) if kept["begin"]["begin"] == "starter" else 0
    done = "Your school is set up, and you are signed in."
    chrome.tell("success", f"{done} {taken} typical entries wait for somebody to check them." if taken else done)
    if len(users) > 1:
        return set_up_kept.forget(link_page("account.invitation", links.make(Purpose.INVITATION, now(), users[1].id), people[1].name))
    return set_up_kept.forget(make_response(redirect(url_for("home.today"))))


def _read(name: str, form: Form, kept: dict[str, Any]) -> dict[str, Any]:
    """What was typed in a step, as it is kept; what cannot be taken is said in the form."""
    typed = form.take()
    if name in ("school", "running"):
        _judge_school(name, form, kept)
    elif name == "you":
        return _read_person(form, kept)
    elif typed["begin"] not in {value for value, _label, _hint in BEGINNINGS}:
        form.say("begin", "Choose what to begin with.")
    return typed


def _judge_school(name: str, form: Form, kept: dict[str, Any]) -> None:
    try:
        read_school(form.typed(), IDENTITY if name == "school" else RUNNING)
    except Invalid as problem:
        form.blame(problem)


def _read_person(form: Form, kept: dict[str, Any]) -> dict[str, Any]:
    """The first person; of the password only its stored form is kept."""
    typed = form.typed()
    name, email = " ".join(typed["name"].split())[:200], typed["email"].strip()[:200]
    if not name:
        form.say("name", "Enter your name.")
    if not AN_ADDRESS.fullmatch(email):
        form.say("email", "Enter an email address, such as name@school.example.")
    if typed["role"] not in FIRST_ROLES:
        form.say("role", "Choose a role.")
    head = _read_head(form, email) if typed["role"] == Role.DPO else {"head_name": "", "head_email": ""}
    earlier = kept.get("you", {}).get("hash")
    if not typed["password"] and not typed["again"] and earlier:
        stored = earlier
    else:
        judge_password(form, [name, email, "safehold", kept["school"]["name"]])
        stored = "" if form.problems else hasher().hash(typed["password"])
    return {"name": name, "email": email, "role": typed["role"], "hash": stored, **head}


def _read_head(form: Form, own_email: str) -> dict[str, str]:
    """The headteacher of a school that its data protection officer sets up, and who cannot give out roles."""
    name, email = " ".join(form.head_name.value.split())[:200], form.head_email.value.strip()[:200]
    if not name:
        form.say("head_name", "Enter the name of the headteacher.")
    if not AN_ADDRESS.fullmatch(email):
        form.say("head_email", "Enter an email address, such as name@school.example.")
    elif email_spelling(email) == email_spelling(own_email):
        form.say("head_email", "Enter the headteacher’s own address, not yours.")
    return {"head_name": name, "head_email": email}


def _form(name: str, kept: dict[str, Any]) -> Form:
    """The questions of a step; raises NotFound for a step that does not exist."""
    if name == "school":
        return school_form.form(IDENTITY)
    if name == "running":
        usual = usual_for(SchoolType(kept["school"]["school_type"]), Nation(kept["school"]["nation"])) if "school" in kept else {}
        return school_form.form(RUNNING).fill(usual)
    if name == "you":
        return _person_form()
    if name == "begin":
        return Form([Asked(name="begin", label="What do you want to begin with?", kind="choice", options=BEGINNINGS, value="starter")])
    raise NotFound("There is no such step.")


def _person_form() -> Form:
    roles = [role for role in Role if role in FIRST_ROLES]
    head = (
        Asked(
            name="head_name", label="What is the headteacher’s name?", hint="Headteachers give out roles. You get a link for them.", is_nested=True
        ),
        Asked(name="head_email", label="What is the headteacher’s email address?", is_nested=True),
    )
    hints = {**ROLE_HINTS, Role.DPO: "Every register, and the history of everything. A headteacher or administrator gives out roles."}
    return Form(
        (
            Asked(name="name", label="What is your name?", required=True, autocomplete="name"),
            Asked(name="email", label="What is your email address?", hint="You sign in with it.", required=True, autocomplete="username"),
            Asked(name="role", label="What is your role?", kind="choice", options=options(roles, hints), required=True, revealed={"dpo": head}),
            *head,
            *new_password_questions(),
        )
    )


def _first_missing(kept: dict[str, Any], name: str) -> str | None:
    """The first step before this one that was not answered."""
    before = ORDER[: ORDER.index(name)] if name in STEPS else []
    return next((each for each in before if each not in kept), None)


def _link(secret: str) -> OneUseLink | None:
    return None if is_set_up() else links.find(Purpose.SET_UP, secret, now())


def _page(secret: str, name: str, form: Form, status: int = 200) -> ResponseReturnValue:
    for question in form.values():
        if question.name in ("password", "again"):
            question.value = ""
    place = ORDER.index(name)
    earlier = url_for("set_up.step", secret=secret, name=ORDER[place - 1]) if place else None
    where = {"name": name, "heading": STEPS[name], "place": place + 1, "of": len(ORDER), "earlier": earlier}
    return unreferred(render_template("set_up/step.html", form=form, errors=form.problems, **where), status)


def _shut() -> ResponseReturnValue:
    """The link was used, has ended or never was; or the school is set up already."""
    return unreferred(render_template("set_up/shut.html", is_set_up=is_set_up()), 404)

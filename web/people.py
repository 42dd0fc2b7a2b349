"""The people of a school: who they are, inviting them, their role, and the end of their access."""

import re
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.roles import Role
from registry.access import Permission
from registry.accounts import people
from registry.accounts.people import Invitation, Member
from registry.rows import CannotBeDone
from web import chrome
from web.account import unreferred
from web.addresses import whole_address
from web.guard import current_actor, needs, now
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("people", __name__)

ROLES = {role.value: role for role in Role}
AN_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
ROLE_HINTS = {
    Role.HEADTEACHER: "Everything, and gives out roles.",
    Role.DPO: "Every register, and the history of everything.",
    Role.DSL: "What concerns the safety of children.",
    Role.OFFICE: "Daily records.",
    Role.IT_PROVIDER: "Systems, security and devices.",
    Role.TEACHER: "What a teacher needs.",
    Role.GOVERNOR: "Reads, and changes nothing.",
    Role.INSPECTOR: "Reads, and changes nothing.",
    Role.ADMIN: "People and the facts about the school, but no records.",
}


@blueprint.get("/people")
@needs(Permission.MANAGE_PEOPLE)
def everybody() -> ResponseReturnValue:
    """Everybody with access to this school."""
    actor = current_actor()
    return render_template("people/list.html", members=people.members(actor, _school()), own=actor.user)


@blueprint.get("/people/invite")
@needs(Permission.MANAGE_PEOPLE)
def invitation() -> ResponseReturnValue:
    """The form that invites somebody."""
    return _link_page(_invitation_form())


@blueprint.post("/people/invite")
@needs(Permission.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Give somebody a role, and show their link once."""
    form = _invitation_form()
    typed = form.take()
    schools = tuple(UUID(chosen) for chosen in _chosen_schools(form, typed))
    if not typed["name"].strip():
        form.say("name", "Enter the name of the person.")
    if not AN_ADDRESS.fullmatch(typed["email"].strip()):
        form.say("email", "Enter an email address, such as name@school.example.")
    if typed["role"] not in ROLES:
        form.say("role", "Choose a role.")
    if form.problems:
        return _link_page(form, 422)
    wanted = Invitation(name=" ".join(typed["name"].split())[:200], email=typed["email"].strip()[:200], role=ROLES[typed["role"]], schools=schools)
    try:
        secret = people.invite(current_actor(), wanted, now())
    except CannotBeDone as problem:
        form.say("email", str(problem))
        return _link_page(form, 422)
    return link_page("account.invitation", secret, wanted.name)


@blueprint.get("/people/<uuid:user_id>")
@needs(Permission.MANAGE_PEOPLE)
def one(user_id: UUID) -> ResponseReturnValue:
    """A person of this school, and what can be done about their access."""
    return _person_page(people.find_member(current_actor(), user_id))


@blueprint.post("/people/<uuid:user_id>/role")
@needs(Permission.MANAGE_PEOPLE)
def change_role(user_id: UUID) -> ResponseReturnValue:
    """Give a person another role in this school."""
    member = people.find_member(current_actor(), user_id)
    chosen = request.form.get("role", "")
    if chosen not in ROLES:
        return _person_page(member, "Choose a role.", 422)
    try:
        people.change_role(current_actor(), member, ROLES[chosen], now())
    except CannotBeDone as problem:
        return _person_page(member, str(problem), 409)
    chrome.tell("success", "Saved. The new role holds from their next click on.")
    return redirect(url_for("people.one", user_id=user_id))


@blueprint.post("/people/<uuid:user_id>/end")
@needs(Permission.MANAGE_PEOPLE)
def end(user_id: UUID) -> ResponseReturnValue:
    """End a person's access to this school, once that was said twice."""
    member = people.find_member(current_actor(), user_id)
    if request.form.get("sure") != "yes":
        return render_template("people/end.html", member=member)
    try:
        people.end_access(current_actor(), member, now())
    except CannotBeDone as problem:
        return _person_page(member, str(problem), 409)
    chrome.tell("success", "Their access to this school has ended. What they wrote stays, under their name.")
    return redirect(url_for("people.everybody"))


@blueprint.post("/people/<uuid:user_id>/link")
@needs(Permission.MANAGE_PEOPLE)
def link(user_id: UUID) -> ResponseReturnValue:
    """A new link for a person: to join, or to choose a new password."""
    actor = current_actor()
    member = people.find_member(actor, user_id)
    try:
        secret = people.make_reset_link(actor, member, now()) if member.has_joined else people.invite_again(actor, member, now())
    except CannotBeDone as problem:
        return _person_page(member, str(problem), 409)
    return link_page("account.reset" if member.has_joined else "account.invitation", secret, member.name)


def _school() -> UUID:
    school = current_actor().school
    if school is None:
        raise CannotBeDone("Choose a school first.")
    return school


def _invitation_form() -> Form:
    managed = people.managed_schools(current_actor())
    questions = [
        Asked(name="name", label="What is their name?", required=True),
        Asked(
            name="email", label="What is their email address?", hint="They sign in with it. We send nothing: you give them the link.", required=True
        ),
        Asked(name="role", label="What is their role?", kind="choice", options=options(Role, ROLE_HINTS), required=True),
    ]
    if len(managed) > 1:
        places = [(str(school.id), school.name, None) for school in managed]
        questions.append(Asked(name="schools", label="In which schools?", kind="choices", options=places, value=[str(_school())], required=True))
    return Form(questions)


def _chosen_schools(form: Form, typed: dict[str, object]) -> list[str]:
    """The ids of the schools chosen, each one that the actor manages; the school in view when there is no choice."""
    if "schools" not in form:
        return [str(_school())]
    offered = {value for value, _label, _hint in form.schools.options}
    chosen = [school for school in form.schools.value if school in offered]
    if not chosen:
        form.say("schools", "Choose a school.")
    return chosen


def _link_page(form: Form, status: int = 200) -> ResponseReturnValue:
    return render_template("people/invite.html", form=form, errors=form.problems), status


def _person_page(member: Member, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    own = member.user.id == current_actor().user
    role = Asked(name="role", label="Role", kind="choice", options=options(Role, ROLE_HINTS), value=member.membership.role.value)
    role.errors = [problem] if problem and status == 422 else []
    return render_template("people/one.html", member=member, role=role, is_own=own, problem=problem, errors=[problem] if problem else []), status


def link_page(endpoint: str, secret: str | None, name: str) -> Response:
    """The one page that shows a link; it is not kept anywhere, so it can be shown only now."""
    address = whole_address(endpoint, secret=secret) if secret else None
    return unreferred(render_template("people/link.html", address=address, name=name, is_reset=endpoint == "account.reset"))

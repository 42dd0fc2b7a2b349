"""The school in view: its facts, and the choice of another one."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.school import School
from registry import findings
from registry.access import Permission, may
from registry.accounts.people import schools_of
from registry.needs.side_by_side import standings
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.schema import Invalid
from registry.school.logos import logo_of_school
from registry.school.school_answers import as_typed, read_school
from registry.school.schools import add_school, change_school
from web import chrome, school_form, sessions
from web.guard import current_actor, needs, now, visitor
from web.ids_and_numbers import id_in
from web.plain_forms import Form
from web.rendering import ZONE

blueprint = Blueprint("schools", __name__)


@blueprint.get("/school")
@needs(Permission.CHANGE_SCHOOL)
def facts() -> ResponseReturnValue:
    """The facts of the school as a form."""
    school = _school()
    return _page(school, school_form.form().fill(as_typed(school)))


@blueprint.post("/school")
@needs(Permission.CHANGE_SCHOOL)
def change() -> ResponseReturnValue:
    """Store what differs, unless somebody else was quicker."""
    school, form = _school(), school_form.form()
    typed = form.take()
    try:
        answers = read_school(typed)
    except Invalid as problem:
        form.blame(problem)
        return _page(school, form, 422)
    if request.form.get("version") != str(school.version):
        return _page(school, form, 409, is_stale=True)
    changed = change_school(current_actor(), school, answers, now())
    recounted = findings.recount(school, now()) if changed else 0
    follows = f" The findings of {recounted} records are different now." if recounted else ""
    chrome.tell("success", f"Saved.{follows}" if changed else "Nothing was different.")
    return redirect(url_for("schools.facts"))


@blueprint.get("/schools/new")
@needs(Permission.MANAGE_PEOPLE)
def another() -> ResponseReturnValue:
    """The form for a further school."""
    return _another_page(school_form.form())


@blueprint.post("/schools/new")
@needs(Permission.MANAGE_PEOPLE)
def add() -> ResponseReturnValue:
    """Add a further school, with oneself as its first member, and put it in view."""
    form, person = school_form.form(), visitor()
    typed = form.take()
    try:
        school = add_school(current_actor(), read_school(typed), now())
    except Invalid as problem:
        form.blame(problem)
        return _another_page(form, 422)
    except CannotBeDone as problem:
        form.say("name", str(problem))
        return _another_page(form, 422)
    if person is not None:
        sessions.look_at(person, school.id)
    chrome.tell("success", "The school is added, and in view. Invite its people next.")
    return redirect(url_for("home.today"))


@blueprint.get("/switch-school")
@needs(Permission.OWN_ACCOUNT)
def choose() -> ResponseReturnValue:
    """The schools that the visitor works in, with what waits in each, worst first."""
    found = standings(schools_of(_own_id()), in_zone(now(), ZONE).date())
    may_add = may(current_actor(), Permission.MANAGE_PEOPLE)
    return render_template("schools/choose.html", standings=found, current=current_actor().school, may_add=may_add)


@blueprint.post("/switch-school")
@needs(Permission.OWN_ACCOUNT)
def switch() -> ResponseReturnValue:
    """Put another of one's own schools in view."""
    person = visitor()
    wanted = id_in(request.form.get("school", ""))
    if person is None or wanted is None or wanted not in {school.id for school, _role in schools_of(_own_id())}:
        raise NotFound("There is no such school.")
    sessions.look_at(person, wanted)
    notice = id_in(request.form.get("notice", ""))  # what led here from a letter
    event = id_in(request.form.get("event", ""))  # or from a calendar
    device = id_in(request.form.get("device", ""))  # or from the devices of all schools
    if device:
        return redirect(url_for("pages.record", slug="devices", record=device))
    if event:
        return redirect(url_for("calendar.follow", event=event))
    return redirect(url_for("notices.one", notice=notice) if notice else url_for("home.today"))


def _another_page(form: Form, status: int = 200) -> ResponseReturnValue:
    return render_template("schools/another.html", form=form, errors=form.problems), status


def _own_id() -> UUID:
    user = current_actor().user
    if user is None:
        raise NotFound("There is no such person.")
    return user


def _school() -> School:
    person = visitor()
    if person is None or person.school is None:
        raise NotFound("There is no such school.")
    return person.school


def _page(school: School, form: Form, status: int = 200, *, is_stale: bool = False) -> ResponseReturnValue:
    shown = {"version": school.version, "is_stale": is_stale, "errors": form.problems or is_stale, "has_logo": logo_of_school() is not None}
    return render_template("schools/facts.html", form=form, **shown), status

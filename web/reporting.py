"""Reporting a breach: a page for anybody, reached by the code on a poster, and for colleagues who are signed in."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from models import doors, vault
from models.breach import Breach
from models.file_store import OutOfReach
from models.school import School
from registry.access import Permission
from registry.actor import Actor
from registry.breaches.reporting import Report, demand, keep_files, own_reports, receipt_of, report
from registry.files.attachments import Refused
from registry.files.virus_scan import NoScanner
from registry.occasion import Occasion
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.file_names import clean
from registry.rules.local_time import in_zone
from registry.schema import Invalid
from registry.school.schools import facts_of
from web import incoming, lock_out
from web.guard import current_actor, needs, now, public, visitor
from web.limits import keeps_files, keeps_files_now
from web.moments import TWICE, CameTwice, as_typed_moment, read_moment, typed_moment
from web.new_records import marked, marked_id
from web.plain_forms import Asked, Form
from web.rendering import ZONE, clock

blueprint = Blueprint("reporting", __name__, url_prefix="/report")

CODE = 16
MOST_FILES = 10
TOO_MANY = f"was not kept: {MOST_FILES} files at most. Bring it to whoever calls you back."
NOT_FROM_HERE = "was not kept: files come with the reports of those who are signed in at this school. Bring it to whoever calls you back."


def code_of(school: UUID) -> str:
    """What stands in the address on the poster of a school: without it nobody learns which schools there are."""
    return vault.current().token(b"report a breach:" + school.bytes).hex()[:CODE]


@blueprint.get("")
@public
def form() -> ResponseReturnValue:
    """The three questions, for the school one works in, or for the only one there is."""
    return _page(_school(""), _blank())


@blueprint.post("")
@public
@keeps_files
def send() -> ResponseReturnValue:
    """Keep a report."""
    return _take(_school(""))


@blueprint.get("/<code>")
@public
def form_of(code: str) -> ResponseReturnValue:
    """The same for the school whose poster was read."""
    return _page(_school(code), _blank())


@blueprint.post("/<code>")
@public
@keeps_files
def send_to(code: str) -> ResponseReturnValue:
    """Keep a report to that school."""
    return _take(_school(code))


@blueprint.get("/mine")
@needs(Permission.OWN_ACCOUNT)
def mine() -> ResponseReturnValue:
    """What somebody reported, and how far it is."""
    return render_template("breaches/mine.html", rows=own_reports(current_actor()), receipt_of=receipt_of)


def _school(code: str) -> School:
    """The school that is meant; raises NotFound when an address names none."""
    here = visitor()
    if not code and here and here.school:
        return here.school
    schools = [*School.select()]
    meant = [school for school in schools if code_of(school.id) == code] if code else schools
    if len(meant) != 1:
        raise NotFound("Use the whole address on the poster in your school, or sign in first.")
    only: School = meant[0]
    return only


def _take(school: School) -> ResponseReturnValue:
    form = _blank()
    form.take()
    form.noticed_at.value = typed_moment(request.form, "noticed_at")
    here, at = visitor(), now()
    by = here.actor if here and here.actor.school == school.id else Actor("somebody without an account", school=school.id)
    try:
        told = Report(what=form.what.value, noticed_at=_noticed(form), call_back=form.call_back.value)
        demand(told, at)
        if by.user is None:  # what is mistyped is no try
            lock_out.begin(f"reports to {school.id}", f"reports from {lock_out.place_of(request.remote_addr)}", at)
        with doors.looking_at(school.id):
            occasion = Occasion(by, at, facts_of(school, in_zone(at, ZONE).date()))
            row = report(told, occasion, marked_id(_purpose(school), request.form.get("key", "")))
            refused = _files_with(row, occasion)
    except Invalid as problem:
        form.blame(problem)
        return _page(school, form, 422)
    except lock_out.Resting as rest:
        form.say("what", f"Several reports came from here just now. Ring the school, or send it after {clock(rest.until)}. It stands below.")
        return _page(school, form, 429)
    return _plain(render_template("breaches/reported.html", school=school, receipt=receipt_of(row.id), at=at, refused=refused))


def _files_with(row: Breach, occasion: Occasion) -> list[Refused]:
    """Keep the files that came with the report of somebody who is signed in; the report itself stands whatever becomes of them."""
    if not keeps_files_now():
        return [Refused(clean(file.filename), NOT_FROM_HERE) for file in request.files.getlist("files") if file.filename]
    sent = incoming.files("files")
    if occasion.by.user is None:
        return [Refused(clean(file.name), NOT_FROM_HERE) for file in sent]
    try:
        return keep_files(row, sent[:MOST_FILES], occasion) + [Refused(clean(file.name), TOO_MANY) for file in sent[MOST_FILES:]]
    except (CannotBeDone, NoScanner, OutOfReach) as problem:
        return [Refused(clean(file.name), f"was not kept. {problem}") for file in sent]


def _purpose(school: School) -> str:
    """For whom the id of a report is given out: a stranger's is nobody else's, and nobody's is another school's."""
    here = visitor()
    return f"report:{school.id}:{here.actor.user if here else 'a stranger'}"


def _noticed(form: Form) -> datetime:
    """When it was noticed; raises Invalid with a sentence, and offers both where that time came twice."""
    try:
        return read_moment(form.noticed_at.value, "Enter when you noticed it.")
    except CameTwice as problem:
        form.noticed_at.options = TWICE
        raise Invalid({"noticed_at": [str(problem)]}) from None
    except ValueError as problem:
        raise Invalid({"noticed_at": [str(problem)]}) from None


def _blank() -> Form:
    noticed = as_typed_moment(now())
    return Form((
        Asked(name="what", label="What happened?", kind="text", required=True, hint="As far as you know. Do not write down the names of pupils."),
        Asked(name="noticed_at", label="When did you notice it?", kind="moment", value=noticed, required=True,
              hint="The 72 hours of the law may run from then."),
        Asked(name="call_back", label="Whom can we call back?", hint="Your name, and a number or a room. It is kept sealed.", autocomplete="off"),
    ))  # fmt: skip


def _page(school: School, form: Form, status: int = 200) -> ResponseReturnValue:
    return _plain(render_template("breaches/report.html", school=school, form=form, key=marked(_purpose(school))), status)


def _plain(text: str, status: int = 200) -> ResponseReturnValue:
    response = make_response(text, status)
    response.headers["Cache-Control"] = "no-store"
    return response

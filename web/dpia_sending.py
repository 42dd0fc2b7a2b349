"""Sending a DPIA to the other schools that somebody leads, undoing that, and looking in a school at what it follows."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import records
from registry.access import Deed, may
from registry.accounts.people import schools_of
from registry.dpias import following, sending
from registry.dpias.sending import Came, WorksIn
from registry.records import NotFound
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in, number_in
from web.pages import occasion

blueprint = Blueprint("dpia_sending", __name__, url_prefix="/registers/dpias/<uuid:record>", url_defaults={"slug": DPIAS.slug})


@blueprint.get("/schools")
@needs(Deed.EXPORT, register_from_slug=True)
def schools(slug: str, record: UUID) -> ResponseReturnValue:
    """How it stands in each of the other schools, and what sending it now would do there."""
    return _page(record)


@blueprint.post("/schools")
@needs(Deed.EXPORT, register_from_slug=True)
def act(slug: str, record: UUID) -> ResponseReturnValue:
    """Send it to the schools that are ticked, or undo what was sent last."""
    row = records.find(DPIAS, record, current_actor())
    ticked = {found for each in request.form.getlist("school") if (found := id_in(each))}
    if asked := request.form.get("undo"):
        school = id_in(asked)
        _say("Undone", sending.undo(row, school, works_in(), occasion()) if school else [])
    elif asked is not None:  # the one button for all of them says nothing more
        _say("Undone", sending.undo(row, None, works_in(), occasion()))
    elif not ticked:
        return _page(record, ["Tick the schools it is to go to."]), 422
    else:
        try:
            _say("Sent", sending.send(row, ticked, works_in(), occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0))
        except CannotBeDone as problem:
            return _page(record, [str(problem)]), 409
    return redirect(url_for(".schools", record=record), 303)


@blueprint.get("/followed")
@needs(Deed.SEE, register_from_slug=True)
def template(slug: str, record: UUID) -> ResponseReturnValue:
    """What it follows, and where it has words of its own."""
    row = records.find(DPIAS, record, current_actor())
    followed = following.followed_by(row)
    if followed is None:
        raise NotFound("It follows no other.")
    differences = () if followed.is_apart else following.differences(row)
    may_change = may(current_actor(), Deed.CHANGE, DPIAS)
    return render_template("dpias/template.html", row=row, followed=followed, differences=differences, may_change=may_change)


@blueprint.post("/followed")
@needs(Deed.CHANGE, register_from_slug=True)
def keep_apart(slug: str, record: UUID) -> ResponseReturnValue:
    """Follow it no longer."""
    row = records.find(DPIAS, record, current_actor())
    try:
        sending.keep_apart(row, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    except CannotBeDone as problem:
        tell("error", str(problem))
    else:
        tell("success", "It is kept apart. What is sent from there passes it by.")
    return redirect(url_for("pages.record", slug=slug, record=record), 303)


def works_in() -> WorksIn:
    """The schools of who is signed in, with their role in each."""
    user = current_actor().user
    return schools_of(user) if user else []


def _say(did: str, came: Sequence[Came]) -> None:
    done = [each for each in came if each.is_done]
    if done:
        tell("success", f"{did}: " + " ".join(f"{each.school.name}: {each.says}" for each in done))
    if not came or len(done) < len(came):
        tell("error", " ".join(f"{each.school.name}: {each.says}" for each in came if not each.is_done) or "There was nothing to undo.")


def _page(record: UUID, said: Sequence[str] = ()) -> str:
    row = records.find(DPIAS, record, current_actor())
    found = sending.everywhere(row, works_in(), occasion())
    last = max((each.last.at for each in found if each.last), default=None)
    undoable = [each.school.name for each in found if each.last and each.last.at == last]
    return render_template("dpias/schools.html", row=row, found=found, last=last, undoable=undoable, errors=[("schools", each) for each in said])

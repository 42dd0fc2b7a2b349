"""Records, lists and registers as papers: tagged PDF to file, to send and to read on a train."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from exports import register_paper, selection
from exports.paper import Letterhead, pdf
from registry import catalogue
from registry.access import Deed
from registry.rows import CannotBeDone
from registry.school import logos
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, now, visitor
from web.list_choices import narrowing
from web.list_view import asked_view, list_address
from web.pages import find_record, occasion
from web.rendering import moment

blueprint = Blueprint("papers", __name__, url_prefix="/registers/<slug:slug>")


@blueprint.post("/<uuid:record>/record.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def of_record(slug: str, record: UUID) -> Response:
    """One record; noted in its history, therefore never a GET."""
    register, row = find_record(slug, record)
    return attachment(pdf(register_paper.of_record(register, row, occasion(), letterhead())), f"{row.reference}.pdf")


@blueprint.post("/list.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def of_list(slug: str) -> Response:
    """The list as its address asks for it."""
    register, by, when = catalogue.find(slug), current_actor(), occasion()
    view = asked_view(register, by)
    chosen = selection.as_listed(register, view, by)
    return attachment(pdf(register_paper.of_list(chosen, when, letterhead(), narrowing(register, view))), f"{slug}-{when.school.today}.pdf")


@blueprint.post("/register.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def of_register(slug: str) -> Response:
    """Every record in full."""
    register, when = catalogue.find(slug), occasion()
    chosen = selection.everything(register, when.by)
    return attachment(pdf(register_paper.of_register(chosen, when, letterhead())), f"{slug}-in-full-{when.school.today}.pdf")


@blueprint.errorhandler(CannotBeDone)
def too_long(problem: CannotBeDone) -> ResponseReturnValue:
    """Back to the list, with the sentence on why no paper came of it."""
    tell("warning", str(problem))
    return redirect(list_address(catalogue.find(request.view_args["slug"]), request.query_string.decode()), 303)  # type: ignore[index]


def letterhead() -> Letterhead:
    """What stands on every paper of the school in view, made now."""
    person = visitor()
    return Letterhead(person.school.name if person and person.school else "", moment(now()), logos.logo_of_school())

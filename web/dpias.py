"""Moving a DPIA on from its own page, and taking it away as a file."""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from exports import dpia_json, dpia_paper
from exports.paper import pdf
from exports.paper_docx import docx
from registry import records
from registry.access import Deed
from registry.dpias import moving
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs
from web.ids_and_numbers import number_in
from web.pages import occasion
from web.papers import letterhead

blueprint = Blueprint("dpias", __name__, url_prefix="/registers/dpias/<uuid:record>", url_defaults={"slug": DPIAS.slug})


@blueprint.post("/move")
@needs(Deed.CHANGE, register_from_slug=True)
def move(slug: str, record: UUID) -> ResponseReturnValue:
    """Do one of the deeds; what stands in the way is said on the page."""
    row = records.find(DPIAS, record, current_actor())
    try:
        done = moving.move_on(row, request.form.get("do", ""), occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    except CannotBeDone as problem:
        tell("error", str(problem))
    else:
        tell("success", f"{done.after.label}.")
    return redirect(url_for("pages.record", slug=slug, record=record), 303)


@blueprint.post("/dpia.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def as_pdf(slug: str, record: UUID) -> Response:
    """The DPIA in the order of the ICO’s template; noted in its history, therefore never a GET."""
    row = records.find(DPIAS, record, current_actor())
    return attachment(pdf(dpia_paper.of_dpia(row, occasion(), letterhead())), f"{row.reference}-ICO.pdf")


@blueprint.post("/dpia.docx")
@needs(Deed.EXPORT, register_from_slug=True)
def as_docx(slug: str, record: UUID) -> Response:
    """The same for Word."""
    row = records.find(DPIAS, record, current_actor())
    return attachment(docx(dpia_paper.of_dpia(row, occasion(), letterhead())), f"{row.reference}-ICO.docx")


@blueprint.post("/dpia.json")
@needs(Deed.EXPORT, register_from_slug=True)
def as_json(slug: str, record: UUID) -> Response:
    """The same for other programs."""
    row = records.find(DPIAS, record, current_actor())
    return attachment(dpia_json.of_dpia(row, occasion()), f"{row.reference}.json")

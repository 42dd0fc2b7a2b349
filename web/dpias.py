"""Moving a DPIA on from its own page."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry import records
from registry.access import Deed
from registry.dpias import moving
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import number_in
from web.pages import occasion

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

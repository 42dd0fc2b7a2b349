"""Bringing a DPIA from CNIL's PIA software: choose the file, see what is placed where, then save it or give it up."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.cnil_pia import take_in
from exports.unreadable import Unreadable
from registry.access import Deed
from registry.dpias import bringing
from registry.dpias.bringing import KEPT_AS
from registry.importing import uploads
from registry.registers.data_protection.dpias import DPIAS
from registry.schema import Invalid
from web.chrome import tell
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion

blueprint = Blueprint("dpia_file", __name__, url_prefix="/dpias/import", url_defaults={"slug": DPIAS.slug})


@blueprint.get("")
@needs(Deed.ADD, register_from_slug=True)
def choose(slug: str) -> ResponseReturnValue:
    """The page on which a file is chosen."""
    return _choose_page()


@blueprint.post("")
@needs(Deed.ADD, register_from_slug=True)
@takes_files
def bring(slug: str) -> ResponseReturnValue:
    """Read a file and keep it, sealed, until it is saved or given up."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return _choose_page("Choose a file first."), 422
    try:
        file = take_in(chosen.read())
    except Unreadable as problem:
        return _choose_page(problem.sentence), 422
    return redirect(url_for(".look", upload=uploads.keep(KEPT_AS, file, current_actor(), now()).id), 303)


@blueprint.get("/<uuid:upload>")
@needs(Deed.ADD, register_from_slug=True)
def look(slug: str, upload: UUID) -> ResponseReturnValue:
    """What finds its place where, and what finds none; nothing is saved yet."""
    return _verdict_page(upload, [])


@blueprint.post("/<uuid:upload>")
@needs(Deed.ADD, register_from_slug=True)
def save(slug: str, upload: UUID) -> ResponseReturnValue:
    """Store it as a DPIA that is still to be screened."""
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    try:
        row = bringing.save(kept, occasion())
    except Invalid as problem:
        return _verdict_page(upload, [sentence for several in problem.messages.values() for sentence in several]), 422
    tell("success", f"Saved as {row.reference}. Answer the screening, then check every answer.")
    return redirect(url_for("pages.record", slug=slug, record=row.id), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Deed.ADD, register_from_slug=True)
def give_up(slug: str, upload: UUID) -> ResponseReturnValue:
    """Delete the file; nothing is added."""
    uploads.take(uploads.find(KEPT_AS, upload, current_actor(), now()).id)
    tell("information", "The file is deleted, and nothing was added.")
    return redirect(url_for(".choose"), 303)


def _choose_page(problem: str = "") -> str:
    return render_template("dpias/file.html", problem=problem, waiting=uploads.waiting(KEPT_AS, current_actor(), now()))


def _verdict_page(upload: UUID, said: list[str]) -> str:
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    return render_template("dpias/verdict.html", upload=kept, verdict=bringing.judge(uploads.file_of(kept)), errors=[("save", each) for each in said])

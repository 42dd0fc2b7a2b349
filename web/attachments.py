"""The files of a record: shown, added, opened, replaced by newer ones and removed."""

from dataclasses import replace as replace_in
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.access import Deed
from registry.files import attachments
from registry.files.virus_scan import NoScanner
from registry.rows import CannotBeDone
from web import incoming
from web.attachment_view import FilesPage, content_of, described, in_bytes
from web.chrome import tell
from web.guard import current_actor, needs
from web.limits import keeps_files
from web.pages import occasion, shown_record
from web.record_view import RecordPage
from web.rendering import plural

MANY = 500
"""Files in one go: as many as somebody can have meant."""

blueprint = Blueprint("attachments", __name__, url_prefix="/registers/<slug:slug>/<uuid:record>/files")
blueprint.add_app_template_filter(in_bytes)


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """Every file of a record, and the form that adds more."""
    return _page(FilesPage(shown_record(slug, record), {}))


@blueprint.post("")
@needs(Deed.ATTACH, register_from_slug=True)
@keeps_files
def add(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep the files that were sent; those that cannot be kept are named with the reason."""
    shown, files = shown_record(slug, record), incoming.files("files")
    about, problems = described(files, most=MANY)
    if about is None:
        return _refusal(FilesPage(shown, request.form, problems=problems))
    try:
        refused = attachments.add(shown.register, shown.row, files, about, occasion=occasion())
    except (CannotBeDone, NoScanner) as problem:
        return _refusal(FilesPage(shown, request.form, problems=(("files", str(problem)),)))
    if len(refused) < len(files):
        tell("success", f"{plural(len(files) - len(refused), 'file')} added.")
    return _refusal(FilesPage(shown, request.form, tuple(refused))) if refused else _back(shown)


@blueprint.post("/<uuid:file>/open")
@needs(Deed.SEE, register_from_slug=True)
def open_file(slug: str, record: UUID, file: UUID) -> ResponseReturnValue:
    """The content of a file; that somebody took it is noted, therefore never a GET."""
    shown = shown_record(slug, record)
    found = attachments.find(shown.register, shown.row, file, current_actor())
    return content_of(shown, found, occasion(), as_download="save" in request.form)


@blueprint.get("/<uuid:file>/replace")
@needs(Deed.ATTACH, register_from_slug=True)
def ask_for_newer(slug: str, record: UUID, file: UUID) -> ResponseReturnValue:
    """The form that puts a newer file in the place of one."""
    shown = shown_record(slug, record)
    old = attachments.find(shown.register, shown.row, file, current_actor())
    return _page(FilesPage(shown, {"category": old.category, "note": old.note or ""}, replaced=old), "replace")


@blueprint.post("/<uuid:file>/replace")
@needs(Deed.ATTACH, register_from_slug=True)
@keeps_files
def replace(slug: str, record: UUID, file: UUID) -> ResponseReturnValue:
    """Put a newer file in the place of one, which stays to be looked at."""
    shown, files = shown_record(slug, record), incoming.files("files")
    page = FilesPage(shown, request.form, replaced=attachments.find(shown.register, shown.row, file, current_actor()))
    about, problems = described(files, most=1)
    if about is None or page.replaced is None:
        return _refusal(replace_in(page, problems=problems), "replace")
    try:
        refused = attachments.replace(shown.register, shown.row, page.replaced, files[0], about=about, occasion=occasion())
    except (CannotBeDone, NoScanner) as problem:
        return _refusal(replace_in(page, problems=(("files", str(problem)),)), "replace")
    if refused is not None:
        return _refusal(replace_in(page, refused=(refused,)), "replace")
    tell("success", "The newer file has taken its place. The one before is kept below.")
    return _back(shown)


@blueprint.get("/<uuid:file>/remove")
@needs(Deed.ATTACH, register_from_slug=True)
def ask_before_removing(slug: str, record: UUID, file: UUID) -> ResponseReturnValue:
    """What removing a file means, and the button that does it."""
    shown = shown_record(slug, record)
    attachments.demand_may_remove(shown.register, current_actor())
    return _page(FilesPage(shown, {}, replaced=attachments.find(shown.register, shown.row, file, current_actor())), "remove")


@blueprint.post("/<uuid:file>/remove")
@needs(Deed.ATTACH, register_from_slug=True)
def remove(slug: str, record: UUID, file: UUID) -> ResponseReturnValue:
    """Delete the content of a file for good."""
    shown = shown_record(slug, record)
    attachments.remove(shown.register, shown.row, attachments.find(shown.register, shown.row, file, current_actor()), occasion())
    tell("success", "Removed. The history keeps that it was here.")
    return _back(shown)


def _page(page: FilesPage, template: str = "record") -> str:
    return render_template(f"files/{template}.html", page=page, shown=page.shown)


def _refusal(page: FilesPage, template: str = "record") -> ResponseReturnValue:
    return _page(page, template), 422


def _back(shown: RecordPage) -> ResponseReturnValue:
    return redirect(url_for("attachments.of_record", slug=shown.register.slug, record=shown.row.id), 303)

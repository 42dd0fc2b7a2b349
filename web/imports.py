"""Bringing a file into a register: choose it, say what its columns answer, look at every row, save all of it or none."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from exports import csv_file, settling
from exports.csv_file import Unreadable
from exports.spellings import wanted
from models.upload import Upload
from registry import catalogue, imports, uploads
from registry.access import Deed, Permission, require
from registry.definition import Register
from registry.imports import GoneAlready
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.uploads import FileRows
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, now
from web.import_view import ColumnsPage, PreviewPage, preview_page, sent_columns, with_mended
from web.limits import takes_files
from web.pages import occasion

blueprint = Blueprint("imports", __name__, url_prefix="/registers/<slug:slug>/import")

NO_FILE = "Choose a file, or paste the rows of your list."
NOT_CSV = "This is not a CSV file. In your spreadsheet, choose Save as, then CSV UTF-8, and bring that file here."
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


@blueprint.get("")
@needs(Permission.IMPORT, register_from_slug=True)
def upload(slug: str) -> ResponseReturnValue:
    """The page on which a file is chosen, or rows are pasted."""
    return _upload_page(_register(slug))


@blueprint.post("")
@needs(Permission.IMPORT, register_from_slug=True)
@takes_files
def take_in(slug: str) -> ResponseReturnValue:
    """Read a file and keep it, sealed, for the next steps; one that cannot be read leaves nothing behind."""
    register = _register(slug)
    raw = _sent()
    try:
        if not raw.strip():
            raise Unreadable(NO_FILE)
        if raw.startswith(SPREADSHEETS):
            raise Unreadable(NOT_CSV)
        sheet = csv_file.read(raw)
    except Unreadable as problem:
        return _upload_page(register, problem.sentence), 422
    file = FileRows(sheet.headings, sheet.rows, sheet.line_numbers, {each.line: each.sentence for each in sheet.problems}, sheet.notes, sheet.digest)
    kept = uploads.keep(register, file, current_actor(), now())
    return redirect(url_for("imports.columns", slug=slug, upload=kept.id), 303)


@blueprint.get("/headings.csv")
@needs(Permission.IMPORT, register_from_slug=True)
def headings(slug: str) -> ResponseReturnValue:
    """An empty file with a heading for everything that can be brought in."""
    register = _register(slug)
    return attachment(csv_file.write([each.labels[0] for each in wanted(register, current_actor())], []), f"{slug}-headings.csv")


@blueprint.get("/<uuid:upload>")
@needs(Permission.IMPORT, register_from_slug=True)
def columns(slug: str, upload: UUID) -> ResponseReturnValue:
    """Which column answers which question: guessed, shown with samples, to be confirmed."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    file, before = uploads.file_of(kept), uploads.decided_of(kept)
    found = settling.columns_of(register, file, current_actor(), decided=before if before.columns else None)
    return _columns_page(ColumnsPage(register, upload, file, found))


@blueprint.post("/<uuid:upload>")
@needs(Permission.IMPORT, register_from_slug=True)
def settle(slug: str, upload: UUID) -> ResponseReturnValue:
    """Keep what the columns answer, once nothing about them is open."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    file = uploads.file_of(kept)
    found = settling.columns_of(register, file, current_actor(), decided=sent_columns(register, file, current_actor(), request.form))
    page = ColumnsPage(register, upload, file, found, request.form.get("leave_out", ""))
    if settling.find_faults(register, found) or not page.is_confirmed:
        return _columns_page(page), 422
    uploads.decide(kept, settling.decided(found, uploads.decided_of(kept)))
    return redirect(url_for("imports.preview", slug=slug, upload=upload), 303)


@blueprint.get("/<uuid:upload>/preview")
@needs(Permission.IMPORT, register_from_slug=True)
def preview(slug: str, upload: UUID) -> ResponseReturnValue:
    """Every row with its verdict."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    if not uploads.decided_of(kept).columns:
        return redirect(url_for("imports.columns", slug=slug, upload=upload))
    return _preview_page(preview_page(register, kept, current_actor(), request.args))


@blueprint.post("/<uuid:upload>/mend")
@needs(Permission.IMPORT, register_from_slug=True)
def mend(slug: str, upload: UUID) -> ResponseReturnValue:
    """Keep the cells that were mended and the rows that are left out, and judge everything again."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    page = preview_page(register, kept, current_actor(), request.args)
    uploads.decide(kept, with_mended(page, uploads.decided_of(kept), request.form))
    return redirect(url_for("imports.preview", slug=slug, upload=upload), 303)


@blueprint.post("/<uuid:upload>/save")
@needs(Permission.IMPORT, register_from_slug=True)
def save(slug: str, upload: UUID) -> ResponseReturnValue:
    """Save every row, or none."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    reading = settling.reading_of(register, uploads.decided_of(kept), current_actor())
    try:
        outcome = imports.save(register, kept, reading, occasion(), shown=request.form.get("shown", ""))
    except GoneAlready:
        return _said_before(register, upload)
    except CannotBeDone as problem:
        tell("warning", str(problem))
        return redirect(url_for("imports.preview", slug=slug, upload=upload), 303)
    tell("success", f"Imported. {outcome.sentence}.")
    return redirect(url_for("pages.listing", slug=slug), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Permission.IMPORT, register_from_slug=True)
def give_up(slug: str, upload: UUID) -> ResponseReturnValue:
    """Delete the file; the register stays as it is."""
    register = _register(slug)
    kept = _kept(register, upload)
    if isinstance(kept, Redirect):
        return kept
    uploads.take(upload)
    tell("information", "The file is deleted, and nothing was imported.")
    return redirect(url_for("imports.upload", slug=slug), 303)


def _register(slug: str) -> Register:
    """The register, once it is sure that the person may add to it."""
    register = catalogue.find(slug)
    require(current_actor(), Deed.ADD, register)
    return register


def _kept(register: Register, upload: UUID) -> Upload | Redirect:
    """The file, or the way to what it became; raises NotFound when it never was this person's."""
    try:
        return uploads.find(register, upload, current_actor(), now())
    except NotFound:
        return _said_before(register, upload)


def _said_before(register: Register, upload: UUID) -> Redirect:
    outcome = imports.outcome_of(upload, current_actor())
    if outcome is None:
        raise NotFound("There is no such file here.")
    tell("information", f"This file was saved already. {outcome.sentence}.")
    return redirect(url_for("pages.listing", slug=register.slug), 303)


def _sent() -> bytes:
    """What was chosen or pasted."""
    chosen = request.files.get("file")
    raw = chosen.read() if chosen is not None and chosen.filename else b""
    return raw or request.form.get("pasted", "").encode()


def _upload_page(register: Register, problem: str | None = None) -> str:
    waiting = uploads.waiting(register, current_actor(), now())
    return render_template("imports/upload.html", register=register, problem=problem, waiting=waiting, pasted=request.form.get("pasted", ""))


def _columns_page(page: ColumnsPage) -> str:
    return render_template("imports/columns.html", page=page)


def _preview_page(page: PreviewPage) -> str:
    return render_template("imports/preview.html", page=page)

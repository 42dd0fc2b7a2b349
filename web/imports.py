"""Bringing a file into a register: choose it, say what its columns answer, look at every row, save all of it or none."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from exports import brought, csv_file, register_template, settling, workbook_file
from exports.spellings import fit_of, wanted
from exports.unreadable import Unreadable
from models.batch import Together
from models.upload import Upload
from registry import catalogue
from registry.access import Deed, Permission, require
from registry.definition import Register
from registry.importing import imports, uploads
from registry.importing.imports import GoneAlready
from registry.importing.uploads import FileRows, SheetNotChosen
from registry.many import batches
from registry.records import NotFound
from registry.rows import CannotBeDone
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, now
from web.import_view import ColumnsPage, PreviewPage, preview_page, sent_columns, with_mended
from web.limits import takes_files
from web.pages import occasion

blueprint = Blueprint("imports", __name__, url_prefix="/registers/<slug:slug>/import")

TAKES_A_WHILE = 2_000
"""Rows from which judging them takes so long that a page says it is being done."""

View = Callable[[Register, Upload], ResponseReturnValue]


def of_upload(view: View) -> Callable[[str, UUID], ResponseReturnValue]:
    """A step that is about a file which was brought already; without one, the page that says what became of it."""

    @wraps(view)
    def found(slug: str, upload: UUID) -> ResponseReturnValue:
        register = _register(slug)
        try:
            return view(register, uploads.find(register, upload, current_actor(), now()))
        except SheetNotChosen:
            return redirect(url_for("imports.sheet", slug=slug, upload=upload), 303)
        except (GoneAlready, NotFound):
            return _said_before(register, upload)

    return found


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
    register, by = _register(slug), current_actor()
    raw, name = _sent()
    try:
        taken = brought.take_in(raw, register, by, name)
    except Unreadable as problem:
        return _upload_page(register, problem.sentence), 422
    if isinstance(taken, FileRows):
        kept = uploads.keep(register, taken, by, now())
        return redirect(url_for("imports.columns", slug=slug, upload=kept.id), 303)
    kept = uploads.keep_workbook(register, raw, by, now())
    return redirect(url_for("imports.sheet", slug=slug, upload=kept.id), 303)


@blueprint.get("/headings.csv")
@needs(Permission.IMPORT, register_from_slug=True)
def headings(slug: str) -> ResponseReturnValue:
    """An empty file with a heading for everything that can be brought in."""
    register = _register(slug)
    return attachment(csv_file.write([each.labels[0] for each in wanted(register, current_actor())], []), f"{slug}-headings.csv")


@blueprint.get("/template.xlsx")
@needs(Permission.IMPORT, register_from_slug=True)
def template(slug: str) -> ResponseReturnValue:
    """An empty workbook with drop-downs, and a sheet that says what each column means."""
    made = register_template.empty(_register(slug), current_actor(), now())
    return attachment(made, f"{slug}-to-fill-in.xlsx")


@blueprint.get("/<uuid:upload>/sheet")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def sheet(register: Register, upload: Upload) -> ResponseReturnValue:
    """Which sheet of a workbook is meant; the one that fits best is chosen already."""
    workbook = uploads.workbook_of(upload)
    if workbook is None:
        return redirect(url_for("imports.columns", slug=register.slug, upload=upload.id))
    return _sheet_page(register, upload, workbook)


@blueprint.post("/<uuid:upload>/sheet")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def choose_sheet(register: Register, upload: Upload) -> ResponseReturnValue:
    """Read the sheet that was chosen; the others are forgotten."""
    workbook = uploads.workbook_of(upload)
    if workbook is not None:
        try:
            uploads.choose_sheet(upload, brought.rows_of(workbook, request.form.get("sheet", ""), register, current_actor()))
        except Unreadable as problem:
            return _sheet_page(register, upload, workbook, problem.sentence), 422
    return redirect(url_for("imports.columns", slug=register.slug, upload=upload.id), 303)


@blueprint.get("/<uuid:upload>")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def columns(register: Register, upload: Upload) -> ResponseReturnValue:
    """Which column answers which question: guessed, shown with samples, to be confirmed."""
    file, before = uploads.file_of(upload), uploads.decided_of(upload)
    found = settling.columns_of(register, file, current_actor(), decided=before if before.columns else None)
    return _columns_page(ColumnsPage(register, upload.id, file, found))


@blueprint.post("/<uuid:upload>")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def settle(register: Register, upload: Upload) -> ResponseReturnValue:
    """Keep what the columns answer, once nothing about them is open."""
    file = uploads.file_of(upload)
    found = settling.columns_of(register, file, current_actor(), decided=sent_columns(register, file, current_actor(), request.form))
    page = ColumnsPage(register, upload.id, file, found, request.form.get("leave_out", ""))
    if settling.find_faults(register, found) or not page.is_confirmed:
        return _columns_page(page), 422
    uploads.decide(upload, settling.decided(found, uploads.decided_of(upload)))
    step = "imports.looking" if len(file.rows) >= TAKES_A_WHILE else "imports.preview"
    return redirect(url_for(step, slug=register.slug, upload=upload.id), 303)


@blueprint.get("/<uuid:upload>/looking")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def looking(register: Register, upload: Upload) -> ResponseReturnValue:
    """What a large file is shown as while its rows are judged: the page asks for the next one by itself, without a script."""
    rows = len(uploads.file_of(upload).rows)
    address = url_for("imports.preview", slug=register.slug, upload=upload.id)
    page = render_template("imports/looking.html", register=register, rows=rows, address=address)
    return page, {"Refresh": f"0; url={address}"}


@blueprint.get("/<uuid:upload>/preview")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def preview(register: Register, upload: Upload) -> ResponseReturnValue:
    """Every row with its verdict."""
    if not uploads.decided_of(upload).columns:
        return redirect(url_for("imports.columns", slug=register.slug, upload=upload.id))
    return _preview_page(preview_page(register, upload, current_actor(), request.args))


@blueprint.post("/<uuid:upload>/mend")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def mend(register: Register, upload: Upload) -> ResponseReturnValue:
    """Keep the cells that were mended and the rows that are left out, and judge everything again."""
    page = preview_page(register, upload, current_actor(), request.args)
    uploads.decide(upload, with_mended(page, uploads.decided_of(upload), request.form))
    return redirect(url_for("imports.preview", slug=register.slug, upload=upload.id), 303)


@blueprint.post("/<uuid:upload>/save")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def save(register: Register, upload: Upload) -> ResponseReturnValue:
    """Save every row, or none."""
    reading = settling.reading_of(register, uploads.decided_of(upload), current_actor())
    try:
        outcome = imports.save(register, upload, reading, occasion(), shown=request.form.get("shown", ""))
    except GoneAlready:
        raise
    except CannotBeDone as problem:
        tell("warning", str(problem))
        return redirect(url_for("imports.preview", slug=register.slug, upload=upload.id), 303)
    batch = batches.latest(Together.IMPORT, register, current_actor())
    undo = url_for("batches.undo", slug=register.slug, batch=batch.id)
    tell("success", f"Imported. {outcome.sentence}.", "Undo", undo, is_deed=True)
    return redirect(url_for("pages.listing", slug=register.slug), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Permission.IMPORT, register_from_slug=True)
@of_upload
def give_up(register: Register, upload: Upload) -> ResponseReturnValue:
    """Delete the file; the register stays as it is."""
    uploads.take(upload.id)
    tell("information", "The file is deleted, and nothing was imported.")
    return redirect(url_for("imports.upload", slug=register.slug), 303)


def _register(slug: str) -> Register:
    """The register, once it is sure that the person may add to it."""
    register = catalogue.find(slug)
    require(current_actor(), Deed.ADD, register)
    return register


def _said_before(register: Register, upload: UUID) -> Redirect:
    outcome = imports.outcome_of(upload, current_actor())
    if outcome is None:
        raise NotFound("There is no such file here.")
    tell("information", f"This file was saved already. {outcome.sentence}.")
    return redirect(url_for("pages.listing", slug=register.slug), 303)


def _sent() -> tuple[bytes, str]:
    """What was chosen or pasted, and what the file is called."""
    chosen = request.files.get("file")
    if chosen is not None and chosen.filename and (raw := chosen.read()):
        return raw, chosen.filename
    return request.form.get("pasted", "").encode(), ""


def _upload_page(register: Register, problem: str | None = None) -> str:
    waiting = uploads.waiting(register, current_actor(), now())
    return render_template("imports/upload.html", register=register, problem=problem, waiting=waiting, pasted=request.form.get("pasted", ""))


def _sheet_page(register: Register, upload: Upload, workbook: bytes, problem: str | None = None) -> str:
    sheets = workbook_file.sheets_of(workbook, fit_of(register, current_actor()))
    best = workbook_file.best_of(sheets).title
    return render_template("imports/sheet.html", register=register, upload=upload.id, sheets=sheets, best=best, problem=problem)


def _columns_page(page: ColumnsPage) -> str:
    return render_template("imports/columns.html", page=page)


def _preview_page(page: PreviewPage) -> str:
    return render_template("imports/preview.html", page=page)

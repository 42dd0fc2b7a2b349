"""Bringing the roll up to date: choose what the MIS exported, say what its columns hold where that is unclear, look, save all of it or none."""

from collections.abc import Callable, Sequence
from functools import wraps
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from exports import csv_file, roll_files
from exports.unreadable import Unreadable
from models.batch import Together
from models.upload import Upload
from registry.access import Permission
from registry.importing import uploads
from registry.many import batches
from registry.records import NotFound
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.roll import roll
from registry.roll import uploads as roll_uploads
from registry.roll.roll import GoneAlready
from registry.rows import CannotBeDone
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion
from web.roll_columns import HEADINGS, ColumnsPage, as_sent
from web.roll_view import NotADay, PreviewPage, agreed_in, leaving_in, lines_of, listed_of, preview_page

blueprint = Blueprint("roll", __name__, url_prefix="/consents/roll")

View = Callable[[Upload], ResponseReturnValue]


def of_upload(view: View) -> Callable[[UUID], ResponseReturnValue]:
    """A step that is about lists which were brought already; without them, the page that says what became of them."""

    @wraps(view)
    def found(upload: UUID) -> ResponseReturnValue:
        roll.require_right(current_actor())
        try:
            return view(roll_uploads.find(upload, current_actor(), now()))
        except (GoneAlready, NotFound):
            return _said_before(upload)

    return found


@blueprint.get("")
@needs(Permission.IMPORT_ROLL)
def upload() -> ResponseReturnValue:
    """The page on which files are chosen."""
    roll.require_right(current_actor())
    return _upload_page()


@blueprint.post("")
@needs(Permission.IMPORT_ROLL)
@takes_files
def take_in() -> ResponseReturnValue:
    """Read files and keep what is needed of them, sealed, for the next steps; what cannot be read leaves nothing behind."""
    roll.require_right(current_actor())
    try:
        brought = roll_files.take_in(_sent())
    except Unreadable as problem:
        return _upload_page(problem.sentence), 422
    kept = roll_uploads.keep(brought, current_actor(), now())
    return redirect(url_for("roll.preview" if brought.is_settled else "roll.columns", upload=kept.id), 303)


@blueprint.get("/headings.csv")
@needs(Permission.IMPORT_ROLL)
def headings() -> ResponseReturnValue:
    """An empty file with every heading, for a school whose database exports nothing that is known."""
    roll.require_right(current_actor())
    return attachment(csv_file.write(HEADINGS, []), "roll-headings.csv")


@blueprint.get("/<uuid:upload>")
@needs(Permission.IMPORT_ROLL)
@of_upload
def columns(upload: Upload) -> ResponseReturnValue:
    """What each column holds: recognised, shown with samples, to be confirmed."""
    return _columns_page(ColumnsPage(upload.id, roll_uploads.brought_of(upload)))


@blueprint.post("/<uuid:upload>")
@needs(Permission.IMPORT_ROLL)
@of_upload
def settle(upload: Upload) -> ResponseReturnValue:
    """Keep what the columns hold, and forget those that hold nothing which is needed."""
    page = ColumnsPage(upload.id, as_sent(roll_uploads.brought_of(upload), request.form), is_sent=True)
    if page.problems:
        return _columns_page(page), 422
    roll_uploads.put_back(upload, roll_files.settled(page.brought))
    return redirect(url_for("roll.preview", upload=upload.id), 303)


@blueprint.get("/<uuid:upload>/preview")
@needs(Permission.IMPORT_ROLL)
@of_upload
def preview(upload: Upload) -> ResponseReturnValue:
    """What would happen to everybody, before anything is saved."""
    brought = roll_uploads.brought_of(upload)
    if not brought.is_settled:
        return redirect(url_for("roll.columns", upload=upload.id))
    return _preview_page(preview_page(upload.id, brought))


@blueprint.post("/<uuid:upload>/agree")
@needs(Permission.IMPORT_ROLL)
@of_upload
def agree(upload: Upload) -> ResponseReturnValue:
    """Keep which of the rows that clash are the same person after all, and compare again."""
    brought = roll_uploads.brought_of(upload)
    roll_uploads.put_back(upload, agreed_in(brought, request.form))
    return redirect(url_for("roll.preview", upload=upload.id), 303)


@blueprint.post("/<uuid:upload>/save")
@needs(Permission.IMPORT_ROLL)
@of_upload
def save(upload: Upload) -> ResponseReturnValue:
    """Save everything that was shown, or nothing."""
    brought = roll_uploads.brought_of(upload)
    try:
        leaving = leaving_in(request.form)
        outcome = roll.save(upload, listed_of(brought, lines_of(brought)), occasion(), shown=request.form.get("shown", ""), leaving=leaving)
    except NotADay as problem:
        return _preview_page(preview_page(upload.id, brought, str(problem))), 422
    except GoneAlready:
        raise
    except CannotBeDone as problem:
        tell("warning", str(problem))
        return redirect(url_for("roll.preview", upload=upload.id), 303)
    tell("success", f"The roll is up to date. {outcome.sentence}.", "Undo", _undo(outcome), is_deed=True)
    return redirect(url_for("pages.listing", slug=PUPILS.slug), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Permission.IMPORT_ROLL)
@of_upload
def give_up(upload: Upload) -> ResponseReturnValue:
    """Delete the files; the roll stays as it is."""
    uploads.take(upload.id)
    tell("information", "The files are deleted, and the roll stays as it was.")
    return redirect(url_for("roll.upload"), 303)


def _undo(outcome: roll.Outcome) -> str:
    """Where what was saved is undone, people and parents together."""
    register = PUPILS if outcome.added + outcome.changed + outcome.left else CARERS
    return url_for("batches.undo", slug=register.slug, batch=batches.latest(Together.IMPORT, register, current_actor()).id)


def _said_before(upload: UUID) -> Redirect:
    outcome = roll.outcome_of(upload, current_actor())
    if outcome is None:
        raise NotFound("There is no such file here.")
    tell("information", f"These files were saved already: {outcome.sentence}.")
    return redirect(url_for("pages.listing", slug=PUPILS.slug), 303)


def _sent() -> Sequence[tuple[str, bytes]]:
    """The files that were chosen, by name."""
    return [(each.filename, each.read()) for each in request.files.getlist("file") if each.filename]


def _upload_page(problem: str | None = None) -> str:
    return render_template("roll/upload.html", problem=problem, waiting=roll_uploads.waiting(current_actor(), now()))


def _columns_page(page: ColumnsPage) -> str:
    return render_template("roll/columns.html", page=page)


def _preview_page(page: PreviewPage) -> str:
    return render_template("roll/preview.html", page=page)

"""Bringing in a list of devices: choose what a program exported, answer what it leaves open, look at every row, save all of it or none."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from exports import device_list
from exports.unreadable import Unreadable
from models.batch import Together
from models.upload import Upload
from registry.access import Permission
from registry.devices import importing
from registry.devices import uploads as list_uploads
from registry.devices.importing import GoneAlready, Outcome
from registry.devices.uploads import Brought
from registry.importing import uploads
from registry.many import batches
from registry.records import NotFound
from registry.registers.devices.devices import DEVICES
from registry.rows import CannotBeDone
from web.chrome import tell
from web.device_list_view import PreviewPage, QuestionsPage, answered_in, listed_of, preview_page, understood
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion

blueprint = Blueprint("device_lists", __name__, url_prefix="/devices/lists")

TAKES_A_WHILE = 2_000
"""Devices from which comparing them takes so long that a page says it is being done."""

View = Callable[[Upload], ResponseReturnValue]


def of_upload(view: View) -> Callable[[UUID], ResponseReturnValue]:
    """A step that is about a list which was brought already; without it, the page that says what became of it."""

    @wraps(view)
    def found(upload: UUID) -> ResponseReturnValue:
        try:
            return view(list_uploads.find(upload, current_actor(), now()))
        except (GoneAlready, NotFound):
            return _said_before(upload)

    return found


@blueprint.get("")
@needs(Permission.READ_DEVICE_LISTS)
def upload() -> ResponseReturnValue:
    """The page on which a list is chosen."""
    return _upload_page()


@blueprint.post("")
@needs(Permission.READ_DEVICE_LISTS)
@takes_files
def take_in() -> ResponseReturnValue:
    """Read a list and keep it, sealed and without its secrets, for the next steps; one that cannot be read leaves nothing behind."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return _upload_page("Choose the file that your program exported."), 422
    try:
        brought = Brought(*device_list.taken_in(chosen.read(), chosen.filename))
        asks = bool(device_list.understood(brought.name, brought.file).questions)
    except Unreadable as problem:
        return _upload_page(problem.sentence), 422
    kept = list_uploads.keep(brought, current_actor(), now())
    return redirect(url_for("device_lists.questions", upload=kept.id) if asks else _next(kept.id, len(brought.file.rows)), 303)


@blueprint.get("/<uuid:upload>/questions")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def questions(upload: Upload) -> ResponseReturnValue:
    """What a list leaves open: how its days are written, and what its columns say."""
    return _questions_page(QuestionsPage(upload.id, list_uploads.brought_of(upload), list_uploads.answered_of(upload)))


@blueprint.post("/<uuid:upload>/questions")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def settle(upload: Upload) -> ResponseReturnValue:
    """Keep what was said about a list, once nothing about it is open."""
    brought = list_uploads.brought_of(upload)
    page = QuestionsPage(upload.id, brought, answered_in(brought, request.form), is_sent=True)
    if page.problems:
        return _questions_page(page), 422
    list_uploads.answer(upload, page.answered)
    return redirect(_next(upload.id, len(brought.file.rows)), 303)


@blueprint.get("/<uuid:upload>/looking")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def looking(upload: Upload) -> ResponseReturnValue:
    """What a long list is shown as while it is compared: the page asks for the next one by itself, without a script."""
    rows = len(list_uploads.brought_of(upload).file.rows)
    address = url_for("device_lists.preview", upload=upload.id)
    return render_template("imports/looking.html", register=DEVICES, rows=rows, address=address), {"Refresh": f"0; url={address}"}


@blueprint.get("/<uuid:upload>/preview")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def preview(upload: Upload) -> ResponseReturnValue:
    """Every row with its verdict, before anything is saved."""
    read = understood(upload)
    if read.questions:
        return redirect(url_for("device_lists.questions", upload=upload.id))
    return _preview_page(preview_page(upload.id, read, importing.judge(listed_of(read), occasion())))


@blueprint.post("/<uuid:upload>/save")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def save(upload: Upload) -> ResponseReturnValue:
    """Save everything that was shown, or nothing."""
    read, with_new = understood(upload), "with_new" in request.form
    if read.questions:
        return redirect(url_for("device_lists.questions", upload=upload.id), 303)
    shown = request.form.get("shown", "")
    try:
        _preview, outcome = importing.save(listed_of(read), occasion(), upload=upload.id, shown=shown, with_new=with_new)
    except GoneAlready:
        raise
    except CannotBeDone as problem:
        tell("warning", str(problem))
        return redirect(url_for("device_lists.preview", upload=upload.id), 303)
    _tell_saved(outcome)
    return redirect(url_for("device_differences.page"), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Permission.READ_DEVICE_LISTS)
@of_upload
def give_up(upload: Upload) -> ResponseReturnValue:
    """Delete the list; the register stays as it is."""
    uploads.take(upload.id)
    tell("information", "The list is deleted, and no device was changed.")
    return redirect(url_for("device_lists.upload"), 303)


def _tell_saved(outcome: Outcome) -> None:
    batch = batches.done_at(Together.IMPORT, DEVICES, current_actor(), now())
    said = f"The list is saved. {outcome.sentence}. Who holds what is as it was."
    if batch is None:
        tell("success", said)
    else:
        tell("success", said, "Undo", url_for("batches.undo", slug=DEVICES.slug, batch=batch.id), is_deed=True)


def _next(upload: UUID, rows: int) -> str:
    return url_for("device_lists.looking" if rows >= TAKES_A_WHILE else "device_lists.preview", upload=upload)


def _said_before(upload: UUID) -> Redirect:
    outcome = importing.outcome_of(upload, current_actor())
    if outcome is None:
        raise NotFound("There is no such list here.")
    tell("information", f"This list was saved already: {outcome.sentence}.")
    return redirect(url_for("device_differences.page"), 303)


def _upload_page(problem: str | None = None) -> str:
    return render_template("devices/lists/upload.html", problem=problem, waiting=list_uploads.waiting(current_actor(), now()))


def _questions_page(page: QuestionsPage) -> str:
    return render_template("devices/lists/questions.html", page=page)


def _preview_page(page: PreviewPage) -> str:
    return render_template("devices/lists/preview.html", page=page)

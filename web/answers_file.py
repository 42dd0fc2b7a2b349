"""Bringing answers from the file of another program: choose it, look at every row, save all of it or nothing."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.answer_columns import Columns, columns_of, rows_of, take_in
from exports.csv_file import write
from exports.unreadable import Unreadable
from models.upload import Upload
from registry.access import Permission
from registry.answers import from_file as answers_file
from registry.answers.from_file import Fate, Judged, Preview
from registry.images.uses import asked_uses
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.registers.images.answers import ANSWERS
from registry.rows import CannotBeDone
from web.chrome import tell
from web.consent_grid import today
from web.files import attachment
from web.grid_view import day_in
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion
from web.rendering import plural

KEPT_AS = replace(ANSWERS, slug="answers-file")
"""Files wait under a name of their own, apart from those that are imported into the register column by column."""

SHOWN = 100
"""Rows of one fate on the page."""

blueprint = Blueprint("answers_file", __name__, url_prefix="/consents/grid/file")


@dataclass(frozen=True)
class Looked:
    """A file with what would become of its rows."""

    upload: Upload
    file: FileRows
    columns: Columns
    preview: Preview
    typed_day: str
    day_error: str

    def of(self, fate: str) -> list[Judged]:
        """The first rows of one fate."""
        return [row for row in self.preview.rows if row.fate == fate][:SHOWN]


@blueprint.get("")
@needs(Permission.RECORD_ANSWERS)
def choose() -> ResponseReturnValue:
    """The page on which a file is chosen, or rows are pasted."""
    return _choose_page()


@blueprint.post("")
@needs(Permission.RECORD_ANSWERS)
@takes_files
def bring() -> ResponseReturnValue:
    """Read a file and keep it, sealed, until it is saved or given up."""
    try:
        file = take_in(_sent(), asked_uses())
    except Unreadable as problem:
        return _choose_page(problem.sentence), 422
    kept = uploads.keep(KEPT_AS, file, current_actor(), now())
    return redirect(url_for(".look", upload=kept.id), 303)


@blueprint.get("/headings.csv")
@needs(Permission.RECORD_ANSWERS)
def headings() -> ResponseReturnValue:
    """An empty file with a heading for the pupil and for every use that the form asks about."""
    return attachment(write(["Admission number", "Pupil name", "Class", "Signed by", "Date", *(use.name for use in asked_uses())], []), "answers.csv")


@blueprint.get("/<uuid:upload>")
@needs(Permission.RECORD_ANSWERS)
def look(upload: UUID) -> ResponseReturnValue:
    """Every row with what would become of it; nothing is saved yet."""
    try:
        return _preview_page(_looked(upload, request.args.get("date")))
    except Unreadable as problem:  # a use was changed since
        return _choose_page(problem.sentence), 422


@blueprint.post("/<uuid:upload>")
@needs(Permission.RECORD_ANSWERS)
def save(upload: UUID) -> ResponseReturnValue:
    """Store every new answer, or none."""
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    given_on, sentence = day_in(request.form.get("date", ""), today())
    try:
        if given_on is None:
            raise CannotBeDone(sentence)
        left_out = "leave_out" in request.form
        rows = rows_of(uploads.file_of(kept), asked_uses())
        if "columns" not in request.form and columns_of(uploads.file_of(kept).headings, asked_uses()).unknown:
            raise CannotBeDone("Tick that the columns which are no use are left out, or correct their headings in the file.")
        many = answers_file.save(rows, kept, given_on, occasion(), shown=request.form.get("shown", ""), without_refused=left_out)
    except (CannotBeDone, Unreadable) as problem:
        tell("warning", str(problem))
        return redirect(url_for(".look", upload=upload, date=request.form.get("date")), 303)
    tell("success", f"Saved. {plural(many, 'answer')} recorded from the file.")
    return redirect(url_for("consent_grid.grid"), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Permission.RECORD_ANSWERS)
def give_up(upload: UUID) -> ResponseReturnValue:
    """Delete the file; nothing is recorded."""
    uploads.take(uploads.find(KEPT_AS, upload, current_actor(), now()).id)
    tell("information", "The file is deleted, and nothing was recorded.")
    return redirect(url_for(".choose"), 303)


def _looked(upload: UUID, typed: str | None) -> Looked:
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    file, uses = uploads.file_of(kept), asked_uses()
    typed_day = typed if typed is not None else _as_typed(today())
    given_on, sentence = day_in(typed_day, today())
    preview = answers_file.judge(rows_of(file, uses), given_on or today(), today())
    return Looked(kept, file, columns_of(file.headings, uses), preview, typed_day, sentence)


def _as_typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


def _sent() -> bytes:
    chosen = request.files.get("file")
    if chosen is not None and chosen.filename:
        raw: bytes = chosen.read()
        if raw:
            return raw
    return request.form.get("pasted", "").encode()


def _choose_page(problem: str = "") -> str:
    waiting = uploads.waiting(KEPT_AS, current_actor(), now())
    return render_template("consents/answers_file.html", problem=problem, waiting=waiting, uses=asked_uses(), pasted=request.form.get("pasted", ""))


def _preview_page(looked: Looked) -> str:
    fates = [(Fate.REFUSED, "Cannot be taken"), (Fate.NEW, "New answers"), (Fate.SAME, "There already"), (Fate.EMPTY, "No answer in it")]
    return render_template("consents/answers_preview.html", looked=looked, fates=fates, new=len(looked.preview.new), shown=SHOWN)

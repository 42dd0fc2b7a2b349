"""Bringing the term dates from a calendar file: choose it, say what its days are, save all that was chosen or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.ics_file import take_in
from exports.unreadable import Unreadable
from models.batch import Together
from models.upload import Upload
from models.vocabulary import TermDateKind
from registry.access import Deed
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.many import batches
from registry.registers.school.term_dates import TERM_DATES
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.school import year_from_file
from registry.school.year_from_file import KEPT_AS, Entry, Preview
from web.chrome import tell
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion
from web.rendering import ZONE, plural

MOST_OTHERS = 200
"""Of what is likely to be left out so many are shown; a calendar of everything that a school does has a thousand."""

HERE = {"slug": TERM_DATES.slug}
blueprint = Blueprint("term_dates", __name__, url_prefix=f"/registers/{TERM_DATES.slug}/calendar-file", url_defaults=HERE)


@dataclass(frozen=True)
class Looked:
    """A file with what its days are likely to be, and what was said of them meanwhile."""

    upload: Upload
    file: FileRows
    preview: Preview
    said: Mapping[str, str]

    @property
    def others(self) -> list[Entry]:
        """The first of what is left out unless somebody says what it is."""
        return self.preview.others[:MOST_OTHERS]

    @property
    def not_shown(self) -> int:
        """How many more are left out without being shown."""
        return len(self.preview.others) - len(self.others)

    def kind_of(self, entry: Entry) -> str:
        """What an entry is, as far as somebody has said, else what it is likely to be; empty to leave it out."""
        return self.said.get(f"kind-{entry.place}", entry.guess.kind.value if entry.guess.kind else "")


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
        file = take_in(chosen.read(), in_zone(now(), ZONE).date())
    except Unreadable as problem:
        return _choose_page(problem.sentence), 422
    return redirect(url_for(".look", upload=uploads.keep(KEPT_AS, file, current_actor(), now()).id), 303)


@blueprint.get("/<uuid:upload>")
@needs(Deed.ADD, register_from_slug=True)
def look(slug: str, upload: UUID) -> ResponseReturnValue:
    """Every day with what it is likely to be; nothing is saved yet."""
    return _preview_page(upload, {})


@blueprint.post("/<uuid:upload>")
@needs(Deed.ADD, register_from_slug=True)
def save(slug: str, upload: UUID) -> ResponseReturnValue:
    """Store everything of which a kind was chosen, or nothing."""
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    try:
        many = year_from_file.save(kept, _kinds(), occasion(), shown=request.form.get("shown", ""))
    except CannotBeDone as problem:
        tell("warning", str(problem))
        return _preview_page(upload, request.form), 409
    batch = batches.latest(Together.IMPORT, TERM_DATES, current_actor())
    undo = url_for("batches.undo", slug=TERM_DATES.slug, batch=batch.id)
    tell("success", f"Saved. {plural(many, 'term date')} added from the calendar.", "Undo", undo, is_deed=True)
    return redirect(url_for("pages.listing", slug=TERM_DATES.slug), 303)


@blueprint.post("/<uuid:upload>/give-up")
@needs(Deed.ADD, register_from_slug=True)
def give_up(slug: str, upload: UUID) -> ResponseReturnValue:
    """Delete the file; nothing is added."""
    uploads.take(uploads.find(KEPT_AS, upload, current_actor(), now()).id)
    tell("information", "The file is deleted, and nothing was added.")
    return redirect(url_for(".choose"), 303)


def _kinds() -> dict[int, TermDateKind]:
    """What was said of each entry, by its place; without those that are left out."""
    said = ((name.removeprefix("kind-"), value) for name, value in request.form.items() if name.startswith("kind-"))
    return {int(place): TermDateKind(value) for place, value in said if place.isdecimal() and len(place) < 6 and value in set(TermDateKind)}


def _choose_page(problem: str = "") -> str:
    waiting = uploads.waiting(KEPT_AS, current_actor(), now())
    return render_template("term_dates/choose.html", problem=problem, waiting=waiting)


def _preview_page(upload: UUID, said: Mapping[str, str]) -> str:
    kept = uploads.find(KEPT_AS, upload, current_actor(), now())
    file = uploads.file_of(kept)
    looked = Looked(kept, file, year_from_file.judge(file), said)
    return render_template("term_dates/preview.html", looked=looked, kinds=tuple(TermDateKind))

"""What was done to many records at once, lately: of one register or of the school, with a button to undo what still can be."""

import re
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.batch import Batch, Together
from registry import catalogue
from registry.access import Deed, Permission, may
from registry.definition import Register
from registry.many import batches, undoing
from registry.rows import CannotBeDone
from registry.trace import history
from web.chrome import tell
from web.guard import current_actor, needs
from web.list_view import EVERYTHING, list_address
from web.pages import occasion
from web.together_view import these

blueprint = Blueprint("batches", __name__)

ROBOT = re.compile("robot:(.*)")


@dataclass(frozen=True)
class Line:
    """One batch as its reader sees it; `touched` is how many of its records were changed since."""

    batch: Batch
    register: Register
    who: str
    touched: int

    @property
    def did(self) -> str:
        """What was done, and to how many."""
        return f"{Together(self.batch.kind).label} {these(self.register, self.batch.many)}"

    @property
    def may_undo(self) -> bool:
        """Whether it can be undone now."""
        return self.batch.undone_at is None and not self.touched


@blueprint.get("/registers/<slug:slug>/batches")
@needs(Deed.CHANGE, register_from_slug=True)
def of_register(slug: str) -> ResponseReturnValue:
    """What was done lately to many records of one register."""
    register = catalogue.find(slug)
    return render_template("batches/list.html", register=register, lines=_lines(register))


@blueprint.get("/audit/batches")
@needs(Permission.READ_TRACE)
def of_school() -> ResponseReturnValue:
    """What was done lately to many records of any register."""
    return render_template("batches/list.html", register=None, lines=_lines(None))


@blueprint.post("/registers/<slug:slug>/batches/<uuid:batch>/undo")
@needs(Deed.CHANGE, register_from_slug=True)
def undo(slug: str, batch: UUID) -> ResponseReturnValue:
    """Undo a batch as a whole, or say which records were changed since."""
    register = catalogue.find(slug)
    try:
        done = undoing.undo(register, batch, occasion())
    except CannotBeDone as problem:
        tell("warning", str(problem), "What was done together lately", url_for("batches.of_register", slug=slug))
    else:
        tell("success", f"Undone for {these(register, done.many)}. The history keeps both.")
    return redirect(list_address(register, EVERYTHING), 303)


def _lines(register: Register | None) -> list[Line]:
    found = batches.recent(current_actor(), register)
    names = dict(history.people_of(current_actor())) if may(current_actor(), Permission.READ_TRACE) else {}
    names[current_actor().signature] = "You"
    lines = []
    for batch in found:
        kept_in = catalogue.find(batch.register)
        if may(current_actor(), Deed.CHANGE, kept_in):
            touched = 0 if batch.undone_at else len(undoing.touched(kept_in, batch))
            lines.append(Line(batch, kept_in, names.get(batch.actor) or _other(batch.actor), touched))
    return lines


def _other(actor: str) -> str:
    robot = ROBOT.fullmatch(actor)
    return f"Safehold ({robot[1]})" if robot else "A former colleague"

"""Lifting a hold with the reason, and putting it back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import records
from registry.access import Deed
from registry.registers.data_protection.holds import HOLDS
from registry.retention import lifting
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import current_actor, needs
from web.pages import occasion

blueprint = Blueprint("holds", __name__, url_prefix="/registers/holds/<uuid:record>/lift", url_defaults={"slug": HOLDS.slug})


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def ask(slug: str, record: UUID) -> ResponseReturnValue:
    """The form that lifts a hold, or puts it back."""
    return _page(record)


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def act(slug: str, record: UUID) -> ResponseReturnValue:
    """Lift it, or put it back where it is lifted."""
    row = records.find(HOLDS, record, current_actor())
    try:
        if request.form.get("do") == "put-back":
            lifting.put_back(row, occasion())
            tell("success", "It stands again.")
        else:
            lifting.lift(row, NOT_TEXT.sub("", request.form.get("because", ""))[:5_000], occasion())
            tell("success", "Lifted. What it covered goes by its own days from now on.")
    except Invalid as problem:
        return _page(record, problem.messages["because"]), 422
    except CannotBeDone as problem:
        return _page(record, [str(problem)]), 409
    return redirect(url_for("pages.record", slug=slug, record=record), 303)


def _page(record: UUID, said: list[str] | None = None) -> str:
    row = records.find(HOLDS, record, current_actor())
    errors = [("because" if row.released_on is None else "main-content", sentence) for sentence in said or ()]
    return render_template("retention/lift.html", row=row, errors=errors, typed=request.form.get("because", ""))

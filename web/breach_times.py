"""The times of a breach: when it happened, was noticed and known, how the last moment follows, and the deed that changes them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.access import Deed
from registry.breaches import moving, timeline
from registry.breaches.moving import Times
from registry.rules.breach_clock import LIMIT
from registry.schema import Invalid
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs
from web.ids_and_numbers import number_in
from web.moments import moment_in
from web.pages import occasion

blueprint = Blueprint("breach_times", __name__, url_prefix=f"{ADDRESS}/times", url_defaults=SLUG)


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """The three times, how the deadline follows from them, and every change of them so far."""
    return _page(breach_page(record))


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def change(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep other times."""
    return act(record, {"times": _times}, _page, "breach_times.of_record")


def _page(page: BreachPage, errors: Errors | None = None) -> str:
    return shown("times", page, errors, changes=timeline.of_times(page.row), limit=LIMIT)


def _times(row: Any) -> str:
    found: dict[str, Any] = {}
    seen = number_in(request.form.get("seen", ""), 9)
    wrong: dict[str, list[str]] = {}
    for name in ("occurred_at", "discovered_at", "aware_at"):
        try:
            found[name] = moment_in(request.form, name, "Enter when the school became aware." if name == "aware_at" else None)
        except ValueError as problem:
            wrong[name] = [str(problem)]
    if wrong:
        raise Invalid(wrong)
    moving.set_times(row, Times(**found, because=request.form.get("because", "")), occasion(), seen=seen or 0)
    return "The times are kept."

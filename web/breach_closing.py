"""Closing a breach and learning from it: what the law still needs, what was learnt, and the deeds that close it and open it again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import BreachStage
from registry.access import Deed
from registry.breaches import moving
from registry.breaches.whose_move import Page
from registry.rules.breach_stages import may_move
from web.breach_clock_view import ENDPOINTS
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs
from web.pages import occasion

blueprint = Blueprint("breach_closing", __name__, url_prefix=f"{ADDRESS}/closing", url_defaults=SLUG)

MENDED_AT = {
    "decision": Page.DECIDE, "people_decision": Page.DECIDE, "approval": Page.DECIDE, "told_at": Page.REPORT, "delay_reason": Page.REPORT,
    "people_told_at": Page.PEOPLE,
}  # fmt: skip
"""Where something that is missing is put right; other answers are questions of the register."""
LEARNING = "Learning"
"""The section of the register in which it stands what was learnt."""


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What is missing before it can be closed, and what was learnt."""
    return _page(breach_page(record))


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def move(slug: str, record: UUID) -> ResponseReturnValue:
    """Close it, open it again, or say that it was none."""
    return act(record, {"close": _close, "open": _open, "no_breach": _no_breach}, _page, "breach_closing.of_record")


def _page(page: BreachPage, errors: Errors | None = None) -> str:
    gaps = [(gap, _mended_at(page, gap.question)) for gap in moving.open_gaps(page.row)] if page.row.stage is BreachStage.OPEN else []
    moves = {stage for stage in BreachStage if may_move(page.row.stage, stage, page.by.role)}
    learnt = [each for section, _id, answers, _may in page.shown.sections if section.title == LEARNING for each in answers]
    return shown("closing", page, errors, gaps=gaps, moves=moves, learnt=learnt, stages=BreachStage)


def _mended_at(page: BreachPage, question: str) -> str:
    return url_for(ENDPOINTS[MENDED_AT[question]], record=page.row.id) if question in MENDED_AT else page.shown.change(question)


def _close(row: Any) -> str:
    moving.move(row, BreachStage.CLOSED, occasion(), why=request.form.get("why", ""))
    return f"{row.reference} is closed."


def _open(row: Any) -> str:
    moving.move(row, BreachStage.OPEN, occasion(), why=request.form.get("why", ""))
    return f"{row.reference} is being handled again."


def _no_breach(row: Any) -> str:
    moving.move(row, BreachStage.NO_BREACH, occasion(), why=request.form.get("why", ""))
    return f"{row.reference}: looked into, and no breach."

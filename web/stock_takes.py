"""Checking a room: choose it, scan one code after the other, see what is missing, unexpected and moved, and close the check."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from peewee import fn

from models.place import Place
from models.stock_take import StockTake
from models.vocabulary import StockTakeStage
from registry import records
from registry.access import Permission
from registry.devices import stock_taking
from registry.devices.stock_taking import Answer
from registry.records import NotFound
from registry.registers.devices.checks import DEVICE_CHECKS
from registry.rows import CannotBeDone
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in
from web.pages import occasion

blueprint = Blueprint("stock_takes", __name__, url_prefix="/devices/check")


@blueprint.get("")
@needs(Permission.CHECK_DEVICES)
def choose() -> ResponseReturnValue:
    """The rooms, with the checks that are going on."""
    places = [*Place.select().where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name))]
    going_on = {row.place: row for row in StockTake.select().where((StockTake.stage == StockTakeStage.OPEN) & StockTake.archived_at.is_null())}
    return render_template("devices/check_choose.html", places=places, going_on=going_on)


@blueprint.post("")
@needs(Permission.CHECK_DEVICES)
def begin() -> ResponseReturnValue:
    """Begin with a room, or go on with it."""
    place = id_in(request.form.get("place", ""))
    if place is None:
        raise NotFound("There is no such room.")
    row = stock_taking.begin(place, occasion())
    return redirect(url_for("stock_takes.show", record=row.id), 303)


@blueprint.get("/<uuid:record>")
@needs(Permission.CHECK_DEVICES)
def show(record: UUID) -> ResponseReturnValue:
    """How it stands."""
    return _page(_row(record))


@blueprint.post("/<uuid:record>")
@needs(Permission.CHECK_DEVICES)
def act(record: UUID) -> ResponseReturnValue:
    """One scan, or a device moved here, or the end of the check."""
    row = _row(record)
    do, _, which = request.form.get("do", "scan").partition(":")
    try:
        if do == "close":
            stock_taking.close(row, occasion())
            tell("success", "Closed. What was seen counts as checked today.")
            return redirect(url_for("stock_takes.show", record=record), 303)
        if do == "move":
            stock_taking.move_here(row, id_in(which) or UUID(int=0), occasion())
            return redirect(url_for("stock_takes.show", record=record), 303)
        return _page(row, stock_taking.scan(row, NOT_TEXT.sub("", request.form.get("scan", "")), occasion()))
    except CannotBeDone as problem:
        return _page(row, problem=str(problem)), 409


def _row(record: UUID) -> Any:
    return records.find(DEVICE_CHECKS, record, current_actor())


def _page(row: Any, answer: Answer | None = None, problem: str = "") -> str:
    return render_template("devices/check.html", row=row, answer=answer, found=stock_taking.picture(row), page=_Said(problem), errors=())


class _Said:
    """What the field for scans asks of its page."""

    def __init__(self, problem: str) -> None:
        self.said = {"scan": [problem]} if problem else {}

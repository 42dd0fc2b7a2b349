"""Taking devices back: place and condition set once, then scan, scan, scan; what is odd stands at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from peewee import fn

from models.allocation import Allocation
from models.device import Device
from models.place import Place
from models.vocabulary import DeviceCondition, YesNoUnknown
from registry.access import Permission
from registry.devices import scanning, taking_back
from registry.devices.taking_back import Back
from registry.rows import CannotBeDone
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import needs, now
from web.ids_and_numbers import id_in, number_in
from web.pages import occasion

blueprint = Blueprint("take_back", __name__, url_prefix="/devices/take-back")

SHOWN = 30
A_SESSION = timedelta(hours=12)


@dataclass
class BackPage:
    """The session: what is the same for all, the last scan, and what has come back since it began."""

    sent: Mapping[str, Any]
    said: dict[str, list[str]] = field(default_factory=dict)
    done: Allocation | None = None

    @cached_property
    def places(self) -> list[Place]:
        """Where things can go."""
        return [*Place.select().where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name)).limit(500)]

    @property
    def place(self) -> UUID | None:
        """The place chosen for all."""
        chosen = id_in(str(self.sent.get("place", "")))
        return chosen if any(each.id == chosen for each in self.places) else None

    @property
    def condition(self) -> DeviceCondition | None:
        """The condition chosen for all."""
        return next((each for each in DeviceCondition if each == self.sent.get("condition", "")), None)

    @property
    def wiped(self) -> YesNoUnknown | None:
        """Whether they were wiped, as chosen for all."""
        return YesNoUnknown.YES if self.sent.get("wiped") else None

    @cached_property
    def came_back(self) -> list[tuple[Allocation, Device]]:
        """The last devices that came back today, the newest first."""
        since = now() - A_SESSION
        query = Allocation.select().where(Allocation.returned_on.is_null(False) & (Allocation.changed_at >= since))
        rows = [*query.order_by(Allocation.changed_at.desc(), Allocation.number.desc()).limit(SHOWN)]
        devices = {row.id: row for row in Device.select().where(Device.id.in_([each.device for each in rows]))}
        return [(row, devices[row.device]) for row in rows if row.device in devices]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every sentence with the id of its field."""
        return [(name, sentence) for name, sentences in self.said.items() for sentence in sentences]


@blueprint.get("")
@needs(Permission.HAND_OVER_DEVICES)
def show() -> ResponseReturnValue:
    """The session; a device that the address names stands in the field already."""
    first = id_in(request.args.get("device", ""))
    known = Device.get_or_none(Device.id == first) if first else None
    return _page(BackPage({"scan": (known.asset_tag or known.serial or known.name) if known else ""}))


@blueprint.post("")
@needs(Permission.HAND_OVER_DEVICES)
def act() -> ResponseReturnValue:
    """Take one device back, and be ready for the next."""
    page = BackPage(request.form)
    found = scanning.found(NOT_TEXT.sub("", request.form.get("scan", "")))
    if not found.code:
        page.said["scan"] = ["Scan or type the tag or the serial number of the device."]
    elif found.device is None:
        page.said["scan"] = [found.problem]
    else:
        try:
            (page.done,) = taking_back.take_back([found.device.id], Back(place=page.place, condition=page.condition, wiped=page.wiped), occasion())
        except CannotBeDone as problem:
            page.said["scan"] = [str(problem)]
    return _page(page), 422 if page.said else 200


@blueprint.post("/<uuid:allocation>")
@needs(Permission.HAND_OVER_DEVICES)
def say_more(allocation: UUID) -> ResponseReturnValue:
    """What was damaged or missing on one of them."""
    form = request.form
    charge = number_in(form.get("charge", ""), 5)
    condition = next((each for each in DeviceCondition if each == form.get("condition", "")), None)
    row = taking_back.amend_back(allocation, Back(condition=condition, damage=NOT_TEXT.sub("", form.get("damage", ""))[:2000].strip(), charge=charge),
                                 occasion())  # fmt: skip
    tell("success", f"Noted on {row.reference}.")
    return redirect(url_for("take_back.show"), 303)


def _page(page: BackPage) -> str:
    known = {row.id: row for row in Device.select().where(Device.id.in_([page.done.device] if page.done else []))}
    return render_template("devices/take_back.html", page=page, errors=page.errors, conditions=tuple(DeviceCondition),
                           device=known.get(page.done.device) if page.done else None)  # fmt: skip

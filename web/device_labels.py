"""Labels with a code and a tag, on the usual sheets: choose the devices and the sheet, look at it, print it."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from peewee import fn

from exports.device_labels import Look, is_too_fine, labels, preview_svg
from models.device import Device
from models.place import Place
from registry.access import Permission
from registry.devices import labelling
from registry.rules.label_face import Item
from registry.rules.label_sheets import SHEETS, Sheet, sheet_of
from registry.typed import NOT_TEXT
from web.addresses import whole_address
from web.files import attachment
from web.guard import current_actor, needs, visitor
from web.ids_and_numbers import id_in, number_in

blueprint = Blueprint("device_labels", __name__, url_prefix="/devices/labels")


class Wanted:
    """What was chosen: the devices, the sheet and the first free label on it."""

    def __init__(self, sent: Any) -> None:
        self.place = id_in(sent.get("place", ""))
        self.codes = NOT_TEXT.sub("", sent.get("codes", ""))[:20_000]
        self.device = id_in(sent.get("device", ""))
        self.sheet: Sheet = sheet_of(sent.get("sheet", "")) or SHEETS[0]
        self.start = min(max(number_in(sent.get("start", ""), 4) or 1, 1), self.sheet.many)
        self.is_property, self.outlines = bool(sent.get("property")), bool(sent.get("outlines"))
        self.devices, self.problems = labelling.chosen(current_actor(), place=self.place, device=self.device, codes=self.codes)

    @property
    def look(self) -> Look:
        """What is the same on all of them."""
        here = visitor()
        return Look(school=here.school.name if here and here.school else "", is_property=self.is_property, outlines=self.outlines)

    @property
    def items(self) -> list[Item]:
        """One label for each device."""
        return [_item(each) for each in self.devices]


@blueprint.get("")
@needs(Permission.CHECK_DEVICES)
def show() -> ResponseReturnValue:
    """The form, with a preview of what was chosen."""
    return _page(Wanted(request.args))


@blueprint.post("")
@needs(Permission.CHECK_DEVICES)
def look() -> ResponseReturnValue:
    """The same for pasted tags."""
    return _page(Wanted(request.form))


@blueprint.post("/labels.pdf")
@needs(Permission.CHECK_DEVICES)
def as_pdf() -> Response:
    """The labels, to be printed at full size."""
    wanted = Wanted(request.form)
    return attachment(labels(wanted.sheet, wanted.items, wanted.look, wanted.start), "labels.pdf")


def _item(device: Device) -> Item:
    return Item(tag=device.asset_tag or device.reference, name=device.name, address=whole_address("pages.record", slug="devices", record=device.id))


def _page(wanted: Wanted) -> str:
    places = [*Place.select().where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name)).limit(500)]
    items = wanted.items
    drawn = Markup(preview_svg(wanted.sheet, items, wanted.look, wanted.start)) if items else ""  # noqa: S704 - drawn and escaped in exports
    return render_template("devices/labels.html", wanted=wanted, places=places, sheets=SHEETS, drawn=drawn, errors=wanted.problems,
                           too_fine=bool(items) and is_too_fine(wanted.sheet, items[0]))  # fmt: skip

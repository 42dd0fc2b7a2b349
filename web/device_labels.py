"""Labels with a code and a tag, on the usual sheets: choose the devices and the sheet, look at it, print it."""

from collections.abc import Mapping
from functools import cached_property

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from peewee import fn

from exports.device_labels import Look, is_too_fine, labels, preview_svg
from models.device import Device
from models.place import Place
from models.vocabulary import DeviceStatus
from registry.access import Permission
from registry.devices import labelling
from registry.devices.labelling import Chosen, Wish
from registry.rules.label_face import Item
from registry.rules.label_sheets import SHEETS, Sheet, sheet_of
from registry.typed import NOT_TEXT
from web.addresses import whole_address
from web.files import attachment
from web.guard import current_actor, needs, now, school_facts, visitor
from web.ids_and_numbers import id_in, number_in

blueprint = Blueprint("device_labels", __name__, url_prefix="/devices/labels")


class Wanted:
    """What was chosen: the devices, the sheet and the first free label on it."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        status = sent.get("status", "")
        self.wish = Wish(
            device=id_in(sent.get("device", "")),
            codes=NOT_TEXT.sub("", sent.get("codes", ""))[:20_000],
            place=id_in(sent.get("place", "")),
            status=DeviceStatus(status) if status in set(DeviceStatus) else None,
            unchecked=bool(sent.get("unchecked")),
        )
        self.sheet: Sheet = sheet_of(sent.get("sheet", "")) or SHEETS[0]
        self.typed_start = sent.get("start", "1").strip()[:10] or "1"
        self.start = number_in(self.typed_start, 4) or 0
        self.is_property, self.outlines = bool(sent.get("property")), bool(sent.get("outlines"))

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What cannot be printed as it is, with the id of its field."""
        many = self.sheet.many
        is_there = 1 <= self.start <= many
        return [] if is_there else [("start", "A tape begins with label 1." if self.sheet.is_tape else f"This sheet has labels 1 to {many}.")]

    @cached_property
    def chosen(self) -> Chosen:
        """The devices that were chosen, and which codes mean none."""
        return labelling.chosen(self.wish, school_facts().today or now().date(), current_actor())

    @property
    def look(self) -> Look:
        """What is the same on all of them."""
        here = visitor()
        return Look(school=here.school.name if here and here.school else "", is_property=self.is_property, outlines=self.outlines)

    @cached_property
    def items(self) -> list[Item]:
        """One label for each device."""
        return [_item(each) for each in self.chosen.devices]

    @property
    def drawn(self) -> Markup | str:
        """The first page as a drawing; nothing where there is nothing to print."""
        if self.errors or not self.items:
            return ""
        return Markup(preview_svg(self.sheet, self.items, self.look, self.start))  # noqa: S704 - drawn and escaped in exports

    @property
    def is_too_fine(self) -> bool:
        """Whether the code may be too fine to be read."""
        return bool(self.items) and is_too_fine(self.sheet, self.items[0])


@blueprint.get("")
@needs(Permission.CHECK_DEVICES)
def show() -> ResponseReturnValue:
    """The form, with a preview of what an address asks for: one device, a place, a state."""
    return _page(Wanted(request.args))


@blueprint.post("")
@needs(Permission.CHECK_DEVICES)
def look() -> ResponseReturnValue:
    """The same as it was filled in."""
    return _page(Wanted(request.form))


@blueprint.post("/labels.pdf")
@needs(Permission.CHECK_DEVICES)
def as_pdf() -> ResponseReturnValue:
    """The labels, to be printed at full size; where none were chosen a sheet of outlines, to try it on plain paper."""
    wanted = Wanted(request.form)
    if wanted.errors:
        return _page(wanted)
    made: Response = attachment(labels(wanted.sheet, wanted.items, wanted.look, wanted.start), "labels.pdf")
    return made


def _item(device: Device) -> Item:
    return Item(tag=device.asset_tag or device.reference, name=device.name, address=whole_address("pages.record", slug="devices", record=device.id))


def _page(wanted: Wanted) -> ResponseReturnValue:
    places = [*Place.select().where(Place.archived_at.is_null()).order_by(fn.LOWER(Place.name)).limit(500)]
    page = render_template("devices/labels.html", wanted=wanted, places=places, sheets=SHEETS, statuses=tuple(DeviceStatus), errors=wanted.errors)
    return page, 422 if wanted.errors else 200

"""The page on which the school says what devices may do, by whose they are."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from peewee import fn

from models.personal_device import PersonalDevice
from models.vocabulary import DeviceOwnership, PersonalDeviceUse
from registry.access import Deed, Permission, may
from registry.devices import matrix
from registry.registers.devices.personal import PERSONAL
from web.chrome import tell
from web.guard import current_actor, needs
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint("device_rules", __name__, url_prefix="/settings/devices")


@blueprint.get("")
@needs(Permission.SEE_MATRIX)
def show() -> ResponseReturnValue:
    """The matrix, for everybody who works here; those who may change it have a form."""
    by = current_actor()
    beyond: list[PersonalDevice] = []
    if may(by, Deed.SEE, PERSONAL):
        rows = PersonalDevice.select().where(PersonalDevice.archived_at.is_null())
        beyond = matrix.beyond(rows.order_by(fn.LOWER(PersonalDevice.name)).limit(1_000))
    return render_template("devices/rules.html", matrix=matrix.matrix(), uses=tuple(PersonalDeviceUse), may_change=may(by, Permission.CHANGE_SCHOOL),
                           beyond=beyond, usual=matrix.USUAL)  # fmt: skip


@blueprint.post("")
@needs(Permission.CHANGE_SCHOOL)
def change() -> ResponseReturnValue:
    """Keep other answers."""
    known = {use.value: use for use in PersonalDeviceUse}
    wanted = {whose: known[sent] for whose in DeviceOwnership if (sent := request.form.get(whose.value, "")) in known}
    many = matrix.change(wanted, occasion())
    tell("success", f"Kept: {plural(many, 'answer')} different." if many else "Nothing was different.")
    return redirect(url_for("device_rules.show"), 303)

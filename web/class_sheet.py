"""The class sheet for the camera bag: looked at by whoever checks pictures, and noted in the history when it is printed."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.qr_code import drawing
from registry.access import Permission, may
from registry.answers import class_sheet
from registry.answers.class_sheet import Sheet
from registry.images.people import classes
from registry.rules.local_time import in_zone
from web.addresses import whole_address
from web.guard import current_actor, needs, now
from web.pages import occasion
from web.rendering import ZONE

blueprint = Blueprint("class_sheet", __name__, url_prefix="/consents/sheet")


@blueprint.get("")
@needs(Permission.CHECK_IMAGES)
def show() -> ResponseReturnValue:
    """The sheet of a class on the screen; without one, the classes to choose from."""
    class_name = request.args.get("class", "")
    return _sheet_page(_sheet(class_name)) if class_name in classes() else _classes_page(class_name)


@blueprint.post("")
@needs(Permission.CHECK_IMAGES)
def print_out() -> ResponseReturnValue:
    """The same to be printed; noted in the history, therefore never a GET."""
    class_name = request.form.get("class", "")
    if class_name not in classes():
        return _classes_page(class_name)
    made = _sheet(class_name)
    return _sheet_page(made, class_sheet.note(made, occasion()))


def _sheet(class_name: str) -> Sheet:
    return class_sheet.sheet(class_name, in_zone(now(), ZONE).date())


def _sheet_page(sheet: Sheet, number: int | None = None) -> str:
    address = whole_address("consent_check.ask", **{"class": sheet.class_name})
    grid = f"{url_for('consent_grid.grid')}?{urlencode({'class': sheet.class_name})}" if may(current_actor(), Permission.RECORD_ANSWERS) else ""
    return render_template("consents/sheet.html", sheet=sheet, number=number, code=drawing(address), grid=grid, now=now(), by=current_actor().name)


def _classes_page(class_name: str) -> ResponseReturnValue:
    problem = "There is no class of that name here. Choose one of these." if class_name else ""
    return render_template("consents/sheet_classes.html", classes=classes(), problem=problem), 404 if problem else 200

"""Is the fleet safe: its charts by support with their tables; and a provider's devices of all their schools in one list."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.vocabulary import DeviceStatus
from registry.access import Deed
from registry.accounts.people import schools_of
from registry.devices import everywhere, fleet
from registry.devices.everywhere import Asked
from registry.records import NotFound
from registry.registers.devices.devices import DEVICES
from registry.rules.fleet_picture import FleetPicture
from registry.typed import NOT_TEXT
from web.bar_chart import BarChart
from web.guard import current_actor, needs, now, school_facts
from web.ids_and_numbers import id_in

blueprint = Blueprint("fleet", __name__, url_prefix="/devices")
OF_DEVICES = {"slug": DEVICES.slug}


@blueprint.get("/fleet", defaults=OF_DEVICES)
@needs(Deed.SEE, register_from_slug=True)
def show(slug: str) -> ResponseReturnValue:
    """The charts of the school in view."""
    school = school_facts()
    picture = fleet.of_school(current_actor(), school, school.today or now().date())
    return render_template("devices/fleet.html", charts=charts(picture))


def charts(picture: FleetPicture) -> list[BarChart]:
    """The chart by support and the chart by its end; none where there is no device."""
    if not picture.many:
        return []
    counted = (
        ("fleet-support", "Devices by support", "Support", picture.by_status),
        ("fleet-end", "Devices by the end of support", "Support ends", picture.by_end),
    )
    return [BarChart(*each, picture.many, one="device", over="support has ended") for each in counted]


@blueprint.get("/everywhere", defaults=OF_DEVICES)
@needs(Deed.SEE, register_from_slug=True)
def all_schools(slug: str) -> ResponseReturnValue:
    """The devices of every school that the reader works in and may see devices of."""
    user = current_actor().user
    if user is None:
        raise NotFound("There is no such person.")
    asked = _asked()
    return render_template("devices/everywhere.html", page=everywhere.look(schools_of(user), asked), asked=asked, statuses=tuple(DeviceStatus),
                           here=current_actor().school)  # fmt: skip


def _asked() -> Asked:
    told = request.args
    name, _, key = told.get("after", "").rpartition("|")
    last = id_in(key)
    return Asked(
        words=NOT_TEXT.sub("", told.get("q", ""))[:120].strip(),
        school=id_in(told.get("school", "")),
        status=next((each for each in DeviceStatus if each == told.get("status", "")), None),
        with_findings=bool(told.get("findings")),
        after=(name, last) if isinstance(last, UUID) else None,
    )

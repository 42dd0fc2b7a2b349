"""The fleet by support: how many devices still get security updates, and until when, counted without reading each."""

from datetime import date

from peewee import fn

from models.device import Device
from models.device_model import DeviceModel
from models.vocabulary import DeviceKind, DeviceStatus
from registry.access import Deed, require
from registry.actor import Actor
from registry.registers.devices.devices import DEVICES
from registry.rules.device_care import COMPUTERS, GONE, DeviceFacts, support_of
from registry.rules.fleet_picture import FleetPicture, Supported, picture
from registry.rules.school_facts import SchoolFacts

HERE = tuple(status for status in DeviceStatus if status not in GONE)


def of_school(by: Actor, school: SchoolFacts, today: date) -> FleetPicture:
    """The picture of every computer, tablet and phone that the school has. Raises Forbidden."""
    require(by, Deed.SEE, DEVICES)
    alike = (Device.kind, Device.os, Device.os_version, Device.support_end_on, DeviceModel.support_end_on)
    counted = (Device.kind.is_null() | Device.kind.in_(tuple(COMPUTERS))) & Device.status.in_(HERE) & Device.archived_at.is_null()
    rows = Device.select(*alike, fn.COUNT(Device.id)).left_outer_join(DeviceModel, on=Device.device_model == DeviceModel.id)
    found: list[Supported] = []
    for kind, os, version, own, of_model, many in rows.where(counted).group_by(*alike).tuples():
        ends = min((each for each in (own, of_model) if each), default=None)
        facts = DeviceFacts(kind=DeviceKind(kind) if kind else None, os=os, os_version=version, support_end_on=ends)
        support = support_of(facts, today, school.support_table())
        found += [Supported(support.status, support.ends_on)] * many
    return picture(found, today)

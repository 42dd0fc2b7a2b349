"""A school with an agreement in force, a room, three laptops and a tablet; and somebody at work in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base import new_id
from models.vocabulary import AgreementAudience, DeviceKind, PictureSubject, YesNo
from registry import records
from registry.approval import approving
from registry.approval.approving import Seen
from registry.devices import holders
from registry.devices.handing import HandOver, Out, Signed
from registry.occasion import Occasion
from registry.registers.devices.agreements import AGREEMENTS
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.places import PLACES
from registry.registers.images.pupils import PUPILS
from registry.school.schools import facts_of
from tests.people import NOW, Person

AtWork = Callable[..., Occasion]


@pytest.fixture
def at_work(people: dict[str, Person], school: Any, in_quillbrook: Any) -> AtWork:
    """What gives somebody at work in Quillbrook, some time later."""
    return lambda key, later=timedelta(0): Occasion(people[key].actor, NOW + later, facts_of(school, (NOW + later).date()))


@pytest.fixture
def agreed(at_work: AtWork) -> Callable[..., Any]:
    """What writes an agreement as the IT provider and has the headteacher approve it; once more for the next version."""

    def approved(audience: AgreementAudience = AgreementAudience.STAFF, text: str = "1. I keep it locked.", **more: Any) -> Any:
        found = [row for row in AGREEMENTS.table.select() if row.audience == audience]
        if found:
            row = found[0]
            records.change(AGREEMENTS, row, {"text": text, **more}, at_work("ian"))
        else:
            answers = {"name": f"Agreement for {audience.label.lower()}", "audience": audience, "text": text, **more}
            row = records.add(AGREEMENTS, answers, at_work("ian"))
        row = records.find(AGREEMENTS, row.id, at_work("hana").by)
        approving.approve(AGREEMENTS, Seen(row.id, row.version), "", at_work("hana"))
        return records.find(AGREEMENTS, row.id, at_work("hana").by)

    return approved


@pytest.fixture
def device(at_work: AtWork) -> Callable[..., Any]:
    """What adds a device by its name."""

    def added(name: str, **more: Any) -> Any:
        answers = {"name": name, "asset_tag": name.replace(" ", "-"), "serial": f"SN{name.replace(' ', '')}", "kind": DeviceKind.LAPTOP, **more}
        return records.add(DEVICES, answers, at_work("ian"))

    return added


@pytest.fixture
def room(at_work: AtWork) -> Any:
    """A trolley whose keeper is Ola."""
    return records.add(PLACES, {"name": "Trolley B", "kind": "pool", "keeper": "Ola Brandt"}, at_work("ian"))


@pytest.fixture
def pupil(at_work: AtWork) -> Any:
    """Sam Patel of Year 4."""
    answers = {"name": "Sam Patel", "kind": PictureSubject.PUPIL, "year_group": "Year 4", "class_name": "4B"}
    return records.add(PUPILS, answers, at_work("ola"))


@pytest.fixture
def to_tess(at_work: AtWork) -> Callable[..., HandOver]:
    """What prepares handing devices to Tess, who signs by her name."""

    def prepared(*devices: Any, **more: Any) -> HandOver:
        (tess,) = holders.named("Tess Quayle", at_work("ian").by)
        out = tuple(Out(device=each.id, accessories="Charger") for each in devices)
        plan = HandOver(bundle=new_id(), holder=tess, devices=out, off_site=YesNo.YES, signed=Signed(name="Tess Quayle"))
        return replace(plan, **more)

    return prepared

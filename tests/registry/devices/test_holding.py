"""What is looked up every night about those who hold devices, and handing out to a year group."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.allocation import Allocation
from models.base import new_id
from models.vocabulary import AgreementAudience, RollStatus, SignedHow, YesNo
from registry import records
from registry.access import Forbidden
from registry.checks import findings_of
from registry.devices import by_year, holders, holding
from registry.devices.handing import HandOver, Out, Signed, hand_over
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.images.pupils import PUPILS
from tests.people import NOW
from tests.registry.devices.conftest import AtWork
from tests.registry.devices.test_handing import paper


def codes(at_work: AtWork) -> list[str]:
    (row,) = Allocation.select()
    return [each.code for each in findings_of(ALLOCATIONS, row, at_work("ian").school)]


def test_a_leaver_and_a_new_version_are_found_at_night(at_work: AtWork, agreed: Any, device: Any, pupil: Any) -> None:
    agreed(AgreementAudience.PUPIL_UNDER_11)
    (sam,) = holders.named("Sam Patel", at_work("ola").by)
    plan = HandOver(bundle=new_id(), holder=sam, devices=(Out(device=device("Tablet 1").id),), signed=Signed(name="Sam"))
    hand_over(plan, at_work("ola"), paper=paper)
    assert holding.look_everywhere(NOW) == "1 hand-overs say something else now."
    assert holding.look_everywhere(NOW) == "0 hand-overs say something else now."
    assert codes(at_work) == []
    agreed(AgreementAudience.PUPIL_UNDER_11, text="1. And I keep it dry.")
    holding.look_everywhere(NOW + timedelta(days=1))
    assert codes(at_work) == ["AL02"]
    assert Allocation.get().to_sign.startswith("The current agreement is version 2; this person has accepted version 1.")
    records.change(PUPILS, PUPILS.table.get_by_id(pupil.id), {"status": RollStatus.LEFT}, at_work("ola"))
    holding.look_everywhere(NOW + timedelta(days=2))
    assert codes(at_work) == ["AL01"]
    assert Allocation.get().holder_left is YesNo.YES


def test_a_year_group_gets_the_pile_in_order(at_work: AtWork, agreed: Any, device: Any, pupil: Any) -> None:
    agreed(AgreementAudience.PUPIL_UNDER_11)
    records.add(PUPILS, {"name": "Ada Abbot", "year_group": "Year 4"}, at_work("ola"))
    pile = [device(f"Tablet {number}") for number in (1, 2)]
    (ada,) = holders.named("Ada Abbot", at_work("ola").by)
    signing = HandOver(bundle=new_id(), holder=ada, devices=(Out(device=pile[0].id),), signed=Signed(name="Ada", how=SignedHow.ON_PAPER))
    hand_over(replace(signing, devices=(Out(device=device("Tablet 9").id),)), at_work("ola"), paper=paper)
    made, problems = by_year.pairs("Year 4", ["tablet-1", "XX", "tablet-2", ""], at_work("ian"))
    assert [(each.holder.name, each.device.name if each.device else "", each.is_ready) for each in made] == [
        ("Ada Abbot", "Tablet 1", True),
        ("Sam Patel", "Tablet 2", False),
    ]
    assert "they have still to sign version 1" in made[1].problem
    assert len(problems) == 1
    assert by_year.hand_over([made[0]], at_work("ian"), paper=paper) == (1, [])
    assert by_year.hand_over([made[1]], at_work("ian"), paper=paper)[0] == 0
    with pytest.raises(Forbidden):
        by_year.pairs("Year 4", [], at_work("tess"))

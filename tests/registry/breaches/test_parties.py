"""Other organisations in a breach: entered, changed, and never over somebody else's change."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.breach_entry import BreachEntry
from models.vocabulary import EntryKind, PartInIt
from registry.access import Forbidden
from registry.breaches import parties
from registry.breaches.parties import Party
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.schema import Invalid
from tests.people import NOW
from tests.registry.breaches.conftest import NOTICED

COUNCIL = Party(name="Quillbrook Council", part=PartInIt.CONTROLLER, reach="Ann Ito, 01632 960001", aware_at=NOTICED)


def test_an_organisation_is_entered_and_changed_with_an_entry_each(handled: Breach, at_work: Any) -> None:
    parties.add(handled, COUNCIL, at_work("dina"))
    (found,) = parties.parties_of(handled)
    assert (found.name, found.part, found.aware_at) == ("Quillbrook Council", PartInIt.CONTROLLER, NOTICED)
    assert not parties.change(handled, found.id, COUNCIL, at_work("dev"), seen=found.version)
    assert parties.change(handled, found.id, replace(COUNCIL, told_regulator_at=NOW), at_work("dev"), seen=found.version)
    with pytest.raises(CannotBeDone, match="Somebody else"):
        parties.change(handled, found.id, replace(COUNCIL, note="Mine."), at_work("hana"), seen=found.version)
    said = [each.text for each in BreachEntry.select().where(BreachEntry.kind == EntryKind.PARTY).order_by(BreachEntry.id)]
    assert said == ["Quillbrook Council: another controller.", "Quillbrook Council:\nwhen they told their regulator was entered."]


@pytest.mark.parametrize(("changed", "question"), [
    ({"name": " "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"part": None}, "part"),
    ({"aware_at": NOW + timedelta(hours=1)}, "aware_at"),
    ({"told_regulator_at": NOTICED - timedelta(minutes=1)}, "told_regulator_at"),
])  # fmt: skip
def test_what_cannot_be_is_refused(handled: Breach, at_work: Any, changed: dict[str, Any], question: str) -> None:
    with pytest.raises(Invalid) as refused:
        parties.add(handled, replace(COUNCIL, **changed), at_work("dev"))
    assert list(refused.value.messages) == [question]


def test_others_do_not_and_find_nothing(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Forbidden):
        parties.add(handled, COUNCIL, at_work("ian"))
    with pytest.raises(NotFound):
        parties.change(handled, handled.id, COUNCIL, at_work("dev"), seen=1)

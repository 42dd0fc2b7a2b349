"""What is new or was changed begins its screening by itself, once, and nothing else does."""

from typing import Any

import pytest

from models.dpia import Dpia
from models.vocabulary import DpiaStage, DpiaTrigger
from registry import records
from registry.dpias import raising
from registry.jobs import jobs
from registry.linking import linked_ids
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.dpias.conftest import As, again, moved

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def begun() -> dict[str, DpiaTrigger]:
    return {row.name: row.trigger for row in Dpia.select()}


def test_what_is_new_is_screened_once(at_work: As) -> None:
    plateful: Any = records.add(SUPPLIERS, {"name": "Plateful", "handles_personal_data": "yes"}, at_work("ola"))
    records.add(SUPPLIERS, {"name": "Chalk and Slate", "handles_personal_data": "no"}, at_work("ola"))
    store: Any = records.add(ASSETS, {"name": "Photos", "format": "electronic", "contains_personal": "yes"}, at_work("ola"))
    records.add(ASSETS, {"name": "Menus", "format": "cloud", "contains_personal": "no"}, at_work("ola"))
    records.add(PROCESSING, {"name": "Canteen", "purpose": "Meals", "biometric_recognition": "yes"}, at_work("ola"))
    records.add(PROCESSING, {"name": "Trips", "purpose": "Trips"}, at_work("ola"))
    assert raising.raise_here(at_work("ola")) == 2
    assert begun() == {"New supplier: Plateful": DpiaTrigger.NEW_SUPPLIER, "New technology: Canteen": DpiaTrigger.NEW_TECHNOLOGY}
    row = Dpia.get(Dpia.trigger == DpiaTrigger.NEW_SUPPLIER)
    assert (row.stage, row.raised_on, row.outcome, linked_ids(row.id)) == (DpiaStage.SCREENING, NOW.date(), None, {"suppliers": (plateful.id,)})
    records.change(ASSETS, store, {"format": "cloud"}, at_work("ola"))
    job = jobs.find("raise-dpias")
    assert job
    assert job.deed(NOW) == "1 screenings begun."
    assert job.deed(NOW) == "0 screenings begun."
    assert begun()["Reached from outside: Photos"] is DpiaTrigger.REMOTE_ACCESS
    moved(row, "drop", at_work("ola"))
    assert raising.raise_here(at_work("ola", 1)) == 0
    assert not [*verify_rows()]


def test_what_a_dpia_looks_at_or_was_long_there_is_left_alone(at_work: As) -> None:
    known: Any = records.add(SUPPLIERS, {"name": "Plateful", "handles_personal_data": "yes"}, at_work("ola"))
    records.add(DPIAS, {"name": "Catering", "suppliers": (known.id,)}, at_work("ola"))
    gone: Any = records.add(SUPPLIERS, {"name": "Gone", "handles_personal_data": "yes"}, at_work("ola"))
    records.archive(SUPPLIERS, gone, at_work("ola"))
    assert raising.raise_here(at_work("ola")) == 0
    records.add(SUPPLIERS, {"name": "Old", "handles_personal_data": "yes"}, at_work("ola"))
    assert raising.raise_here(at_work("ola", 9)) == 0


def test_a_changed_purpose_is_looked_at_though_it_was_assessed_before(at_work: As) -> None:
    trips: Any = records.add(PROCESSING, {"name": "Trips", "profiling": "no"}, at_work("ola"))
    records.change(PROCESSING, trips, {"purpose": "To take pupils out"}, at_work("ola"))
    assert raising.raise_here(at_work("ola")) == 0  # the first answer is no change
    old: Any = records.add(DPIAS, {"name": "Trips", "processing": (trips.id,)}, at_work("ola"))
    old = moved(again(old), "drop", at_work("ola"))
    records.change(PROCESSING, PROCESSING.table.get_by_id(trips.id), {"purpose": "To sell pictures"}, at_work("ola", 2))
    assert raising.raise_here(at_work("ola", 2)) == 1
    assert begun() == {"Trips": DpiaTrigger.PLANNED, "Changed purpose: Trips": DpiaTrigger.CHANGED_PURPOSE}
    assert raising.raise_here(at_work("ola", 3)) == 0
    moved(Dpia.get(Dpia.trigger == DpiaTrigger.CHANGED_PURPOSE), "drop", at_work("ola", 3))
    assert raising.raise_here(at_work("ola", 4)) == 0


def test_what_moves_to_the_cloud_is_looked_at_though_it_was_assessed_before(at_work: As) -> None:
    store: Any = records.add(ASSETS, {"name": "Photos", "format": "electronic", "contains_personal": "yes"}, at_work("ola"))
    unsure: Any = records.add(SUPPLIERS, {"name": "Plateful"}, at_work("ola"))
    for slug, row in (("assets", store), ("suppliers", unsure)):
        moved(again(records.add(DPIAS, {"name": row.name, slug: (row.id,)}, at_work("ola"))), "drop", at_work("ola"))
    records.change(ASSETS, ASSETS.table.get_by_id(store.id), {"format": "cloud"}, at_work("ola", 2))
    records.change(SUPPLIERS, SUPPLIERS.table.get_by_id(unsure.id), {"handles_personal_data": "yes"}, at_work("ola", 2))
    assert raising.raise_here(at_work("ola", 2)) == 1
    assert begun()["Reached from outside: Photos"] is DpiaTrigger.REMOTE_ACCESS
    assert raising.raise_here(at_work("ola", 3)) == 0


def test_two_causes_of_one_night_begin_one_screening(at_work: As) -> None:
    club: Any = records.add(PROCESSING, {"name": "Club", "purpose": "Chess"}, at_work("ola"))
    records.change(PROCESSING, club, {"purpose": "Scores", "profiling": "yes"}, at_work("ola"))
    assert raising.raise_here(at_work("ola")) == 1
    assert begun() == {"New technology: Club": DpiaTrigger.NEW_TECHNOLOGY}


def test_a_dpia_that_was_put_away_unfinished_hides_no_changed_purpose(at_work: As) -> None:
    trips: Any = records.add(PROCESSING, {"name": "Trips", "purpose": "To take pupils out"}, at_work("ola"))
    old: Any = records.add(DPIAS, {"name": "Trips", "processing": (trips.id,)}, at_work("ola"))
    records.archive(DPIAS, again(old), at_work("ola"))
    records.change(PROCESSING, PROCESSING.table.get_by_id(trips.id), {"purpose": "To sell pictures"}, at_work("ola", 20))
    assert raising.raise_here(at_work("ola", 20)) == 1
    begun: Any = Dpia.get(Dpia.trigger == DpiaTrigger.CHANGED_PURPOSE)
    records.archive(DPIAS, begun, at_work("ola", 20))
    assert raising.raise_here(at_work("ola", 21)) == 0

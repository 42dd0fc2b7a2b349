"""A file of approved records holds what was approved, in words that an import reads back."""

import csv
from typing import Any

import pytest

from exports import register_csv, selection
from exports.approved_rows import PAGE, Counted, counted
from exports.selection import VERSION_HEADINGS
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.lists.views import View
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.trace.audit import Happened, changes_of
from tests.people import Person
from tests.registry.approvals import add_complete, approve, fresh

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def trips(ola: Person, hana: Person, dev: Person, occasion: Occasion) -> Any:
    """An activity with an asset, approved; then changed. Beside it one that was never approved."""
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    row = add_complete(ola, occasion, assets=(asset.id,), recipients=("Bus company", "Museum; Library"), owner="Ola Brandt")
    approve(row, dev, hana, occasion)
    records.change(PROCESSING, fresh(PROCESSING, row, occasion), {"purpose": "Changed since", "assets": (), "owner": "Ian Sollis"}, occasion)
    add_complete(ola, occasion, name="Never approved")
    return row


def exported(chosen: selection.Chosen, occasion: Occasion) -> list[dict[str, str]]:
    text = b"".join(register_csv.export(chosen, occasion)).decode("utf-8-sig")
    return [*csv.DictReader(text.splitlines(keepends=True))]


def test_what_was_approved_leaves_and_not_what_was_changed_since(trips: Any, occasion: Occasion) -> None:
    live = selection.everything(PROCESSING, occasion.by)
    (row,) = exported(selection.as_approved(live), occasion)
    assert (row["Reference"], row["Activity"], row["Purpose"]) == (trips.reference, "School trips", "To take pupils out safely")
    assert [row[heading] for heading in VERSION_HEADINGS] == ["1", "2026-11-23"]
    assert row[PROCESSING.questions["assets"].label] == "IA-0001"
    assert row[PROCESSING.questions["owner"].label] == "Ola Brandt"
    assert len(exported(live, occasion)) == 2


def test_cells_are_what_a_live_export_wrote_on_the_day(ola: Person, hana: Person, dev: Person, occasion: Occasion) -> None:
    row = add_complete(ola, occasion, recipients=("Bus company", "Museum; Library"), started_on="2026-09-01", individuals=("pupils", "staff"))
    chosen = selection.everything(PROCESSING, occasion.by)
    approve(row, dev, hana, occasion)
    (live,), (approved,) = exported(chosen, occasion), exported(selection.as_approved(chosen), occasion)
    assert {name: approved[name] for name in live} == live


def test_the_number_left_out_is_counted_and_noted(trips: Any, occasion: Occasion, school: School) -> None:
    chosen = selection.as_approved(selection.as_listed(PROCESSING, View(), occasion.by))
    assert counted(chosen, occasion.by, occasion.at.date()) == Counted(1, 1)
    exported(chosen, occasion)
    entry = AuditEntry.select().where(AuditEntry.deed == Happened.EXPORTED.value).order_by(AuditEntry.number.desc()).get()
    told = changes_of(entry)
    assert told is not None
    assert (told["rows"][1], told["left_out"][1], told["approved_only"][1]) == (1, 1, True)


def test_a_list_of_several_pages_leaves_whole(ola: Person, hana: Person, dev: Person, occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.approved_rows.PAGE", 2)
    assert PAGE > 2
    for place in range(5):
        approve(add_complete(ola, occasion, name=f"Trip {place}"), dev, hana, occasion)
    chosen = selection.as_approved(selection.as_listed(PROCESSING, View(), occasion.by))
    assert [row["Activity"] for row in exported(chosen, occasion)] == [f"Trip {place}" for place in range(5)]

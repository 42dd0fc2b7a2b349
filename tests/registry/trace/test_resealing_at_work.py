"""Nobody who is at work while everything is sealed anew notices it, or loses what they save."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models import secret_file, vault
from models.fields import EncryptedText
from models.upload import Upload
from models.user import User
from registry import records
from registry.importing import uploads
from registry.importing.uploads import Decided
from registry.merging import merge
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import store
from registry.trace import resealing
from registry.trace.audit import Happened, recording
from registry.trace.chain import INSTALLATION
from tests.people import NOW, Person
from tests.registry.trace.new_keys import LATER, numbers, turn
from tests.tampering import faults


def test_a_program_that_knows_only_the_old_key_opens_what_is_sealed_anew_and_seals_with_the_new_from_then_on(
    house: dict[str, Any], key_file: Path, occasion: Occasion
) -> None:
    at_work = vault.current()
    vault.unlock(secret_file.open_vault(None, key_file))
    turn(key_file)
    vault.unlock(at_work)
    assert at_work.sealing_number == 1
    shelf = records.add(ASSETS, {"name": "Shelf", "owner": "Ola Brandt"}, occasion)
    assert records.find(ASSETS, house["asset"], occasion.by).owner == "Ola Brandt"
    assert at_work.sealing_number == 2
    assert records.add(ASSETS, {"name": "Other shelf", "owner": "Ola Brandt"}, occasion).__data__["owner"][1:3] == b"\0\2"
    assert resealing.older_count() == 1
    assert resealing.reseal(LATER) == []
    assert resealing.older_count() == 0
    assert records.find(ASSETS, shelf.id, occasion.by).owner == "Ola Brandt"
    assert faults() == []


def between_reading_and_saving(key_file: Path, save: Callable[[], object]) -> None:
    """Bring a new key everywhere after a page has read a record, then let the page save it."""
    turn(key_file)
    save()
    assert faults() == []


def test_a_record_read_before_and_saved_after_keeps_its_version_and_its_seal(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    row = records.find(ASSETS, house["asset"], occasion.by)
    between_reading_and_saving(key_file, lambda: records.change(ASSETS, row, {"notes": "Locked", "owner": "Hana Whitlow"}, occasion))
    now = records.find(ASSETS, house["asset"], occasion.by)
    assert (now.notes, now.owner, now.custodian, now.version) == ("Locked", "Hana Whitlow", "Zoë Ó Briain", row.version)
    assert resealing.older_count() == 1, "what was not changed went back as it was read"
    assert resealing.reseal(LATER) == []
    assert (numbers(), faults()) == ({2}, [])
    assert records.find(ASSETS, house["asset"], occasion.by).custodian == "Zoë Ó Briain"


def test_a_record_archived_after_it_was_sealed_anew_keeps_its_seal(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    row = records.find(SUPPLIERS, house["supplier"], occasion.by)
    between_reading_and_saving(key_file, lambda: records.archive(SUPPLIERS, row, occasion))


def test_a_record_linked_after_it_was_sealed_anew_keeps_its_seal(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    row = records.find(PROCESSING, house["activity"], occasion.by)
    between_reading_and_saving(key_file, lambda: records.change(PROCESSING, row, {"suppliers": (house["supplier"],)}, occasion))


def test_an_account_saved_after_it_was_sealed_anew_keeps_its_seal(house: dict[str, Any], key_file: Path, hana: Person, dev: Person) -> None:
    row = User.get_by_id(hana.user)

    def save() -> None:
        row.password = "another hash"
        with recording(dev.actor, LATER, chain=INSTALLATION) as trace:
            store(trace, Happened.PASSWORD_CHANGED, row)

    between_reading_and_saving(key_file, save)
    assert User.get_by_id(hana.user).name == "Hana Whitlow"


def test_a_file_that_is_decided_on_meanwhile_keeps_the_decision(house: dict[str, Any], key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = resealing._anew
    upload = Upload.get_by_id(house["upload"])

    def decide_first(column: EncryptedText, record: UUID, sealed: bytes) -> bytes:
        if column is Upload.decided:
            uploads.decide(upload, Decided((None,)))
        return seal(column, record, sealed)

    secret_file.add_key(key_file)
    vault.current().learn()
    monkeypatch.setattr(resealing, "_anew", decide_first)
    resealing.reseal(LATER)
    assert uploads.decided_of(Upload.get_by_id(house["upload"])) == Decided([None])


def test_two_who_change_one_record_are_told_apart_though_it_was_sealed_anew(
    house: dict[str, Any], key_file: Path, occasion: Occasion, hana: Person
) -> None:
    row = records.find(ASSETS, house["asset"], occasion.by)
    seen = row.version
    records.change(ASSETS, row, {"owner": "Hana Whitlow"}, Occasion(hana.actor, NOW, occasion.school))
    turn(key_file)
    now = records.find(ASSETS, house["asset"], occasion.by)
    merging = merge(ASSETS, now, seen, yours={"owner": "Ian Sollis", "notes": None}, by=occasion.by)
    assert merging.names == ("Hana Whitlow",)
    assert [(each.question.name, each.before, each.theirs) for each in merging.clashes] == [("owner", "Ola Brandt", "Hana Whitlow")]

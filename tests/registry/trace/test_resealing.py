"""Sealing everything anew: it opens as before, nothing of the old key is left, and nobody who is at work notices."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models import doors, secret_file, vault
from models.asset import Asset
from models.attachment import Attachment
from models.audit import AuditDetail, AuditEntry
from models.base import Traced
from models.fields import EncryptedText
from models.roles import Role
from models.school import School
from models.statements import stored_rows
from models.supplier import Supplier
from models.tables import TABLES
from models.upload import Upload
from models.user import Draft, User
from models.vault import Vault
from models.vocabulary import FileCategory
from registry import drafts, records
from registry.accounts import people, tokens
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.importing import uploads
from registry.importing.uploads import Decided, FileRows
from registry.lists import saved_views
from registry.lists.views import View as ListView
from registry.merging import merge
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import store
from registry.talk import comments
from registry.trace import history, resealing, seals
from registry.trace.audit import Happened, changes_of, recording
from registry.trace.chain import INSTALLATION
from registry.trace.history import View
from registry.trace.verification import chains, verify_chain, verify_rows
from tests.keys import SECRET, opened_from_file
from tests.people import NOW, Person
from tests.registry.approvals import add_complete, approve
from tests.tampering import behind_its_back, sql

LATER = NOW + timedelta(days=40)


@pytest.fixture
def key_file(database: str, tmp_path: Path) -> Path:
    """The secret of the tests in a file, as a school has it, with the program opened from it."""
    return opened_from_file(tmp_path)


@pytest.fixture
def house(key_file: Path, in_quillbrook: School, occasion: Occasion, elsewhere: Occasion, other_school: School, dev: Person) -> dict[str, Any]:
    """Something personal in every table that can hold it, linked, archived, half typed and half imported; in two schools."""
    asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "custodian": "Zoë Ó Briain"}, occasion)
    supplier = records.add(SUPPLIERS, {"name": "Plateful", "contact_name": "Mirela Tannahill", "contact_phone": "01632 960 001"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "owner": "Ola Brandt", "assets": (asset.id,)}, occasion)
    away = records.add(ASSETS, {"name": "Old shelf", "owner": "Ian Sollis"}, occasion)
    records.archive(ASSETS, away, occasion)
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs", "owner": "Otto Renwick"}, elsewhere)
    file = Arriving(supplier.school_id, "Contract of Nell Abara.pdf", NOW)
    file.write(b"%PDF-1.7")
    attachments.add(SUPPLIERS, supplier, [file], Described(FileCategory.CONTRACT, "Signed"), occasion=occasion)
    drafts.keep(dev.user, "assets/new", "name=Half+typed", NOW)
    upload = uploads.keep(ASSETS, FileRows(("Name",), [("Cupboard",)], [2], {}, (), "digest"), dev.actor, NOW)
    uploads.decide(upload, Decided(("name",)))
    return {"asset": asset.id, "supplier": supplier.id, "activity": activity.id, "upload": upload.id}


@pytest.fixture
def full_house(house: dict[str, Any], people: dict[str, Person], occasion: Occasion) -> dict[str, Any]:
    """The same, with what people put beside a record."""
    row = add_complete(people["ola"], occasion)
    approve(row, people["dev"], people["hana"], occasion)
    comments.write(PROCESSING, row, "What about Nell Abara?", [], occasion=occasion)
    saved_views.save(PROCESSING, "Of Nell Abara", ListView(search="Nell Abara"), occasion)
    tokens.make(occasion.by, tokens.Wanted(name="Nell’s sheet", role=Role.DPO, days=7), NOW)
    return house


def turn(key_file: Path) -> None:
    """Make a new key and bring it everywhere, as the command does."""
    secret_file.add_key(key_file)
    vault.current().learn()
    assert resealing.reseal(LATER) == []


def stored(places: list[UUID]) -> list[tuple[str, bytes, dict[str, Any]]]:
    """Every row of every table that holds something sealed: its table, its id, and what is stored."""
    found = []
    with doors.looking_at(*places):
        for table in resealing.PERSONAL:
            fields = table._meta.sorted_fields
            for row in stored_rows(table.select(*fields)):
                held = {field.name: bytes(value) if isinstance(value, memoryview) else value for field, value in zip(fields, row, strict=True)}
                found.append((table._meta.table_name, bytes(held["id"]), held))
    return sorted(found, key=lambda each: each[:2])


def numbers() -> set[int]:
    """The numbers of the keys that sealed what is stored now."""
    sealed = {table._meta.table_name: [field.name for field in columns] for table, columns in resealing.PERSONAL.items()}
    values = [held[name] for table, _key, held in stored(seals.places()) for name in sealed[table] if held[name] is not None]
    assert values
    return {int.from_bytes(value[1:3], "big") for value in values}


def opened() -> list[tuple[str, bytes, dict[str, Any]]]:
    """Everything that is stored, with what is sealed opened."""
    rows = []
    tables = {table._meta.table_name: table for table in resealing.PERSONAL}
    for name, key, held in stored(seals.places()):
        columns = {field.name: field for field in resealing.PERSONAL[tables[name]]}
        texts = {each: columns[each].open_stored(key, value) if each in columns and value is not None else value for each, value in held.items()}
        rows.append((name, key, texts))
    return rows


def faults() -> list[str]:
    """What verify-audit --rows would say."""
    return [fault.message for chain in chains() for fault in verify_chain(chain)] + [fault.message for fault in verify_rows()]


def test_every_column_that_seals_is_among_those_that_are_sealed_again() -> None:
    held = {(table, field.name) for table in TABLES for field in table._meta.sorted_fields if isinstance(field, EncryptedText)}
    assert held == {(table, column.name) for table, columns in resealing.PERSONAL.items() for column in columns}
    assert {User, Draft, Upload, Asset, Supplier} <= set(resealing.PERSONAL)
    assert all("version" in table._meta.fields for table in resealing.PERSONAL if issubclass(table, Traced))


def test_everything_opens_as_before_and_nothing_of_the_old_key_is_left(full_house: dict[str, Any], key_file: Path) -> None:
    before = opened()
    assert {name for name, _key, _held in before} == {table._meta.table_name for table in resealing.PERSONAL}
    assert (numbers(), resealing.older_count()) == ({1}, 0)
    secret_file.add_key(key_file)
    vault.current().learn()
    assert resealing.older_count() == len(before)
    seen: list[int] = []
    assert resealing.reseal(LATER, seen.append) == []
    assert sum(seen) == len(before)
    assert numbers() == {2}
    assert opened() == before, "versions, dates, numbers and tokens as well"
    assert resealing.older_count() == 0
    assert faults() == []


def test_files_open_after_it_though_none_of_their_bytes_moved(house: dict[str, Any], key_file: Path, tmp_path: Path) -> None:
    (path,) = (each for each in (tmp_path / "files").rglob("*") if each.is_file())
    before = path.read_bytes()
    turn(key_file)
    file = Attachment.get()
    assert (file.__data__["key"][1:3], path.read_bytes()) == (b"\0\2", before)
    assert b"".join(attachments.contents(file)) == b"%PDF-1.7"


def test_names_are_found_by_their_tokens_after_it(house: dict[str, Any], key_file: Path, dev: Person) -> None:
    turn(key_file)
    assert [row.name for row in Asset.select().where(Asset.custodian_index == "zoe o briain")] == ["Paper files"]
    found = people.by_email("DEV@quillbrook.example")
    assert found is not None
    assert (found.id, found.name) == (dev.user, "Dev Marchetti")


def test_each_row_is_an_entry_of_a_robot_without_values_in_the_chain_of_its_school(
    house: dict[str, Any], key_file: Path, school: School, other_school: School
) -> None:
    turn(key_file)
    entries = list(AuditEntry.select().where(AuditEntry.deed == Happened.RESEALED.value))
    assert {(entry.actor, entry.changed, entry.detail, entry.at) for entry in entries} == {("robot:key 2", "", None, LATER)}
    kept = {chain: sorted(entry.subject for entry in entries if entry.chain == chain) for chain in (INSTALLATION, school.id, other_school.id)}
    assert kept[INSTALLATION] == ["person"] * int(User.select().count())
    assert kept[other_school.id] == ["asset"]
    assert kept[school.id] == ["activity", "asset", "asset", "attachment", "supplier"]


def test_a_second_run_finds_nothing_to_do(house: dict[str, Any], key_file: Path) -> None:
    turn(key_file)
    before = AuditEntry.select().count()
    assert resealing.reseal(LATER) == []
    assert AuditEntry.select().count() == before


def test_old_values_of_the_history_stay_under_the_key_that_sealed_them_and_open(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    details = [bytes(sealed) for (sealed,) in stored_rows(AuditDetail.select(AuditDetail.sealed))]
    turn(key_file)
    assert [bytes(sealed) for (sealed,) in stored_rows(AuditDetail.select(AuditDetail.sealed))] == details
    entry = AuditEntry.get((AuditEntry.record == house["asset"]) & (AuditEntry.deed == Happened.ADDED.value))
    assert (changes_of(entry) or {})["owner"] == [None, "Ola Brandt"]
    asset = records.find(ASSETS, house["asset"], occasion.by)
    records.change(ASSETS, asset, {"owner": "Hana Whitlow"}, occasion)
    entry = AuditEntry.get((AuditEntry.record == house["asset"]) & (AuditEntry.deed == Happened.CHANGED.value) & (AuditEntry.changed == " owner "))
    assert bytes(AuditDetail.get((AuditDetail.chain == entry.chain) & (AuditDetail.number == entry.number)).sealed)[1:3] == b"\0\2"


def test_a_run_that_was_stopped_goes_on_where_it_was(house: dict[str, Any], key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 2)

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    before = opened()
    secret_file.add_key(key_file)
    vault.current().learn()
    todo = resealing.older_count()
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(LATER, stop)
    assert resealing.older_count() == todo - 2
    assert (numbers(), opened(), faults()) == ({1, 2}, before, [])
    vault.unlock(secret_file.open_vault(None, key_file))
    assert resealing.reseal(LATER) == []
    assert (numbers(), opened(), faults()) == ({2}, before, [])


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


def test_what_was_changed_behind_the_programs_back_is_named_and_not_vouched_for(house: dict[str, Any], key_file: Path) -> None:
    with behind_its_back():
        sql("UPDATE asset SET location = 'Elsewhere' WHERE id = ?", house["asset"].bytes)
    secret_file.add_key(key_file)
    vault.current().learn()
    (fault,) = resealing.reseal(LATER)
    assert (fault.record, resealing.older_count()) == (house["asset"], 1)
    assert "IA-0001" in fault.message
    assert "behind the program's back" in fault.message
    assert [each for each in faults() if "IA-0001" in each], "it is still found afterwards"


def test_what_no_key_opens_is_named_and_left(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    here = vault.current()
    vault.unlock(Vault({1: SECRET, 5: b"a key that was lost, of more than enough bytes"}))
    lost = records.add(ASSETS, {"name": "Lost", "owner": "Nobody"}, occasion)
    Draft.update({Draft.typed: b"\1\0\1 never sealed"}).execute()
    vault.unlock(Vault({1: SECRET, 6: b"a new secret with more than enough bytes"}))
    found = {fault.record: fault.message for fault in resealing.reseal(LATER)}
    assert found == {
        lost.id: f"Information asset IA-0003 ({lost.id}) holds something that no key at hand opens.",
        Draft.get().id: f"Draft {Draft.get().id} holds something that no key at hand opens.",
    }
    assert resealing.older_count() == 2
    vault.unlock(here)


def test_the_history_says_it_in_a_sentence_and_the_record_shows_what_people_did(house: dict[str, Any], key_file: Path, occasion: Occasion) -> None:
    turn(key_file)
    row = records.find(ASSETS, house["asset"], occasion.by)
    said = [line.sentence for line in history.of_record(ASSETS, row, occasion.by).lines]
    assert said[0] == "Safehold (key 2) re-sealed this information asset with a new key"
    assert len(said) == 3
    assert [line.sentence for line in history.last_changes(ASSETS, row, occasion.by)] == said[1:]
    everything = history.everything(occasion.by, View(deed="resealed")).lines
    assert "Safehold (key 2) re-sealed Paper files with a new key" in [line.sentence for line in everything]
    assert "Safehold (key 2) re-sealed a file with a new key" in [line.sentence for line in everything]
    assert len(everything) == 5


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

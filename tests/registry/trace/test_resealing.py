"""Sealing everything anew: it opens as before, and nothing of the old key is left."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models import secret_file, vault
from models.arrangement import Arrangement
from models.asset import Asset
from models.attachment import Attachment
from models.audit import AuditDetail, AuditEntry
from models.base import Traced
from models.breach_letter import BreachLetter
from models.breach_party import BreachParty
from models.breach_person import BreachPerson
from models.breach_report import BreachReport
from models.duty import Duty
from models.fields import EncryptedText
from models.mail import ONLY_ROW, MailSettings, Security
from models.mdm import MdmConnection, Sighting
from models.roles import Role
from models.school import School
from models.statements import stored_rows
from models.supplier import Supplier
from models.tables import TABLES
from models.upload import Upload
from models.user import Draft, User
from models.vault import Vault
from models.vocabulary import BreachStage, DeviceSource, PartInIt, PeopleDecision, RegulatorDecision, ReportPhase
from models.webhook import HookKind
from registry import records
from registry.accounts import people, tokens
from registry.actor import Actor
from registry.breaches import details, judging, moving
from registry.breaches.judging import Judgement
from registry.breaches.reporting import Report, report
from registry.catalogue import find
from registry.files import attachments
from registry.hooks import hooks
from registry.lists import saved_views
from registry.lists.views import View as ListView
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.images.checks import CHECKS
from registry.rows import store
from registry.talk import comments
from registry.trace import history, resealing
from registry.trace.audit import Happened, changes_of, recording
from registry.trace.chain import INSTALLATION
from registry.trace.history import View
from tests.keys import SECRET
from tests.least import add_least, least
from tests.people import NOW, Person
from tests.registry.approvals import add_complete, approve
from tests.registry.trace.new_keys import LATER, numbers, opened, turn
from tests.tampering import behind_its_back, faults, sql


@pytest.fixture
def full_house(house: dict[str, Any], people: dict[str, Person], occasion: Occasion) -> dict[str, Any]:
    """The same, with what people put beside a record."""
    row = add_complete(people["ola"], occasion)
    approve(row, people["dev"], people["hana"], occasion)
    comments.write(PROCESSING, row, "What about Nell Abara?", [], occasion=occasion)
    saved_views.save(PROCESSING, "Of Nell Abara", ListView(search="Nell Abara"), occasion)
    for slug, more in (("carers", {}), ("image-decisions", {"decided_by": "Ann Abara"}), ("image-flags", {"reason": "An order."})):
        add_least(find(slug), "Nell Abara", occasion, **more)  # and a pupil, whom they are about
    check = least(CHECKS, "Website", occasion) | {"record": "Nell Abara was asked about."}
    with recording(occasion.by, occasion.at) as trace:
        records.insert(trace, CHECKS, check, occasion, number=1)
    with recording(Actor.robot("tests"), NOW, chain=INSTALLATION) as trace:
        sealed = {"user": "nell@quillbrook.example", "password": "Nell’s own"}
        kept = {"host": "smtp.quillbrook.example", "port": 587, "sender": "safehold@quillbrook.example", "base_address": "https://quillbrook.example"}
        mail = MailSettings(id=ONLY_ROW, security=Security.TLS, changed_at=NOW, **kept, **sealed)
        store(trace, Happened.MAIL_CHANGED, mail, new=True)
    hooks.add(occasion.by, {"name": "Nell’s team", "kind": HookKind.TEAMS, "address": "https://hooks.example/nell"}, "", NOW)
    with recording(occasion.by, occasion.at) as trace:
        agreed = {"register": "processing", "record": row.id, "code": "PD1", "reason": "Nell Abara is away.", "arranged_at": NOW}
        store(trace, Happened.SNOOZED, Arrangement(school=occasion.by.school, **agreed), new=True)
    tokens.make(occasion.by, tokens.Wanted(name="Nell’s sheet", role=Role.DPO, days=7), NOW)
    handle_a_breach(people, occasion)
    hold_devices(occasion)
    add_least(find("dpias"), "Nell Abara’s tablet", occasion, need="Nell Abara cannot hold a pen.")
    add_least(find("holds"), "Claim", occasion, asked_by="Ann Abara")
    return house


def hold_devices(occasion: Occasion) -> None:
    """A device with what is sealed about it: who holds it, who accepted what, what was lost, and what a management program says."""
    more = {"losses": {"holder": "Nell Abara"}, "devices": {"mdm_user": "nell@quillbrook.example"}, "places": {"keeper": "Nell Abara"},
            "personal-devices": {"holder": "Nell Abara"}, "acceptances": {"parent": "Ann Abara"}}  # fmt: skip
    for slug in ("devices", "places", "acceptances", "allocations", "losses", "personal-devices"):
        add_least(find(slug), "Nell Abara’s", occasion, **more.get(slug, {}))
    here = {"school": occasion.by.school, "source": DeviceSource.INTUNE}
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.IMPORTED, MdmConnection(**here, credentials="A secret of Nell’s", made_at=NOW), new=True)
        told = {"serial_key": "SN1", "told": "Nell Abara’s laptop", "user": "nell@quillbrook.example", "told_mark": "1", "read_at": NOW}
        store(trace, Happened.IMPORTED, Sighting(**here, **told), new=True)


def handle_a_breach(people: dict[str, Person], occasion: Occasion) -> None:
    """A breach about Nell with its timeline, steps and advice, and a stand-in with a number."""
    row = report(Report(what="A letter about Nell Abara went astray.", noticed_at=NOW, call_back="Nell’s teacher"), occasion)
    moving.move(row, BreachStage.OPEN, replace(occasion, by=people["hana"].actor))
    said = {"regulator": RegulatorDecision.REPORT, "people": PeopleDecision.TELL}
    judging.advise(row, Judgement(reasons="Nell Abara may be found.", **said), occasion)
    days = {"begins_on": NOW.date(), "ends_on": NOW.date(), "note": "Ring Nell’s office."}
    with recording(occasion.by, occasion.at) as trace:
        away = Duty(school=occasion.by.school, person=people["hana"].user, stand_in=people["ola"].user, **days)
        store(trace, Happened.DUTY_CHANGED, away, new=True)
        here = {"school": occasion.by.school, "breach": row.id}
        store(trace, Happened.BREACH_PEOPLE, BreachPerson(**here, place=1, name="Nell Abara", email="nell@home.example"), new=True)
        store(trace, Happened.BREACH_PARTY, BreachParty(**here, part=PartInIt.PROCESSOR, name="Nell’s caterer"), new=True)
        sent = {"phase": ReportPhase.INITIAL, "sent_at": NOW, "kept_at": NOW, "kept_by": people["hana"].user, "answers": "A letter went astray."}
        store(trace, Happened.BREACH_SUBMITTED, BreachReport(**here, **sent), new=True)
        text = {"text": "Dear {name}, a letter about Nell Abara went astray.", "written_at": NOW, "written_by": people["hana"].user}
        store(trace, Happened.BREACH_PEOPLE, BreachLetter(**here, **text), new=True)
    details.keep("dpo", "Ring Nell’s office.", replace(occasion, by=people["hana"].actor))


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

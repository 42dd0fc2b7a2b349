"""A record, a link, a person or a school that is changed behind the program's back is found, and named without a name."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from models.asset import Asset
from models.base import db
from models.school import School
from models.user import Membership, User
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace import seals
from registry.trace.chain import INSTALLATION
from registry.trace.fault import Fault
from registry.trace.verification import verify_rows
from tests import databases
from tests.people import Person
from tests.registry.trace.story import Story, faults
from tests.tampering import sql


def rows() -> list[Fault]:
    return [*verify_rows()]


ROW_COLUMNS: dict[str, Any] = {
    "name": "Forged",
    "notes": "Forged",
    "archived_at": 1,
    "changed_at": 1,
    "version": 9,
    "starter": True,
    "owner": b"\1" * 40,
    "owner_index": b"\1" * 16,
    "next_review_on": "2030-01-01",
    "individuals": " pupils ",
}


@pytest.mark.parametrize("column", ROW_COLUMNS)
def test_a_changed_record_is_named_by_its_reference(column: str, story: Story) -> None:
    sql(f"UPDATE asset SET {column} = ? WHERE id = ?", ROW_COLUMNS[column], story.files.id.bytes)
    (fault,) = rows()
    number = story.first + 2  # the far end of the link
    assert fault.message == (
        f"Information asset IA-0001 ({story.files.id}), or what it is linked to, was changed behind the program's back after entry {number}."
    )
    assert (fault.record, fault.number, fault.chain) == (story.files.id, number, story.chain)


def test_a_record_with_another_number_or_another_id_is_named(story: Story) -> None:
    sql("UPDATE asset SET number = 77 WHERE id = ?", story.files.id.bytes)
    assert "IA-0077" in rows()[0].message
    sql("UPDATE asset SET id = ? WHERE id = ?", uuid4().bytes, story.server.id.bytes)
    assert {"added", "removed"} <= {word for fault in rows() for word in fault.message.split()}


def test_a_record_moved_to_another_school_is_named_in_both(story: Story, other_school: School) -> None:
    sql(
        "UPDATE asset SET school = ?, number = 55 WHERE id = ?".replace("school =", f"{Asset.school.column_name} ="),
        other_school.id.bytes,
        story.server.id.bytes,
    )
    assert {(fault.chain, fault.record) for fault in rows()} == {(story.chain, story.server.id), (other_school.id, story.server.id)}


def test_sealed_values_that_changed_places_are_named(story: Story) -> None:
    files, server = story.files.id.bytes, story.server.id.bytes
    (owner,) = sql("SELECT owner FROM asset WHERE id = ?", files)[0]
    sql("UPDATE asset SET owner = (SELECT other.owner FROM asset AS other WHERE other.id = ?) WHERE id = ?", server, files)
    sql("UPDATE asset SET owner = ? WHERE id = ?", owner, server)
    assert {fault.record for fault in rows()} == {story.files.id, story.server.id}


def test_a_removed_record_is_named(story: Story) -> None:
    sql("DELETE FROM asset WHERE id = ?", story.server.id.bytes)
    (fault,) = rows()
    assert fault.message == f"Information asset {story.server.id} was removed behind the program's back: entry {story.last} speaks of it."


def test_an_added_record_is_named(story: Story) -> None:
    columns = ", ".join(field.column_name for field in Asset._meta.sorted_fields if field.name not in ("id", "number"))
    stranger = uuid4()
    sql(f"INSERT INTO asset (id, number, {columns}) SELECT ?, 99, {columns} FROM asset WHERE id = ?", stranger.bytes, story.server.id.bytes)
    (fault,) = rows()
    assert fault.message == f"Information asset IA-0099 ({stranger}) was added behind the program's back: no entry speaks of it."
    assert (fault.chain, fault.record) == (story.chain, stranger)


def test_an_added_or_removed_link_is_named_at_its_ends(story: Story) -> None:
    sql("DELETE FROM link WHERE near = ?", story.files.id.bytes)
    assert [fault.record for fault in rows()] == [story.files.id]
    sql("DELETE FROM link")
    assert {fault.record for fault in rows()} == {story.files.id, story.admissions.id}


def test_a_link_put_in_is_named_at_both_ends(story: Story) -> None:
    school = f"INSERT INTO link (id, {Membership.school.column_name}, near, far_register, far) VALUES (?, ?, ?, ?, ?)"
    sql(school, uuid4().bytes, story.chain.bytes, story.server.id.bytes, "processing", story.admissions.id.bytes)
    sql(school, uuid4().bytes, story.chain.bytes, story.admissions.id.bytes, "assets", story.server.id.bytes)
    assert {fault.record for fault in rows()} == {story.server.id, story.admissions.id}


def test_a_link_that_says_another_register_is_named(story: Story) -> None:
    sql("UPDATE link SET far_register = 'suppliers' WHERE near = ?", story.admissions.id.bytes)
    (fault,) = rows()
    assert fault.record == story.files.id
    assert "link" in fault.message


def test_a_link_of_nothing_is_named(story: Story) -> None:
    stranger = uuid4()
    sql(
        "INSERT INTO link (id, school_id, near, far_register, far) VALUES (?, ?, ?, ?, ?)",
        uuid4().bytes,
        story.chain.bytes,
        stranger.bytes,
        "assets",
        story.server.id.bytes,
    )
    assert [fault.record for fault in rows()] == [stranger]


def test_changed_people_and_schools_are_named_without_a_name(story: Story, tess: Person) -> None:
    sql("UPDATE person SET email_index = ? WHERE id = ?", b"\6" * 16, tess.user.bytes)
    member = Membership.get(Membership.user == tess.user)
    sql("UPDATE membership SET role = 'headteacher' WHERE id = ?", member.id.bytes)
    sql("UPDATE school SET public_authority = ? WHERE id = ?", False, story.chain.bytes)
    found = {fault.record: fault for fault in rows()}
    assert set(found) == {tess.user, member.id, story.chain}
    assert found[tess.user].message.startswith(f"The account {tess.user} was changed behind the program's back")
    assert (found[tess.user].chain, found[member.id].chain) == (INSTALLATION, story.chain)
    assert "Tess" not in str(found)


def test_people_added_or_removed_are_named(story: Story, tess: Person) -> None:
    stranger = uuid4()
    columns = ", ".join(field.column_name for field in User._meta.sorted_fields if field.name not in ("id", "email_index"))
    sql(f"INSERT INTO person (id, {columns}) SELECT ?, {columns} FROM person WHERE id = ?", stranger.bytes, tess.user.bytes)
    sql("DELETE FROM membership WHERE user_id = ?", tess.user.bytes)
    words = {fault.message.split()[1]: fault for fault in rows()}
    assert (words["account"].record, "added" in words["account"].message) == (stranger, True)
    assert "removed" in words["access"].message


def test_a_school_taken_away_does_not_hide_its_records(story: Story) -> None:
    sql("DELETE FROM school WHERE id = ?", story.chain.bytes)
    assert [fault.message.split(" was ")[0] for fault in rows()] == [f"The school {story.chain}"]


def test_what_is_read_again_after_being_stored_again_still_verifies(story: Story) -> None:
    contents = databases.contents()
    if db.param == "?":
        sql("VACUUM")
    else:
        databases.replace_with(contents)
    assert databases.contents() == contents
    assert faults() == rows() == []


def test_a_record_saved_while_verifying_is_no_fault(story: Story, occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    read = seals.last_seals

    def save_after(place: UUID) -> Any:
        found = read(place)
        if place == story.chain:
            records.change(ASSETS, records.find(ASSETS, story.files.id, occasion.by), {"notes": "Saved meanwhile"}, occasion)
            records.add(ASSETS, {"name": "Added meanwhile"}, occasion)
        return found

    monkeypatch.setattr(seals, "last_seals", save_after)
    assert rows() == []

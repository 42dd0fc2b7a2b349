"""The roll brought up to date by the registry itself: in one transaction, by those who may, and undone only while nothing rests on it."""

from dataclasses import replace
from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.batch import Batch, Together
from models.carer import Carer
from models.pupil import Pupil
from models.school import School
from models.upload import Upload
from models.vocabulary import PictureSubject, Relation, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.linking import linked_ids
from registry.many import batches, undoing
from registry.occasion import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.roll import roll
from registry.roll import uploads as roll_uploads
from registry.roll.roll import GoneAlready, Listed, NotAsShown
from registry.roll.saving import Leaving
from registry.roll.uploads import Brought
from registry.rows import CannotBeDone
from registry.rules.roll_carers import Contact
from registry.rules.roll_people import OnFile
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW, Person
from tests.pictured import a_limit, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")

SAM = OnFile("line 2", "00123", "Sam Patel", class_name="3B", legal_name="Samantha Patel")
ASHA = OnFile("line 3", "124", "Asha Patel", class_name="5A", year_group="Year 5")
OLA = OnFile("line 4", "OB", "Ola Brandt", kind=PictureSubject.STAFF)
ANN = Contact(0, "line 2", "Ann Patel", "77", "ann@family.example", Relation.MOTHER, YesNoUnknown.YES, "May not collect.")
FAMILY = Listed((SAM, ASHA, OLA), (ANN, replace(ANN, pupil=1)))


def bring(listed: Listed, occasion: Occasion, leaving: Leaving | None = None) -> roll.Outcome:
    """Save lists as their preview would show them now."""
    upload = roll_uploads.keep(Brought((), (), "0"), occasion.by, NOW)
    return roll.save(upload, listed, occasion, shown=roll.judge(listed).mark, leaving=leaving or Leaving())


def named(name: str) -> Any:
    """Somebody on the roll."""
    return Pupil.get(Pupil.name_index == name)


def test_everybody_is_stored_with_what_the_list_says(occasion: Occasion, school: School) -> None:
    assert bring(FAMILY, occasion) == roll.Outcome(added=3, carers_added=1)
    sam, ola, ann = named("sam patel"), named("ola brandt"), Carer.select().get()
    assert (sam.name, sam.legal_name, sam.mis_number, sam.class_name) == ("Sam Patel", "Samantha Patel", "00123", "3B")
    assert sam.kind is PictureSubject.PUPIL
    assert (ola.kind, ola.class_name) == (PictureSubject.STAFF, None)
    assert (ann.name, ann.email, ann.mis_number, ann.relation, ann.responsibility, ann.restrictions) == (
        "Ann Patel", "ann@family.example", "77", Relation.MOTHER, YesNoUnknown.YES, "May not collect.",
    )  # fmt: skip
    assert set(linked_ids(ann.id)["pupils"]) == {sam.id, named("asha patel").id}
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_everything_is_in_the_trace_and_nothing_personal_in_the_account_of_the_file(occasion: Occasion, school: School) -> None:
    bring(FAMILY, occasion)
    deeds = [row.deed for row in AuditEntry.select().where(AuditEntry.chain == school.id).order_by(AuditEntry.number)]
    assert deeds.count("imported") == 5, "three people, one parent, and the lists themselves"
    batch = batches.latest(Together.IMPORT, PUPILS, occasion.by)
    assert (batch.many, batches.beside(batch)[0].register) == (3, "carers")


def test_a_brother_or_sister_who_comes_later_joins_the_entry_of_their_parent(occasion: Occasion, school: School) -> None:
    bring(Listed((SAM,), (ANN,)), occasion)
    assert bring(Listed((SAM, ASHA), (ANN, replace(ANN, pupil=1))), occasion) == roll.Outcome(added=1, carers_changed=1)
    (ann,) = Carer.select()
    assert len(linked_ids(ann.id)["pupils"]) == 2
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_the_number_and_the_address_of_a_parent_are_learnt(occasion: Occasion) -> None:
    bring(Listed((SAM,), (replace(ANN, number="", email="", restrictions=""),)), occasion)
    bring(Listed((SAM,), (ANN,)), occasion)
    (ann,) = Carer.select()
    assert (ann.mis_number, ann.email, ann.restrictions) == ("77", "ann@family.example", "May not collect.")


def test_all_is_saved_or_nothing(occasion: Occasion) -> None:
    upload = roll_uploads.keep(Brought((), (), "0"), occasion.by, NOW)
    with pytest.raises(NotAsShown):
        roll.save(upload, FAMILY, occasion, shown="something else", leaving=Leaving())
    assert not Pupil.select().count()
    assert Upload.select().count() == 1
    roll.save(upload, FAMILY, occasion, shown=roll.judge(FAMILY).mark, leaving=Leaving())
    with pytest.raises(GoneAlready):
        roll.save(upload, FAMILY, occasion, shown=roll.judge(FAMILY).mark, leaving=Leaving())


def test_nobody_leaves_who_is_not_offered(occasion: Occasion) -> None:
    bring(FAMILY, occasion)
    with pytest.raises(NotAsShown):
        bring(FAMILY, occasion, Leaving(frozenset({named("sam patel").id}), NOW.date()))


@pytest.mark.parametrize("key", ["dina", "ian", "tess", "gus"])
def test_only_those_may_who_import_and_add_pupils(occasion: Occasion, people: dict[str, Person], key: str) -> None:
    with pytest.raises(Forbidden):
        bring(FAMILY, replace(occasion, by=people[key].actor))
    assert not Pupil.select().count()


def test_an_import_on_which_something_rests_is_not_undone_and_does_not_say_what(occasion: Occasion) -> None:
    bring(FAMILY, occasion)
    batch = batches.latest(Together.IMPORT, PUPILS, occasion.by)
    an_answer(occasion, named("sam patel"), a_use(occasion))
    assert len(undoing.touched(PUPILS, batch)) >= 3, "which of them is not told"
    with pytest.raises(CannotBeDone) as refused:
        undoing.undo(PUPILS, batch.id, occasion)
    assert "PU-" not in str(refused.value)
    assert Pupil.select().count() == 3


@pytest.mark.parametrize("is_limited", [True, False])
def test_undoing_puts_people_away_whether_or_not_somebody_is_limited(occasion: Occasion, dina: Person, school: School, is_limited: bool) -> None:
    bring(FAMILY, occasion)
    batch = batches.latest(Together.IMPORT, PUPILS, occasion.by)
    if is_limited:
        a_limit(replace(occasion, by=dina.actor), named("sam patel"))
    assert undoing.touched(PUPILS, batch) == set()
    undoing.undo(PUPILS, batch.id, occasion)
    assert [row.archived_at for row in Pupil.select()] == [NOW] * 3
    assert Carer.select().count() == 0
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_undoing_takes_people_and_parents_away_or_neither(occasion: Occasion, school: School) -> None:
    bring(FAMILY, occasion)
    batch = batches.latest(Together.IMPORT, CARERS, occasion.by)
    row = named("ola brandt")
    records.change(PUPILS, row, {"name": "Ola Brandt-Lee"}, occasion)
    assert undoing.touched(CARERS, batch) == {row.id}
    with pytest.raises(CannotBeDone, match=row.reference):
        undoing.undo(CARERS, batch.id, occasion)
    assert Carer.select().count() == 1
    assert Batch.select().where(Batch.undone_at.is_null()).count() == 2
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_people_of_another_school_are_not_compared(occasion: Occasion, elsewhere: Occasion, other_school: School, school: School) -> None:
    with doors.looking_at(other_school.id):
        bring(FAMILY, elsewhere)
    with doors.looking_at(school.id):
        assert bring(FAMILY, occasion).added == 3
        assert Pupil.select().count() == 3

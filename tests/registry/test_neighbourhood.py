"""What touches a record is seen, linked and taken away from either side, within one school and one's rights."""

from uuid import UUID

import pytest

from models import doors
from models.audit import AuditEntry
from models.school import School
from registry import neighbourhood, records
from registry.access import Forbidden
from registry.breaches.reporting import Report, report
from registry.linking import linked_ids
from registry.neighbourhood import End
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone
from registry.school.schools import facts_of
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def chain(occasion: Occasion) -> dict[str, UUID]:
    """A supplier who keeps an asset that two activities use: Admissions – Pupil files – Census, and Shredders behind the files."""
    files = records.add(ASSETS, {"name": "Pupil files"}, occasion).id
    shredders = records.add(SUPPLIERS, {"name": "Shredders", "assets": (files,)}, occasion).id
    admissions = records.add(PROCESSING, {"name": "Admissions", "assets": (files,)}, occasion).id
    census = records.add(PROCESSING, {"name": "Census", "assets": (files,)}, occasion).id
    return {"files": files, "shredders": shredders, "admissions": admissions, "census": census}


def test_every_link_stands_in_the_table_of_its_register(chain: dict[str, UUID], occasion: Occasion) -> None:
    activities, suppliers = neighbourhood.tables(End(ASSETS, chain["files"]), occasion.by)
    assert (activities.register, [row.title for row in activities.rows]) == (PROCESSING, ["Admissions", "Census"])
    assert (suppliers.register, [row.title for row in suppliers.rows]) == (SUPPLIERS, ["Shredders"])
    assert len(activities.columns) == neighbourhood.SHOWN_COLUMNS == len(activities.rows[0].cells)
    assert neighbourhood.count(End(ASSETS, chain["files"]), occasion.by) == 3


def test_two_steps_around_are_told_apart_and_say_what_lies_between(chain: dict[str, UUID], occasion: Occasion) -> None:
    seen = neighbourhood.around(End(PROCESSING, chain["admissions"]), occasion.by)
    assert [each.named.name for each in seen.first] == ["Pupil files"]
    assert [(each.named.name, each.through) for each in seen.second] == [("Census", (chain["files"],)), ("Shredders", (chain["files"],))]


def test_a_record_on_its_own_has_nothing_around_it(occasion: Occasion) -> None:
    alone = records.add(ASSETS, {"name": "Alone"}, occasion).id
    assert neighbourhood.around(End(ASSETS, alone), occasion.by) == neighbourhood.Neighbourhood((), ())
    assert neighbourhood.tables(End(ASSETS, alone), occasion.by) == ()


@pytest.mark.parametrize("turned", [False, True], ids=["from one side", "from the other"])
def test_two_records_are_linked_and_parted_from_either_side(chain: dict[str, UUID], occasion: Occasion, turned: bool) -> None:
    ends = [End(SUPPLIERS, chain["shredders"]), End(PROCESSING, chain["census"])]
    near, far = reversed(ends) if turned else ends
    neighbourhood.link(near, far, occasion)
    assert linked_ids(chain["census"])["suppliers"] == (chain["shredders"],)
    assert linked_ids(chain["shredders"])["processing"] == (chain["census"],)
    neighbourhood.unlink(near, far, occasion)
    assert "suppliers" not in linked_ids(chain["census"])
    assert "processing" not in linked_ids(chain["shredders"])
    assert occasion.by.school
    assert [*verify_chain(occasion.by.school), *verify_rows()] == []


def test_linking_what_is_linked_and_parting_what_is_not_leave_no_trace(chain: dict[str, UUID], occasion: Occasion) -> None:
    before = AuditEntry.select().count()
    neighbourhood.link(End(ASSETS, chain["files"]), End(SUPPLIERS, chain["shredders"]), occasion)
    neighbourhood.unlink(End(SUPPLIERS, chain["shredders"]), End(PROCESSING, chain["census"]), occasion)
    assert AuditEntry.select().count() == before


def test_what_is_archived_is_linked_to_nothing_new(chain: dict[str, UUID], occasion: Occasion) -> None:
    records.archive(PROCESSING, records.find(PROCESSING, chain["census"], occasion.by), occasion)
    with pytest.raises(CannotBeDone, match="Bring it back first"):
        neighbourhood.link(End(SUPPLIERS, chain["shredders"]), End(PROCESSING, chain["census"]), occasion)


def test_a_register_is_not_linked_with_itself(chain: dict[str, UUID], occasion: Occasion) -> None:
    with pytest.raises(Forbidden):
        neighbourhood.link(End(PROCESSING, chain["admissions"]), End(PROCESSING, chain["census"]), occasion)


def test_who_may_not_answer_the_question_may_not_link(chain: dict[str, UUID], gus: Person, school: School) -> None:
    governor = Occasion(gus.actor, NOW, facts_of(school, NOW.date()))
    assert not neighbourhood.may_link(ASSETS, SUPPLIERS, gus.actor)
    with pytest.raises(Forbidden):
        neighbourhood.link(End(PROCESSING, chain["census"]), End(SUPPLIERS, chain["shredders"]), governor)


def test_a_link_that_only_those_who_handle_breaches_may_know_of_is_not_shown_to_others(
    chain: dict[str, UUID], occasion: Occasion, people: dict[str, Person]
) -> None:
    breach = report(Report(what="The files stood open.", noticed_at=NOW), occasion).id
    neighbourhood.link(End(BREACHES, breach), End(ASSETS, chain["files"]), occasion)
    around = {who: neighbourhood.around(End(PROCESSING, chain["census"]), people[who].actor) for who in ("dev", "ian")}
    assert [breach in {each.named.id for each in seen.second} for seen in around.values()] == [True, False]
    for near, far in ((End(ASSETS, chain["files"]), "breaches"), (End(BREACHES, breach), "assets")):
        tables = {who: {each.register.slug for each in neighbourhood.tables(near, people[who].actor)} for who in ("dev", "ian")}
        assert [far in seen for seen in tables.values()] == [True, False]
        assert neighbourhood.count(near, people["dev"].actor) == neighbourhood.count(near, people["ian"].actor) + 1


def test_the_other_schools_records_are_not_there(chain: dict[str, UUID], occasion: Occasion, elsewhere: Occasion, other_school: School) -> None:
    with doors.looking_at(other_school.id):
        theirs = records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id
    for deed in (neighbourhood.link, neighbourhood.unlink):
        with pytest.raises(NotFound):
            deed(End(ASSETS, chain["files"]), End(SUPPLIERS, theirs), occasion)
    with doors.looking_at(other_school.id):
        assert neighbourhood.around(End(ASSETS, chain["files"]), elsewhere.by) == neighbourhood.Neighbourhood((), ())

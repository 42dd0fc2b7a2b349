"""How far answers are in, from what was recorded alone; and the answers that disagree."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.school import School
from models.vocabulary import Decider, ImageDecision, Outcome, Relation, YesNo, YesNoUnknown
from registry import records
from registry.images.facts import verdicts
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.rules.image_verdict import Reason, Verdict
from tests.browsing import sign_in, text_of, visit
from tests.people import Person
from tests.pictured import THE_DAY, a_carer, a_limit, a_pupil, a_use, an_answer
from tests.web.test_query_counts import asked

COVERAGE, CONFLICTS = "/consents/coverage", "/consents/conflicts"


@pytest.fixture
def website(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def head(client: FlaskClient, hana: Person) -> FlaskClient:
    sign_in(client, hana)
    return client


@pytest.fixture
def five(occasion: Occasion, website: Use) -> list[Any]:
    """One yes, one no, one yes that has run out, one of whom nothing is known, and a yes from another class."""
    pupils = [a_pupil(occasion, f"Pupil {word}", "4 Heron") for word in ("One", "Two", "Three", "Four")]
    pupils.append(a_pupil(occasion, "Pupil Five", "5 Kite"))
    an_answer(occasion, pupils[0], website)
    an_answer(occasion, pupils[1], website, ImageDecision.REFUSED)
    an_answer(occasion, pupils[2], website, valid_until=date(2026, 10, 1))
    an_answer(occasion, pupils[4], website)
    return pupils


def row(page: str, label: str) -> list[str]:
    """The numbers beside a label in a table."""
    found = re.search(rf'<tr><th scope="row">{re.escape(label)}</th>(.*?)</tr>', page)
    assert found, f"no row of {label}"
    return re.findall(r"<td[^>]*>(.*?)</td>", found[1])


def test_the_table_has_the_numbers_of_the_chart(head: FlaskClient, five: list[Any]) -> None:
    page = visit(head, COVERAGE).text
    assert row(page, "School website") == ["3 of 5", "2", "1", "1", "1"]
    assert row(page, "4 Heron") == ["2 of 4", "1", "1", "1", "1"]
    assert row(page, "5 Kite") == ["1 of 1", "1", "0", "0", "0"]
    assert "Of 5 answers asked for, 3 are in: 2 yes and 1 no. 1 has run out, 1 is missing." in text_of(head, COVERAGE)
    assert '<rect class="sh-fill-a" x="0.0%" y="19" width="40.0%" height="18">' in page


def test_no_child_is_named(head: FlaskClient, five: list[Any]) -> None:
    page = text_of(head, COVERAGE)
    assert [word for word in ("One", "Two", "Three", "Four", "Five") if f"Pupil {word}" in page] == []


def test_a_limit_changes_no_number(head: FlaskClient, occasion: Occasion, dina: Person, five: list[Any]) -> None:
    before = text_of(head, COVERAGE)
    a_limit(Occasion(dina.actor, occasion.at, occasion.school), five[0])
    assert text_of(head, COVERAGE) == before


def test_a_no_of_anybody_is_counted_as_no(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[0], website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    an_answer(occasion, five[0], website, decided_on=date(2026, 11, 1))
    assert row(visit(head, COVERAGE).text, "School website")[1:3] == ["1", "2"]


def test_two_who_signed_by_name_are_two_and_a_no_of_one_is_no(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[3], website, ImageDecision.REFUSED, decided_by="Ann Lund")
    an_answer(occasion, five[3], website, decided_by="Bo Lund")
    assert row(visit(head, COVERAGE).text, "School website") == ["4 of 5", "2", "2", "1", "0"]


def test_a_yes_of_somebody_who_may_not_give_it_is_no_answer(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[3], website, decider=Decider.OTHER)
    an_answer(occasion, five[3], website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    an_answer(occasion, five[3], website, decider=Decider.PUPIL)
    assert row(visit(head, COVERAGE).text, "School website") == ["3 of 5", "2", "1", "1", "1"]
    records.change(PUPILS, records.find(PUPILS, five[3].id, occasion.by), {"may_decide": YesNo.YES}, occasion)
    assert row(visit(head, COVERAGE).text, "School website") == ["4 of 5", "3", "1", "1", "0"]


def test_the_last_word_of_one_person_counts_and_a_yes_to_come_does_not(
    head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]
) -> None:
    an_answer(occasion, five[1], website, decided_on=date(2026, 11, 1))
    an_answer(occasion, five[3], website, decided_on=date(2027, 1, 1))
    assert row(visit(head, COVERAGE).text, "School website") == ["3 of 5", "3", "0", "1", "1"]


def test_it_is_counted_as_a_check_takes_it(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[1], website, ImageDecision.NOT_ASKED, decided_on=date(2026, 11, 1))
    an_answer(occasion, five[1], website, decided_on=date(2027, 1, 1))
    gran = a_carer(occasion, "Gwen Hale", five[3], responsibility=YesNoUnknown.YES)
    an_answer(occasion, five[3], website, carer=gran.id)
    assert row(visit(head, COVERAGE).text, "School website") == ["4 of 5", "3", "1", "1", "0"]
    records.change(CARERS, records.find(CARERS, gran.id, occasion.by), {"responsibility": YesNoUnknown.NO}, occasion)
    assert row(visit(head, COVERAGE).text, "School website") == ["3 of 5", "2", "1", "1", "1"]
    assert verdicts([five[1].id, five[3].id], website, THE_DAY) == {
        five[1].id: Verdict(Outcome.BLOCK, Reason.REFUSED),
        five[3].id: Verdict(Outcome.BLOCK, Reason.NO_CONSENT),
    }


def test_it_is_counted_in_as_many_statements_for_many_as_for_few(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    with asked() as few:
        visit(head, COVERAGE)
    for number in range(30):
        an_answer(occasion, a_pupil(occasion, f"Another {number}", f"{number} Class"), website)
    with asked() as many:
        visit(head, COVERAGE)
    assert len(few) == len(many)
    assert len([each for each in many if "image_answer" in each]) == 1


def test_who_has_left_is_not_counted(head: FlaskClient, occasion: Occasion, five: list[Any]) -> None:
    a_pupil(occasion, "Gone Away", "4 Heron", status="left")
    assert row(visit(head, COVERAGE).text, "4 Heron")[0] == "2 of 4"


def test_one_use_can_be_looked_at_by_class(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    press = a_use(occasion, "Local press", "local_press")
    assert row(visit(head, f"{COVERAGE}?use={press.id.hex}").text, "4 Heron") == ["0 of 4", "0", "0", "0", "4"]
    assert visit(head, f"{COVERAGE}?use=nothing").status_code == 200


def test_an_empty_school_is_told_what_to_do_first(head: FlaskClient) -> None:
    assert "Nothing to count yet" in text_of(head, COVERAGE)


def test_two_parents_who_disagree_are_listed_with_what_each_said(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    mother = a_carer(occasion, "Ann Lund", five[0], relation=Relation.MOTHER, responsibility=YesNoUnknown.YES)
    father = a_carer(occasion, "Bo Lund", five[0], relation=Relation.FATHER, responsibility=YesNoUnknown.YES)
    assert "Nobody disagrees" in text_of(head, CONFLICTS)
    an_answer(occasion, five[0], website, carer=mother.id)
    an_answer(occasion, five[0], website, ImageDecision.REFUSED, carer=father.id, decided_on=date(2026, 10, 2))
    page = text_of(head, CONFLICTS)
    assert "Pupil One 4 Heron School website They disagree" in page
    assert "Father, Bo Lund, said no on 2 October 2026" in page
    assert "Mother, Ann Lund, said yes on 7 September 2026" in page
    an_answer(occasion, five[0], website, carer=father.id, decided_on=date(2026, 10, 3))
    assert "Nobody disagrees" in text_of(head, CONFLICTS)


def test_a_child_who_says_no_beside_a_yes_is_listed(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[0], website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    an_answer(occasion, five[1], website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    page = text_of(head, CONFLICTS)
    assert "Pupil One 4 Heron School website The child says no" in page
    assert "Pupil Two" not in page


def test_a_yes_that_counts_for_nothing_is_no_side_of_a_conflict(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    gran = a_carer(occasion, "Gwen Hale", five[1], responsibility=YesNoUnknown.NO)
    an_answer(occasion, five[1], website, carer=gran.id)
    an_answer(occasion, five[2], website, ImageDecision.REFUSED, decided_by="Bo Lund")
    assert "Nobody disagrees" in text_of(head, CONFLICTS)


def test_nobody_is_said_to_have_said_what_was_only_noted(head: FlaskClient, occasion: Occasion, website: Use, five: list[Any]) -> None:
    an_answer(occasion, five[0], website, ImageDecision.REFUSED, decided_by="Bo Lund")
    an_answer(occasion, five[0], website, ImageDecision.NOT_ASKED, decided_by="Bo Lund", decided_on=date(2026, 11, 2))
    an_answer(occasion, five[0], website, ImageDecision.NOT_ASKED, decided_by="Cy Lund", decided_on=date(2026, 11, 3))
    page = text_of(head, CONFLICTS)
    assert "Bo Lund, said no on 7 September 2026" in page
    assert "Cy Lund" not in page


def test_conflicts_stand_in_the_order_of_the_classes(head: FlaskClient, occasion: Occasion, website: Use) -> None:
    for name, class_name in (("Tom Hale", "10A"), ("Una Hale", "3B")):
        pupil = a_pupil(occasion, name, class_name)
        an_answer(occasion, pupil, website)
        an_answer(occasion, pupil, website, ImageDecision.REFUSED, decided_by="Bo Lund")
    page = text_of(head, CONFLICTS)
    assert page.index("Una Hale") < page.index("Tom Hale")


def test_an_able_pupil_may_say_yes_where_a_parent_says_no(head: FlaskClient, occasion: Occasion, website: Use) -> None:
    able = a_pupil(occasion, "Able Pupil", "11 B", may_decide=YesNo.YES)
    an_answer(occasion, able, website, ImageDecision.REFUSED)
    an_answer(occasion, able, website, decider=Decider.PUPIL)
    assert "Able Pupil 11 B School website They disagree" in text_of(head, CONFLICTS)


@pytest.mark.parametrize(("who", "coverage", "conflicts"), [
    ("hana", 200, 200), ("dev", 200, 200), ("dina", 200, 200), ("ola", 200, 403), ("tess", 403, 403), ("ian", 403, 403), ("gus", 403, 403),
])  # fmt: skip
def test_each_role_sees_what_it_needs(client: FlaskClient, people: dict[str, Person], who: str, coverage: int, conflicts: int) -> None:
    sign_in(client, people[who])
    assert (client.get(COVERAGE).status_code, client.get(CONFLICTS).status_code) == (coverage, conflicts)

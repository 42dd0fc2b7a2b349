"""The playbooks as they read for every kind of school: whole, sourced, and naming only those whom such a school tells."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.vocabulary import NATIONS_OF, BreachKind, BreachPart, JobRole, Nation, SchoolType
from registry.breaches.playbooks import Contact, Playbook, Step, contacts, playbook
from registry.rules import breach_severity
from registry.rules.school_facts import SchoolFacts
from registry.templates_for_schools.content import read

SCHOOLS = [SchoolFacts(nation=nation, school_type=school_type) for school_type, nations in NATIONS_OF.items() for nation in nations]
COUNCIL_SCHOOL = SchoolFacts(nation=Nation.SCOTLAND, school_type=SchoolType.SCOTTISH_COUNCIL_SCHOOL)
ACADEMY = SchoolFacts(nation=Nation.ENGLAND, school_type=SchoolType.ACADEMY)
MAINTAINED = SchoolFacts(nation=Nation.ENGLAND, school_type=SchoolType.MAINTAINED)
WELSH = SchoolFacts(nation=Nation.WALES, school_type=SchoolType.MAINTAINED)
GRANT_AIDED = SchoolFacts(nation=Nation.NORTHERN_IRELAND, school_type=SchoolType.NI_GRANT_AIDED)

CRIMES = (BreachKind.PHISHING, BreachKind.RANSOMWARE)
ALWAYS = {"headteacher", "dpo", "ico", "people-affected"}
ENGLISH = re.compile(r"Department for Education|\bDfE\b|education\.gov|[Rr]eport ?[Ff]raud|Keeping Children Safe|\bKCSIE\b|[Aa]cadem|[Gg]overnor")
OF_A_PLACE_OR_PERSON = re.compile(r"(^|[\s'\"(])(~|\.{0,2}/|[A-Z]:\\)\w|\b(Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\b|\S+@(?!education\.gov\.uk)\S+")
PARTS = {"id", "title", "recognise", "contain", "find_out", "tell", "assess_hints", "severity_example", "prevent", "evidence", "source", "certainty"}

every_kind = pytest.mark.parametrize("kind", list(BreachKind))
every_school = pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: f"{school.school_type}-{school.nation}")


def of(kind: BreachKind, school: SchoolFacts) -> Playbook:
    found = playbook(kind, school)
    assert found is not None
    return found


def told(kind: BreachKind, school: SchoolFacts) -> dict[str, Step]:
    return {step.contact: step for step in of(kind, school).part(BreachPart.TELL)}


def known(school: SchoolFacts) -> dict[str, Contact]:
    return {contact.id: contact for contact in contacts(school)}


def said(kind: BreachKind, school: SchoolFacts) -> Iterator[str]:
    """Every word of a playbook as this school reads it."""
    book = of(kind, school)
    yield from (book.title, *book.recognise, *book.assess_hints, *book.prevent, *book.evidence, book.source, book.severity_example.case)
    yield from (words for step in book.steps for words in (step.words, step.who, step.when))


def said_of(contact: Contact) -> tuple[str, ...]:
    return contact.name, contact.when, contact.how, contact.source


@every_school
@every_kind
def test_every_kind_of_breach_has_a_whole_playbook_in_every_school(kind: BreachKind, school: SchoolFacts) -> None:
    book = of(kind, school)
    assert (book.kind, book.title) == (kind, kind.label)
    assert {step.part for step in book.steps} == set(BreachPart)
    assert all((book.recognise, book.assess_hints, book.prevent, book.evidence))
    assert all(step.words.strip() for step in book.steps)


@every_school
@every_kind
def test_the_steps_come_in_the_order_in_which_they_are_done(kind: BreachKind, school: SchoolFacts) -> None:
    book = of(kind, school)
    assert tuple(step for part in BreachPart for step in book.part(part)) == book.steps
    for part in (BreachPart.CONTAIN, BreachPart.TELL):
        times = [step.within if step.within is not None else timedelta.max for step in book.part(part)]
        assert times == sorted(times)


@every_school
@every_kind
def test_whoever_is_told_is_a_contact_of_this_school_and_nobody_is_told_twice(kind: BreachKind, school: SchoolFacts) -> None:
    telling = of(kind, school).part(BreachPart.TELL)
    assert {step.contact for step in telling} <= set(known(school))
    assert len({step.contact for step in telling}) == len(telling)
    assert all(step.when for step in telling)
    assert set(told(kind, school)) >= ALWAYS


@every_school
@every_kind
def test_the_regulator_is_told_within_72_hours_and_people_without_a_number_to_wait_for(kind: BreachKind, school: SchoolFacts) -> None:
    rows = told(kind, school)
    assert rows["ico"].within == timedelta(hours=72)
    assert "72 hours of becoming aware" in rows["ico"].when
    assert rows["people-affected"].within is None
    assert {rows[at_once].within for at_once in ("dpo", "headteacher")} == {timedelta()}


@every_kind
def test_a_step_is_for_a_post_or_for_whoever_it_happened_to(kind: BreachKind) -> None:
    for step in of(kind, MAINTAINED).part(BreachPart.CONTAIN):
        assert step.within is not None
        assert step.who == JobRole(step.post).label if step.post else step.who.startswith("Whoever ")


def test_the_content_names_no_contact_that_there_is_not_and_none_in_vain() -> None:
    books = read("breaches/playbooks")
    named = {row["contact"] for row in books["always_tell"]} | {row["contact"] for entry in books["playbooks"] for row in entry["tell"]}
    assert named == {entry["id"] for entry in read("breaches/contacts")}
    assert {entry["id"] for entry in books["playbooks"]} == set(BreachKind)
    assert all(set(entry) == PARTS for entry in books["playbooks"])


@every_school
def test_everything_says_where_it_comes_from(school: SchoolFacts) -> None:
    assert all(contact.source.strip() and contact.how.strip() for contact in contacts(school))
    assert all(of(kind, school).source.strip() for kind in BreachKind)
    assert len(known(school)) == len(contacts(school))


@every_kind
def test_the_worked_example_comes_out_as_it_says(kind: BreachKind) -> None:
    example = of(kind, MAINTAINED).severity_example
    found = breach_severity.score(example.facts)
    assert (found.score, found.band) == (example.score, example.band)
    assert example.case


@every_kind
def test_a_council_school_in_scotland_tells_its_council_and_nobody_who_is_for_england(kind: BreachKind) -> None:
    assert told(kind, COUNCIL_SCHOOL)["council"].within == timedelta()
    assert not {"report-fraud", "trust", "chair", "local-authority", "police"} & set(told(kind, COUNCIL_SCHOOL))
    assert not [words for words in said(kind, COUNCIL_SCHOOL) if ENGLISH.search(words)]
    assert "council" in told(kind, COUNCIL_SCHOOL)["ico"].words
    tells_police = {"police", "report-fraud"} & set(told(kind, MAINTAINED))
    assert ("police-scotland" in told(kind, COUNCIL_SCHOOL)) == bool(tells_police)


def test_no_contact_of_a_council_school_in_scotland_is_for_england() -> None:
    found = [words for contact in contacts(COUNCIL_SCHOOL) for words in said_of(contact) if ENGLISH.search(words)]
    assert found == []
    assert {"council", "police-scotland"} <= set(known(COUNCIL_SCHOOL))


@pytest.mark.parametrize("kind", CRIMES)
def test_a_crime_goes_to_police_scotland_there_and_to_report_fraud_elsewhere(kind: BreachKind) -> None:
    assert "police-scotland" in told(kind, COUNCIL_SCHOOL)
    for school in (MAINTAINED, ACADEMY, WELSH, GRANT_AIDED):
        assert "report-fraud" in told(kind, school)
        assert ("dfe-cyber" in told(kind, school)) == (school.nation == Nation.ENGLAND)


@every_kind
def test_an_academy_tells_its_trust_and_a_maintained_school_its_authority(kind: BreachKind) -> None:
    assert told(kind, ACADEMY)["trust"].within == timedelta()
    assert "local-authority" not in told(kind, ACADEMY)
    assert all("local-authority" in told(kind, school) and "trust" not in told(kind, school) for school in (MAINTAINED, WELSH))
    assert "education-authority" in told(kind, GRANT_AIDED)


def test_only_an_academy_asks_before_it_thinks_of_a_ransom() -> None:
    asked = [school for school in SCHOOLS if "dfe-ransom" in told(BreachKind.RANSOMWARE, school)]
    assert asked == [ACADEMY]


def test_what_a_playbook_says_of_a_contact_itself_counts_before_what_is_always_said() -> None:
    assert told(BreachKind.RANSOMWARE, MAINTAINED)["chair"].within == timedelta(hours=4)
    assert told(BreachKind.LOST_PAPER, MAINTAINED)["chair"].within == timedelta(days=1)


def test_the_posts_have_the_names_of_their_nation() -> None:
    assert known(MAINTAINED)["dsl"].name == "Designated safeguarding lead"
    assert known(WELSH)["dsl"].name == "Designated safeguarding person"
    assert known(COUNCIL_SCHOOL)["dsl"].source == "National Guidance for Child Protection in Scotland"


def test_the_regulator_has_the_name_that_the_school_gives_it() -> None:
    renamed = SchoolFacts(regulator_name="Information Commission")
    assert known(renamed)["ico"].name == "Information Commission, the data protection regulator"
    assert told(BreachKind.OTHER, renamed)["ico"].words == "Decide whether to report it to the Information Commission, and report it."
    assert not [words for school in (renamed, MAINTAINED) for contact in contacts(school) for words in said_of(contact) if "{" in words]


@every_school
@every_kind
def test_nothing_names_a_person_or_a_place_on_a_machine(kind: BreachKind, school: SchoolFacts) -> None:
    words = [*said(kind, school), *(part for contact in contacts(school) for part in said_of(contact))]
    assert not [each for each in words if OF_A_PLACE_OR_PERSON.search(each)]


def test_a_word_that_is_no_kind_of_breach_has_no_playbook() -> None:
    assert playbook("flood", MAINTAINED) is None  # type: ignore[arg-type]

"""The demonstration: an invented trust of two schools with a person for every role, the same on every machine."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from models import doors
from models.roles import Role
from models.school import School
from models.user import Membership, User
from models.vocabulary import Art28Clause
from registry import catalogue, records
from registry.accounts.passwords import passwords_for
from registry.actor import Actor
from registry.definition import Register
from registry.demonstration.approvals import approve
from registry.demonstration.breaches import breaches
from registry.demonstration.course import course
from registry.demonstration.devices import devices
from registry.demonstration.dpias import dpias
from registry.demonstration.papers import papers
from registry.demonstration.pictures import pictures
from registry.demonstration.programs import let_a_program_read
from registry.demonstration.retention import retention
from registry.demonstration.talk import talk
from registry.demonstration.terms import PRIMARY as PRIMARY_YEAR
from registry.demonstration.terms import SECONDARY as SECONDARY_YEAR
from registry.demonstration.terms import keep_terms
from registry.demonstration.views import keep_views
from registry.records import Occasion
from registry.rows import store
from registry.school import adoption
from registry.school.schools import facts_of
from registry.school.starter import all_that_fits
from registry.trace.audit import Happened, recording
from registry.trace.chain import INSTALLATION

PASSWORD = "safehold-demo"  # noqa: S105 - printed on the sign-in page of the demonstration
TODAY = date(2026, 11, 23)
SATURDAY = 5
BEGAN = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)

TERMS_OF_ENGLAND = ("1 September 2026 to 18 December 2026", "4 January 2027 to 25 March 2027", "12 April 2027 to 21 July 2027")
PRIMARY: Mapping[str, Any] = {
    "name": "Quillbrook Primary School",
    "urn": "100001",
    "nation": "england",
    "school_type": "maintained",
    "phases": ("early_years", "primary"),
    "controller": "governing_body",
    "public_authority": True,
    "financial_year_end_month": 3,
    "financial_year_end_day": 31,
    "term_dates": TERMS_OF_ENGLAND,
    "bank_holidays": "england-and-wales",
    "regulator_name": "ICO",
}
SECONDARY: Mapping[str, Any] = {
    **PRIMARY,
    "name": "Saltmere Academy",
    "urn": "100002",
    "school_type": "academy",
    "phases": ("secondary", "sixth_form"),
    "controller": "academy_trust",
    "financial_year_end_month": 8,
}
PEOPLE: tuple[tuple[str, str, Role, tuple[int, ...]], ...] = (
    ("head", "Hana Whitlow", Role.HEADTEACHER, (0,)),
    ("dpo", "Dev Marchetti", Role.DPO, (0,)),
    ("dsl", "Dina Okafor", Role.DSL, (0,)),
    ("office", "Ola Brandt", Role.OFFICE, (0,)),
    ("it", "Ian Sollis", Role.IT_PROVIDER, (0, 1)),
    ("teacher", "Tess Quayle", Role.TEACHER, (0,)),
    ("governor", "Gus Penhale", Role.GOVERNOR, (0,)),
    ("other", "Otto Renwick", Role.DPO, (1,)),
)
SUPPLIERS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "Plateful Catering Systems",
        "service": "Cashless catering with a fingerprint reader at the till",
        "role": "processor",
        "handles_personal_data": "yes",
        "contract_signed": "yes",
        "clauses": ("a", "b", "c", "d", "e", "f"),
        "starts_on": date(2024, 3, 12),
        "ends_on": date(2027, 3, 11),
        "notice_days": 90,
        "outside_uk": "no",
        "contact_name": "Mirela Tannahill",
        "contact_email": "mirela@plateful.example",
    },
    {
        "name": "Larkfield School Photography",
        "service": "Individual and class portraits each autumn",
        "role": "controller",
        "handles_personal_data": "yes",
        "contract_signed": "no",
        "outside_uk": "unknown",
        "contact_name": "Jory Penrose",
    },
)
COMPANIES = (
    *("Alderway", "Brackenhill", "Corriemoor", "Dunnock", "Elderfield", "Fernacre"),
    *("Gorsedale", "Heronsgate", "Inchbrae", "Juniper Lane", "Kestrelwood"),
)
TRADES = ("Systems", "Services", "Education", "Software", "Partners")
OWNERS = ("Ola Brandt", "Ian Sollis", "Dina Okafor", "Hana Whitlow")


def fill(password_memory_kib: int) -> None:
    """Set up both schools, their people and their records, with a little history; the caller sees that it is done once."""
    password = passwords_for(password_memory_kib).hash(PASSWORD)
    schools = tuple(_school(answers) for answers in (PRIMARY, SECONDARY))
    users = {key: _person(key, name, password) for key, name, _role, _schools in PEOPLE}
    for key, _name, role, places in PEOPLE:
        for place in places:
            _member(schools[place], users[key], role)
    for place, keeper, year in ((0, "dpo", PRIMARY_YEAR), (1, "other", SECONDARY_YEAR)):
        name = next(known for key, known, *_ in PEOPLE if key == keeper)
        actor = Actor(name, user=users[keeper].id, role=Role.DPO, school=schools[place].id)
        keep_terms(schools[place], actor, BEGAN, year)
        _fill_school(schools[place], actor)
    papers(schools[0], Actor("Dev Marchetti", user=users["dpo"].id, role=Role.DPO, school=schools[0].id))
    approve(schools[0], users)
    talk(schools[0], users)
    pictures(schools[0], users)
    for school in schools:
        course(school, TODAY)
    keep_views(schools[0], Actor("Dev Marchetti", user=users["dpo"].id, role=Role.DPO, school=schools[0].id))
    let_a_program_read(Actor("Dev Marchetti", user=users["dpo"].id, role=Role.DPO, school=schools[0].id))
    for school in schools:
        devices(school, users, in_full=school is schools[0])
    breaches(schools[0], users)
    dpias(schools[0], users)
    retention(schools[0], users)


def _school(answers: Mapping[str, Any]) -> School:
    school = School(created_at=BEGAN, **answers)
    with recording(Actor.robot("demonstration"), BEGAN, chain=school.id) as trace:
        store(trace, Happened.SCHOOL_SET_UP, school, {name: (None, value) for name, value in answers.items()}, new=True)
    return school


def _person(key: str, name: str, password: str) -> User:
    user = User(name=name, email=f"{key}@demo.example", password=password, created_at=BEGAN)
    with recording(Actor.robot("demonstration"), BEGAN, chain=INSTALLATION) as trace:
        store(trace, Happened.JOINED, user, new=True)
    return user


def _member(school: School, user: User, role: Role) -> None:
    member = Membership(school=school.id, user=user.id, role=role, created_at=BEGAN)
    with recording(Actor.robot("demonstration"), BEGAN, chain=school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (None, role)}, new=True)


def _fill_school(school: School, keeper: Actor) -> None:
    facts = facts_of(school, TODAY)
    first = Occasion(keeper, BEGAN + timedelta(hours=2), facts)
    with doors.looking_at(school.id):
        adoption.adopt(all_that_fits(school), first)
        for answers in SUPPLIERS:
            records.add(catalogue.find("suppliers"), answers, first)
        chance = Random(school.urn)  # the same choices on every machine
        moments = _moments_of_work()
        for slug in _LEARNT:
            _live_with(catalogue.find(slug), keeper, moments, chance)


def _moments_of_work() -> Iterator[datetime]:
    """Sixteen moments on every working day, from the day after the beginning on."""
    for day in count(1):
        morning = BEGAN + timedelta(days=day, minutes=30)
        if morning.weekday() < SATURDAY:
            yield from (morning + timedelta(minutes=25 * turn) for turn in range(16))


def _live_with(register: Register, keeper: Actor, moments: Iterator[datetime], chance: Random) -> None:
    """What a month of work leaves behind: most entries confirmed, owners named, some reviews late, a few put away."""
    ids = [row.id for row in register.table.select(register.table.id).order_by(register.table.number)]
    school = School.get_by_id(keeper.school)
    for record, at in zip(ids, moments, strict=False):
        if chance.random() < 0.7:
            _look_after(register, record, Occasion(keeper, at, facts_of(school, TODAY)), chance)


def _look_after(register: Register, record: UUID, on: Occasion, chance: Random) -> None:
    row = records.find(register, record, on.by)
    looked: dict[str, Any] = {"last_verified_on": on.at.date(), "next_review_on": TODAY + timedelta(days=chance.randint(-20, 300))}
    answers = looked | {"owner": chance.choice(OWNERS)} | _found_out(register, row, on, chance)
    records.change(register, row, {name: value for name, value in answers.items() if name in register.questions}, on)
    if row.starter:
        records.confirm(register, row, on)
    if chance.random() < 0.04:
        records.archive(register, row, on)


def _found_out(register: Register, row: Any, on: Occasion, chance: Random) -> dict[str, Any]:
    """What the school has learnt by now: most of what the findings ask for, and never all of it."""
    learnt = _LEARNT[register.slug](row, on, chance)
    return {name: value for name, value in learnt.items() if chance.random() < 0.93}


def _of_activity(row: Any, on: Occasion, _chance: Random) -> dict[str, Any]:
    answers: dict[str, Any] = {"transfers_outside_uk": "no"}
    if row.sch1:
        answers |= {"apd_reference": "Appropriate policy document, version 3", "apd_review_on": TODAY + timedelta(days=200), "kept_per_policy": "yes"}
    if "6.1.f" in row.art6:
        answers |= {"lia_assessed_on": on.at.date(), "lia_assessed_by": on.by.name}
    return answers


def _of_asset(row: Any, _on: Occasion, _chance: Random) -> dict[str, Any]:
    on_paper = row.format == "paper"
    return {} if on_paper else {"encrypted_at_rest": "yes", "encrypted_in_transit": "yes", "backed_up": "yes"}


def _of_supplier(row: Any, on: Occasion, chance: Random) -> dict[str, Any]:
    company = f"{COMPANIES[row.number % len(COMPANIES)]} {TRADES[row.number % len(TRADES)]}"
    return {
        "name": company if row.starter else row.name,
        "contract_signed": "yes",
        "clauses": tuple(Art28Clause)[: 8 if chance.random() < 0.8 else 6],
        "details_described": "yes",
        "due_diligence_on": on.at.date(),
        "outside_uk": "no",
        "own_purposes": "no",
        "sub_processors_known": "yes",
        "starts_on": date(2024, 9, 1),
        "ends_on": TODAY + timedelta(days=chance.randint(-30, 900)),
    }


_LEARNT = {"processing": _of_activity, "assets": _of_asset, "suppliers": _of_supplier}

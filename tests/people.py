"""The same eight invented people in every test, in two invented schools, with somebody else's rows beside theirs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from models.roles import Role
from models.school import Installation, School
from models.user import Membership, User
from models.vault import current
from registry.actor import Actor
from registry.rows import store
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import INSTALLATION

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
# argon2id of PASSWORD at the cost that tests use, made once because every password here is the same
PEOPLE = {
    "hana": ("Hana Whitlow", Role.HEADTEACHER),
    "dev": ("Dev Marchetti", Role.DPO),
    "dina": ("Dina Okafor", Role.DSL),
    "ola": ("Ola Brandt", Role.OFFICE),
    "ian": ("Ian Sollis", Role.IT_PROVIDER),
    "tess": ("Tess Quayle", Role.TEACHER),
    "gus": ("Gus Penhale", Role.GOVERNOR),
}
OTHERS = {"otto": ("Otto Renwick", Role.DPO)}


@dataclass(frozen=True)
class Person:
    """Somebody of the tests: who they are, and who they are when they act."""

    key: str
    name: str
    email: str
    user: UUID
    actor: Actor


def add_schools_and_people(password: str) -> tuple[School, School, dict[str, Person]]:
    """Quillbrook Primary with its seven people, and Saltmere Academy with Otto."""
    robot = Actor.robot("tests")
    Installation.create(key_check=current().fingerprint().hex(), created_at=NOW)
    quillbrook = _school("Quillbrook Primary School", "100001", "maintained", "governing_body", "primary")
    saltmere = _school("Saltmere Academy", "100002", "academy", "academy_trust", "secondary")
    people: dict[str, Person] = {}
    for school, names in ((quillbrook, PEOPLE), (saltmere, OTHERS)):
        with recording(robot, NOW, chain=school.id) as trace:
            store(trace, Happened.SCHOOL_SET_UP, school, {"name": (None, school.name)}, new=True)
        for key, (name, role) in names.items():
            people[key] = _person(robot, school, key, (name, role, password))
    return quillbrook, saltmere, people


def _school(name: str, urn: str, school_type: str, controller: str, phase: str) -> School:
    return School(
        name=name,
        urn=urn,
        nation="england",
        school_type=school_type,
        phases=(phase,),
        controller=controller,
        public_authority=True,
        financial_year_end_month=8 if school_type == "academy" else 3,
        financial_year_end_day=31,
        bank_holidays="england-and-wales",
        created_at=NOW,
    )


def _person(robot: Actor, school: School, key: str, known: tuple[str, Role, str]) -> Person:
    name, role, password = known
    user = User(name=name, email=f"{key}@quillbrook.example", password=password, created_at=NOW)
    with recording(robot, NOW, chain=INSTALLATION) as trace:
        store(trace, Happened.JOINED, user, {}, new=True)
    with recording(robot, NOW, chain=school.id) as trace:
        member = Membership(school=school.id, user=user.id, role=role, created_at=NOW)
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (None, role)}, new=True)
    return Person(key, name, user.email, user.id, Actor(name, user=user.id, role=role, school=school.id))


def note_something(trace: Trace, **changes: Any) -> None:
    """Let a recording of a test end as it must."""
    trace.note(Happened.CHANGED, "test", None, changes={name: (None, value) for name, value in changes.items()} or None)

"""The invented people of the demonstration, whom its sign-in page offers."""

from models.school import School
from models.user import Membership, User
from web.rendering import initials, lower_first

ADDRESS = "{}@demo.example"
LINES = {
    "head": "Sees everything, gives out roles, answers to the governors.",
    "dpo": "Keeps the registers and mends what the law asks for.",
    "dsl": "Keeps children safe, and sees what concerns that.",
    "office": "Writes down what the office does with data.",
    "it": "Looks after systems, security and devices.",
    "teacher": "Sees what a teacher needs, which is little.",
    "governor": "Reads, and changes nothing.",
    "other": "Works at the second school, and sees none of the first.",
}
Person = tuple[str, str, str, str, str]


def address_of(key: str) -> str | None:
    """The address of a demo account; None for a key that is not on the list."""
    return ADDRESS.format(key) if key in LINES else None


def people_by_school() -> list[tuple[str, list[Person]]]:
    """Each school of the demonstration with its people: key, name, role, line and initials."""
    keys = {User.email_index.token(ADDRESS.format(key)): key for key in LINES}
    rows = (
        Membership.select(Membership.role, User, School)
        .join(User, on=Membership.user == User.id, attr="person")
        .switch(Membership)
        .join(School, on=Membership.school == School.id, attr="place")
        .where(User.email_index.in_(list(keys)) & Membership.ended_at.is_null())
    )
    by_school: dict[str, dict[str, Person]] = {}
    for row in rows:
        person, place = row.person, row.place
        key = keys[bytes(person.email_index)]
        by_school.setdefault(place.name, {})[key] = (key, person.name, lower_first(row.role.label), LINES[key], initials(person.name))
    order = list(LINES)
    schools = [(name, sorted(people.values(), key=lambda person: order.index(person[0]))) for name, people in by_school.items()]
    return _each_once(sorted(schools, key=lambda school: -len(school[1])))


def _each_once(schools: list[tuple[str, list[Person]]]) -> list[tuple[str, list[Person]]]:
    """Somebody of several schools is offered at the first."""
    seen: set[str] = set()
    kept = []
    for name, people in schools:
        new = [person for person in people if person[0] not in seen]
        seen |= {person[0] for person in new}
        if new:
            kept.append((name, new))
    return kept

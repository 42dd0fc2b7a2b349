"""The pupils of the demonstration, their families, and what those answered about pictures; one picture that must come down again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from models import doors
from models.roles import Role
from models.school import School
from models.user import User
from models.vocabulary import Decider, FlagCause, ImageDecision, ImageFlag, PictureSubject, Relation, ResponsibilitySource, YesNoUnknown
from registry import catalogue, records
from registry.actor import Actor
from registry.many.bulk import insert_many
from registry.placing import next_number
from registry.records import Occasion
from registry.school.schools import facts_of
from registry.trace.audit import recording

BEGAN = datetime(2026, 11, 20, 9, 35, tzinfo=UTC)
ON_THE_FORMS = date(2026, 9, 14)
USED = ("internal_display", "class_group_photo", "newsletter", "website", "social_media", "prospectus_print", "local_press")
"""What this school asks about; the other uses it has put away."""

HERON = (
    *("Aisha Rahimi", "Amelia Okonjo", "Ben Tranter", "Callum Birch", "Dexter Oyelaran", "Esme Garrick", "Freya Lindqvist", "George Attwell"),
    *("Harvey Moss", "Ines Carvalho", "Isla Brightwell", "Jakub Nowicki", "Kai Pendry", "Leo Featherstone", "Maisie Thorne", "Mei-Lin Zhao"),
    *("Mohammed Siddiq", "Niamh Gallagher", "Noah O’Rourke", "Oscar Wyndham", "Poppy Llewellyn", "Priya Raman", "Reuben Asante", "Sam Patel"),
    *("Tomas Ferreira", "Willow Haines", "Yusuf Demir", "Zofia Łukaszewicz"),
)
FIRST_NAMES = (
    *("Ada", "Bilal", "Cora", "Dylan", "Elif", "Finn", "Greta", "Hugo", "Imogen", "Jonah", "Kezia", "Luca", "Mina", "Nico", "Orla", "Pavel"),
    *("Quinn", "Rosa", "Seth", "Talia", "Umar", "Vera", "Wren", "Xenia", "Yara", "Zeke"),
)
SURNAMES = (
    *("Ashdown", "Bellamy", "Corrigan", "Dhillon", "Eastwood", "Fairbairn", "Goswami", "Hartnell", "Ibekwe", "Jessop", "Kowalska", "Lockyer"),
    *("Marlowe", "Nesbitt", "Ogunleye", "Penhallow", "Quigley", "Rowntree", "Stavros", "Trelawny", "Underhay", "Vasquez", "Winslade", "Yeoman"),
)
SHOWN = ("Aisha Rahimi", "Ben Tranter", "Callum Birch", "Kai Pendry")
"""Whose families said yes to everything, and whose picture was published."""
SIBLINGS = {"Amelia Okonjo": "Ada Okonjo", "Leo Featherstone": "Ned Featherstone"}
"""Of children in 4 Heron, younger ones in 1 Wren, who have the same parents."""
NO_FORM_YET = ("Amelia Okonjo", "Ada Okonjo", "Oscar Wyndham", "Wren Ogunleye", "Ada Stavros", "Seth Corrigan")
MOTHERS = ("Agnes", "Beth", "Chidi", "Dilys", "Farah", "Gwen", "Hettie", "Ines", "Joanna", "Leila", "Miriam", "Nadia")
FATHERS = ("Anton", "Boris", "Conrad", "Denzil", "Emeka", "Farouk", "Gareth", "Henrik", "Ivor", "Jago", "Marek", "Oswin")
CLASSES = (("1 Wren", "Year 1"), ("2 Robin", "Year 2"), ("3 Swift", "Year 3"), ("5 Falcon", "Year 5"), ("6 Kestrel", "Year 6"))
ADULTS = (("Tess Quayle", PictureSubject.STAFF), ("Gus Penhale", PictureSubject.GOVERNOR), ("Mr Anselm Toller", PictureSubject.VISITOR))
SPORTS_DAY: Mapping[str, Any] = {
    "name": "Sports day in the sun",
    "published_on": date(2026, 10, 2),
    "address": "https://quillbrook.example/news/sports-day",
    "image": "IMG_4107.jpg",
    "name_shown": "first",
}


class Desk:
    """The school at which they work, and who they are; each deed a minute after the one before."""

    def __init__(self, school: School, users: Mapping[str, User]) -> None:
        self._school = school
        roles = {"head": Role.HEADTEACHER, "dpo": Role.DPO, "dsl": Role.DSL, "office": Role.OFFICE}
        self._people = {key: Actor(str(users[key].name), user=users[key].id, role=role, school=school.id) for key, role in roles.items()}
        self._at = BEGAN

    def next(self, who: str) -> Occasion:
        """Somebody at work."""
        self._at += timedelta(minutes=1)
        return Occasion(self._people[who], self._at, facts_of(self._school, self._at.date()))


def pictures(school: School, users: Mapping[str, User]) -> None:
    """Let the office put down who is there and what their families said, publish a picture, and hear of a change of mind."""
    desk, chance = Desk(school, users), Random(school.urn)
    with doors.looking_at(school.id):
        uses = _settle_uses(desk)
        _write(desk.next("office"), "pupils", _people())
        pupils = _ids("pupils", "name")
        _write(desk.next("office"), "carers", _carers(pupils, chance))
        carers = _carers_by_pupil()
        _write(desk.next("office"), "image-decisions", _answers(pupils, carers, uses, chance))
        shown = tuple(pupils[name] for name in SHOWN)
        records.add(catalogue.find("publications"), {**SPORTS_DAY, "use": uses["website"], "pupils": shown}, desk.next("office"))
        limit = {"level": ImageFlag.NO_PUBLICATION, "person": pupils["Noah O’Rourke"], "cause": FlagCause.SAFEGUARDING}
        records.add(catalogue.find("image-flags"), {**limit, "reason": "Placed with his aunt; an order forbids contact."}, desk.next("dsl"))
        callum = pupils["Callum Birch"]
        changed = {**_answer(callum, uses["website"], carers[callum][0], ImageDecision.WITHDRAWN), "decided_on": BEGAN.date()}
        records.add(catalogue.find("image-decisions"), changed, desk.next("office"))


def _settle_uses(desk: Desk) -> dict[str, UUID]:
    """Confirm the uses of this school and put the others away; the ids of those that stay, by kind."""
    register = catalogue.find("image-uses")
    table: Any = register.table
    kept: dict[str, UUID] = {}
    for row in table.select().order_by(table.number):
        if row.kind in USED:
            records.confirm(register, row, desk.next("dpo"))
            kept[str(row.kind)] = row.id
        elif str(row.asked_on_form) == "yes":
            records.archive(register, row, desk.next("dpo"))
    return kept


def _write(on: Occasion, slug: str, answers: Sequence[Mapping[str, Any]]) -> None:
    register = catalogue.find(slug)
    with recording(on.by, on.at) as trace:
        insert_many(trace, register, answers, on, number=next_number(register, on.by))


def _people() -> list[Mapping[str, Any]]:
    people: list[Mapping[str, Any]] = [_pupil(name, "4 Heron", "Year 4", place) for place, name in enumerate(HERON)]
    for turn, (class_name, year) in enumerate(CLASSES):
        names = [f"{FIRST_NAMES[(place * 5 + turn) % len(FIRST_NAMES)]} {SURNAMES[(place * 7 + turn * 3) % len(SURNAMES)]}" for place in range(17)]
        if class_name == "1 Wren":
            names += SIBLINGS.values()
        if class_name == "6 Kestrel":  # the second pupil of that name
            names.append("Sam Patel")
        people += [_pupil(name, class_name, year, 100 * (turn + 1) + place) for place, name in enumerate(names)]
    return people + [{"name": name, "kind": kind} for name, kind in ADULTS]


def _pupil(name: str, class_name: str, year: str, place: int) -> Mapping[str, Any]:
    return {"name": name, "kind": PictureSubject.PUPIL, "class_name": class_name, "year_group": year, "mis_number": f"{40210 + place:06d}"}


def _ids(slug: str, name: str) -> dict[str, UUID]:
    """The records of a register by what they are called; of two the first."""
    table = catalogue.find(slug).table
    return {getattr(row, name): row.id for row in table.select().order_by(table.number.desc())}


def _carers(pupils: Mapping[str, UUID], chance: Random) -> list[Mapping[str, Any]]:
    """One or two for each pupil of 4 Heron, and one for every other; siblings have theirs already."""
    children = {*pupils} - {adult for adult, _kind in ADULTS} - {*SIBLINGS.values()}
    return [carer for name in pupils if name in children for carer in _parents_of(name, _children_of(name, pupils), chance)]


def _children_of(name: str, pupils: Mapping[str, UUID]) -> tuple[UUID, ...]:
    """A pupil, with the brother or sister who is at the school too."""
    return tuple(pupils[child] for child in (name, SIBLINGS.get(name)) if child)


def _parents_of(name: str, children: tuple[UUID, ...], chance: Random) -> Iterator[Mapping[str, Any]]:
    surname = name.split(" ", 1)[1]
    both = ((Relation.MOTHER, ResponsibilitySource.BIRTH_MOTHER), (Relation.FATHER, ResponsibilitySource.BIRTH_REGISTER))
    for relation, source in both[: 2 if name in HERON and chance.random() < 0.7 else 1]:
        first = chance.choice(MOTHERS if relation is Relation.MOTHER else FATHERS)
        email = f"{first}.{''.join(filter(str.isalpha, surname))}@families.example".lower()
        able = {"relation": relation, "responsibility": YesNoUnknown.YES, "source": source}
        yield {"name": f"{first} {surname}", "email": email, "pupils": children, **able}


def _carers_by_pupil() -> dict[UUID, tuple[UUID, ...]]:
    table: Any = catalogue.find("carers").table
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in table.select().order_by(table.number):
        for pupil in records.answers_of(catalogue.find("carers"), row, Actor.robot("demonstration")).get("pupils", ()):
            found[pupil] = (*found.get(pupil, ()), row.id)
    return found


def _answers(
    pupils: Mapping[str, UUID], carers: Mapping[UUID, Sequence[UUID]], uses: Mapping[str, UUID], chance: Random
) -> list[Mapping[str, Any]]:
    """What came back on paper in September: most say yes to most, some no to the press, some have not answered at all."""
    refuse = {"local_press": 0.6, "social_media": 0.25, "website": 0.12}
    answers: list[Mapping[str, Any]] = []
    for name in sorted(pupils):
        pupil = pupils[name]
        if pupil in carers and name not in NO_FORM_YET:
            for kind, use in uses.items():
                refused = chance.random() < refuse.get(kind, 0.04) and name not in SHOWN
                answers.append(_answer(pupil, use, carers[pupil][0], ImageDecision.REFUSED if refused else ImageDecision.GIVEN))
    answers.append(_answer(pupils["Harvey Moss"], uses["website"], carers[pupils["Harvey Moss"]][-1], ImageDecision.REFUSED))
    return answers


def _answer(pupil: UUID, use: UUID, carer: UUID, decision: ImageDecision) -> Mapping[str, Any]:
    ends = {"valid_until": ON_THE_FORMS.replace(year=ON_THE_FORMS.year + 1)} if decision is ImageDecision.GIVEN else {}
    return {"person": pupil, "use": use, "carer": carer, "decider": Decider.PARENT, "decision": decision, "decided_on": ON_THE_FORMS, **ends}

"""What the demonstration's headteacher has approved: some activities and assets that hold, one changed since, one that waits for her."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from models import doors
from models.roles import Role
from models.school import School
from models.user import User
from models.vocabulary.advice import Advice
from registry import catalogue, records
from registry.actor import Actor
from registry.approval import approving
from registry.approval.approving import Seen
from registry.definition import Register
from registry.records import Occasion
from registry.school.schools import facts_of
from registry.talk import outbox

TODAY = date(2026, 11, 23)
FIRST = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
ACTIVITIES, ASSETS = 9, 4
CHANGED = "cashless-catering"
MENDED: Mapping[str, Any] = {
    "transfers_outside_uk": "no",
    "apd_reference": "Appropriate policy document, version 3",
    "apd_review_on": date(2027, 6, 11),
    "kept_per_policy": "yes",
    "owner": "Ola Brandt",
}
NEW_LIMITS = {"retention": "7 years after the end of the financial year"}
FINGERPRINTS = {
    "purpose": "To serve the right meal to each child, take payment by card or fingerprint, and claim for free school meals.",
    "data_categories": ("Names, classes and photos", "Balances", "Diets and allergies", "Free school meals", "Fingerprint templates from January"),
    "art9": (),
}
"""What the office wrote down since, and the condition that went missing on the way."""


class Desk:
    """The school at which they work, and who they are."""

    def __init__(self, school: School, users: Mapping[str, User]) -> None:
        self._school = school
        roles = {"head": Role.HEADTEACHER, "dpo": Role.DPO, "office": Role.OFFICE}
        self._people = {key: Actor(str(users[key].name), user=users[key].id, role=role, school=school.id) for key, role in roles.items()}

    def on(self, who: str, at: datetime) -> Occasion:
        """Somebody at work at some moment."""
        return Occasion(self._people[who], at, facts_of(self._school, TODAY))


def approve(school: School, users: Mapping[str, User]) -> None:
    """Let Dev advise and Hana approve, and the office go on working afterwards."""
    desk = Desk(school, users)
    activities, assets = catalogue.find("processing"), catalogue.find("assets")
    with doors.looking_at(school.id):
        catering = _catering(activities, desk)
        ready = _ready(activities, ACTIVITIES + 1)
        for place, row in enumerate(ready[:ACTIVITIES]):
            _approve(activities, row.id, desk, FIRST + timedelta(days=place // 3, minutes=30 * place))
        for place, row in enumerate(_ready(assets, ASSETS)):
            _approve(assets, row.id, desk, FIRST + timedelta(days=4, minutes=30 * place))
        _change(activities, catering, FINGERPRINTS, desk.on("office", datetime(2026, 11, 17, 10, 5, tzinfo=UTC)))
        _advise(activities, ready[-1].id, desk.on("dpo", datetime(2026, 11, 17, 15, 20, tzinfo=UTC)), "All there, and kept no longer than needed.")


def _catering(register: Register, desk: Desk) -> UUID:
    """The activity that has two versions, the second in force for some weeks; its id."""
    table: Any = register.table
    record: UUID = table.get(table.starter_id == CHANGED).id
    began = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    _change(register, record, MENDED, desk.on("dpo", began))
    row = records.find(register, record, desk.on("dpo", began).by)
    if row.starter:
        records.confirm(register, row, desk.on("dpo", began))
    _approve(register, record, desk, began + timedelta(hours=1))
    _change(register, record, NEW_LIMITS, desk.on("dpo", began + timedelta(days=27)))
    _approve(register, record, desk, began + timedelta(days=28))
    return record


def _ready(register: Register, limit: int) -> list[Any]:
    """The first records that can be approved."""
    table: Any = register.table
    there = (table.errors == 0) & table.archived_at.is_null() & (table.starter == False) & table.approved_number.is_null()  # noqa: E712
    return list(table.select().where(there).order_by(table.number).limit(limit))


def _change(register: Register, record: UUID, answers: Mapping[str, Any], on: Occasion) -> None:
    records.change(register, records.find(register, record, on.by), answers, on)


def _advise(register: Register, record: UUID, on: Occasion, words: str = "") -> None:
    row = records.find(register, record, on.by)
    approving.advise(register, Seen(record, row.version), Advice.AGREES, words, occasion=on)


def _approve(register: Register, record: UUID, desk: Desk, at: datetime) -> None:
    """Approved by the headteacher, after the advice that the register asks for."""
    if register.access.advise:
        _advise(register, record, desk.on("dpo", at))
    later = desk.on("head", at + timedelta(minutes=25))
    row = records.find(register, record, later.by)
    approving.approve(register, Seen(record, row.version), "", later)
    outbox.mark_read(later.by, later.at, record=record)

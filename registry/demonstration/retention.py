"""Retention in the demonstration: pupils whose period is over, one of them held, and disposals that wait, are done, and were not approved."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models import doors
from models.hold import Hold
from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.roles import Role
from models.school import School
from models.user import User
from models.vocabulary import OwnRecords
from registry import records
from registry.actor import Actor
from registry.occasion import Occasion
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.images.pupils import PUPILS
from registry.retention import disposing, lifting, proposing
from registry.school.schools import facts_of
from registry.talk import notices

BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PARTS = {"dpo": Role.DPO, "head": Role.HEADTEACHER, "office": Role.OFFICE}
LEAVERS = (("Ines Calloway", 2025), ("Joss Tarrant", 2025), ("Kofi Bellwood", 2026), ("Lena Ashdown", 2026))
"""Invented pupils, and the year in whose summer they left."""


class Cupboard:
    """Where records are kept and disposed of in one school; each deed a minute after the one before."""

    def __init__(self, school: School, users: Mapping[str, User]) -> None:
        self._school = school
        self._people = {key: Actor(str(users[key].name), user=users[key].id, role=role, school=school.id) for key, role in PARTS.items()}
        self._at = BEGAN

    def next(self, who: str) -> Occasion:
        """Somebody at work."""
        self._at += timedelta(minutes=1)
        return Occasion(self._people[who], self._at, facts_of(self._school, self._at.date()))

    def rule(self, code: str) -> RetentionRule | None:
        """A rule of the schedule by its number."""
        return RetentionRule.get_or_none(RetentionRule.code == code)


def retention(school: School, users: Mapping[str, User]) -> None:
    """Fill the cupboard of a school."""
    cupboard = Cupboard(school, users)
    with doors.looking_at(school.id):
        _fill(cupboard)


def _fill(cupboard: Cupboard) -> None:
    left = [_leaver(cupboard, name, year) for name, year in LEAVERS]
    claim = {"name": "Claim after a fall", "kind": "claim", "because": "The insurer asked to keep everything about it until it is settled.",
             "asked_by": "Insurer, reference 4471", "pupils": (left[0].id,), "review_on": date(2027, 2, 1)}  # fmt: skip
    records.add(HOLDS, claim, cupboard.next("dpo"))
    complaint = {"name": "Complaint about a trip", "kind": "complaint", "because": "The panel may ask for the papers of the trip.",
                 "review_on": date(2026, 12, 1)}  # fmt: skip
    old = records.add(HOLDS, complaint, cupboard.next("dpo"))
    lifting.lift(Hold.get_by_id(old.id), "Settled at the first stage, and the parents agreed", cupboard.next("dpo"))
    _papers(cupboard)
    if cupboard.rule("R68"):
        proposing.propose(OwnRecords.PUPILS, cupboard.next("office"))
    read = cupboard.next("dpo")
    notices.mark_all_read(read.by, read.at)


def _leaver(cupboard: Cupboard, name: str, year: int) -> Any:
    answers = {"name": name, "year_group": "6", "class_name": "6 Oak", "status": "left", "left_on": date(year, 7, 22)}
    return records.add(PUPILS, answers, cupboard.next("office"))


def _papers(cupboard: Cupboard) -> None:
    """Visitor books that are gone, registers that wait, and ledgers that somebody proposed too early."""
    books = _boxes(cupboard, "R44", "Visitor books 2014 to 2018", until=date(2018, 12, 20), many=3)
    disposing.approve(books, cupboard.next("head"), seen=books.version)
    how = {"method": "shredded", "witness": "Office manager"}
    records.change(RECORDS_DISPOSALS, RecordsDisposal.get_by_id(books.id), how, cupboard.next("office"))
    on = cupboard.next("office")
    disposing.carry_out(RecordsDisposal.get_by_id(books.id), on.school.today or BEGAN.date(), on)
    _boxes(cupboard, "R10", "Attendance registers 2018/19", until=date(2019, 7, 23), many=2)
    early = _boxes(cupboard, "R69", "Ledgers 2021/22", until=date(2022, 3, 31), many=1)
    disposing.refuse(early, "Kept until 31 March 2028: propose them again then", cupboard.next("head"))


def _boxes(cupboard: Cupboard, code: str, name: str, *, until: date, many: int) -> RecordsDisposal:
    rule = cupboard.rule(code)
    answers = {"name": name, "rule": rule.id if rule else None, "kept_at": "Archive room", "until_on": until, "quantity": many, "unit": "boxes"}
    return RecordsDisposal.get_by_id(records.add(RECORDS_DISPOSALS, answers, cupboard.next("office")).id)

"""DPIAs of the demonstration: one in use against the DPO’s advice, one with a high risk that waits for the regulator, one just begun."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models import doors
from models.dpia import Dpia
from models.roles import Role
from models.school import School
from models.supplier import Supplier
from models.user import User
from models.vocabulary import DpiaTrigger
from models.vocabulary.advice import Advice
from models.vocabulary.shapes import CONSULTATIONS, FLOWS, RISKS
from registry import records
from registry.actor import Actor
from registry.approval import approving
from registry.approval.approving import Seen
from registry.dpias import beginning, moving
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.row_text import written
from registry.school.schools import facts_of
from registry.talk import comments
from registry.templates_for_schools.dpias import template

BEGAN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PARTS = {"dpo": Role.DPO, "head": Role.HEADTEACHER, "office": Role.OFFICE}
TABLETS: Mapping[str, Any] = {
    "concerns_pupils": "yes",
    "criteria": ("5", "8"),
    "need": "Pupils of years 5 and 6 read and write on a tablet of their own, at school and at home.",
    "nature": "The tablets are set up by the IT provider. Pupils sign in with school accounts. Work is kept in the school’s cloud storage.",
    "scope": "120 pupils: names, classes, work and marks. No camera outside lessons. Kept for the school year.",
    "context": "Families know the tablets from other schools. Children cannot judge what an app learns about them, so the school chooses the apps.",
    "purposes": "Learning with texts that fit each pupil, and handing in work.",
    "necessity": "Public task, Article 6(1)(e). Paper alone does not read texts aloud. Only apps on the school’s list are installed.",
    "proportionality": "Location, advertising and private use are switched off. A new app needs a look by the DPO.",
    "minimisation": "First name and class only; work is deleted each August.",
    "told": "The privacy notice for pupils has a page with pictures; parents get a letter.",
    "rights": "The office answers requests; work can be exported for a pupil within minutes.",
    "processors_held": "Contract of September 2026 with the clauses of Article 28.",
    "transfers_safe": "Nothing leaves the United Kingdom.",
    "flows": written(FLOWS, (
        {"sender": "Pupil", "what": "Work, sign-in", "receiver": "Tablet", "protected_by": "Code and encryption"},
        {"sender": "Tablet", "what": "Work", "receiver": "Cloud storage", "protected_by": "TLS"},
        {"sender": "Cloud storage", "what": "Work to mark", "receiver": "Teachers", "protected_by": "School accounts"},
    )),
    "consultations": written(CONSULTATIONS, (
        {"party": "parents", "how": "An evening in September, and a form", "said": "Worried about screen time",
         "taken_up": "No homework on it after seven"},
        {"party": "pupils", "how": "The school council", "said": "Wanted to draw", "taken_up": "A pen for each"},
    )),
    "risks": written(RISKS, (
        {"risk": "A tablet is lost on the way home", "impact": "Strangers read a child’s work", "likelihood": "possible", "severity": "significant",
         "measures": "Encryption, verified\nRemote wipe", "effect": "reduced", "likelihood_after": "remote", "severity_after": "significant",
         "approved": "yes"},
        {"risk": "Families feel watched at home", "impact": "Distress, and mistrust", "likelihood": "possible", "severity": "significant",
         "measures": "No monitoring after four", "effect": "reduced", "likelihood_after": "remote", "severity_after": "minimal",
         "approved": "yes"},
    )),
    "kept_under_review_by": "Data protection lead",
    "next_review_on": date(2027, 10, 1),
}  # fmt: skip


class Desk:
    """Where DPIAs are written in one school; each deed some minutes after the one before."""

    def __init__(self, school: School, users: Mapping[str, User]) -> None:
        self._school = school
        self._people = {key: Actor(str(users[key].name), user=users[key].id, role=role, school=school.id) for key, role in PARTS.items()}
        self._at = BEGAN

    def next(self, who: str) -> Occasion:
        """Somebody at work."""
        self._at += timedelta(minutes=5)
        return Occasion(self._people[who], self._at, facts_of(self._school, self._at.date()))


def dpias(school: School, users: Mapping[str, User]) -> None:
    """Three DPIAs of a school."""
    desk = Desk(school, users)
    with doors.looking_at(school.id):
        _in_use(desk)
        _high(desk)
        supplier = Supplier.select().order_by(Supplier.number).first()
        about = {"suppliers": supplier.id} if supplier else {}
        name = f"New supplier: {supplier.name}" if supplier else "A new supplier"
        beginning.begin(name, about, desk.next("dpo"), trigger=DpiaTrigger.NEW_SUPPLIER)


def _in_use(desk: Desk) -> None:
    """Approved although the DPO advised changes, with the headteacher’s reasons, and in use."""
    row = beginning.begin("Tablets for years 5 and 6", {}, desk.next("office"))
    moved = _moved(desk, _answered(desk, row, TABLETS), "assess")
    seen = Seen(moved.id, moved.version)
    approving.ask(DPIAS, seen, "Ready before the half term.", desk.next("office"))
    words = "Wait until every family has had the letter, and leave the tablets at school until then."
    approving.advise(DPIAS, seen, Advice.WITH_CHANGES, words, occasion=desk.next("dpo"))
    why = "The letters went out on Friday. Families who ask may leave the tablet at school; most need it for reading at home."
    approving.approve(DPIAS, seen, why, desk.next("head"))
    _moved(desk, Dpia.get_by_id(row.id), "live", who="head")


def _high(desk: Desk) -> None:
    """Assessed from a template, with a risk that stays high."""
    row = beginning.begin("Face recognition in the canteen", {}, desk.next("office"), template("cashless-catering-biometrics"))
    moved = _moved(desk, row, "assess")
    high = {"risk": "A parent objects and the child is recognised all the same", "impact": "An unlawful use of biometric data of a child",
            "likelihood": "possible", "severity": "severe", "measures": "A list of refusals at the till", "effect": "reduced",
            "likelihood_after": "possible", "severity_after": "severe"}  # fmt: skip
    text = f"{moved.risks}\n\n{written(RISKS, (high,))}"
    written_down = _answered(desk, moved, {"risks": text, "regulator_asked_on": date(2026, 11, 2)})
    words = "The list of refusals has to be at both tills: Year 6 pays at the second one."
    comments.write(DPIAS, written_down, words, (), occasion=desk.next("dpo"), about="risks-and-measures")


def _answered(desk: Desk, row: Dpia, answers: Mapping[str, Any]) -> Dpia:
    records.change(DPIAS, row, answers, desk.next("office"))
    return Dpia.get_by_id(row.id)


def _moved(desk: Desk, row: Dpia, code: str, who: str = "office") -> Dpia:
    moving.move_on(row, code, desk.next(who), seen=row.version)
    return Dpia.get_by_id(row.id)

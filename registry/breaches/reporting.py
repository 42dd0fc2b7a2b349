"""A breach is reported: by anybody, signed in or not; the clock starts, and whoever is answerable is told at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from models import vault
from models.base import new_id
from models.breach import Breach
from models.breach_alert import BreachAlert
from models.message import News
from models.vocabulary import BreachStage, EntryKind, FileCategory
from registry.access import Deed, may, school_of
from registry.actor import Actor
from registry.breaches import duty, timeline
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described, Refused
from registry.occasion import Occasion
from registry.placing import next_number, place
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import store
from registry.rules.breach_clock import Alert
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.schema import Invalid
from registry.talk import outbox
from registry.trace.audit import Happened, Trace, recording

LONGEST_STORY, LONGEST_CONTACT = 5_000, 200
LONG_AGO = timedelta(days=3650)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Those that are not taken for one another when they are read out."""

RECEIPT = re.compile(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")
UNNAMED = "Reported, and not yet looked into"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody reports: what happened, when they noticed it, and how they can be called back."""

    what: str
    noticed_at: datetime
    call_back: str = ""


def report(told: Report, occasion: Occasion, record: UUID | None = None) -> Breach:
    """Keep a report as a breach that nobody has taken up yet, and tell whoever is answerable. Raises Invalid.

    The clock starts when it was noticed: what any member of staff knows the school may be taken to know. With `record`, an id made beforehand,
    the same form sent twice reports once.
    """
    demand(told, occasion.at)
    key = record or new_id()
    with recording(occasion.by, occasion.at) as trace:
        there: Breach | None = Breach.get_or_none(Breach.id == key)
        if there is not None and _is_the_same(there, told, occasion.by):
            trace.note(Happened.BREACH_REPORTED, Breach._meta.table_name, key)
            return there
        if there is not None:  # the form was sent before with other words, and neither report is lost
            key = new_id()
        return keep(trace, told, occasion, record=key)


def keep(trace: Trace, told: Report, occasion: Occasion, *, record: UUID, known: Mapping[str, Any] | None = None) -> Breach:
    """The same inside a recording that is open, for a report that was looked at; `known` are answers that somebody need not be asked for again."""
    robot = _by_the_program(occasion)
    answers = {
        "name": UNNAMED, "stage": BreachStage.REPORTED, "narrative": told.what.strip(),
        "discovered_at": told.noticed_at, "aware_at": told.noticed_at, "reported_at": occasion.at,
        "reported_by": occasion.by.user, "reporter": told.call_back.strip() or None, **(known or {}),
    }  # fmt: skip
    row: Breach = place(trace, BREACHES, answers, robot, record=record, number=next_number(BREACHES, robot.by), happened=Happened.BREACH_REPORTED)
    timeline.write(trace, row, EntryKind.REPORTED, occasion, at=told.noticed_at, text=told.what.strip())
    _alert(trace, row, occasion)
    return row


def keep_files(row: Breach, files: Sequence[Arriving], occasion: Occasion) -> list[Refused]:
    """Keep what somebody sent with their report; those that are not taken in come back with the reason.

    Raises CannotBeDone, and virus_scan.NoScanner or file_store.OutOfReach, in which case none is kept.
    """
    about = Described(FileCategory.OTHER, "Sent with the report.")
    return attachments.add(BREACHES, row, files, about, occasion=_by_the_program(occasion)) if files else []


def receipt_of(record: UUID) -> str:
    """What a report is called by whoever made it, such as KM4T-7WPX: nobody can count by it how many there were."""
    digest = int.from_bytes(vault.current().token(b"receipt of a report:" + record.bytes)[:8])
    letters = [LETTERS[digest // len(LETTERS) ** place % len(LETTERS)] for place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def of_receipt(text: str, by: Actor) -> UUID | None:
    """The breach that a receipt is of, for those who handle breaches; None for any other text and for everybody else."""
    words = text.strip().upper()
    if not RECEIPT.fullmatch(words) or not may(by, Deed.CHANGE, BREACHES):
        return None
    return next((row.id for row in Breach.select(Breach.id) if receipt_of(row.id) == words), None)


def _is_the_same(row: Breach, told: Report, by: Actor) -> bool:
    """Whether a report that is there already is this one, sent twice, and nobody has taken it up since."""
    return row.stage is BreachStage.REPORTED and row.reported_by_id == by.user and row.narrative == told.what.strip()


def _by_the_program(occasion: Occasion) -> Occasion:
    """What most roles may not do themselves, the program does for their report."""
    return Occasion(Actor.robot("reports of breaches", school_of(occasion.by)), occasion.at, occasion.school)


def own_reports(by: Actor) -> list[Breach]:
    """What somebody reported themselves, newest first: all that most roles see of breaches."""
    return [*Breach.select().where(Breach.reported_by == by.user).order_by(Breach.number.desc())] if by.user else []


def _alert(trace: Trace, row: Breach, occasion: Occasion) -> None:
    alert = BreachAlert(id=new_id(), school=row.school_id, breach=row.id, alert=Alert.START.value, given_at=occasion.at)
    store(trace, Happened.BREACH_ALERTED, alert, new=True)
    people = [*duty.on_duty(row.school_id, in_zone(occasion.at, ZONE).date()), *duty.deputies(row.school_id)]
    word = outbox.Word(news=News.BREACH, register=BREACHES.slug, record=row.id, about=alert.id)
    outbox.put(trace, occasion.by, word, {each.id for each in people})


def demand(told: Report, now: datetime) -> None:
    """Raise Invalid, with a sentence by question, where a report cannot be kept as it is."""
    wrong: dict[str, list[str]] = {}
    if not told.what.strip():
        wrong["what"] = ["Say what happened, as far as you know."]
    elif len(told.what) > LONGEST_STORY:
        wrong["what"] = [f"Shorten it to {LONGEST_STORY:,} characters. Whoever calls you back asks for the rest."]
    if told.noticed_at > now + timeline.A_LITTLE:
        wrong["noticed_at"] = ["That time is still to come. Enter when you noticed it."]
    elif told.noticed_at < now - LONG_AGO:
        wrong["noticed_at"] = ["That is more than ten years ago. Look at the year."]
    if len(told.call_back) > LONGEST_CONTACT:
        wrong["call_back"] = [f"Shorten it to {LONGEST_CONTACT} characters."]
    if wrong:
        raise Invalid(wrong)

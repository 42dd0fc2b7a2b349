"""What belongs to a record: which rows go with it when it is erased, which only stop naming it, and what stays, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.acceptance import Acceptance
from models.allocation import Allocation
from models.answer_link import AnswerLink
from models.arrangement import Arrangement
from models.attachment import Attachment
from models.breach_alert import BreachAlert
from models.breach_entry import BreachEntry
from models.breach_judgement import BreachJudgement
from models.breach_letter import BreachLetter, BreachMail
from models.breach_party import BreachParty
from models.breach_person import BreachPerson
from models.breach_report import BreachReport
from models.breach_step import BreachStep
from models.carer import Carer
from models.comment import Comment
from models.image_answer import ImageAnswer
from models.image_flag import PictureFlag
from models.loss import Loss
from models.message import Message
from models.need import Need
from models.pupil import Pupil
from models.search import SearchEntry
from models.sign_link import SignLink
from models.take_down import TakeDown
from models.version import ApprovalStep, ApprovedVersion
from models.webhook import HookCall
from registry.roll.uploads import ROLL

Columns = tuple[Any, ...]
"""Columns of other tables by which their rows name a record."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Whole:
    """What belongs to a record of one register, beside what `BESIDE` and `REPEATING` name for every register.

    `records` are columns by which records of other registers belong to it, and go; `rows` the same for rows that are of no register.
    What names it in one of `loses` is kept for a reason of its own and under a rule of its own, and names nobody from then on: an id that
    leads nowhere would be a fault to whoever reads it. `last_linked` are registers of whose records those go that were linked to no other
    such record; `last_named` own columns naming records that go when no other record of this register names them. `said_as` are the columns
    with the words by which people look for it.
    """

    records: Columns = ()
    rows: Columns = ()
    loses: Columns = ()
    last_linked: tuple[str, ...] = ()
    last_named: Columns = ()
    said_as: Columns = ()
    uploads: tuple[str, ...] = ()


OF_A_BREACH: Columns = (
    *(BreachEntry.breach, BreachStep.breach, BreachJudgement.breach, BreachAlert.breach, BreachReport.breach),
    *(BreachPerson.breach, BreachLetter.breach, BreachMail.breach, BreachParty.breach),
)

WHOLE: Mapping[str, Whole] = {
    "pupils": Whole(
        records=(ImageAnswer.person, PictureFlag.person, TakeDown.person),
        loses=(Allocation.person, Acceptance.person),
        last_linked=("carers",),
        said_as=(Pupil.name, Pupil.legal_name, Pupil.mis_number),
        uploads=(ROLL,),
    ),
    "carers": Whole(
        rows=(AnswerLink.carer,), loses=(ImageAnswer.carer,), said_as=(Carer.name, Carer.email, Carer.mis_number), uploads=(ROLL,)
    ),
    "image-decisions": Whole(),
    "image-flags": Whole(),
    "take-downs": Whole(),
    "breaches": Whole(rows=OF_A_BREACH, loses=(Loss.breach,)),
    "allocations": Whole(last_named=(Allocation.acceptance,)),
    "acceptances": Whole(rows=(SignLink.acceptance,), loses=(Allocation.acceptance,)),
    "dpias": Whole(),
}
"""By the slug of the register: these are the records that the program can erase, and no others."""

BESIDE: tuple[Any, ...] = (Attachment, Comment, ApprovedVersion, ApprovalStep, Arrangement)
"""What people put beside a record of any register, sealed on its own: it goes, each with an entry that says so."""

REPEATING: tuple[Any, ...] = (SearchEntry, Need, Message, HookCall)
"""What is made from a record, or waits to tell of it, and has no trace of its own: it goes without one."""

MENTIONED_IN: Mapping[str, str] = {
    "link": "Both ends go, and what stays has an entry that says so.",
    "image_check": "The check stays, as the proof why a picture was used; whoever is erased has no name in it any more.",
    "saved_view": "One that asks for the record by its id or name goes; who chose it as their usual one gets the whole list.",
    "usual_view": "It goes with its view.",
    "draft": "One about the record, or that names it by its id, goes.",
    "upload": "Files on their way into these registers go: they would bring the record back.",
    "audit_detail": "Every old and new value of what goes.",
    "letter": "It goes with its message; it never held words.",
    "loose_file": "It takes in the bytes of files that go, until they are deleted from the store.",
}
"""Tables that may repeat a record or lead to it without belonging to it, and what becomes of that."""

_THINGS = "It is no record about a person that this program erases by rule; who is named in it is changed there."
_PEOPLE = "It is about somebody who signs in here."
_PROGRAM = "It is about the program, or about a school as a whole."
_SCHEDULE = "It is kept for good: it says what was disposed of, under which rule and by whom, and of whom only a reference."

STAYS: Mapping[str, str] = {
    **dict.fromkeys(("installation", "job_run", "mail_settings", "school", "logo", "audit_head", "webhook", "search_recipe"), _PROGRAM),
    **dict.fromkeys(("search_mark", "need_mark", "fed_mark", "finding_count", "breach_detail", "duty", "mdm_connection"), _PROGRAM),
    **dict.fromkeys(("person", "membership", "one_use_link", "session", "api_token", "api_token_use", "calendar_link", "calendar_use"), _PEOPLE),
    **dict.fromkeys(("failed_sign_in", "known_address", "post_choice"), _PEOPLE),
    **dict.fromkeys(("retention_rule", "hold", "records_disposal", "disposal_record"), _SCHEDULE),
    **dict.fromkeys(("asset", "supplier", "activity", "image_use", "publication", "term_date", "device_model", "support_end", "place"), _THINGS),
    **dict.fromkeys(("device", "agreement", "repair", "loss", "disposal", "disposal_line", "stock_take", "stock_line"), _THINGS),
    **dict.fromkeys(("personal_device", "licence", "device_rule"), _THINGS),
    "sighting": "What a management program says of a device is read anew every night, and thrown away a year after it was read last.",
    "mdm_ruling": "It says what was settled about a device, and names nobody.",
    "audit_entry": "Who did what to which row, and when, without a value: the little that proves what was done (UK GDPR Article 5(2)).",
    "batch": "It counts what one deed did, and names nobody.",
    "fed_event": "An id and a day, so that calendars are told that something went away; forgotten a year later.",
}
"""Every other table, and why nothing of it goes."""

"""How the trace speaks: a deed as the words between who did it and what it was done to, and stored answers as people read them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.fields import ChoicesField, EncryptedText, LinesField, UtcDateTime
from models.school import School
from models.user import Membership
from registry.asking import is_answered
from registry.definition import Question
from registry.kinds import kind_of
from registry.rules.answers import listed
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, full_day, plain_day
from registry.trace.audit import UNDER, Happened
from registry.typed import ZONE

LABELS_SAID = 3
LONG_LABEL = 40
SOMEBODY = "somebody"

ABOUT_RECORDS: Mapping[str, tuple[str, str]] = {
    Happened.ADDED: ("added", ""),
    Happened.CHANGED: ("changed", ""),
    Happened.ARCHIVED: ("archived", ""),
    Happened.RESTORED: ("brought back", ""),
    Happened.IMPORTED: ("imported", "from a file"),
    Happened.SENT: ("sent", "from another school of theirs"),
    Happened.ADOPTED: ("adopted", "from the starter entries"),
    Happened.CONFIRMED: ("confirmed that", "is true of this school"),
    Happened.EXPORTED: ("exported", ""),
    Happened.ERASED_VALUES: ("erased the old values kept about", ""),
    Happened.ERASED: ("erased", "for good"),
    Happened.RESEALED: ("re-sealed", "with a new key"),
    Happened.CORRECTED: ("corrected what is said of", ""),
    Happened.WORKED_OUT: ("worked out the day of", "anew"),
    Happened.SETTLED: ("had it worked out what comes of", ""),
    Happened.FINDINGS_COUNTED: ("counted what is to be mended in", "again"),
    Happened.APPROVAL_ASKED: ("asked for approval of", ""),
    Happened.ADVISED: ("gave advice on", ""),
    Happened.APPROVED: ("approved", ""),
    Happened.UNDONE: ("undid what was done to", ""),
    Happened.TAKEN_BACK: ("took back", "which had been brought in"),
    Happened.COMMENTED: ("commented on", ""),
    Happened.COMMENT_WITHDRAWN: ("withdrew a comment on", ""),
    Happened.FILE_ADDED: ("added a file to", ""),
    Happened.FILE_REPLACED: ("put a newer file in the place of one of", ""),
    Happened.FILE_REMOVED: ("removed a file from", ""),
    Happened.FILE_OPENED: ("opened a file of", ""),
    Happened.FILE_REFUSED: ("brought a file that the virus scanner refused for", ""),
    Happened.ASSIGNED: ("settled who sees to something about", ""),
    Happened.SNOOZED: ("let something wait about", ""),
    Happened.EXCUSED: ("said that a finding does not apply to", ""),
    Happened.BREACH_REPORTED: ("reported", ""),
    Happened.BREACH_MOVED: ("moved", "to another stage"),
    Happened.BREACH_TIMED: ("set the times of", ""),
    Happened.BREACH_JUDGED: ("judged", ""),
    Happened.BREACH_SUBMITTED: ("kept that the regulator was told of", ""),
    Happened.BREACH_NOTED: ("wrote into the timeline of", ""),
    Happened.BREACH_STEP: ("settled a step of", ""),
    Happened.BREACH_ALERTED: ("told whoever is on duty of", ""),
    Happened.BREACH_ACKNOWLEDGED: ("has read an alert about", ""),
    Happened.BREACH_PEOPLE: ("settled who is told of", ""),
    Happened.BREACH_PARTY: ("settled which others have a part in", ""),
}
"""What stands before and after the record, or the register."""

ABOUT_OTHERS: Mapping[str, str] = {
    Happened.ADDED: "added something",
    Happened.CHANGED: "changed the account of {whom}",
    Happened.IMPORTED: "brought in a file",
    Happened.EXPORTED: "exported a file",
    Happened.ERASED_VALUES: "erased the old values kept about {whom}",
    Happened.ERASED: "erased what belonged to a record",
    Happened.RESEALED: "re-sealed the account of {whom} with a new key",
    Happened.SIGNED_IN: "signed in",
    Happened.SIGNED_OUT: "signed out",
    Happened.SIGN_IN_REFUSED: "refused a sign-in",
    Happened.REFUSED: "was refused a page that this role may not open",
    Happened.INVITED: "invited {whom}",
    Happened.JOINED: "opened the account of {whom}",
    Happened.ACCESS_CHANGED: "gave {whom} a role",
    Happened.ACCESS_ENDED: "ended the access of {whom}",
    Happened.PASSWORD_CHANGED: "changed the password of {whom}",
    Happened.RESET_LINK_MADE: "made {whom} a link for a new password",
    Happened.SESSION_ENDED: "ended a session of their own",
    Happened.TOKEN_MADE: "made a token with which another program may act for them",
    Happened.TOKEN_ENDED: "ended a token with which another program could act for somebody",
    Happened.SCHOOL_SET_UP: "set up the school",
    Happened.DUTY_CHANGED: "changed who stands in on breaches",
    Happened.DIFFERENCE_SETTLED: "settled a difference between the register and a device-management program",
    Happened.PROGRAM_OPENED: "entered what lets the program read a device-management program",
    Happened.PROGRAM_CLOSED: "removed what let the program read a device-management program",
    Happened.PROGRAM_ASKED: "asked a device-management program what it knows",
    Happened.BREACH_PREPARED: "changed whom to call and what the regulator asks about the school",
    Happened.SCHOOL_CHANGED: "changed {answers} of the school",
    Happened.CORRECTED: "corrected an entry",
    Happened.WORKED_OUT: "worked out a day anew",
    Happened.SETTLED: "had it worked out what comes of an answer",
    Happened.FINDINGS_COUNTED: "counted what is to be mended again",
    Happened.APPROVAL_ASKED: "put the asking under seal",
    Happened.ADVISED: "put the advice under seal",
    Happened.APPROVED: "put the approved version under seal",
    Happened.DONE_TOGETHER: "did one thing to several records",
    Happened.UNDONE: "undid what was done to several records",
    Happened.VIEW_SAVED: "saved a view of a list",
    Happened.VIEW_REMOVED: "removed a saved view",
    Happened.COMMENTED: "wrote a comment",
    Happened.COMMENT_WITHDRAWN: "withdrew a comment",
    Happened.FILE_ADDED: "put a new file under seal",
    Happened.FILE_REPLACED: "put under seal that a file was replaced",
    Happened.FILE_REMOVED: "put under seal that a file was removed",
    Happened.FILE_OPENED: "opened a file",
    Happened.FILE_REFUSED: "brought a file that the virus scanner refused",
    Happened.ASSIGNED: "put under seal who sees to something",
    Happened.SNOOZED: "put under seal that something waits",
    Happened.EXCUSED: "put under seal that a finding does not apply",
    Happened.ANSWER_LINK_MADE: "made a link through which one parent can answer about pictures",
    Happened.ANSWER_LINK_USED: "took in what one parent answered about pictures through their link",
    Happened.ANSWER_LINK_ENDED: "ended a link through which one parent could answer about pictures",
    Happened.MAIL_CHANGED: "changed how mail is sent",
    Happened.CALENDAR_MADE: "made an address at which their calendar reads what is due",
    Happened.CALENDAR_ENDED: "ended the address at which a calendar read what is due",
    Happened.HOOK_ADDED: "added a channel that can be told what is due",
    Happened.HOOK_CHANGED: "turned a channel that is told what is due on or off",
    Happened.HOOK_REMOVED: "removed a channel that was told what is due",
    Happened.DISPOSAL_CHANGED: "changed the list of a disposal",
    Happened.STOCK_TAKEN: "kept what was found in a check of a room",
    Happened.MATRIX_CHANGED: "changed what devices may be used for",
}
"""What was done to people, to the school or to the program, which have no record of a register."""

PARTS: Mapping[str, str] = {"attachment": "a file", "comment": "a comment", "saved_view": "a saved view", "approved_version": "an approved version"}
"""What belongs to records or to people and is sealed on its own."""

OF_SCHOOL: Mapping[str, Question] = {
    question.name: question
    for question in (
        Question(School.name, "Name"),
        Question(School.urn, "URN"),
        Question(School.nation, "Nation"),
        Question(School.school_type, "Type"),
        Question(School.phases, "Phases"),
        Question(School.controller, "Controller"),
        Question(School.public_authority, "Public authority"),
        Question(School.financial_year_end_month, "Month in which the financial year ends"),
        Question(School.financial_year_end_day, "Day on which the financial year ends"),
        Question(School.term_dates, "Term dates"),
        Question(School.bank_holidays, "Bank holidays"),
        Question(School.regulator_name, "Regulator"),
    )
}
"""The facts about a school, as the trace heads them."""

_of_a_file = EncryptedText()
_of_a_file.name = "attachment"  # a record has no such column: it is how an entry about the record names one of its files
_of_a_count = EncryptedText()
_of_a_count.name = "counted_because"  # nor this one: it is why a day was worked out anew
_of_an_erasure = EncryptedText()
_of_an_erasure.name = UNDER  # nor this: it is under which disposal a record was erased
BESIDE: Mapping[str, Question] = {
    "attachment": Question(_of_a_file, "File"),
    "counted_because": Question(_of_a_count, "Why it was worked out anew"),
    UNDER: Question(_of_an_erasure, "Disposal"),
}
"""What is kept about a record beside its answers, as the trace heads it: its files, why a day of it was counted anew, and how it was erased."""

OF_MEMBERSHIP: Mapping[str, Question] = {"role": Question(Membership.role, "Role")}
"""What is kept about somebody's access, as the trace heads it."""


def answers_said(labels: Sequence[str]) -> str:
    """The answers a sentence speaks of: by their labels while they are few, else how many; empty for none."""
    if len(labels) > LABELS_SAID:
        return f"{len(labels)} answers"
    return listed(labels) if labels else ""


def about_record(deed: str, labels: Sequence[str], has_thing: bool) -> tuple[str, str]:
    """What stands before and after the record; without a record to follow, a change names its answers alone."""
    before, after = ABOUT_RECORDS.get(deed, (f"noted “{deed.replace('_', ' ')}” for", ""))
    said = answers_said(labels) if deed == Happened.CHANGED else ""
    return (f"{before} {said}{' of' if has_thing else ''}" if said else before), after


def about_other(deed: str, labels: Sequence[str], whom: str, *, subject: str = "person") -> str:
    """The whole of what was done, for what is no record."""
    if deed == Happened.RESEALED and subject in PARTS:
        return f"re-sealed {PARTS[subject]} with a new key"
    said = ABOUT_OTHERS.get(deed, f"noted “{deed.replace('_', ' ')}”")
    return said.format(whom=whom, answers=answers_said(labels) or "facts")


def in_words(question: Question, value: Any) -> str:
    """An answer as the trace keeps it, as people read it."""
    column = question.column
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(column, ChoicesField):
        value = column.python_value(" ".join(map(str, value)))
    elif isinstance(column, UtcDateTime):
        value = datetime.fromisoformat(value)
    elif not isinstance(column, LinesField | EncryptedText) and not isinstance(value, list):
        value = column.python_value(value)  # type: ignore[union-attr]
    return ", ".join(map(str, value)) if isinstance(value, list) else kind_of(column).words(value)


def lines_of_answer(question: Question, answer: Any) -> tuple[str, ...]:
    """An answer in words: in one line, or in several where a comma would not part them clearly."""
    if not is_answered(answer):
        return ()
    kind = kind_of(question.column)
    if kind.name == "day":
        return (plain_day(answer),)
    if kind.name in ("lines", "choices"):
        several = tuple(kind.words((each,)) for each in answer)
        return several if any("," in each or len(each) > LONG_LABEL for each in several) else (", ".join(several),)
    if kind.name == "moment":
        local = in_zone(answer, ZONE)
        return (f"{full_day(local)}, {clock(local)} {local.tzname()}",)
    if kind.name == "number":
        return (f"{answer:,}",)
    return tuple(str(kind.words(answer)).splitlines())

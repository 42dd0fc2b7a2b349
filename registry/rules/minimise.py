"""What is kept beyond need, in a sentence: past its day, about people who left, or never answered (UK GDPR Article 5(1)(c) and (e))."""

from datetime import date

from registry.rules.plain_dates import full_day

GRACE_DAYS = 90
"""How long somebody who left stands here before anybody is asked why: the schedule gives accounts of pupils as long."""

LEAST_ASKED = 20
"""Of fewer records nobody can tell whether a question is of use: the next one may be the first that needs it."""

USED_FROM_PERCENT = 2
"""A question that fewer answer is kept for exceptions, and those fit into the notes."""

PROPOSE = "Propose its disposal, or say what it is still needed for."
PROPOSED = "Its disposal has begun: see that it is approved, and carried out."


def over_kept(due_on: date | None, today: date, is_held: bool = False, *, is_proposed: bool = False, what: str = "It") -> str:
    """Why a record is kept beyond its day, or stands although the day has come; empty where neither is so. That day itself is in time."""
    if due_on is None or today <= due_on:
        return ""
    since = f"{what} could have gone since {full_day(due_on)}, {_days((today - due_on).days)} ago"
    if is_held:
        return f"{since}, but a hold keeps it: it stands until that is lifted."
    return f"{since}. {PROPOSED if is_proposed else PROPOSE}"


def left_behind(left_on: date | None, today: date, grace_days: int = GRACE_DAYS) -> str:
    """Why somebody who left stands here too long; empty while the days of grace run, the last of them included, and for who has not left."""
    gone = _gone_too_long(left_on, today, grace_days)
    return f"They left on {gone}. See what is still needed of what is kept about them, and let the rest go." if gone else ""


def contact_left_behind(last_left_on: date | None, today: date, grace_days: int = GRACE_DAYS) -> str:
    """The same of a contact, all of whose pupils have left, the last of them on this day."""
    gone = _gone_too_long(last_left_on, today, grace_days)
    return f"The last of their pupils left on {gone}. Nobody is left here for whom they answer: let their entry go." if gone else ""


def unused(answered: int, asked: int) -> str:
    """Why a question need not be asked; empty where enough records answer it, or too few are asked to tell."""
    if asked < LEAST_ASKED or answered * 100 >= USED_FROM_PERCENT * asked:
        return ""
    return f"{answered:,} of {asked:,}" if answered else f"None of {asked:,}"


def _gone_too_long(left_on: date | None, today: date, grace_days: int) -> str:
    if left_on is None or (gone := (today - left_on).days) <= max(grace_days, 0):
        return ""
    return f"{full_day(left_on)}, {_days(gone)} ago"


def _days(many: int) -> str:
    return "1 day" if many == 1 else f"{many:,} days"

"""What is kept beyond need, in a sentence: records whose day has come, and people who left and still stand here (UK GDPR Article 5(1)(c) and (e))."""

from datetime import date

from registry.rules.plain_dates import full_day

GRACE_DAYS = 90
"""How long somebody who left stands here before anybody is asked why: the schedule gives accounts of pupils as long."""


def over_kept(due_on: date | None, today: date, is_held: bool = False) -> str:
    """Why a record is kept beyond its day, or stands although the day has come; empty where neither is so. That day itself is in time."""
    if due_on is None or today <= due_on:
        return ""
    many = _days((today - due_on).days)
    if is_held:
        return f"It could have gone since {full_day(due_on)}, {many} ago, but a hold keeps it: it stands until that is lifted."
    return f"It could have gone since {full_day(due_on)}, {many} ago. Propose its disposal, or say what it is still needed for."


def left_behind(left_on: date | None, today: date, grace_days: int = GRACE_DAYS) -> str:
    """Why somebody who left stands here too long; empty while the days of grace run, the last of them included, and for who has not left."""
    if left_on is None or (gone := (today - left_on).days) <= max(grace_days, 0):
        return ""
    return f"They left on {full_day(left_on)}, {_days(gone)} ago. Look what is still needed of what is kept about them, and let the rest go."


def _days(many: int) -> str:
    return "1 day" if many == 1 else f"{many:,} days"

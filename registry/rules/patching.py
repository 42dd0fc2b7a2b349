"""By when a high-risk security update is to be put in: 14 days after it comes out (DfE cyber security standards; Cyber Essentials)."""

from datetime import date, timedelta

from registry.rules.plain_dates import full_day

DAYS = 14


def patch_due(released_on: date) -> date:
    """The last day on which the update may be put in."""
    return date.max if (date.max - released_on).days < DAYS else released_on + timedelta(days=DAYS)


def is_patched(released_on: date, patched_on: date | None) -> bool:
    """Whether the last update was put in on the day that this one came out, or later."""
    return patched_on is not None and patched_on >= released_on


def is_overdue(released_on: date, patched_on: date | None, today: date) -> bool:
    """Whether the day has gone by and the update is not in; that day itself is in time."""
    return not is_patched(released_on, patched_on) and today > patch_due(released_on)


def patch_words(released_on: date, patched_on: date | None, today: date) -> str:
    """How it stands in a few words: "due in 2 days", "non-compliant since Wednesday 25 November 2026"."""
    if is_patched(released_on, patched_on):
        return "put in"
    due = patch_due(released_on)
    if today > due:
        return f"non-compliant since {full_day(due + timedelta(days=1))}"
    days = (due - today).days
    return "due today" if days == 0 else f"due in {days} {'day' if days == 1 else 'days'}"

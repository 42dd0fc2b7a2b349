"""Days and times in words, the same on every machine, and the arithmetic of months."""

from datetime import date, datetime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def full_day(day: date) -> str:
    """A day with its weekday: "Monday 23 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {plain_day(day)}"


def plain_day(day: date) -> str:
    """A day without its weekday: "23 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day for a narrow column of a table: "4 Jan 2027"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def clock(moment: datetime) -> str:
    """The time a clock shows, on 24 hours: "09:05"."""
    return f"{moment.hour:02}:{moment.minute:02}"


def months_after(day: date, months: int) -> date:
    """The same day some months later; where that month is too short, the first of the next; never past the last day there is."""
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > date.max.year:
        return date.max
    try:
        return date(day.year + years, month + 1, day.day)
    except ValueError:
        return date(day.year + years, month + 2, 1)


def is_older(day: date, months: int, today: date | None) -> bool:
    """Whether more than so many months have gone by since a day; no when today is not told."""
    return today is not None and today > months_after(day, months)

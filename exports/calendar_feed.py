"""What is due as a calendar (iCalendar, RFC 5545 and 7986) that Outlook, Google and Apple subscribe to."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar, Event, vDuration

from registry.feed.entries import Entry

PRODUCT = "-//Safehold//What is due//EN"
NAME = "Safehold: what is due"
ABOUT = "Days by which something is due in the registers of the school. No names: open the link to see more."
READ_AGAIN = timedelta(hours=4)
ONE_DAY = timedelta(days=1)
GONE = "This is done, or not due any more."
BY_LAW = "The law sets this day."


def calendar(entries: Iterable[Entry], address_of: Callable[[Entry], str]) -> bytes:
    """The whole calendar; `address_of` gives the page to which an event leads."""
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", PRODUCT)
    made.add("METHOD", "PUBLISH")
    made.add("CALSCALE", "GREGORIAN")
    for name, text in (("NAME", NAME), ("X-WR-CALNAME", NAME), ("DESCRIPTION", ABOUT), ("X-WR-CALDESC", ABOUT)):
        made.add(name, text)
    made.add("REFRESH-INTERVAL", READ_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN))
    for entry in entries:
        made.add_component(_event(entry, address_of(entry)))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry, address: str) -> Event:
    """One event of a whole day. It was stamped when it last changed, so that the same state is always the same text."""
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", entry.day)
    event.add("DTEND", entry.day + ONE_DAY)
    event.add("SUMMARY", f"{entry.words} ({entry.school})")
    event.add("DESCRIPTION", f"{_said(entry)}{address}")
    event.add("URL", address)
    event.add("STATUS", "CANCELLED" if entry.is_gone else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    return event


def _said(entry: Entry) -> str:
    if entry.is_gone:
        return f"{GONE}\n"
    return f"{BY_LAW}\n" if entry.is_statutory else ""

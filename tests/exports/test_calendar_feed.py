"""The calendar is what the RFC says a calendar is, read back strictly."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from exports.calendar_feed import calendar
from registry.feed.entries import Entry

AT = datetime(2026, 11, 23, 9, 14, 5, 123456, tzinfo=UTC)
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "TRANSP", "URL", "DESCRIPTION")


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """What makes an event, different where a test says so."""

    def made(**different: Any) -> Entry:
        usual: dict[str, Any] = {
            "id": UUID(int=7), "uid": "abc@def", "words": "Take the picture down: TD-0007", "school": "Quillbrook Primary School",
            "day": date(2026, 11, 25), "is_statutory": False, "is_gone": False, "sequence": 3, "changed_at": AT,
        }  # fmt: skip
        return Entry(**{**usual, **different})

    return made


def address_of(entry: Entry) -> str:
    return f"https://safehold.quillbrook.example/calendar/events/{entry.id}"


def strictly(raw: bytes) -> tuple[Calendar, list[Event]]:
    """The calendar and its events, none of which may be faulty."""
    (read,) = Calendar.from_ical(raw, multiple=True)
    events = read.walk("VEVENT")
    assert not read.errors
    assert not any(event.errors for event in events)
    assert read.to_ical(sorted=False) == raw or read.to_ical() == raw
    return read, events


def test_the_calendar_says_what_it_is(entry: Callable[..., Entry]) -> None:
    read, _events = strictly(calendar([entry()], address_of))
    assert (read["VERSION"], read["PRODID"], read["METHOD"]) == ("2.0", "-//Safehold//What is due//EN", "PUBLISH")
    assert read["X-WR-CALNAME"] == "Safehold: what is due"
    assert read["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    raw = calendar([], address_of).decode()
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in raw
    assert "\r\nX-PUBLISHED-TTL:PT4H\r\n" in raw


def test_an_event_is_a_whole_day_that_keeps_nobody_busy(entry: Callable[..., Entry]) -> None:
    raw = calendar([entry()], address_of)
    _read, (event,) = strictly(raw)
    assert all(raw.decode().replace("\r\n ", "").count(f"\r\n{name}") == (1 if name != "DESCRIPTION" else 2) for name in ONCE)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 11, 25), date(2026, 11, 26))
    assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == AT.replace(microsecond=0)
    assert (event["UID"], event["SEQUENCE"], event["TRANSP"], event["STATUS"]) == ("abc@def", 3, "TRANSPARENT", "CONFIRMED")
    assert event["SUMMARY"] == "Take the picture down: TD-0007 (Quillbrook Primary School)"
    assert event["URL"] == event["DESCRIPTION"] == address_of(entry())
    assert b"DTSTAMP:20261123T091405Z\r\n" in raw


def test_what_is_gone_is_cancelled_and_what_is_the_laws_says_so(entry: Callable[..., Entry]) -> None:
    _read, (gone, law) = strictly(calendar([entry(is_gone=True), entry(uid="other@def", is_statutory=True)], address_of))
    assert gone["STATUS"] == "CANCELLED"
    assert gone["DESCRIPTION"].startswith("This is done, or not due any more.\n")
    assert law["DESCRIPTION"].startswith("The law sets this day.\n")


@pytest.mark.parametrize("school", ['St Ann’s; Upper, Lower \\ Middle: "Infants"', "Ysgol " + "Ŵŷ" * 60, "School\nBEGIN:VALARM", "学校" * 50])
def test_any_name_of_a_school_comes_back_as_it_was(entry: Callable[..., Entry], school: str) -> None:
    raw = calendar([entry(school=school)], address_of)
    _read, (event,) = strictly(raw)
    assert event["SUMMARY"] == f"Take the picture down: TD-0007 ({school})"
    assert b"BEGIN:VALARM\r\n" not in raw


def test_lines_end_and_fold_as_they_must(entry: Callable[..., Entry]) -> None:
    raw = calendar([entry(school="Ŵ" * 200, uid=f"{number}@def") for number in range(30)], address_of)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode() is not None for line in lines)  # no character is cut in two


def test_the_same_state_is_the_same_text(entry: Callable[..., Entry]) -> None:
    assert calendar([entry()], address_of) == calendar([entry()], address_of)
    assert calendar([entry()], address_of) != calendar([entry(day=entry().day + timedelta(days=1))], address_of)

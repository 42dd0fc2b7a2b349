"""Calendar files of every kind are read; what is wrong with one event costs that event, and what is no calendar says so."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.ics_file import NO_DAY, NO_EVENTS, NO_NAME, NOT_A_CALENDAR, REPEATS_ODDLY, WRONG_WAY, take_in
from exports.unreadable import Unreadable
from registry.importing.uploads import FileRows

TODAY = date(2026, 11, 23)
GOOGLE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:STANDARD", "DTSTART:19701025T020000", "RRULE:FREQ=SECONDLY", "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)


def calendar(*events: str | tuple[str, ...], around: tuple[str, ...] = ()) -> bytes:
    """A calendar with these events, each as its lines without the name unless it brings one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A school//Calendar//EN", *around]
    for event in events:
        own = (event,) if isinstance(event, str) else event
        named = () if any(line.startswith("SUMMARY") for line in own) else ("SUMMARY:Term",)
        lines += ["BEGIN:VEVENT", *named, *own, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def days(file: FileRows) -> list[tuple[str, ...]]:
    """The first and last day of each row."""
    return [tuple(row[1:]) for row in file.rows]


@pytest.mark.parametrize(
    ("event", "first", "last"),
    [
        (("DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20261219"), "2026-09-01", "2026-12-18"),
        (("DTSTART;VALUE=DATE:20260901",), "2026-09-01", "2026-09-01"),
        (("DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20260901"), "2026-09-01", "2026-09-01"),
        (("DTSTART;VALUE=DATE:20261026", "DURATION:P5D"), "2026-10-26", "2026-10-30"),
        (("DTSTART;VALUE=DATE:20261026", "DURATION:P1W"), "2026-10-26", "2026-11-01"),
        (("DTSTART:20261130T090000Z", "DTEND:20261130T153000Z"), "2026-11-30", "2026-11-30"),
        (("DTSTART:20260630T233000Z", "DTEND:20260701T100000Z"), "2026-07-01", "2026-07-01"),  # half past midnight here
        (("DTSTART;TZID=Europe/London:20261130T000000", "DTEND;TZID=Europe/London:20261201T000000"), "2026-11-30", "2026-11-30"),
        (("DTSTART;TZID=GMT Standard Time:20261025T000000", "DTEND;TZID=GMT Standard Time:20261026T000000"), "2026-10-25", "2026-10-25"),
        (("DTSTART;TZID=Europe/London:20270328T000000", "DURATION:PT24H"), "2027-03-28", "2027-03-28"),  # that day had 23 hours: the day is meant
        (("DTSTART;TZID=America/New_York:20261130T200000", "DTEND;TZID=America/New_York:20261130T210000"), "2026-12-01", "2026-12-01"),
        (("DTSTART;TZID=Somewhere/Else:20261130T090000",), "2026-11-30", "2026-11-30"),
        (("DTSTART:20261130T000000", "DTEND:20261202T000000"), "2026-11-30", "2026-12-01"),
    ],
)
def test_the_days_of_an_event_are_those_on_which_it_takes_place_here(event: tuple[str, ...], first: str, last: str) -> None:
    file = take_in(calendar(event, around=GOOGLE), TODAY)
    assert (days(file), file.problems) == ([(first, last)], {})


def test_rows_stand_in_the_order_of_the_year_and_the_same_one_stands_once() -> None:
    file = take_in(calendar("DTSTART:20270105", "DTSTART:20260901", "DTSTART:20270105"), TODAY)
    assert days(file) == [("2026-09-01", "2026-09-01"), ("2027-01-05", "2027-01-05")]
    assert file.lines == [1, 2]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("SUMMARY:INSET\\, staff only\\; no pupils", "INSET, staff only; no pupils"),
        ("SUMMARY;LANGUAGE=en-GB:Half term", "Half term"),
        ("SUMMARY:Half\\nterm", "Half term"),
        ("SUMMARY:Autu\r\n mn te\r\n\trm", "Autumn term"),
        ("SUMMARY:" + "x" * 300, "x" * 200),
        ("SUMMARY:Elternabend – Tŷ Gwyn 🎒", "Elternabend – Tŷ Gwyn 🎒"),
        ("SUMMARY:A\u202eb", "A b"),
        ("SUMMARY:=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_names_are_read_as_they_were_meant(written: str, read: str) -> None:
    assert take_in(calendar((written, "DTSTART:20260901")), TODAY).rows[0][0] == read


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ("DTSTART;VALUE=DATE:20260931", NO_DAY),
        ("DTSTART:soon", NO_DAY),
        ("DTEND;VALUE=DATE:20260901", NO_DAY),
        ("DTSTART;VALUE=DATE:18000101", NO_DAY),
        ("DTSTART;VALUE=DATE:25000101", NO_DAY),
        (("DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:99991231"), NO_DAY),
        (("DTSTART;VALUE=DATE:20260901", "DURATION:P9999999D"), NO_DAY),
        (("DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20260801"), WRONG_WAY),
        (("SUMMARY:", "DTSTART:20260901"), NO_NAME),
        (("SUMMARY: \\n ", "DTSTART:20260901"), NO_NAME),
        (("DTSTART:20260901", "RRULE:FREQ=SECONDLY"), REPEATS_ODDLY),
        (("DTSTART:20260901", "RRULE:nonsense"), REPEATS_ODDLY),
        (("DTSTART:20260901", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), REPEATS_ODDLY),
    ],
)
def test_an_event_that_cannot_be_taken_says_why_and_leaves_the_others_alone(event: str | tuple[str, ...], sentence: str) -> None:
    file = take_in(calendar(event, "DTSTART:20260901"), TODAY)
    assert days(file)[0] == ("2026-09-01", "2026-09-01")
    assert file.problems == {2: sentence}


def test_a_line_that_is_no_line_is_left_out() -> None:
    assert days(take_in(calendar(("DTSTART:20260901", "DTEND", "EXDATE;;;:x", "RDATE:2026-09-09")), TODAY)) == [("2026-09-01", "2026-09-01")]


def test_what_an_event_ends_before_is_left_out_and_counted() -> None:
    file = take_in(calendar("DTSTART:20250901", "DTSTART:20240901", "DTSTART:20260901"), TODAY)
    assert (days(file), file.notes) == ([("2026-09-01", "2026-09-01")], ["2 events are over for more than a year, and are left out."])
    assert take_in(calendar("DTSTART:20240901", "DTSTART:20260901"), TODAY).notes == ["1 event is over for more than a year, and is left out."]


def test_an_event_that_repeats_itself_stands_on_each_of_its_days() -> None:
    weekly = ("DTSTART:20261102", "DTEND:20261104", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261109", "RDATE;VALUE=DATE:20261225")
    first_days = ("2026-11-02", "2026-11-16", "2026-11-23", "2026-12-25")
    assert [row[0] for row in days(take_in(calendar(weekly), TODAY))] == list(first_days)
    assert days(take_in(calendar(weekly), TODAY))[0] == ("2026-11-02", "2026-11-03")


def test_a_day_that_was_moved_stands_where_it_is_now() -> None:
    moved = (
        ("UID:1", "DTSTART:20261102", "RRULE:FREQ=WEEKLY;COUNT=3"),
        ("UID:1", "RECURRENCE-ID:20261109", "DTSTART:20261110"),
        ("UID:1", "RECURRENCE-ID:20261116", "DTSTART:20261116", "STATUS:CANCELLED"),
    )
    assert [row[0] for row in days(take_in(calendar(*moved), TODAY))] == ["2026-11-02", "2026-11-10"]


def test_an_event_without_end_stops_two_years_from_now() -> None:
    assert days(take_in(calendar(("DTSTART:20250901", "RRULE:FREQ=YEARLY")), TODAY))[-1] == ("2028-09-01", "2028-09-01")


def test_what_was_cancelled_is_not_there() -> None:
    assert days(take_in(calendar(("DTSTART:20260901", "STATUS:CANCELLED"), "DTSTART:20260902"), TODAY)) == [("2026-09-02", "2026-09-02")]


def test_alarms_tasks_and_zones_are_no_events() -> None:
    alarm = ("DTSTART:20260901", "BEGIN:VALARM", "TRIGGER:-PT15M", "SUMMARY:Wake up", "END:VALARM", "DTEND:20260903")
    around = ("BEGIN:VTODO", "SUMMARY:Buy chalk", "DTSTART:20260901", "END:VTODO")
    assert take_in(calendar(("SUMMARY:Term", *alarm), around=around), TODAY).rows == [["Term", "2026-09-01", "2026-09-02"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_program_that_wrote_it_does_not_matter(codec: str) -> None:
    raw = calendar(("SUMMARY:Été", "DTSTART:20260901")).decode().replace("\r\n", "\n" if codec == "utf-8" else "\r\n").encode(codec)
    assert take_in(raw, TODAY).rows == [["Été", "2026-09-01", "2026-09-01"]]


def test_several_calendars_in_one_file_are_one() -> None:
    assert len(take_in(calendar("DTSTART:20260901") + calendar("DTSTART:20260902"), TODAY).rows) == 2


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", NOT_A_CALENDAR),
        (b"Name,Date\nTerm,1 9 2026\n", NOT_A_CALENDAR),
        (b"<!doctype html><title>Calendar</title>", NOT_A_CALENDAR),
        (b"PK\x03\x04" + b"\x00" * 100, NOT_A_CALENDAR),
        (b"\xff\xfe\x00", NOT_A_CALENDAR),
        (calendar(), NO_EVENTS),
        (b"BEGIN:VCALENDAR", NO_EVENTS),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Cut off", NO_EVENTS),
        (calendar("DTSTART:20010901"), NO_EVENTS),
        (calendar(("DTSTART:20260901", "STATUS:CANCELLED")), NO_EVENTS),
    ],
)
def test_what_is_no_calendar_says_so(raw: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        take_in(raw, TODAY)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (calendar("DTSTART:20260901") + b" " * 5_000_001, "more than 5 MB"),
        (calendar(*["DTSTART:20260901"] * 3_001), "more than 3,000 events"),
        (calendar(*[(f"SUMMARY:{n}", "DTSTART:20260901", "RRULE:FREQ=DAILY") for n in range(3)]), "more than 2,000 events"),
        (calendar(("SUMMARY:Term", "DTSTART:20260901", *["RDATE:20260901"] * 30_000)), "than can be looked through"),
        (calendar(("SUMMARY:Term", "DTSTART:20260901", *["EXDATE:" + "20260901," * 2_000] * 60)), "than can be looked through"),
    ],
)
def test_what_is_too_much_says_so(raw: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        take_in(raw, TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000 + b"END:VEVENT\n" * 100_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"BEGIN:X\n" * 100_000 + b"END:VEVENT",
        calendar(("SUMMARY:" + "a\r\n " * 500_000, "DTSTART:20260901")),
        calendar(("DTSTART" + ";X=Y" * 500_000 + ":20260901",)),
        calendar(("DTSTART:20260901", "EXDATE:" + "20260901," * 200_000)),
        calendar(*[(f"SUMMARY:{n}", "DTSTART:20170101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for n in range(2_500)]),
        calendar(("DTSTART:20260901", *["SUMMARY:Term"] * 100_000)),
        calendar(("SUMMARY:Term", "DTSTART:20260901", *["RDATE:2"] * 450_000)),
        calendar(*[("SUMMARY:Term", "DTSTART:20260901", "RDATE:" + "20260901," * 160)] * 2_990),
    ],
    ids=["nested", "never closed", "folded", "parameters", "exceptions", "never true", "one property again and again", "no days", "many days"],
)
def test_a_hostile_file_costs_no_more_than_a_long_one(raw: bytes) -> None:
    before = time.process_time()
    with contextlib.suppress(Unreadable):
        take_in(raw, TODAY)
    assert time.process_time() - before < 5


LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "SUMMARY:Term", "DTSTART:20260901", "DTSTART:20260901T090000Z",
        "DTEND:20261219", "DTEND;VALUE=DATE:20260101", "DURATION:-P1D", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260908,x", "RDATE:,",
        "RDATE;VALUE=PERIOD:20260901T090000Z/PT1H", "STATUS:CANCELLED", "UID:1", "RECURRENCE-ID:20260908", "RECURRENCE-ID;RANGE=X:y",
        *(": ;=,", " folded", ""),
    ]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=40))
def test_whatever_stands_in_a_calendar_is_read_or_refused_with_a_sentence(lines: list[str]) -> None:
    with contextlib.suppress(Unreadable):
        file = take_in("\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "surrogatepass"), TODAY)
        assert len(file.rows) == len(file.lines)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        take_in(raw, TODAY)

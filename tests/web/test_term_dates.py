"""Term dates are brought from a calendar file, looked at, corrected and saved all together."""

import html
import io
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.term_date import TermDate
from models.upload import Upload
from models.vocabulary import TermDateKind
from registry import records
from registry.records import Occasion
from registry.registers.school.term_dates import TERM_DATES
from tests.browsing import plain, problems, send, sign_in, text_of, token, visit
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")

CHOOSE = "/registers/term-dates/calendar-file"
LIST = "/registers/term-dates/"


def calendar(*events: tuple[str, str, str]) -> bytes:
    """A calendar with these events: what it is called, its first day, and the day after its last."""
    blocks = (f"BEGIN:VEVENT\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{over}\nEND:VEVENT" for name, first, over in events)
    return "\n".join(("BEGIN:VCALENDAR", *blocks, "END:VCALENDAR")).encode()


TERMS = calendar(("Autumn term", "20260901", "20261219"), ("INSET day", "20261127", "20261128"), ("Sports day", "20270610", "20270611"))


def bring(desk: FlaskClient, raw: bytes = TERMS, name: str = "dates.ics") -> TestResponse:
    """Choose a file and send it."""
    return desk.post(CHOOSE, data={"csrf_token": token(desk, CHOOSE), "file": (io.BytesIO(raw), name)})


def brought(desk: FlaskClient, raw: bytes = TERMS) -> str:
    """Where the days of a file are looked at."""
    answer = bring(desk, raw)
    assert answer.status_code == 303
    return answer.headers["Location"]


def as_shown(page: str) -> dict[str, str]:
    """What the form of a page would send: the kind of each entry, and what tells that it is the one shown."""
    chosen = dict.fromkeys(re.findall(r'<select [^>]*name="([^"]+)"', page), "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    shown = re.search(r'name="shown" value="([^"]+)"', page)
    assert shown
    return {**chosen, "shown": shown[1]}


def test_a_calendar_is_brought_corrected_and_saved(desk: FlaskClient) -> None:
    address = brought(desk)
    page = visit(desk, address).text
    assert "2 entries look like term dates" in html.unescape(plain(page))
    answers = as_shown(page)
    assert sorted(answers[name] for name in answers if name != "shown") == ["", "inset", "term"]
    answers["kind-3"] = "closure"  # the pupils stay at home on sports day
    assert send(desk, address, **answers).headers["Location"] == LIST
    assert [(row.name, row.kind) for row in TermDate.select().order_by(TermDate.begins_on)] == [
        ("Autumn term", TermDateKind.TERM),
        ("INSET day", TermDateKind.INSET),
        ("Sports day", TermDateKind.CLOSURE),
    ]
    listed = text_of(desk, LIST)
    assert "3 term dates added from the calendar" in listed
    assert "Autumn term" in listed


def test_what_was_saved_can_be_undone_as_a_whole(desk: FlaskClient) -> None:
    address = brought(desk)
    send(desk, address, **as_shown(visit(desk, address).text))
    undo = re.search(r'action="([^"]+/undo)"', visit(desk, LIST).text)
    assert undo
    assert send(desk, undo[1], page="/account").status_code in (302, 303)
    assert TermDate.select().count() == 0


def test_the_second_time_nothing_is_added(desk: FlaskClient) -> None:
    address = brought(desk)
    send(desk, address, **as_shown(visit(desk, address).text))
    again = brought(desk)
    page = visit(desk, again)
    assert "Entered already: 2 entries" in html.unescape(plain(page.text))
    refused = send(desk, again, **as_shown(page.text))
    assert (refused.status_code, TermDate.select().count()) == (409, 2)
    assert "There is nothing to save" in html.unescape(plain(refused.text))


def test_what_was_chosen_is_still_chosen_when_it_cannot_be_saved(desk: FlaskClient) -> None:
    address = brought(desk)
    answers = {**as_shown(visit(desk, address).text), "kind-3": "closure", "shown": "of another day"}
    refused = send(desk, address, **answers)
    assert "nothing was saved" in refused.text
    assert as_shown(refused.text)["kind-3"] == "closure"
    assert TermDate.select().count() == 0


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"kind-1": "nonsense"}, 0),
        ({"kind-x": "term", "kind-": "term", "kind-²": "term", "kind-1000000": "term"}, 0),
        ({"kind-1": "term"}, 1),
    ],
)
def test_only_what_was_offered_is_stored(desk: FlaskClient, said: dict[str, str], stored: int) -> None:
    address = brought(desk)
    answers = {**dict.fromkeys(as_shown(visit(desk, address).text), ""), "shown": as_shown(visit(desk, address).text)["shown"], **said}
    assert send(desk, address, **answers).status_code == (303 if stored else 409)
    assert TermDate.select().count() == stored


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"Name,Date\n", "This is not a calendar file."),
        (b"", "This is not a calendar file."),
        (calendar(), "There is no event in this calendar"),
    ],
)
def test_what_cannot_be_read_says_so_and_leaves_nothing_behind(desk: FlaskClient, raw: bytes, sentence: str) -> None:
    answer = bring(desk, raw)
    assert (answer.status_code, Upload.select().count()) == (422, 0)
    assert problems(answer)[0].startswith(sentence)


def test_without_a_file_one_is_asked_for(desk: FlaskClient) -> None:
    assert problems(bring(desk, name="")) == ["Choose a file first."]


def test_a_file_that_waits_can_be_gone_on_with_or_given_up(desk: FlaskClient) -> None:
    address = brought(desk)
    assert address in visit(desk, CHOOSE).text
    assert send(desk, f"{address}/give-up", page=CHOOSE).status_code == 303
    visit(desk, address, 404)
    assert Upload.select().count() == 0


def test_nobody_else_sees_the_file(desk: FlaskClient, client: FlaskClient, hana: Person) -> None:
    address = brought(desk)
    other = client.application.test_client()
    sign_in(other, hana)
    visit(other, address, 404)


def test_of_a_calendar_of_everything_the_first_other_entries_are_shown(desk: FlaskClient) -> None:
    many = calendar(*((f"Club {number}", "20270105", "20270106") for number in range(230)))
    page = html.unescape(plain(visit(desk, brought(desk, many)).text))
    assert "Nothing in this calendar looks like a term date" in page
    assert "And 30 more entries, left out as well" in page


def test_names_of_a_file_are_words_and_nothing_else(desk: FlaskClient) -> None:
    page = visit(desk, brought(desk, calendar(("<script>alert(1)</script> term", "20260901", "20261219")))).text
    assert "<script>alert" not in page


@pytest.mark.parametrize(("key", "status"), [("hana", 200), ("ola", 200), ("tess", 403), ("gus", 403), ("ian", 403), ("dina", 403)])
def test_those_who_keep_term_dates_bring_them(client: FlaskClient, people: dict[str, Person], key: str, status: int) -> None:
    sign_in(client, people[key])
    visit(client, CHOOSE, status)
    assert ("From a calendar" in text_of(client, LIST) or "Import from a calendar" in text_of(client, LIST)) == (status == 200)


def test_everybody_sees_the_term_dates(client: FlaskClient, people: dict[str, Person]) -> None:
    for key in ("gus", "ian", "tess", "dina"):
        browser = client.application.test_client()
        sign_in(browser, people[key])
        assert "term date" in text_of(browser, LIST)


def test_an_entry_whose_days_stand_the_wrong_way_round_is_found(desk: FlaskClient, occasion: Occasion) -> None:
    row = records.add(TERM_DATES, {"name": "Autumn term", "begins_on": date(2026, 12, 18), "ends_on": date(2026, 9, 1)}, occasion)
    assert "The last day, 1 September 2026, comes before the first" in text_of(desk, f"{LIST}{row.id}")

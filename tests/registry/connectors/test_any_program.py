"""What is true of every program that is asked, whatever goes wrong."""

import dataclasses
from datetime import UTC, datetime

import pytest

from models.vocabulary.device_programs import DeviceProgram
from registry.connectors import programs
from registry.connectors.manner import Manner
from registry.connectors.troubles import NotAnswered, Remedy
from tests.registry.connectors.conftest import MANY, PROGRAMS, Asking


def expected(asking: Asking) -> int:
    return 2 * MANY if asking.program.name == "jamf_pro" else MANY


def test_every_device_comes_once_and_in_order(any_program: Asking) -> None:
    pages = [*any_program.pages()]
    rows = [row for page in pages for row in page.rows]
    assert [row.line for row in rows] == [*range(1, expected(any_program) + 1)]
    assert len({row.serial for row in rows}) == len(rows)
    assert [page.resume_at is None for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(each.headers["User-Agent"] == "Safehold" for each in any_program.mood.listed)
    assert any_program.slept == []
    assert "never to be read" not in repr(pages)


def test_a_program_without_devices_is_one_that_was_read(any_program: Asking) -> None:
    any_program.mood.devices = {name: [] for name in any_program.mood.devices}
    *others, last = any_program.pages()
    assert ([page.rows for page in others], last.rows, last.resume_at) == ([()] * len(others), (), None)


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        (["429:7"], [7.0]),
        (["503:Mon, 23 Nov 2026 09:00:30 GMT"], [30.0]),
        (["429:soon", "500", "502"], [2.0, 4.0, 8.0]),
        (["half", "hang up", "rubbish", "short"], [2.0, 4.0, 8.0, 16.0]),
    ],
)
def test_what_passes_is_waited_for(any_program: Asking, answers: list[str], waits: list[float]) -> None:
    if any_program.program.name in ("graph", "google") and "short" in answers:
        answers, waits = answers[:-1], waits[:-1]  # neither says how many devices a page has
    any_program.mood.answer(*answers)
    assert len(any_program.rows()) == expected(any_program)
    assert any_program.slept == waits


@pytest.mark.parametrize(
    ("answer", "words"),
    [("429:3", "less often"), ("503", "cannot answer"), ("half", "half a page"), ("hang up", "broke off"), ("rubbish", "half a page")],
)
def test_what_does_not_pass_is_told_and_never_taken_for_all_there_is(any_program: Asking, answer: str, words: str) -> None:
    any_program.mood.answer(*[answer] * 5)
    trouble = any_program.trouble()
    assert (trouble.remedy, words in str(trouble), len(any_program.slept)) == (Remedy.LATER, True, 4)


def test_nobody_waits_for_an_hour(any_program: Asking) -> None:
    any_program.mood.answer("429:3600")
    assert "Try again in 60 minutes." in str(any_program.trouble())
    assert any_program.slept == []


@pytest.mark.parametrize(
    ("answer", "words"), [("403", "lets us in but not at the devices"), ("302", "asked elsewhere"), ("404", "no"), ("418", "418"), ("400", "400")]
)
def test_what_somebody_has_to_mend_is_said_at_once(any_program: Asking, answer: str, words: str) -> None:
    any_program.mood.answer(answer)
    trouble = any_program.trouble()
    assert (trouble.remedy, words in str(trouble), any_program.slept) == (Remedy.MEND, True, [])
    assert len(any_program.mood.listed) == 1


def test_a_wrong_secret_is_said_at_once(any_program: Asking) -> None:
    any_program.mood.known = {"secret": "another"}
    if any_program.program.name == "google":
        any_program.mood.door = ["400"]
    trouble = any_program.trouble()
    assert (trouble.remedy, any_program.slept) == (Remedy.MEND, [])
    assert "refuses" in str(trouble)
    assert len(any_program.mood.asked) == 1


def test_more_than_can_be_read_is_not_read(any_program: Asking) -> None:
    assert "more than can be read" in str(any_program.trouble(manner={"largest": 300}))


def test_a_program_that_is_not_there_is_told_of_plainly(any_program: Asking) -> None:
    gone = dataclasses.replace(any_program, fake=dataclasses.replace(any_program.fake, address="http://127.0.0.1:9"))
    trouble = gone.trouble()
    assert (trouble.remedy, "could not be reached" in str(trouble), len(gone.slept)) == (Remedy.LATER, True, 4)


def test_a_token_that_runs_out_midway_is_replaced_once(behind_a_door: Asking) -> None:
    behind_a_door.mood.answer("", "expired", "", "expired")
    assert len(behind_a_door.rows()) == expected(behind_a_door)
    doors = [each for each in behind_a_door.mood.asked if each.form]
    assert (len(doors), behind_a_door.slept) == (2 + (len(behind_a_door.mood.then) == 0), [])


def test_a_new_token_that_is_refused_as_well_is_the_end(behind_a_door: Asking) -> None:
    behind_a_door.mood.answer("", "401", "401", "401")
    assert behind_a_door.trouble().remedy is Remedy.MEND
    assert behind_a_door.mood.then == ["401"]


def test_a_token_for_a_moment_is_not_used_after_it(behind_a_door: Asking) -> None:
    behind_a_door.mood.lasts = 1
    assert len(behind_a_door.rows()) == expected(behind_a_door)
    assert len([each for each in behind_a_door.mood.asked if each.form]) == len(behind_a_door.mood.listed)


def test_the_door_is_knocked_at_again_when_it_is_busy(behind_a_door: Asking) -> None:
    behind_a_door.mood.door = ["429:7", "half", "rubbish", "503"]
    assert len(behind_a_door.rows()) == expected(behind_a_door)
    assert behind_a_door.slept == [7.0, 4.0, 8.0, 16.0]


def test_a_door_that_leads_elsewhere_is_not_gone_through(behind_a_door: Asking) -> None:
    behind_a_door.mood.door = ["307"]
    assert "asked elsewhere" in str(behind_a_door.trouble())
    assert len(behind_a_door.mood.asked) == 1


def test_reading_goes_on_from_where_it_stopped(paged: Asking) -> None:
    paged.mood.answer("", "", *["503"] * 5)
    reading = paged.pages()
    first = [next(reading), next(reading)]
    with pytest.raises(NotAnswered):
        next(reading)
    paged.mood.forget_questions()
    rest = [*paged.pages(resume=first[-1].resume_at)]
    lines = [row.line for page in [*first, *rest] for row in page.rows]
    assert lines == [*range(1, expected(paged) + 1)]
    assert len(paged.mood.listed) == len(rest)


@pytest.mark.parametrize("answer", ["400", "404", "410"])
def test_a_place_that_is_known_no_longer_means_from_the_beginning(paged: Asking, answer: str) -> None:
    counts_its_pages = paged.program.name == "jamf_pro"  # so that none is ever unknown
    place = next(paged.pages()).resume_at
    paged.mood.answer(answer)
    assert paged.trouble(resume=place).remedy is (Remedy.MEND if counts_its_pages else Remedy.RESTART)


@pytest.mark.parametrize("place", ["", "rubbish", "[]", '{"at": "", "line": 0, "since": ""}', '{"at": 1, "line": 0, "since": ""}'])
def test_a_place_that_is_none_means_from_the_beginning(any_program: Asking, place: str) -> None:
    assert any_program.trouble(resume=place).remedy is Remedy.RESTART
    assert any_program.mood.asked == []


def test_what_was_asked_for_is_asked_for_again_on_going_on(paged: Asking) -> None:
    since = datetime(2026, 11, 12, 6, 30, tzinfo=UTC)
    place = next(paged.pages(since=since)).resume_at
    [*paged.pages(resume=place)]
    words = {"graph": "lastSyncDateTime ge 2026-11-12T06:30:00Z", "google": "sync:2026-11-12.."}
    first, *others = paged.mood.listed
    if paged.program.name == "jamf_pro":
        assert first.params["filter"] == ['general.lastContactTime=ge="2026-11-12T06:30:00Z"']
        assert others[-1].params["filter"] == ['lastInventoryUpdateDate=ge="2026-11-12T06:30:00Z"']
    else:
        assert words[paged.program.name] in str(first.params)
        assert paged.program.name == "graph" or all(words["google"] in str(each.params) for each in others)


def test_a_program_is_read_by_its_name_with_what_was_kept(any_program: Asking) -> None:
    program = dict(zip([each.name for each in PROGRAMS], DeviceProgram, strict=True))[any_program.program.name]
    kept, manner = any_program.program.credentials().to_json(), Manner(instead=any_program.fake.address)
    assert sum(len(page.rows) for page in programs.fetch(program, kept, manner=manner)) == expected(any_program)

"""What is special about Microsoft Graph."""

from collections.abc import Callable

import pytest

from models.vocabulary import DeviceSource, YesNoUnknown
from registry.connectors import pages
from registry.connectors.troubles import Remedy
from tests.registry.connectors.conftest import Asking


@pytest.fixture
def graph(ask: Callable[[str], Asking]) -> Asking:
    """Microsoft."""
    return ask("graph")


def test_only_what_is_read_is_asked_for(graph: Asking) -> None:
    first, *others = [*graph.pages()]
    assert (first.source, len(first.rows), len(others)) == (DeviceSource.INTUNE, 2, 2)
    assert (first.rows[0].serial, first.rows[0].encrypted) == ("5CD0001X", YesNoUnknown.YES)
    asked = graph.mood.listed[0].params
    assert set(asked) == {"$select", "$top"}
    assert not {"activationLockBypassCode", "phoneNumber", "notes", "hardwareInformation"} & set(asked["$select"][0].split(","))


def test_the_token_is_for_reading_and_for_nobody_who_signs_in(graph: Asking) -> None:
    graph.rows()
    door = graph.mood.asked[0]
    assert (door.path, door.params) == ("/quillbrook.example/oauth2/v2.0/token", {})
    assert set(door.form) == {"grant_type", "client_id", "client_secret", "scope"}
    assert "s3cret" not in str([each.params for each in graph.mood.asked])


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com.elsewhere.example/v1.0/deviceManagement/managedDevices",
        "http://127.0.0.1:1/v1.0/deviceManagement/managedDevices",
        "http://user@{here}/v1.0/deviceManagement/managedDevices",
        "http://{here}/beta/deviceManagement/managedDevices",
        "http://[/v1.0",
        "/v1.0/deviceManagement/managedDevices",
    ],
)
def test_a_next_page_that_lies_elsewhere_is_not_asked_for(graph: Asking, link: str) -> None:
    graph.mood.link = link.format(here=graph.fake.address.removeprefix("http://"))
    trouble = graph.trouble()
    assert (trouble.remedy, "does not lie at" in str(trouble), len(graph.mood.listed)) == (Remedy.RESTART, True, 1)


def test_a_program_that_goes_round_in_circles_is_left(graph: Asking) -> None:
    graph.mood.link = f"{graph.fake.address}/v1.0/deviceManagement/managedDevices?$top=2&$select=id&$skiptoken=0&$again=a"
    assert "round in circles" in str(graph.trouble())


def test_pages_that_come_to_no_end_are_left(graph: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    assert "round in circles" in str(graph.trouble())


def test_a_device_that_is_told_of_twice_comes_once(graph: Asking) -> None:
    graph.mood.devices["graph"][3] = graph.mood.devices["graph"][1]
    assert [(row.line, row.mdm_id) for row in graph.rows()] == [(1, "graph-1"), (2, "graph-2"), (3, "graph-3"), (5, "graph-5")]


def test_a_device_without_its_name_is_half_a_page(graph: Asking) -> None:
    del graph.mood.devices["graph"][2]["id"]
    reading = graph.pages()
    assert len(next(reading).rows) == 2
    assert "half a page" in str(graph.trouble())

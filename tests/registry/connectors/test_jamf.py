"""What is special about Jamf Pro and Jamf School."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from models.vocabulary import DeviceSource
from registry.connectors.troubles import Remedy
from tests.fakes import jamf
from tests.registry.connectors.conftest import Asking


@pytest.fixture
def pro(ask: Callable[[str], Asking]) -> Asking:
    """Jamf Pro."""
    return ask("jamf_pro")


@pytest.fixture
def school(ask: Callable[[str], Asking]) -> Asking:
    """Jamf School."""
    return ask("jamf_school")


def test_computers_come_first_and_mobile_devices_after_them(pro: Asking) -> None:
    pro.mood.devices["computers"][1]["general"]["remoteManagement"]["managed"] = False
    pages = [*pro.pages()]
    assert [page.source for page in pages] == [DeviceSource.JAMF_PRO_COMPUTERS] * 3 + [DeviceSource.JAMF_PRO_MOBILES] * 3
    assert [page.passed_over for page in pages] == [1, 0, 0, 0, 0, 0]
    first, last = pro.mood.listed[0].params, pro.mood.listed[-1].params
    assert (first["sort"], last["sort"], last["page"]) == (["id:asc"], ["mobileDeviceId:asc"], ["2"])
    assert "DISK_ENCRYPTION" not in first["section"]
    assert last["section"] == ["GENERAL", "HARDWARE", "USER_AND_LOCATION", "PURCHASING", "SECURITY"]


def test_the_secret_is_asked_for_nothing_but_a_token(pro: Asking) -> None:
    pro.rows()
    assert pro.mood.asked[0].form == {"grant_type": "client_credentials", "client_id": jamf.CLIENT, "client_secret": jamf.SECRET}


def test_a_list_that_grows_is_read_to_its_new_end(pro: Asking) -> None:
    reading = pro.pages()
    next(reading)
    pro.mood.devices["computers"].append(jamf.computer(9))
    assert [row.serial for page in reading for row in page.rows if row.model and "Mac" in row.model][-1] == "C0200009"


def test_a_list_that_becomes_shorter_is_read_anew(pro: Asking) -> None:
    place = next(pro.pages()).resume_at
    pro.mood.devices["computers"].pop(0)
    trouble = pro.trouble(resume=place)
    assert (trouble.remedy, "missed" in str(trouble)) == (Remedy.RESTART, True)


@pytest.mark.parametrize("at", ["rubbish", "7:0:2:0", "0:-1:2:0", "0:1:0:0", "0:1"])
def test_a_page_that_cannot_be_is_not_asked_for(pro: Asking, at: str) -> None:
    assert pro.trouble(resume=f'{{"at": "{at}", "line": 0, "since": ""}}').remedy is Remedy.RESTART
    assert pro.mood.asked == []


def test_a_school_gives_all_at_once(school: Asking) -> None:
    school.mood.devices["school"][0]["inTrash"] = True
    (page,) = school.pages()
    assert (page.source, page.passed_over, page.resume_at, len(page.rows)) == (DeviceSource.JAMF_SCHOOL, 1, None, 4)


def test_a_school_is_searched_here_for_what_reported_lately(school: Asking) -> None:
    school.mood.devices["school"][4]["lastCheckin"] = ""
    assert [row.mdm_id for row in school.rows(since=datetime(2026, 11, 13, 0, 0, tzinfo=UTC))] == ["udid-3", "udid-4"]


def test_there_is_no_middle_from_which_to_go_on_in_a_school(school: Asking) -> None:
    assert school.trouble(resume='{"at": "2", "line": 0, "since": ""}').remedy is Remedy.RESTART


def test_a_device_without_its_number_is_half_a_page(school: Asking) -> None:
    school.mood.devices["school"][0]["UDID"] = ""
    assert "half a page" in str(school.trouble())

"""What is special about Google’s directory."""

from collections.abc import Callable
from datetime import date

import pytest

from models.vocabulary import DeviceSource
from registry.connectors import google as google_module
from registry.connectors.judging import Answer, judge
from registry.connectors.troubles import NotYet, Remedy
from tests.registry.connectors.conftest import NOW, Asking


@pytest.fixture
def google(ask: Callable[[str], Asking]) -> Asking:
    """Google."""
    return ask("google")


def test_only_what_is_read_is_asked_for(google: Asking) -> None:
    google.mood.devices["google"][0]["status"] = "DEPROVISIONED"
    first, *_others = google.pages()
    assert (first.source, first.passed_over, [row.line for row in first.rows]) == (DeviceSource.GOOGLE, 1, [2])
    assert (first.rows[0].serial, first.rows[0].support_end_on) == ("NX0002", date(2029, 6, 1))
    asked = google.mood.listed[0].params["fields"][0]
    assert not any(word in asked for word in ("recentUsers", "notes", "activeTimeRanges", "lastKnownNetwork", "deviceFiles"))


def test_the_scope_is_for_reading_only() -> None:
    assert google_module.SCOPE == "https://www.googleapis.com/auth/admin.directory.device.chromeos.readonly"


def test_a_delegation_that_is_lacking_is_told_apart_from_a_key_that_is_refused(google: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google_module, "SCOPE", "another")
    trouble = google.trouble()
    assert (trouble.remedy, "Domain-wide delegation" in str(trouble)) == (Remedy.MEND, True)


@pytest.mark.parametrize(
    "body", [b'{"error":{"errors":[{"reason":"userRateLimitExceeded"}]}}', b'{"error":{"status":"RESOURCE_EXHAUSTED","errors":"x"}}']
)
def test_a_quota_is_waited_for_though_it_looks_like_a_refusal(body: bytes) -> None:
    with pytest.raises(NotYet, match="less often"):
        judge(google_module.GOOGLE, Answer(403, {}, body), NOW)


def test_an_answer_about_something_else_is_none(google: Asking) -> None:
    google.mood.devices["google"][0].pop("deviceId")
    assert "half a page" in str(google.trouble())

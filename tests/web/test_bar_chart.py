"""The charts of the fleet say in words and in a table what they draw."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from models.vocabulary import SupportStatus
from registry.rules.fleet_picture import Supported, picture
from web import rendering
from web.bar_chart import WIDEST
from web.fleet import charts

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TODAY = date(2026, 11, 23)
FLEET = [Supported(SupportStatus.UNSUPPORTED, date(2025, 10, 14))] * 1200 + [Supported(SupportStatus.SUPPORTED, date(2027, 1, 9))] * 300


@pytest.fixture(autouse=True)
def on_a_page() -> Iterator[None]:
    """A request to a program with our templates and nothing else."""
    app = Flask("fleet", template_folder=str(TEMPLATES))
    rendering.init_app(app)
    with app.test_request_context():
        yield


def drawn(fleet: list[Supported]) -> list[str]:
    """Each chart of a fleet as the page has it."""
    page = '{% from "macros/bar_chart.html" import bar_chart %}{{ bar_chart(it) }}'
    return [render_template_string(page, it=each) for each in charts(picture(fleet, TODAY))]


def test_each_chart_has_its_name_its_words_and_its_table() -> None:
    support, end = drawn(FLEET)
    for html, title in ((support, "Devices by support"), (end, "Devices by the end of support")):
        assert f">{title}</title>" in html
        assert "style=" not in html
        assert '<td class="sh-end sh-num">1,500</td>' in html
    assert "1,500 devices. Supported: 300. Support ends within half a year: 0. No longer supported: 1,200. Not known: 0." in support
    assert re.findall(r'<th scope="row">(.+?)</th><td class="sh-end sh-num">(.+?)</td>', end)[:3] == [
        ("Before Oct 2026", "1,200"), ("Oct to Dec 2026", "0"), ("Jan to Mar 2027", "300"),
    ]  # fmt: skip
    assert not set(re.findall(r'id="([^"]+)"', support)) & set(re.findall(r'id="([^"]+)"', end))


def test_bars_are_as_wide_as_their_numbers_and_what_has_ended_is_told_apart() -> None:
    support, _ = drawn(FLEET)
    bars = re.findall(r'<rect class="(.+?)" x="0%" y="\d+" width="(.+?)%"', support)
    assert bars == [("sh-fill-b", f"{WIDEST / 4}"), ("sh-fill-a", f"{float(WIDEST)}")]
    assert "support has ended</figcaption>" in support
    assert "figcaption" not in drawn(FLEET[1200:])[0]


def test_without_devices_nothing_is_drawn() -> None:
    assert charts(picture([], TODAY)) == []

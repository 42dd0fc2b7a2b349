"""One question of a form, by its kind: what is shown, what is typed, and what is read out."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template_string

from web import rendering

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture(autouse=True)
def on_a_page() -> Iterator[None]:
    """A request to a program with our templates and nothing else."""
    app = Flask("fields", template_folder=str(TEMPLATES))
    rendering.init_app(app)
    with app.test_request_context():
        yield


def question(**known: Any) -> SimpleNamespace:
    """One question as a form is given it: by default a line with nothing typed."""
    words = {"name": "purpose", "label": "What is it for?", "kind": "line", "hint": None, "why": None, "later": "", "required": False}
    typed: dict[str, Any] = {"value": None, "options": [], "errors": [], "suggestions": [], "revealed": {}}
    return SimpleNamespace(**{**words, **typed, **known})


def field(**known: Any) -> str:
    """The same as the form shows it."""
    return render_template_string('{% from "macros/fields.html" import field %}{{ field(answer) }}', answer=question(**known))


def test_what_was_typed_comes_back_as_text_and_never_as_markup() -> None:
    typed = '"><script>alert(1)</script>'
    for kind, value in (("line", typed), ("text", typed), ("sealed", typed), ("lines", [typed]), ("day", {"day": typed, "month": "", "year": ""})):
        html = field(kind=kind, value=value)
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_an_error_and_a_hint_are_read_out_with_their_field() -> None:
    html = field(hint="In a sentence.", errors=["Enter what it is for"], later="You can save without this.")
    assert 'aria-describedby="purpose-hint purpose-error purpose-later"' in html
    for name in ("hint", "error", "later"):
        assert f'id="purpose-{name}"' in html


def test_what_is_kept_sealed_says_so_and_nothing_else_does() -> None:
    assert "Kept sealed: shown only to those whose role needs it." in field(kind="sealed")
    assert "Kept sealed" not in field(kind="line")


@pytest.mark.parametrize("kind", ["line", "number", "sealed", "text", "lines"])
def test_a_label_belongs_to_its_field(kind: str) -> None:
    html = field(kind=kind, required=True)
    assert 'for="purpose"' in html
    assert 'id="purpose" name="purpose"' in html
    assert "needed to save" in html


def test_a_day_that_does_not_exist_stays_as_it_was_typed() -> None:
    html = field(kind="day", value={"day": "31", "month": "6", "year": "2023"}, errors=["June has 30 days"])
    for part, typed in (("day", "31"), ("month", "6"), ("year", "2023")):
        assert re.search(rf'id="purpose-{part}" name="purpose-{part}"[^>]* value="{typed}"', html)


def test_a_moment_that_came_twice_asks_which() -> None:
    value = {"day": "25", "month": "10", "year": "2026", "time": "01:30", "fold": "1"}
    html = field(kind="moment", value=value, options=[("0", "British Summer Time", None), ("1", "Greenwich Mean Time", None)])
    assert 'name="purpose-time" type="text" value="01:30"' in html
    assert re.search(r'name="purpose-fold" type="radio" value="1" checked', html)


def test_a_moment_that_came_once_does_not_ask() -> None:
    assert "purpose-fold" not in field(kind="moment", value={"day": "1", "month": "2", "year": "2026", "time": "09:00"})


def test_the_first_box_bears_the_name_so_that_the_summary_leads_to_it() -> None:
    html = field(kind="choices", value=["b"], options=[("a", "Public task", None), ("b", "Consent", "Freely given")])
    assert 'id="purpose" name="purpose" type="checkbox" value="a">' in html
    assert 'id="purpose-2" name="purpose" type="checkbox" value="b" checked aria-describedby="purpose-2-about">' in html


def revealing(kind: str) -> str:
    """A question whose first option asks another one."""
    revealed = {"a": [question(name="law", label="Which law?")]}
    return field(kind=kind, options=[("a", "Public task", None), ("b", "Consent", None)], revealed=revealed)


def test_a_question_asked_by_a_box_stands_below_it() -> None:
    html = revealing("choices")
    assert 'data-aria-controls="purpose-more"' in html
    assert html.index('id="purpose-more"') < html.index('id="law"') < html.index('id="purpose-2"')


def test_a_question_asked_by_a_radio_needs_no_script() -> None:
    html = revealing("choice")
    assert "data-aria-controls" not in html
    assert "conditional--hidden" not in html
    assert html.index('id="purpose-more"') < html.index('id="law"') < html.index('id="purpose-2"')


@pytest.mark.parametrize(("count", "stands_in_columns"), [(12, False), (13, True)])
def test_a_list_of_more_than_twelve_stands_in_columns(count: int, stands_in_columns: bool) -> None:
    options = [(str(number), f"Paragraph {number}", None) for number in range(count)]
    assert ("sh-many" in field(kind="choice", options=options)) is stands_in_columns


def test_links_offer_records_and_a_line_when_there_are_too_many() -> None:
    html = field(kind="link", value=["s1"], suggestions=[("s1", "Plateful Catering Systems"), ("s2", "Lumen")], too_many=True)
    assert re.findall(r'value="(s\d)"( checked)?>', html) == [("s1", " checked"), ("s2", "")]
    assert 'name="purpose-add"' in html


def test_yes_and_no_need_no_options() -> None:
    html = field(kind="yesno", value="no")
    assert re.findall(r'value="(yes|no)"( checked)?>', html) == [("yes", ""), ("no", " checked")]

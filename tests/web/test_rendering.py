"""What every template leans on, and the pages that lean on nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, g, render_template, render_template_string
from jinja2 import UndefinedError

from web import rendering

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ERROR_PAGES = ("403", "404", "409", "413", "429", "csrf")


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A static folder with our own files and a manifest of fetched ones."""
    for name in ("brand.css", "app.js", "mark.svg"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    manifest = {name: name.replace(".", ".0123456789ab.") for name in ("govuk.css", "govuk.js", "moj.css", "moj.js")}
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


@pytest.fixture
def app(static: Path) -> Flask:
    """A program with our templates and nothing else."""
    app = Flask("rendering", static_folder=str(static), static_url_path="/static", template_folder=str(ROOT / "templates"))
    rendering.init_app(app)
    return app


@pytest.fixture
def on_a_page(app: Flask) -> Iterator[Flask]:
    """The same within a request whose script has its word."""
    with app.test_request_context():
        g.csp_nonce = "word-of-this-page"
        yield app


def chrome(**known: Any) -> SimpleNamespace:
    """What every page is told about who is looking: by default nobody."""
    nothing = dict.fromkeys(("person", "school", "switch_href", "sign_out_href", "sealed", "printed", "search", "notices", "breach_clock"))
    empty: dict[str, Any] = {name: [] for name in ("areas", "registers", "account_links", "footer_links", "notice")}
    return SimpleNamespace(**{**nothing, **empty, "may_switch": False, "demo": False, "csrf": "token-1", **known})


def dev(**known: Any) -> SimpleNamespace:
    """The same for Dev at Quillbrook."""
    person = SimpleNamespace(name="Dev Marchetti", initials="DM", role="Data protection officer")
    return chrome(person=person, school=SimpleNamespace(name="Quillbrook Primary School"), sign_out_href="/sign-out", **known)


def sign_in(**context: Any) -> str:
    """The sign-in page, by default with nothing typed and nobody to pick."""
    untouched = SimpleNamespace(value="", errors=[])
    form = SimpleNamespace(email=context.pop("email", untouched), password=untouched)
    return render_template("account/sign_in.html", **{"chrome": chrome(), "form": form, "problem": None, "demo_people": None, **context})


def title_of(html: str) -> str:
    """The words of the browser tab."""
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (rendering.day(date(2027, 1, 4)), "4 Jan 2027"),
        (rendering.plain_day(date(2023, 9, 1)), "1 September 2023"),
        (rendering.full_day(date(2026, 11, 30)), "Monday 30 November 2026"),
        (rendering.moment(datetime(2026, 11, 23, 8, 52, tzinfo=UTC)), "Monday 23 November 2026, 08:52"),
        (rendering.moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)), "Wednesday 1 July 2026, 00:30"),
        (rendering.clock(datetime(2026, 11, 23, 10, 52, tzinfo=timezone(timedelta(hours=2)))), "08:52"),
        (rendering.number(48211), "48,211"),
        (rendering.number(0), "0"),
        (rendering.initials("Dev Marchetti"), "DM"),
        (rendering.initials("ola van der brandt"), "OB"),
        (rendering.initials("Safehold"), "S"),
        (rendering.plural(1, "error"), "1 error"),
        (rendering.plural(2, "error"), "2 errors"),
        (rendering.plural(1200, "activity", "activities"), "1,200 activities"),
    ],
)
def test_days_moments_and_figures_read_as_people_say_them(shown: str, words: str) -> None:
    assert shown == words


@pytest.mark.parametrize("words", [rendering.day, rendering.plain_day, rendering.full_day, rendering.moment, rendering.clock, rendering.number])
def test_what_is_not_known_is_shown_as_nothing(words: Any) -> None:
    assert words(None) == ""


def test_a_moment_without_a_zone_is_never_guessed() -> None:
    with pytest.raises(ValueError, match="zone"):
        rendering.moment(datetime(2026, 11, 23, 8, 52))  # noqa: DTZ001 - the fault under test


def test_a_name_that_a_page_does_not_know_stops_it(on_a_page: Flask) -> None:
    with pytest.raises(UndefinedError):
        render_template_string("{{ nobody_said_this }}")


def test_a_page_carries_only_the_drawings_it_uses(on_a_page: Flask) -> None:
    html = render_template_string('{{ icon("pen") }}{{ icon("stop", "sh-error") }}{{ icon("pen") }}{{ sprite() }}')
    assert re.findall(r'<symbol id="([^"]+)"', html) == ["icon-pen", "icon-stop"]
    assert '<svg class="sh-icon sh-error" aria-hidden="true"' in html


def test_a_page_without_icons_carries_no_drawings(on_a_page: Flask) -> None:
    assert render_template_string("{{ sprite() }}") == ""


def test_fetched_files_are_found_by_their_plain_name(on_a_page: Flask) -> None:
    assert rendering.vendor("govuk.css") == "/static/vendor/govuk.0123456789ab.css"


def test_files_not_yet_fetched_stop_the_page_with_the_command_that_fetches_them(on_a_page: Flask, static: Path) -> None:
    (static / "vendor" / "manifest.json").unlink()
    with pytest.raises(RuntimeError, match=r"python3 start\.py setup"):
        rendering.vendor("govuk.css")


def test_a_file_that_was_never_fetched_is_named(on_a_page: Flask) -> None:
    with pytest.raises(RuntimeError, match=r"jquery\.js"):
        rendering.vendor("jquery.js")


def test_the_address_of_our_own_file_changes_with_its_content(on_a_page: Flask, static: Path) -> None:
    before = rendering.asset("brand.css")
    assert before == rendering.asset("brand.css")
    (static / "brand.css").write_text("body { color: red }", encoding="utf-8")
    assert rendering.asset("brand.css") != before


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_more_than_our_security_policy_allows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org)", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert 'nonce="{{ nonce() }}"' in script or " src=" in script


def test_the_one_inline_script_has_the_word_of_this_page(on_a_page: Flask) -> None:
    assert '<script nonce="word-of-this-page">' in sign_in()


def test_the_title_is_the_heading_then_the_school_then_the_program(on_a_page: Flask) -> None:
    html = render_template("help/help.html", chrome=dev())
    assert title_of(html) == "Help – Quillbrook Primary School – Safehold"
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Help"]


def test_errors_are_said_first_in_the_title(on_a_page: Flask) -> None:
    html = sign_in(email=SimpleNamespace(value="ola", errors=["Enter your email address"]))
    assert title_of(html) == "Error: Sign in – Safehold"
    assert '<a href="#email">Enter your email address</a>' in html
    assert 'aria-describedby="email-error"' in html
    assert 'value="ola"' in html


def test_a_refused_sign_in_says_the_same_for_both_fields(on_a_page: Flask) -> None:
    html = sign_in(problem="That email address and password do not belong together.")
    assert "That email address and password do not belong together." in html
    assert "govuk-form-group--error" not in html


def test_only_the_demonstration_offers_people_to_sign_in_as(on_a_page: Flask) -> None:
    people = [("Quillbrook Primary School", [("dpo", "Dev Marchetti", "data protection officer", "Keeps the registers", "DM")])]
    assert 'name="as" value="dpo"' in sign_in(demo_people=people)
    assert 'name="as"' not in sign_in()


def test_every_form_of_the_sign_in_page_carries_the_token(on_a_page: Flask) -> None:
    people = [("Quillbrook Primary School", [("dpo", "Dev Marchetti", "data protection officer", "", "DM")])]
    html = sign_in(demo_people=people)
    assert html.count("<form") == html.count('name="csrf_token" value="token-1"') == 2


def test_signing_out_is_a_form_and_not_a_link(on_a_page: Flask) -> None:
    html = render_template("help/help.html", chrome=dev())
    assert '<form action="/sign-out" method="post"><input type="hidden" name="csrf_token" value="token-1">' in html


def test_what_does_not_exist_is_not_offered(on_a_page: Flask) -> None:
    html = render_template("help/help.html", chrome=dev())
    assert re.findall(r'href="(/[^"]*)"', re.sub(r"<link[^>]*>", "", html)) == ["/", "/help/api"]


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_speak_to_people_signed_in_and_signed_out(on_a_page: Flask, name: str) -> None:
    assert "Go to Today" in render_template(f"errors/{name}.html", chrome=dev())
    assert "Go to Today" not in render_template(f"errors/{name}.html", chrome=chrome())


def test_a_refusal_names_the_role_and_a_way_on(on_a_page: Flask) -> None:
    html = render_template("errors/403.html", chrome=dev())
    assert "<strong>data protection officer</strong>" in html
    assert "who gives out roles" in html


def test_the_page_of_a_failure_needs_nothing_that_could_have_failed(on_a_page: Flask) -> None:
    html = render_template("errors/500.html", reference="7f3a-91c2")
    assert title_of(html) == "Something went wrong here – Safehold"
    assert "7f3a-91c2" in html

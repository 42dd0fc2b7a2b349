"""What a person does in a browser, and what is true of every page they see."""

import html
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import PASSWORD, Person

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TITLE = re.compile(r"<title>(?:Error: )?(.*?)</title>", re.DOTALL)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def sign_in(client: FlaskClient, person: Person, password: str = PASSWORD) -> TestResponse:
    """Sign somebody in through the page."""
    return send(client, "/sign-in", email=person.email, password=password)


def visit(client: FlaskClient, path: str, status: int = 200) -> TestResponse:
    """Open a page, and check what is true of all of them."""
    response = client.get(path)
    assert response.status_code == status, f"{path} answered {response.status}"
    if response.mimetype == "text/html" and status not in (301, 302, 303):
        check_page(response)
    return response


def send(client: FlaskClient, path: str, page: str | None = None, **answers: object) -> TestResponse:
    """Fill in the form on a page and send it to an address."""
    return client.post(path, data={"csrf_token": token(client, page or path), **answers})


def token(client: FlaskClient, page: str) -> str:
    """The token in the forms of a page."""
    found = TOKEN.search(client.get(page).text)
    assert found, f"{page} has no form"
    return found[1]


def check_page(response: TestResponse) -> None:
    """One h1 equal to the title, nothing inline, nothing from elsewhere, nothing kept."""
    headings = [plain(heading) for heading in HEADING.findall(response.text)]
    title = TITLE.search(response.text)
    assert title
    assert len(headings) == 1, f"{headings} instead of one h1"
    assert plain(title[1]).startswith(headings[0])
    assert " style=" not in response.text
    check_fields(response.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", response.text)
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def check_fields(page: str) -> None:
    """No id stands twice, every field has a label, and no value was forgotten."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), sorted(each for each in set(ids) if ids.count(each) > 1)
    labelled = set(re.findall(r'<label [^>]*for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|select|textarea) [^>]*>", page):
        own = re.search(r' id="([^"]+)"', field)
        named = "aria-label" in field or (own and own[1] in labelled) or re.search(rf"<label>{re.escape(field)}", page)
        assert named or 'type="hidden"' in field or 'type="submit"' in field, field
    assert not re.search(r">\s*(?:None|undefined|Undefined)\s*<", page)


def plain(page: str) -> str:
    """Text without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"</(?:td|th|dt|dd|li|p|div|h\d|span)>", " ", page)).split())


def text_of(client: FlaskClient, path: str) -> str:
    """What a page says, without its tags."""
    return html.unescape(plain(visit(client, path).text))


def problems(response: TestResponse) -> list[str]:
    """The sentences at the fields of a form."""
    found = re.findall(r'<p id="[^"]+-error" class="govuk-error-message">(.*?)</p>', response.text)
    return [plain(sentence).removeprefix("Error: ") for sentence in found]

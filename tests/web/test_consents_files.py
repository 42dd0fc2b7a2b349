"""The evidence of an answer about pictures: added by those who record answers, opened by them, and removed by leaders alone."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from models.image_answer import ImageAnswer
from registry.families import asking
from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import plain, send, sign_in, token, visit
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use
from tests.web.bringing import PDF, bring, kept


@pytest.fixture
def website(in_quillbrook: Any, occasion: Occasion) -> Use:
    return a_use(occasion, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def files(client: FlaskClient, occasion: Occasion, website: Use, ola: Person) -> str:
    """Where the files of an answer are that a parent gave through a link; Ola is signed in."""
    sam = a_pupil(occasion, "Sam Patel")
    (made,) = asking.make_links([a_carer(occasion, "Meera Patel", sam).id], occasion)
    parent = client.application.test_client()
    home = f"/answers/{made.secret}"
    sent = parent.post(home, data={"csrf_token": token(parent, home), f"{sam.id.hex}-{website.id.hex}": "yes", "responsible": "yes"})
    assert sent.status_code == 303, plain(sent.text)
    sign_in(client, ola)
    return f"/registers/image-decisions/{ImageAnswer.get().id}/files"


def test_the_office_opens_what_the_parent_answered(client: FlaskClient, files: str) -> None:
    page = plain(visit(client, files).text)
    assert "Answers of 23 November 2026.pdf" in page
    assert "Evidence" in page
    (file,) = kept()
    opened = send(client, f"{files}/{file.id}/open", files)
    said = " ".join(part.extract_text() for part in PdfReader(io.BytesIO(opened.data)).pages)
    for words in ("Meera Patel", "May we put pictures of your child on our website?", "Yes, on 23 November 2026", "parental responsibility"):
        assert words in " ".join(said.split()), words


def test_the_form_that_came_on_paper_is_added_and_not_taken_away_by_the_office(client: FlaskClient, files: str, hana: Person) -> None:
    assert bring(client, files, (PDF, "Form.pdf"), category="evidence").status_code == 303
    file = kept()[-1]
    assert "Remove" not in visit(client, files).text
    assert client.get(f"{files}/{file.id}/remove").status_code == 403
    assert send(client, f"{files}/{file.id}/remove", files).status_code == 403
    head = client.application.test_client()
    sign_in(head, hana)
    assert "Its content is deleted for good" in visit(head, f"{files}/{file.id}/remove").text
    assert send(head, f"{files}/{file.id}/remove", files).status_code == 303
    assert [each.removed_at is None for each in kept()] == [True, False]

"""An answer is never changed once it is written down, so its form asks everything at once."""

import re

import pytest
from flask.testing import FlaskClient

from models.image_answer import ImageAnswer
from models.vocabulary import AnswerMethod, Decider, ImageDecision
from registry.records import Occasion
from tests.browsing import sign_in, visit
from tests.people import NOW, Person
from tests.pictured import a_pupil, a_use

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def test_every_question_of_an_answer_stands_in_one_form(client: FlaskClient, ola: Person, occasion: Occasion) -> None:
    use, pupil = a_use(occasion), a_pupil(occasion, "Sam Patel")
    sign_in(client, ola)
    page = visit(client, "/registers/image-decisions/add").text
    assert "Everything is asked at once." in page
    assert "Save and go to" not in page
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|token)" value="([^"]+)"', page))
    day = {f"decided_on-{part}": str(value) for part, value in (("day", NOW.day), ("month", NOW.month), ("year", NOW.year))}
    typed = {"decision": "refused", "person": str(pupil.id), "use": str(use.id), "decider": "parent", "decided_by": "Ann Patel", "method": "email"}
    assert client.post("/registers/image-decisions/add", data={**hidden, **typed, **day}).status_code == 302
    (row,) = ImageAnswer.select()
    assert (row.decision, row.person, row.use, row.decider) == (ImageDecision.REFUSED, pupil.id, use.id, Decider.PARENT)
    assert (row.decided_by, row.method, row.decided_on) == ("Ann Patel", AnswerMethod.EMAIL, NOW.date())

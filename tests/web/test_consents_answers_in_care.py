"""What the page behind a link says to somebody whose yes does not count."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from models.vocabulary import Relation
from registry.families import asking
from registry.records import Occasion
from tests.browsing import text_of
from tests.pictured import a_carer, a_pupil, a_use

ASKED, TOLD = "Do you have parental responsibility?", "your yes does not count by itself; your no does"


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"relation": Relation.FOSTER_CARER}, TOLD),
        ({"relation": Relation.FOSTER_CARER, "responsibility": "yes"}, ""),
        ({"relation": Relation.GRANDPARENT, "responsibility": "no"}, TOLD),
        ({"relation": Relation.GRANDPARENT}, ASKED),
        ({"relation": Relation.MOTHER, "responsibility": "yes"}, ""),
    ],
)
def test_who_may_not_say_yes_is_told_and_who_may_is_asked_only_when_nobody_knows(
    client: FlaskClient, in_quillbrook: Any, occasion: Occasion, known: dict[str, str], said: str
) -> None:
    a_use(occasion)
    carer = a_carer(occasion, "Fay Lee", a_pupil(occasion, "Sam Patel"), **known)
    (made,) = asking.make_links([carer.id], occasion)
    page = text_of(client, f"/answers/{made.secret}")
    assert [words for words in (ASKED, TOLD) if words in page] == ([said] if said else [])

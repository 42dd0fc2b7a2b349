"""What somebody was typing is kept for them, sealed, until it is saved or thrown away."""

from datetime import timedelta

import pytest

from models.user import Draft
from registry import drafts
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("database")
PLACE = "assets/0123/review"


def test_a_draft_is_found_by_its_writer_in_its_place(dev: Person, hana: Person) -> None:
    drafts.keep(dev.user, PLACE, "Half a sentence", NOW)
    found = drafts.find(dev.user, PLACE)
    assert found is not None
    assert (found.text, found.saved_at, found.place) == ("Half a sentence", NOW, PLACE)
    assert drafts.find(hana.user, PLACE) is None
    assert drafts.find(dev.user, "assets/0123/what-it-is") is None


def test_a_newer_draft_takes_the_place_of_an_older(dev: Person) -> None:
    for minute, text in enumerate(("Half", "Half a sentence")):
        drafts.keep(dev.user, PLACE, text, NOW + timedelta(minutes=minute))
    found = drafts.find(dev.user, PLACE)
    assert found is not None
    assert found.text == "Half a sentence"
    assert Draft.select().count() == 1


def test_the_latest_of_a_record_is_found_among_its_sections(dev: Person) -> None:
    drafts.keep(dev.user, PLACE, "Older", NOW)
    drafts.keep(dev.user, "assets/0123/what-it-is", "Newer", NOW + timedelta(minutes=1))
    drafts.keep(dev.user, "assets/4567/what-it-is", "Another record", NOW + timedelta(minutes=2))
    found = drafts.latest(dev.user, "assets/0123/")
    assert found is not None
    assert found.text == "Newer"
    assert drafts.latest(dev.user, "assets/89") is None


def test_what_is_typed_is_sealed(dev: Person) -> None:
    drafts.keep(dev.user, PLACE, "Wilhelmina Featherstone", NOW)
    assert b"Featherstone" not in bytes(Draft.select(Draft.typed).tuples().get()[0])


def test_a_draft_thrown_away_is_gone(dev: Person) -> None:
    drafts.keep(dev.user, PLACE, "Half", NOW)
    drafts.throw_away(dev.user, PLACE)
    drafts.throw_away(dev.user, PLACE)
    assert drafts.find(dev.user, PLACE) is None

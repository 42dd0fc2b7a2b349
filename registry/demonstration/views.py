"""Two saved views of the data protection officer: one of their own, one for everybody."""

from collections.abc import Mapping
from datetime import UTC, datetime

from models import doors
from models.school import School
from registry import catalogue
from registry.actor import Actor
from registry.lists import saved_views
from registry.lists.views import View
from registry.records import Occasion
from registry.school.schools import facts_of

SAVED = datetime(2026, 11, 20, 10, 40, tzinfo=UTC)
SHARED: Mapping[str, View] = {"Needs work before the audit": View(chip="errors", sort="findings", descending=True, size=50)}
OWN: Mapping[str, View] = {"Mine to review next": View(chip="review", sort="next_review_on", columns=("owner", "next_review_on", "last_verified_on"))}


def keep_views(school: School, keeper: Actor) -> None:
    """Save both for the processing activities of a school."""
    register, occasion = catalogue.find("processing"), Occasion(keeper, SAVED, facts_of(school, SAVED.date()))
    with doors.looking_at(school.id):
        for name, view in SHARED.items():
            saved_views.save(register, name, view, occasion, shared=True)
        for name, view in OWN.items():
            saved_views.save(register, name, view, occasion)

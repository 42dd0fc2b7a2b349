"""Who does not sign in is told all the same: at the bell when asked, and in the digest of what is theirs to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.school import School
from registry.needs import arranging, keeping
from registry.post.digests import digest_lines
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.talk import notices
from tests.people import NOW, Person
from tests.registry.needs.conftest import TODAY

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def told(person: Person) -> list[str]:
    assert person.user
    return [f"{line.sentence} | {line.path}" for line in digest_lines(person.user, NOW)]


def test_whoever_is_asked_hears_of_it_once(school: School, occasion: Occasion, an_asset: Callable[..., Any], ola: Person) -> None:
    row = an_asset(next_review_on=TODAY)
    keeping.catch_up(school, TODAY)
    one = arranging.find(ASSETS, row.id, "AD1", occasion.by)
    for _ in range(2):
        arranging.assign(one, ola.user, occasion)
    assert [line.sentence for line in notices.notices(ola.actor).lines] == ["Dev Marchetti asked you to see to something about IA-0001"]
    assert notices.unread(occasion.by) == 0


def test_a_digest_names_what_is_due_by_reference_and_no_record_by_name(an_asset: Callable[..., Any], dev: Person, ola: Person) -> None:
    an_asset("Files of Nell Abara", next_review_on=TODAY + timedelta(days=2))
    for number in range(2):
        an_asset(f"More files {number}", next_review_on=TODAY + timedelta(days=3), owner_role="office_manager")
    assert told(dev) == ["Check this entry again: IA-0001, by Wednesday 25 November 2026 | /"]
    assert told(ola) == ["Check this entry again: 2 information assets, by Thursday 26 November 2026 | /"]


def test_a_digest_of_nothing_is_empty(tess: Person) -> None:
    assert told(tess) == []

"""What the tests of the search begin with."""

import pytest

from models import doors
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.search import search_entries
from tests.registry.search.finding import WORDS


@pytest.fixture
def noise(other_school: School, elsewhere: Occasion) -> None:
    """The same records in the other school, which must never be found."""
    with doors.looking_at(other_school.id):
        for register in (ASSETS, PROCESSING, SUPPLIERS):
            records.add(register, {"name": "Pupil database", "notes": WORDS, "owner": "Ola Brandt"}, elsewhere)
    search_entries.catch_up(other_school.id)

"""The README tells the truth about what it derives, and about where things are."""

import re

from settings import PROJECT
from tools.readme import README, renewed

TEXT = README.read_text(encoding="utf-8")


def test_its_tables_are_what_the_program_says() -> None:
    assert renewed(TEXT) == TEXT, "run: python3 -m tools.readme"


def test_every_place_it_names_is_there() -> None:
    named = {*re.findall(r"\]\(([\w/.-]+)\)", TEXT), *re.findall(r"`([\w/]+/)`", TEXT)}
    assert len(named) > 12
    assert not [place for place in sorted(named) if not (PROJECT / place).exists()]


def test_it_gives_the_two_commands() -> None:
    assert re.search(r"^    python3 start\.py +#", TEXT, re.MULTILINE)
    assert re.search(r"^    python3 start\.py test +#", TEXT, re.MULTILINE)

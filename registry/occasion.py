"""What every write has to know beside what it writes."""

from dataclasses import dataclass
from datetime import datetime

from registry.actor import Actor
from registry.rules.school_facts import SchoolFacts


@dataclass(frozen=True)
class Occasion:
    """Who acts, when, and the school as the rules see it: what every write needs to know."""

    by: Actor
    at: datetime
    school: SchoolFacts

"""Findings of whole registers: counted again where time, or a fact about the school, has changed them."""

from datetime import datetime

from models import doors
from models.record import Record
from models.school import School
from models.statements import rows_of
from registry import catalogue
from registry.actor import Actor
from registry.checks import count_findings
from registry.definition import Register
from registry.rules.local_time import in_zone
from registry.rules.school_facts import SchoolFacts
from registry.school.schools import facts_of
from registry.trace.audit import Happened, recording

ZONE = "Europe/London"


def recount_everywhere(now: datetime) -> int:
    """Count the findings of every record of every school again; how many records have other counts than before."""
    changed = 0
    for school in list(School.select()):  # read to the end first: SQLite lets nobody write behind a statement that is still read from
        with doors.looking_at(school.id):
            changed += recount(school, now)
    return changed


def recount(school: School, now: datetime) -> int:
    """Count the findings of every record of the school in view again. Counts are derived, so a record keeps its version and its seal."""
    facts = facts_of(school, in_zone(now, ZONE).date())
    return sum(_recount(register, facts, school, now) for register in catalogue.REGISTERS)


def _recount(register: Register, facts: SchoolFacts, school: School, now: datetime) -> int:
    moved = [(row, counts) for row in register.table.select() if (counts := count_findings(register, row, facts)) != (row.errors, row.warnings)]
    if not moved:
        return 0
    with recording(Actor.robot("findings", school.id), now) as trace:
        for row, (errors, warnings) in moved:
            _store(row, errors, warnings)
        trace.note(Happened.FINDINGS_COUNTED, register.table._meta.table_name)
    return len(moved)


def _store(row: Record, errors: int, warnings: int) -> None:
    whole = rows_of(type(row))
    whole.update(("errors", "warnings"), (errors, warnings), row.id.bytes, row.version)

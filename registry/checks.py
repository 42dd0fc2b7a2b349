"""What the rules have to say about one record, and how many errors and warnings that makes."""

from dataclasses import fields
from functools import cache
from typing import Any

from models.record import Record
from registry.definition import Check, Deadline, Register
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts


def findings_of(register: Register, row: Record, school: SchoolFacts) -> tuple[Finding, ...]:
    """Every finding of every check of the register about this record: errors first, then warnings, then notes."""
    found = [finding for check in register.checks for finding in check.rule(facts_of(check, row), school)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def count_findings(register: Register, row: Record, school: SchoolFacts) -> tuple[int, int]:
    """How many errors and how many warnings."""
    severities = [finding.severity for check in register.checks for finding in check.rule(facts_of(check, row), school)]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def facts_of(declared: Check | Deadline, row: Record) -> Any:
    """The frozen facts that a rule takes, each from the column of the same name."""
    return declared.facts(**{name: getattr(row, name) for name in facts_taken(declared.facts)})


@cache
def facts_taken(facts: type) -> tuple[str, ...]:
    """The names of the columns that a rule takes."""
    return tuple(each.name for each in fields(facts))


_ORDER = {severity: place for place, severity in enumerate(Severity)}

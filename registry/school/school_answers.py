"""The questions about a school: what each answer must be, and what is usual for its type when nobody says otherwise."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError

from models.school import School
from models.vocabulary import (
    BANK_HOLIDAYS_OF,
    CONTROLLER_OF,
    FINANCIAL_YEAR_END,
    NATIONS_OF,
    PUBLIC_AUTHORITY,
    BankHolidays,
    Controller,
    Nation,
    Phase,
    SchoolType,
    YesNo,
)
from registry.rules.answers import listed
from registry.rules.plain_dates import MONTHS
from registry.schema import Invalid, read_answers
from registry.typed import Answer, ChoiceAnswer, ChoicesAnswer, DayAnswer, LineAnswer, LinesAnswer

IDENTITY = ("name", "urn", "nation", "school_type", "phases")
RUNNING = ("controller", "public_authority", "financial_year_end", "bank_holidays", "regulator_name", "term_dates")
BETWEEN_DAYS = re.compile(r"\s+(?:to|until|–|—|-)\s+", re.IGNORECASE)
A_LEAP_YEAR = 2024


class NumberOfSchool(LineAnswer):
    """The number a school is known by: six digits in England, with its own shape elsewhere."""

    def read(self, value: Any) -> str:
        """The digits, and hyphens as they were typed."""
        text = super().read(value).replace(" ", "")
        if not re.fullmatch(r"\d[\d-]{3,10}\d", text):
            raise ValidationError("Enter the number only, such as 123456.")
        return text


class YearEnd(LineAnswer):
    """A day of every year."""

    def read(self, value: Any) -> tuple[int, int]:  # type: ignore[override]
        """Month and day."""
        try:
            day: date = DayAnswer().read(f"{super().read(value)} {A_LEAP_YEAR}")
        except ValidationError as problem:
            if "has" in str(problem.messages):  # such as: June has 30 days
                raise ValidationError([str(line).replace(f" {A_LEAP_YEAR}", "") for line in problem.messages]) from None
            raise ValidationError("Enter a day and a month, such as 31 March.") from None
        return day.month, day.day


class YesOrNo(ChoiceAnswer):
    """Yes or no, and nothing between."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(YesNo, **kwargs)

    def read(self, value: Any) -> bool:
        """True for yes."""
        return super().read(value) is YesNo.YES


class Periods(LinesAnswer):
    """Stretches of days on which the school is open, one a line."""

    def read(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Each as "2026-09-03 to 2026-10-23", in the order of the year."""
        periods = [_period(number, line) for number, line in enumerate(super().read(value), 1)]
        for (_start, end), (start, _end) in zip(sorted(periods), sorted(periods)[1:], strict=False):
            if start <= end:
                raise ValidationError("Two of these stretches overlap. Let each begin after the one before has ended.")
        return tuple(f"{start.isoformat()} to {end.isoformat()}" for start, end in sorted(periods))


def _period(number: int, line: str) -> tuple[date, date]:
    parts = BETWEEN_DAYS.split(line)
    if len(parts) != 2:
        raise ValidationError(f"Line {number}: enter a first and a last day, such as 3 September 2026 to 23 October 2026.")
    try:
        start, end = (DayAnswer().read(part) for part in parts)
    except ValidationError as problem:
        raise ValidationError(f"Line {number}: {problem.messages[0]}") from None
    if end < start:
        raise ValidationError(f"Line {number}: the last day comes before the first.")
    return start, end


def _wanted(sentence: str) -> dict[str, Any]:
    return {"required": True, "metadata": {"missing": sentence}}


ANSWERS: dict[str, Answer] = {
    "name": LineAnswer(**_wanted("Enter the name of the school.")),
    "urn": NumberOfSchool(),
    "nation": ChoiceAnswer(Nation, **_wanted("Choose where the school is.")),
    "school_type": ChoiceAnswer(SchoolType, **_wanted("Choose the type of school.")),
    "phases": ChoicesAnswer(Phase, **_wanted("Choose the ages that the school teaches.")),
    "controller": ChoiceAnswer(Controller, **_wanted("Choose who decides how the school uses personal data.")),
    "public_authority": YesOrNo(**_wanted("Say whether the school is a public authority.")),
    "financial_year_end": YearEnd(**_wanted("Enter the last day of the financial year, such as 31 March.")),
    "bank_holidays": ChoiceAnswer(BankHolidays, **_wanted("Choose a calendar of bank holidays.")),
    "regulator_name": LineAnswer(**_wanted("Enter the name of the regulator, such as ICO.")),
    "term_dates": Periods(),
}
_WHOLE = Schema.from_dict(dict(ANSWERS), name="School answers")


def read_school(typed: Mapping[str, Any], names: Iterable[str] = (*IDENTITY, *RUNNING)) -> dict[str, Any]:
    """The facts as the table stores them; raises Invalid with a sentence for each that cannot be stored."""
    wanted = tuple(names)
    answers = read_answers(_WHOLE(only=wanted), {name: typed[name] for name in wanted if name in typed})
    kind, nation = answers.get("school_type"), answers.get("nation")
    if kind is not None and nation is not None and nation not in NATIONS_OF[kind]:
        there = listed([each.label for each in NATIONS_OF[kind]])
        raise Invalid({"nation": [f"This type of school exists in {there} only. Choose another type, or another part of the country."]})
    if "financial_year_end" in answers:
        answers["financial_year_end_month"], answers["financial_year_end_day"] = answers.pop("financial_year_end")
    return answers


def usual_for(school_type: SchoolType, nation: Nation) -> dict[str, Any]:
    """What is usual for a type of school, as it would be typed."""
    month, day = FINANCIAL_YEAR_END[school_type]
    return {
        "controller": CONTROLLER_OF[school_type].value,
        "public_authority": "yes" if PUBLIC_AUTHORITY[school_type] else "no",
        "financial_year_end": f"{day} {MONTHS[month - 1]}",
        "bank_holidays": BANK_HOLIDAYS_OF[nation].value,
        "regulator_name": "ICO",
        "term_dates": "",
    }


def as_typed(school: School) -> dict[str, Any]:
    """The facts of a school as they would be typed."""
    return {
        "name": school.name,
        "urn": school.urn or "",
        "nation": str(school.nation),
        "school_type": str(school.school_type),
        "phases": [str(phase) for phase in school.phases],
        "controller": str(school.controller),
        "public_authority": "yes" if school.public_authority else "no",
        "financial_year_end": f"{school.financial_year_end_day} {MONTHS[school.financial_year_end_month - 1]}",
        "bank_holidays": str(school.bank_holidays),
        "regulator_name": school.regulator_name,
        "term_dates": "\n".join(school.term_dates),
    }

"""The retention schedule that a school may begin with: 93 series as rules that a computer can count with."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from models.retention_rule import RetentionRule
from models.vocabulary import NATIONS_OF, Certainty, Nation, OwnRecords, Phase, RetentionAction, RetentionLimit, RetentionTrigger, SchoolType
from registry.rules.retention_dates import due_on, period_of
from registry.rules.school_facts import SchoolFacts
from registry.templates_for_schools.content import Entry, as_it_reads, entries, read, suits

PERIOD = ("years", "months", "days")
MAY_DIFFER = {"only_for", "source", "certainty", "notes", "basis", *PERIOD}
LENGTH = re.compile(r"(\d+) (year|month|day)s?")
AGE = re.compile(r"is (\d+)\b")
OF_A_YEAR = {"end of the school year": "end_academic_year", "end of the financial year": "end_financial_year", "end of the tax year": "end_tax_year"}
THEN = {
    "then destroy securely": {RetentionAction.DESTROY},
    "then a person decides before it is destroyed": {RetentionAction.REVIEW_THEN_DESTROY},
    "a person decides": {RetentionAction.REVIEW, RetentionAction.REVIEW_THEN_DESTROY},
    "a person decides, with reasons": {RetentionAction.REVIEW},
    "hand over": {RetentionAction.TRANSFER},
    "then give back": {RetentionAction.RETURN},
    "then overwrite": {RetentionAction.OVERWRITE},
    "in the archive": {RetentionAction.ARCHIVE},
    "for good": {RetentionAction.KEEP},
    "then take off the live record": {RetentionAction.MOVE},
    "then take off the file": {RetentionAction.REMOVE},
}
NOT_FOR_OTHER_NATIONS = ("Keeping Children Safe in Education", "School Attendance (Pupil Registration) (England)", "(England) Regulations")
SERIES = entries("retention-rules")
BY_CODE = {entry["code"]: entry for entry in SERIES}


@dataclass(frozen=True)
class Kind:
    """A kind of school; without ages, as long as nobody has said."""

    school_type: SchoolType = SchoolType.MAINTAINED
    nation: Nation = Nation.ENGLAND
    phases: tuple[Phase, ...] = ()


KINDS = [Kind(school_type, nation) for school_type, nations in NATIONS_OF.items() for nation in nations]


def readings(entry: Entry) -> list[Entry]:
    return [as_it_reads(entry, kind) for kind in KINDS if suits(entry, kind)]


def length(entry: Entry) -> dict[str, int]:
    return {name: entry[name] for name in PERIOD if entry.get(name)}


def test_there_are_93_series_each_once_and_in_order_within_its_file() -> None:
    assert len(SERIES) == len(BY_CODE) == 93
    assert set(BY_CODE) == {f"R{number:02}" for number in range(1, 94)} == set(read("retention"))
    assert all(entry["id"] == entry["code"].lower() for entry in SERIES)
    for function in {entry["business_function"] for entry in SERIES}:
        codes = [entry["code"] for entry in SERIES if entry["business_function"] == function]
        assert codes == sorted(codes)


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_answer_is_a_column_and_every_choice_is_on_its_list(code: str) -> None:
    entry = BY_CODE[code]
    columns = RetentionRule._meta.fields
    assert not set(entry) - set(columns) - {"id", "only_for", "differs", "business_function"}
    for reading in (entry, *entry.get("differs", ())):
        for name in ("category", "trigger", "rounding", "limit", "action", "basis", "certainty", "covers"):
            assert name not in reading or reading[name] in set(columns[name].words), name
        assert len(reading.get("source", "")) <= columns["source"].max_length
    assert len(entry["name"]) <= columns["name"].max_length
    assert "" not in entry.values()


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_series_has_a_period_or_says_that_it_has_none(code: str) -> None:
    entry = BY_CODE[code]
    given = [name for name in PERIOD if name in entry]
    assert all(isinstance(entry[name], int) and entry[name] >= 0 for name in given)
    if code == "R06":  # no date by itself ever allows the disposal of what may be evidence of abuse
        assert not given
        assert entry["action"] == RetentionAction.REVIEW
        return
    assert entry.get("permanent", False) is not bool(given)
    assert (entry["action"] in (RetentionAction.ARCHIVE, RetentionAction.KEEP)) is ("permanent" in entry)
    assert bool(entry.get("evidence")) is ("permanent" not in entry)
    assert (entry["trigger"] == RetentionTrigger.NONE) <= ("permanent" in entry)


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_rule_and_the_sentence_for_its_series_say_the_same(code: str) -> None:
    sentence, entry = read("retention")[code], as_it_reads(BY_CODE[code], Kind())
    keep = sentence["keep"]
    assert (entry["name"], entry["source"], entry["certainty"]) == (sentence["series"], sentence["source"], sentence["certainty"])
    by_age = [(age, "year") for age in AGE.findall(keep)]
    assert length(entry) == {f"{unit}s": int(number) for number, unit in [*LENGTH.findall(keep), *by_age]}
    assert bool(AGE.search(keep)) is (entry["trigger"] == RetentionTrigger.DATE_OF_BIRTH)
    assert entry["rounding"] == next((rounding for words, rounding in OF_A_YEAR.items() if words in keep), "exact")
    assert ("at least" in keep) is (entry["limit"] == RetentionLimit.AT_LEAST)
    assert ("at most" in keep or "only until" in keep or "within" in keep) is (entry["limit"] == RetentionLimit.AT_MOST)
    assert keep.startswith("Keep for good") is ("permanent" in entry)
    assert any(keep.lower().endswith(end) and entry["action"] in actions for end, actions in THEN.items()) or code == "R05"


def test_a_rule_names_each_kind_of_records_of_this_program_once() -> None:
    assert {entry["covers"]: code for code, entry in BY_CODE.items() if "covers" in entry} == {
        OwnRecords.PUPILS: "R68",
        OwnRecords.IMAGE_DECISIONS: "R40",
        OwnRecords.ALLOCATIONS: "R50",
        OwnRecords.BREACHES: "R86",
        OwnRecords.DPIAS: "R89",
        OwnRecords.AUDIT_DETAILS: "R93",
    }


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_what_differs_elsewhere_is_said_of_schools_that_exist_and_is_no_repetition(code: str) -> None:
    entry = BY_CODE[code]
    for difference in entry.get("differs", ()):
        assert set(difference) <= MAY_DIFFER
        only = difference["only_for"]
        assert only
        assert set(only) <= {"nations", "phases"}
        assert set(only.get("nations", ())) <= set(Nation) - {Nation.ENGLAND}
        assert set(only.get("phases", ())) <= set(Phase)
        assert all(entry.get(name) != words for name, words in difference.items() if name != "certainty")
        assert "phases" in only or difference["certainty"] == Certainty.CHECK_WITH_DPO


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.school_type}-{kind.nation}")
def test_no_school_outside_england_is_held_to_english_regulations(kind: Kind) -> None:
    found = [as_it_reads(entry, kind) for entry in SERIES if suits(entry, kind)]
    assert len(found) >= 92
    if kind.nation == Nation.ENGLAND:
        return
    for entry in found:
        assert not any(law in entry["source"] for law in NOT_FOR_OTHER_NATIONS), entry["code"]
        assert kind.nation == Nation.WALES or "Limitation Act 1980" not in entry["source"], entry["code"]


def test_free_school_meals_are_no_series_of_independent_schools() -> None:
    missing = {entry["code"] for entry in SERIES if not suits(entry, Kind(SchoolType.INDEPENDENT))}
    assert missing == {"R33"}


@pytest.mark.parametrize(
    ("phases", "years"),
    [((), 14), ((Phase.PRIMARY,), 14), ((Phase.PRIMARY, Phase.SECONDARY), 14), ((Phase.SECONDARY, Phase.SIXTH_FORM), 10)],
)
def test_the_papers_of_a_trip_are_kept_longer_where_there_are_younger_pupils_or_nobody_has_said(phases: tuple[Phase, ...], years: int) -> None:
    assert as_it_reads(BY_CODE["R24"], Kind(phases=phases))["years"] == years


def test_each_reading_of_each_series_gives_a_day_or_none_and_never_one_before_the_event() -> None:
    event = date(2024, 2, 29)
    without = set()
    for entry in SERIES:
        for reading in readings(entry):
            on = due_on(reading, event, SchoolFacts())
            if on is None:
                without.add(entry["code"])
            else:
                assert on >= event
                assert period_of(reading).is_said
    assert without == {"R06", "R41", "R75", "R77", "R92"}


def test_the_first_day_is_the_one_that_the_schedule_means() -> None:
    maintained, academy = SchoolFacts(), SchoolFacts(financial_year_end=(8, 31))
    assert due_on(BY_CODE["R02"], date(2008, 2, 29), maintained) == date(2033, 3, 1)
    assert due_on(BY_CODE["R03"], date(2008, 2, 29), maintained) == date(2039, 3, 1)
    assert due_on(BY_CODE["R70"], date(2020, 5, 14), maintained) == date(2027, 3, 31)
    assert due_on(BY_CODE["R70"], date(2020, 5, 14), academy) == date(2026, 8, 31)
    assert due_on(BY_CODE["R53"], date(2026, 7, 22), maintained) == date(2026, 10, 20)


def test_a_series_leaves_nothing_for_the_school_to_fill_in() -> None:
    for entry in SERIES:
        assert not any("[" in words for reading in readings(entry) for words in reading.values() if isinstance(words, str))

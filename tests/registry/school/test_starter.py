"""What a school is offered to begin with: what fits it, as answers the tables take as they are."""

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

import pytest

from models.activity import Activity
from models.agreement import Agreement
from models.asset import Asset
from models.fields import BlindIndex, EncryptedText
from models.image_use import ImageUse
from models.record import Record
from models.retention_rule import RetentionRule
from models.supplier import Supplier
from models.support_end import SupportEnd
from models.vocabulary import ActivityRole, Art6, Certainty, JobRole, Level, Nation, Phase, SchoolType, SupplierRole, YesNo, YesNoUnknown
from registry.definition import Links, Register
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.devices.agreements import AGREEMENTS
from registry.registers.devices.support_ends import SUPPORT_ENDS
from registry.registers.images.uses import USES
from registry.school import starter
from registry.school.starter import Starter

TABLES: dict[str, type[Record]] = {"processing": Activity, "assets": Asset, "suppliers": Supplier, "image-uses": ImageUse, "agreements": Agreement,
                                   "support-ends": SupportEnd, "retention-rules": RetentionRule}  # fmt: skip
REGISTERS: dict[str, Register] = {register.slug: register for register in (
    PROCESSING, ASSETS, SUPPLIERS, USES, AGREEMENTS, SUPPORT_ENDS, RETENTION_RULES,
)}  # fmt: skip
OF_ORIGIN = {"starter_id", "starter_source", "starter_certainty"}


@dataclass(frozen=True)
class Offered:
    """A school as the offer sees it."""

    nation: Nation
    school_type: SchoolType
    phases: tuple[Phase, ...]
    public_authority: bool = True


PRIMARY = Offered(Nation.ENGLAND, SchoolType.MAINTAINED, (Phase.EARLY_YEARS, Phase.PRIMARY))
WELSH_PRIMARY = Offered(Nation.WALES, SchoolType.MAINTAINED, (Phase.PRIMARY,))
ACADEMY = Offered(Nation.ENGLAND, SchoolType.ACADEMY, (Phase.SECONDARY, Phase.SIXTH_FORM))
INDEPENDENT = Offered(Nation.SCOTLAND, SchoolType.INDEPENDENT, (Phase.PRIMARY, Phase.SECONDARY), public_authority=False)
SCOTTISH = Offered(Nation.SCOTLAND, SchoolType.SCOTTISH_COUNCIL_SCHOOL, (Phase.SECONDARY,))
NORTHERN_IRISH = Offered(Nation.NORTHERN_IRELAND, SchoolType.NI_GRANT_AIDED, (Phase.PRIMARY,))
SCHOOLS = (PRIMARY, WELSH_PRIMARY, ACADEMY, INDEPENDENT, SCOTTISH, NORTHERN_IRISH)
every_school = pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: f"{school.school_type}-{school.nation}")


def names(register: str, school: Offered) -> set[str]:
    return {each.id for each in starter.fitting(register, school)}


@pytest.mark.parametrize(
    ("school", "activities", "assets", "suppliers", "series"),
    [(PRIMARY, 112, 61, 57, 93), (ACADEMY, 116, 62, 59, 93), (INDEPENDENT, 108, 63, 59, 92),
     (SCOTTISH, 114, 61, 59, 93), (NORTHERN_IRISH, 110, 60, 57, 93)],
    ids=["primary", "academy", "independent", "scottish", "northern-irish"],
)
def test_each_kind_of_school_is_offered_so_many(
    school: Offered, activities: int, assets: int, suppliers: int, series: int
) -> None:
    counted = Counter(each.register for each in starter.all_that_fits(school))
    also = {"image-uses": 16, "agreements": 8, "support-ends": 26, "retention-rules": series}
    assert counted == {"processing": activities, "assets": assets, "suppliers": suppliers, **also}


def test_a_primary_is_shown_nothing_that_is_only_for_older_pupils() -> None:
    only_older = {"exam-entries-and-results", "careers-and-destinations", "work-experience", "sixth-form-bursaries"}
    assert not only_older & names("processing", PRIMARY)
    assert only_older <= names("processing", ACADEMY)
    assert "careers-and-destinations-records" in names("assets", ACADEMY) - names("assets", PRIMARY)
    assert "careers-provider" in names("suppliers", ACADEMY) - names("suppliers", PRIMARY)
    assert "early-years-provision" in names("processing", PRIMARY) - names("processing", ACADEMY)


def test_a_school_that_has_not_said_its_ages_is_offered_all_of_its_type() -> None:
    unsaid = Offered(Nation.ENGLAND, SchoolType.MAINTAINED, ())
    assert names("processing", PRIMARY) < names("processing", unsaid)


def test_fees_are_for_independent_schools_and_freedom_of_information_for_the_others() -> None:
    assert {"school-fees-and-awards", "independent-school-exclusions"} <= names("processing", INDEPENDENT) - names("processing", SCOTTISH)
    assert {"information-requests", "admissions-appeals"} <= names("processing", SCOTTISH) - names("processing", INDEPENDENT)
    assert "fees-ledger" in names("assets", INDEPENDENT) - names("assets", ACADEMY)


@pytest.mark.parametrize(
    ("school", "law"),
    [
        (PRIMARY, "Education Act 2002 s.175; Keeping Children Safe in Education"),
        (WELSH_PRIMARY, "Education Act 2002 s.175; Keeping Learners Safe"),
        (ACADEMY, "Education Act 2002 s.157 with the Education (Independent School Standards) Regulations 2014 Part 3"),
        (SCOTTISH, "Children (Scotland) Act 1995"),
        (INDEPENDENT, "Children (Scotland) Act 1995"),
        (NORTHERN_IRISH, "Education and Libraries (Northern Ireland) Order 2003 arts 17-18"),
    ],
    ids=["england", "wales", "academy", "scotland", "independent", "northern-ireland"],
)
def test_the_law_named_is_that_of_the_nation_and_type(school: Offered, law: str) -> None:
    assert law in starter.by_id("processing", "child-protection", school).answers["statute"]


@pytest.mark.parametrize("school", [SCOTTISH, INDEPENDENT, NORTHERN_IRISH], ids=["scottish", "independent", "northern-irish"])
def test_no_english_school_law_is_shown_in_scotland_or_northern_ireland(school: Offered) -> None:
    english = ("(England)", "Education Act 2002", "Academies Act", "Keeping Children Safe", "School Standards and Framework")
    for each in starter.fitting("processing", school):
        assert not [law for law in english if law in each.answers.get("statute", "")], each.id


def test_several_laws_are_told_apart_by_their_basis() -> None:
    statute = starter.by_id("processing", "admissions-applications", PRIMARY).answers["statute"]
    duty, task = statute.splitlines()
    assert duty.startswith("Legal obligation: School Standards and Framework Act 1998 s.84")
    assert "funding agreement" not in duty.casefold()
    assert task == "Public task: School Standards and Framework Act 1998 Part 3"


def test_outside_england_the_source_is_the_law_of_the_nation_and_is_to_be_checked() -> None:
    ours, theirs = (starter.by_id("processing", "admissions-appeals", school) for school in (PRIMARY, SCOTTISH))
    assert (ours.certainty, theirs.certainty) == (Certainty.SETTLED, Certainty.CHECK_WITH_DPO)
    assert ours.source.startswith("School Standards and Framework Act 1998 s.94")
    assert theirs.source == "Education (Scotland) Act 1980 ss.28C-28F"


def test_an_independent_school_rests_on_its_own_bases() -> None:
    activity = starter.by_id("processing", "cctv", INDEPENDENT)
    assert activity.answers["art6"] == (Art6.RECOGNISED_LEGITIMATE_INTEREST, Art6.LEGITIMATE_INTERESTS)
    assert starter.by_id("processing", "cctv", ACADEMY).answers["art6"] == (Art6.PUBLIC_TASK,)
    assert activity.fits == "Only if there are cameras. Legitimate interests, with a written assessment."
    assert all(Art6.PUBLIC_TASK not in each.answers["art6"] for each in starter.fitting("processing", INDEPENDENT))


def test_a_choice_is_offered_and_never_made() -> None:
    publicity = starter.by_id("processing", "images-publicity", PRIMARY)
    assert publicity.answers["art6"] == (Art6.CONSENT,)
    (choice,) = publicity.alternatives
    assert choice.why
    assert choice.answers["art6"] == (Art6.PUBLIC_TASK,)
    assert choice.answers["statute"] == "Education Act 2002 s.21"
    assert choice.answers["consent_mechanism"] is None
    assert "name" not in choice.answers
    (other,) = starter.by_id("processing", "images-publicity", INDEPENDENT).alternatives
    assert other.answers["art6"] == (Art6.LEGITIMATE_INTERESTS,)


def test_work_for_another_school_has_no_basis_of_its_own() -> None:
    work = starter.by_id("processing", "services-for-other-schools", PRIMARY)
    assert work.answers["role"] is ActivityRole.PROCESSOR
    assert work.answers["art6"] == ()
    assert "statute" not in work.answers
    assert work.answers["processing_categories"]


def test_how_long_records_are_kept_is_said_in_words() -> None:
    activity = starter.by_id("processing", "attendance-registers", PRIMARY).answers["retention"]
    assert "Admission register: keep for at least 6 years after the entry is made, then a person decides (series R09)." in activity
    assert all("(series R" in each.answers["retention"] for each in starter.fitting("assets", PRIMARY))


def test_what_no_question_asks_for_stands_in_the_notes() -> None:
    notes = starter.by_id("processing", "cctv", ACADEMY).answers["notes"]
    assert notes.startswith("Only if there are cameras.\nNo cameras in toilets")
    assert "Impact assessment: Systematic monitoring" in notes
    assert "Outside the United Kingdom: None by the school" in notes
    assert starter.by_id("assets", "mis", ACADEMY).answers["notes"].startswith("Manager: Headteacher; looked after")


def test_an_asset_has_a_post_to_answer_for_it_and_nothing_that_nobody_checked() -> None:
    system = starter.by_id("assets", "mis", ACADEMY).answers
    assert (system["owner_role"], system["confidentiality"]) == (JobRole.HEADTEACHER, Level.HIGH)
    checks = ("encrypted_at_rest", "encrypted_in_transit", "backed_up")
    assert {system[name] for name in checks} == {YesNoUnknown.UNKNOWN}
    paper = starter.by_id("assets", "paper-pupil-files", ACADEMY).answers
    assert all(paper.get(name) in (None, YesNoUnknown.UNKNOWN) for name in checks)


def test_a_kind_of_supplier_comes_with_questions_and_without_a_contract() -> None:
    supplier = starter.by_id("suppliers", "mis-provider", PRIMARY)
    assert supplier.name == "Pupil database supplier (MIS)"
    assert supplier.answers["role"] is SupplierRole.PROCESSOR
    assert supplier.answers["handles_personal_data"] is YesNo.YES
    assert "How do we take a full export ourselves, and in which format?" in supplier.answers["questions_to_ask"]
    assert len(supplier.answers["questions_to_ask"]) == len(set(supplier.answers["questions_to_ask"])) > 20
    assert not {"contract_signed", "clauses", "due_diligence", "details_described", "countries"} & set(supplier.answers)


@every_school
def test_a_link_stands_at_both_ends_and_leads_to_what_is_offered_too(school: Offered) -> None:
    found = {(each.register, each.id): each for each in starter.all_that_fits(school)}
    for place, each in found.items():
        assert len(set(each.links)) == len(each.links)
        for far in each.links:
            assert place in found[far].links
            assert isinstance(REGISTERS[each.register].questions[far[0]].column, Links)
    assert all(each.links for each in found.values() if each.register in ("processing", "assets", "suppliers")), "the others stand for themselves"


@every_school
def test_names_are_told_apart_within_a_register(school: Offered) -> None:
    for register in REGISTERS:
        found = starter.fitting(register, school)
        assert len({each.name.casefold() for each in found}) == len(found)
        assert all(each.name == each.answers["name"] for each in found)


@every_school
def test_every_answer_is_to_a_question_that_is_asked(school: Offered) -> None:
    for each in starter.all_that_fits(school):
        asked = {question.name for question in REGISTERS[each.register].columns}
        for answers in (each.answers, *(choice.answers for choice in each.alternatives)):
            assert set(answers) <= asked | OF_ORIGIN, each.id


@every_school
def test_no_answer_names_a_person(school: Offered) -> None:
    for each in starter.all_that_fits(school):
        columns = TABLES[each.register]._meta.fields
        assert not [name for name in each.answers if isinstance(columns[name], EncryptedText | BlindIndex)], each.id


@every_school
def test_the_tables_take_the_answers_and_give_them_back_unchanged(school: Offered) -> None:
    for each in starter.all_that_fits(school):
        record = TABLES[each.register](**each.answers)
        for name, answer in each.answers.items():
            column = TABLES[each.register]._meta.fields[name]
            assert getattr(record, name) == answer
            assert column.python_value(column.db_value(answer)) == answer, (each.id, name)


@every_school
def test_an_entry_says_why_it_is_offered_and_where_it_comes_from(school: Offered) -> None:
    for each in starter.all_that_fits(school):
        assert each.fits.strip() == each.fits != ""
        assert each.source
        assert (each.answers["starter_source"], each.answers["starter_certainty"]) == (each.source, each.certainty)


def test_a_system_tells_what_it_is_used_for() -> None:
    assert starter.by_id("assets", "library-system", ACADEMY).fits == "Used for: School library."
    assert starter.by_id("assets", "boarding-records", ACADEMY).fits == "Only if pupils board. Used for: Boarding."
    assert starter.by_id("assets", "mis", ACADEMY).fits.endswith(" more.")


def test_one_that_does_not_fit_or_does_not_exist_is_not_found() -> None:
    for register, wanted in (("processing", "work-experience"), ("processing", "no-such-entry"), ("no-such-register", "cctv")):
        with pytest.raises(KeyError):
            starter.by_id(register, wanted, PRIMARY)


def test_a_register_without_content_offers_nothing() -> None:
    assert starter.fitting("breaches", PRIMARY) == ()


def test_an_offer_cannot_be_changed() -> None:
    each: Starter = starter.by_id("assets", "mis", PRIMARY)
    with pytest.raises(AttributeError):
        each.name = "Another"  # type: ignore[misc]


def test_starting_the_program_reads_no_content() -> None:
    ask = "import registry.school.starter; from registry.templates_for_schools.content import read; print(read.cache_info().currsize)"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "0"

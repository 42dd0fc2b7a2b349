from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Art6, Art9, Individuals, Nation, RecognisedInterest, Right, Schedule1, SpecialCategory, YesNoUnknown
from registry.rules.activity_facts import CODES
from registry.rules.lawful_basis import ActivityFacts, SchoolFacts, findings
from tests.registry.rules.activities import MAINTAINED, SOUND, found


def test_a_sound_activity_has_no_findings() -> None:
    assert findings(SOUND, MAINTAINED) == ()


def test_what_a_processor_does_rests_on_the_controllers_basis() -> None:
    assert findings(ActivityFacts(role="processor", special_categories=["health"], criminal_data=True), MAINTAINED) == ()


def test_a_joint_controller_needs_a_basis_as_well() -> None:
    assert found(ActivityFacts(role="joint")) == ["LB01"]


def test_the_order_is_that_of_the_codes() -> None:
    codes = found(ActivityFacts(art6=list(Art6), art9=["9.2.a", "9.2.g"], criminal_data="yes", automated_significant=True))
    assert codes == sorted(codes)
    assert len(codes) > 8


def test_facts_that_say_the_same_are_equal_however_their_lists_came() -> None:
    assert ActivityFacts(art6=iter(["6.1.e", Art6.CONSENT])) == ActivityFacts(art6=["6.1.a", "6.1.e"])  # type: ignore[arg-type]


MIXED = st.one_of(st.none(), st.booleans(), st.sampled_from(YesNoUnknown))
WORDS = st.one_of(st.none(), st.sampled_from(["", " ", "Something", *RecognisedInterest]))
ANSWERS: dict[str, st.SearchStrategy[object]] = {
    "role": st.sampled_from(["controller", "joint", "processor", None, "other"]),
    "individuals": st.sets(st.sampled_from(Individuals)),
    "rights": st.sets(st.sampled_from([*Right, "other"])),
    "art6": st.sets(st.sampled_from([*Art6, "6.1.z"])),
    "special_categories": st.sets(st.sampled_from([*SpecialCategory, "other"])),
    "art9": st.sets(st.sampled_from([*Art9, "9.2.z"])),
    "sch1": st.sets(st.sampled_from([*Schedule1, "part9.99", ""])),
    "lia_assessed_on": st.one_of(st.none(), st.dates()),
    "apd_review_on": st.one_of(st.none(), st.dates()),
}


def strategy_for(column: str) -> st.SearchStrategy[object]:
    yes_or_no = column.startswith(("is_", "biometric", "automated", "criminal_data", "apd_w", "apd_o"))
    return ANSWERS.get(column, MIXED if yes_or_no else WORDS)


ANY_ACTIVITY = st.builds(ActivityFacts, **{field.name: strategy_for(field.name) for field in fields(ActivityFacts)})
ANY_SCHOOL = st.builds(
    SchoolFacts,
    nation=st.sampled_from(Nation),
    public_authority=st.booleans(),
    today=st.one_of(st.none(), st.dates()),
    review_months=st.integers(0, 60),
)


SEVERITIES = (
    dict.fromkeys(("LB01", "LB02", "LB04", "LB05", "LB06", "LB07", "LB08", "LB09", "LB10", "LB12"), ("error",))
    | dict.fromkeys(("LB11", "LB13", "LB15", "LB17", "LB18"), ("warning",))
    | {"LB03": ("error", "warning"), "LB14": ("error", "warning"), "LB16": ("note",)}
)


@settings(max_examples=300, deadline=None)
@given(ANY_ACTIVITY, ANY_SCHOOL)
def test_whatever_is_answered_the_same_findings_come_with_a_sentence_and_a_question(activity: ActivityFacts, school: SchoolFacts) -> None:
    first = findings(activity, school)
    assert first == findings(replace(activity), school)
    assert len({(finding.code, finding.question, finding.severity) for finding in first}) == len(first)
    columns = {field.name for field in fields(ActivityFacts)}
    for finding in first:
        assert finding.severity in SEVERITIES[finding.code]
        assert finding.question in columns
        assert finding.message.endswith(".")
        assert finding.source
        assert finding.mend


def test_every_list_of_codes_is_a_column() -> None:
    assert set(CODES) <= {field.name for field in fields(ActivityFacts)}

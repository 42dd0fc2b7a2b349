"""Is the record of processing complete? UK GDPR Article 30, and Schedule 1 paragraph 41 where a policy document is needed."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from models.vocabulary import ActivityRole
from registry.rules.answers import Answer, is_blank, is_no, is_settled, is_yes, sort_out
from registry.rules.finding import Finding, Severity
from registry.rules.policy_document import conditions_with_policy
from registry.rules.school_facts import SchoolFacts

CODES = ("individuals", "art6", "sch1")
CONTROLLER_PARTS = (
    ("AR01", "purpose", "Article 30(1)(b)", "The purpose is missing. Say what the data is used for.", "Say what for"),
    ("AR02", "individuals", "Article 30(1)(c)", "It is not said whose data it is. Tick the people concerned.", "Tick the people"),
    ("AR03", "data_categories", "Article 30(1)(c)", "It is not said what data is used. List the kinds of data.", "List the data"),
    ("AR04", "recipients", "Article 30(1)(d)", "It is not said who receives the data. List them, or write that nobody does.", "List who receives it"),
    ("AR08", "retention", "Article 30(1)(f)", "It is not said how long the data is kept. Say how long.", "Say how long"),
)
PROCESSOR_PARTS = (
    ("AR10", "controller_acted_for", "Article 30(2)(a)", "It is not said for whom this is done. Name the controller.", "Name the controller"),
    ("AR11", "processing_categories", "Article 30(2)(b)", "It is not said what is done for the controller. Describe it.", "Describe it"),
)
PARAGRAPH_41 = "DPA 2018 Schedule 1 paragraph 41"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOfProcessingFacts:
    """An entry in the record of processing; each name is the column of the same name, and lists may be texts or links."""

    role: str | None = ActivityRole.CONTROLLER
    purpose: str | None = None
    individuals: Collection[str] = ()
    data_categories: Collection[Any] | None = None
    recipients: Collection[Any] | None = None
    transfers_outside_uk: Answer = None
    third_countries: Collection[Any] | None = None
    exceptional_safeguards: str | None = None
    retention: Collection[Any] | None = None
    security_measures: Collection[Any] | None = None
    controller_acted_for: str | None = None
    processing_categories: Collection[Any] | None = None
    art6: Collection[str] = ()
    sch1: Collection[str] = ()
    apd_only_for_authority: Answer = False
    kept_per_policy: str | None = None
    kept_not_reason: str | None = None

    def __post_init__(self) -> None:
        """Turns every list of codes into a set."""
        sort_out(self, CODES)


def findings(record: RecordOfProcessingFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that the record still lacks, as warnings and notes in the order of the codes."""
    found = (finding for rule in RULES for finding in rule(record, school))
    return tuple(sorted(found, key=lambda finding: finding.code))


def _parts_answered(record: RecordOfProcessingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AR01 to AR04 and AR08 for a controller, AR10 and AR11 for a processor: each part is answered."""
    for code, column, article, message, mend in PROCESSOR_PARTS if _is_processor(record) else CONTROLLER_PARTS:
        if is_blank(getattr(record, column)):
            yield Finding(code, Severity.WARNING, message, f"UK GDPR {article}", column, mend)


def _transfers_described(record: RecordOfProcessingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AR05 to AR07: whether data leaves the United Kingdom, for which countries, and the safeguards of an exception."""
    source = "UK GDPR Article 30(2)(c)" if _is_processor(record) else "UK GDPR Article 30(1)(e)"
    if not is_settled(record.transfers_outside_uk):
        message = "Nobody has said whether the data leaves the United Kingdom. Ask the suppliers, also about support from abroad."
        yield Finding("AR05", Severity.WARNING, message, source, "transfers_outside_uk", "Answer the question")
    if not is_yes(record.transfers_outside_uk):
        return
    if is_blank(record.third_countries):
        message = "Data leaves the United Kingdom, and no country is named. Name each country or international organisation."
        yield Finding("AR06", Severity.WARNING, message, source, "third_countries", "Name the countries")
    if is_blank(record.exceptional_safeguards):
        message = "If a transfer rests on an exception of Article 49, say which safeguards protect it."
        yield Finding("AR07", Severity.NOTE, message, source, "exceptional_safeguards", "Describe the safeguards")


def _security_described(record: RecordOfProcessingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AR09: how the data is kept secure, for controllers and processors."""
    if is_blank(record.security_measures):
        source = "UK GDPR Article 30(2)(d)" if _is_processor(record) else "UK GDPR Article 30(1)(g)"
        message = "It is not said how the data is kept secure. Describe it in general terms."
        yield Finding("AR09", Severity.WARNING, message, source, "security_measures", "Describe the security")


def _policy_followed(record: RecordOfProcessingFacts, _: SchoolFacts) -> Iterator[Finding]:
    """AR12 to AR14: beside a condition with a policy document stand the basis, and whether the policy is followed."""
    if _is_processor(record) or not conditions_with_policy(record.sch1, record.apd_only_for_authority):
        return
    if is_blank(record.art6):
        message = "Beside a Schedule 1 condition the record must say how Article 6 is satisfied. Choose a basis."
        yield Finding("AR12", Severity.WARNING, message, PARAGRAPH_41, "art6", "Choose a basis")
    if not is_settled(record.kept_per_policy):
        message = "It is not said whether the data is kept and erased as the policy document says. Find out."
        yield Finding("AR13", Severity.WARNING, message, PARAGRAPH_41, "kept_per_policy", "Answer the question")
    if is_no(record.kept_per_policy) and is_blank(record.kept_not_reason):
        message = "The data is not kept as the policy document says, and no reason is given. Give the reason."
        yield Finding("AR14", Severity.WARNING, message, PARAGRAPH_41, "kept_not_reason", "Give the reason")


def _is_processor(record: RecordOfProcessingFacts) -> bool:
    """Whether the school does this for another body."""
    return record.role == ActivityRole.PROCESSOR


RULES: tuple[Callable[[RecordOfProcessingFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _parts_answered,
    _transfers_described,
    _security_described,
    _policy_followed,
)

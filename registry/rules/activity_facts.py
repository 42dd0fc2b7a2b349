"""What the lawful-basis rules need to know about a processing activity."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.vocabulary import ActivityRole
from registry.rules.answers import Answer, sort_out

CODES = ("art6", "individuals", "special_categories", "treated_as_sensitive", "art9", "sch1", "rights")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """A processing activity; each name is the column of the same name, and what is not given is not answered."""

    role: str | None = ActivityRole.CONTROLLER
    is_core_task: Answer = True
    individuals: Collection[str] = ()
    rights: Collection[str] = ()

    art6: Collection[str] = ()
    statute: str | None = None
    contract_with_subject: str | None = None
    vital_why: str | None = None
    consent_mechanism: str | None = None
    consent_withdrawal: str | None = None
    consent_who: str | None = None
    consent_can_refuse: Answer = None
    rli_condition: str | None = None
    rli_necessity: str | None = None
    rli_request: str | None = None
    lia_interest: str | None = None
    lia_necessity: str | None = None
    lia_balance: str | None = None
    lia_assessed_on: date | None = None
    lia_assessed_by: str | None = None

    special_categories: Collection[str] = ()
    treated_as_sensitive: Collection[str] = ()
    art9: Collection[str] = ()
    explicit_consent: str | None = None
    criminal_data: Answer = None
    criminal_authority: str | None = None
    sch1: Collection[str] = ()
    apd_reference: str | None = None
    apd_review_on: date | None = None
    apd_withdrawn: Answer = False
    apd_only_for_authority: Answer = False
    kept_per_policy: str | None = None
    kept_not_reason: str | None = None

    biometric_recognition: Answer = None
    biometric_parents_told: Answer = None
    biometric_written_consent: Answer = None
    biometric_no_objection: Answer = None
    biometric_alternative: Answer = None
    automated_significant: Answer = None
    automated_information: Answer = None
    automated_representations: Answer = None
    automated_human: Answer = None
    automated_contest: Answer = None

    def __post_init__(self) -> None:
        """Turns every list of codes into a set."""
        sort_out(self, CODES)

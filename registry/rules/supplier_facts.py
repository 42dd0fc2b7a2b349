"""What the rules need to know about a supplier and its contract."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.vocabulary import SupplierRole
from registry.rules.answers import Answer, is_no, sort_out


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFacts:
    """A supplier; each name is the column of the same name, and what is not given is not answered."""

    role: str | None = SupplierRole.PROCESSOR
    handles_personal_data: Answer = True
    contract_signed: Answer = None
    clauses: Collection[str] = ()
    details_described: Answer = None
    due_diligence_on: date | None = None
    sub_processors_known: Answer = None
    outside_uk: Answer = None
    countries: str | Collection[str] | None = None
    transfer_mechanism: str | None = None
    transfer_assessed_on: date | None = None
    us_uk_extension: Answer = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_days: int | None = None
    renewal: str | None = None

    def __post_init__(self) -> None:
        """Turns the list of clauses into a set."""
        sort_out(self, ("clauses",))

    @property
    def is_trusted_with_data(self) -> bool:
        """Whether it handles personal data, or nobody has said that it does not."""
        return not is_no(self.handles_personal_data)

    @property
    def is_processor(self) -> bool:
        """Whether Article 28 applies: it acts for the school, or nobody has settled that it does not."""
        return self.is_trusted_with_data and self.role not in (SupplierRole.CONTROLLER, SupplierRole.JOINT)

"""Under which headings schools keep the answers to a register's questions: its own words first, then what other lists call them."""

from collections.abc import Callable, Sequence

from exports.columns import Wanted, spelling
from exports.selection import REFERENCE_HEADING
from registry.actor import Actor
from registry.cells import REFERENCE
from registry.definition import Register
from registry.importing.reading import offered

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "name": ("Name", "Title"),
    "description": ("Details", "About"),
    "asset_type": ("Type", "Asset type", "Type of asset"),
    "business_function": ("Department", "Function", "Team", "Business area", "Area"),
    "owner_role": ("Owner role", "Post", "Owner's job title", "Role of owner"),
    "owner": ("Information asset owner", "IAO", "Owner name", "Name of owner", "Person responsible"),
    "manager": ("Information asset manager", "Manager", "Managed by"),
    "custodian": ("Custodian",),
    "location": ("Where is it kept", "Where kept", "Storage location", "Stored", "Location of personal data", "Room"),
    "individuals": ("Categories of individuals", "Categories of data subjects", "Data subjects"),
    "data_categories": ("Categories of personal data", "Categories of data", "Data categories", "Type of data", "Data held"),
    "classification": ("Security classification", "Protective marking", "Sensitivity"),
    "access_groups": ("Who has access", "Access rights"),
    "shared_with": ("Sharing", "Who is it shared with", "Data sharing"),
    "purpose": ("Purpose of processing", "Purposes", "Purposes of processing", "Why"),
    "joint_controller": ("Name and contact details of joint controller", "Joint controllers"),
    "recipients": ("Categories of recipients", "Shared with"),
    "processor_contract_link": ("Link to contract with processor",),
    "third_countries": ("Names of third countries or international organisations", "Third countries"),
    "exceptional_safeguards": ("Safeguards for exceptional transfers",),
    "retention": ("Retention", "Retention period", "Retention schedule", "Kept until"),
    "security_measures": (
        "General description of technical and organisational security measures",
        "Security",
        "Technical and organisational measures",
    ),
    "art6": ("Article 6 lawful basis", "Art 6 lawful basis", "Legal basis", "Basis", "Lawful basis for processing"),
    "art9": ("Article 9 basis", "Art 9 basis", "Special category condition"),
    "sch1": ("DPA 2018 Schedule 1 condition", "Schedule 1 condition for processing"),
    "lia_link": ("Link to LIA", "LIA"),
    "rights": ("Rights available", "Rights available to individuals"),
    "profiling": ("Automated decision making including profiling",),
    "source_of_data": ("Source of the data", "Source of the personal data", "Data source"),
    "source": ("Source of the data", "Data source"),
    "consent_link": ("Link to record of consent",),
    "dpia_required": ("DPIA required", "Data protection impact assessment required"),
    "dpia_link": ("Link to DPIA",),
    "breach_occurred": ("Has a personal data breach occurred", "Breach occurred"),
    "breach_link": ("Link to record of personal data breach",),
    "retention_policy_link": ("Link to retention policy", "Link to retention and erasure policy document"),
    "service": ("Service provided", "Product", "System", "What they do"),
    "website": ("URL", "Web site", "Web address"),
    "company_number": ("Company registration number", "Companies House number"),
    "contact_name": ("Contact name", "Contact person"),
    "contact_email": ("Email", "Email address", "Contact email"),
    "contact_phone": ("Phone", "Telephone", "Phone number", "Contact telephone"),
    "dpo_contact": ("DPO", "Data protection officer", "DPO contact"),
    "countries": ("Country", "Data location", "Hosted in"),
    "sub_processors": ("Subprocessors",),
    "starts_on": ("Start date", "Contract start", "Contract start date"),
    "ends_on": ("End date", "Expiry date", "Contract end", "Contract end date", "Renewal date"),
    "contract_value": ("Annual cost", "Cost", "Value"),
    "contract_signed": ("Contract in place", "Data processing agreement", "DPA in place"),
    "disposal_method": ("Disposal method", "How destroyed"),
    "last_verified_on": ("Last reviewed", "Date last reviewed", "Last review", "Reviewed on"),
    "next_review_on": ("Review date", "Next review date", "Review due", "Date of next review"),
    "notes": ("Comments", "Comment", "Remarks"),
}
"""Usual headings of other lists, among them those of the regulator's template for Article 30, by question."""


def wanted(register: Register, by: Actor) -> tuple[Wanted, ...]:
    """Every question that this person may answer from a file, with the headings under which it may stand."""
    own = tuple(_spelt(register, question.name, (question.label, question.ask)) for question in offered(register, by))
    return (Wanted(REFERENCE, (REFERENCE_HEADING, "Ref", "Record reference", "Our reference")), *own)


def fit_of(register: Register, by: Actor) -> Callable[[Sequence[str]], int]:
    """What counts how many cells of a row are spelt like headings of this register, each spelling once."""
    known = frozenset(spelling(label) for each in wanted(register, by) for label in each.labels)
    return lambda cells: len(known.intersection(map(spelling, cells)))


def _spelt(register: Register, name: str, words: tuple[str, ...]) -> Wanted:
    if name == register.title.name:
        words = (*words, register.one, f"{register.one} name", f"{words[0]} name")
    return Wanted(name, tuple(dict.fromkeys((*words, name.replace("_", " "), *ELSEWHERE.get(name, ())))))

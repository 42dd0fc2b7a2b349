"""How a supplier stands to the school: its role, the terms of Article 28, due diligence and transfers abroad."""

from models.vocabulary.words import Words


class SupplierRole(Words):
    """What the supplier is in law."""

    PROCESSOR = "processor", "Processor: acts on the school's instructions"
    CONTROLLER = "controller", "Controller: decides for itself"
    JOINT = "joint", "Joint controller with the school"
    DEPENDS = "depends", "Depends on the service: decide and write down which"


class Art28Clause(Words):
    """A term that Article 28(3) asks for in every contract with a processor."""

    INSTRUCTIONS = "a", "Acts only on the school's written instructions, also about transfers"
    CONFIDENTIALITY = "b", "Everybody who sees the data has promised to keep it secret"
    SECURITY = "c", "Takes the security measures of Article 32"
    SUB_PROCESSORS = "d", "Uses sub-processors only as agreed and on the same terms"
    RIGHTS = "e", "Helps the school to answer people who use their rights"
    ASSISTANCE = "f", "Helps with security, breaches, DPIAs and consulting the regulator"
    DELETION = "g", "Deletes or returns everything at the end"
    EVIDENCE = "h", "Shows that it complies, and allows audits"


class TransferMechanism(Words):
    """What makes a transfer out of the United Kingdom lawful (UK GDPR Chapter V)."""

    NOT_KNOWN = "not_known", "Not known yet"
    NONE_NEEDED = "none_needed", "None needed: nothing leaves the United Kingdom"
    ADEQUACY = "adequacy", "Country approved by UK regulations, such as the EEA"
    US_DATA_BRIDGE = "us_data_bridge", "United States: on the Data Privacy Framework list with its UK Extension"
    IDTA = "idta", "International data transfer agreement"
    ADDENDUM = "addendum", "UK Addendum to the EU standard clauses"
    BCR = "bcr", "Binding corporate rules approved for the United Kingdom"
    ART49 = "art49", "Exception of Article 49, for a single case"
    EU_CLAUSES_ONLY = "eu_clauses_only", "EU standard clauses without the UK Addendum"


class DueDiligence(Words):
    """A thing the school looks into before it trusts a supplier."""

    REGULATOR_FEE = "regulator_fee", "Its entry in the regulator's register of fee payers"
    CERTIFICATES = "certificates", "Its security certificates"
    BREACH_HISTORY = "breach_history", "Breaches it has had"
    CHILDRENS_CODE = "childrens_code", "Its own DPIA, and how it follows the children's code"
    HOSTING = "hosting", "Where and with whom it stores the data"
    RETENTION = "retention", "How long it keeps the data"
    EXIT = "exit", "How the school gets its data back at the end"


class Certification(Words):
    """A certificate that shows how well a supplier looks after data."""

    CYBER_ESSENTIALS = "cyber_essentials", "Cyber Essentials"
    CYBER_ESSENTIALS_PLUS = "cyber_essentials_plus", "Cyber Essentials Plus"
    ISO_27001 = "iso_27001", "ISO 27001"
    ISO_27701 = "iso_27701", "ISO 27701"
    SOC_2 = "soc_2", "SOC 2"
    OTHER = "other", "Another certificate"


class SupplierState(Words):
    """How well a supplier's papers are in order."""

    RED = "red", "Red: something the law asks for is missing"
    AMBER = "amber", "Amber: something needs looking at"
    GREEN = "green", "Green: in order"

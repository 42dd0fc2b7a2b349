"""How an information asset is described: its part of school life, kind, form, secrecy, size and care."""

from models.vocabulary.words import Words


class BusinessFunction(Words):
    """The part of school life that an asset or an activity serves."""

    PUPILS = "pupils", "Pupils"
    SEN = "sen", "Special educational needs"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    HR = "hr", "Staff"
    FINANCE = "finance", "Finance"
    GOVERNANCE = "governance", "Governance"
    PREMISES = "premises", "Premises and security"
    CATERING = "catering", "Catering"
    IT = "it", "IT"
    TRIPS = "trips", "Trips and visits"
    CURRICULUM = "curriculum", "Teaching and assessment"
    HEALTH = "health", "Health and first aid"
    COMMUNICATIONS = "communications", "Communications and publicity"
    COMMUNITY = "community", "Community and fundraising"
    INFORMATION_GOVERNANCE = "information_governance", "Data protection and records"


ASSET_BUSINESS_FUNCTIONS = tuple(BusinessFunction)[:10]
"""The functions an information asset is filed under; the later ones are for activities only."""


class AssetType(Words):
    """What sort of thing holds the information."""

    DATASET = "dataset", "Set of records"
    SYSTEM = "system", "Computer system"
    PAPER_SERIES = "paper_series", "Series of paper files"
    MAILBOX = "mailbox", "Email accounts"
    SHARED_DRIVE = "shared_drive", "Shared folders"
    IMAGES = "images", "Photos, video or sound"
    REMOVABLE_MEDIA = "removable_media", "Portable storage"
    BACKUP = "backup", "Backup copies"


class AssetFormat(Words):
    """Whether it is on paper, in a computer or with an online service."""

    PAPER = "paper", "Paper"
    ELECTRONIC = "electronic", "Electronic, in school"
    BOTH = "both", "Paper and electronic"
    CLOUD = "cloud", "Online service"


class Classification(Words):
    """How widely it may be seen."""

    PUBLIC = "PUBLIC", "Public: anybody may see it"
    INTERNAL = "INTERNAL", "Internal: staff and governors"
    CONFIDENTIAL = "CONFIDENTIAL", "Confidential: staff who need it for their work"
    RESTRICTED = "RESTRICTED", "Restricted: named people only, a leak would do harm"


class VolumeBand(Words):
    """Roughly how many."""

    UNDER_100 = "under_100", "Fewer than 100"
    FROM_100 = "100_to_1000", "100 to 1,000"
    FROM_1000 = "1000_to_10000", "1,000 to 10,000"
    OVER_10000 = "over_10000", "More than 10,000"


class DisposalMethod(Words):
    """What happens to it in the end."""

    SECURE_DELETE = "secure_delete", "Deleted for good, so that nobody can bring it back"
    SUPPLIER_DELETION = "supplier_deletion", "Deleted by the supplier, who confirms it in writing"
    CROSS_CUT_SHRED = "cross_cut_shred", "Cross-cut shredded, or taken by a confidential waste service"
    OVERWRITE = "overwrite", "Overwritten in its usual cycle"
    TRANSFER = "transfer", "Handed to the next school or body"
    RETURN = "return", "Given back to the person or family"
    ARCHIVE = "archive", "Kept in the permanent archive"
    PHYSICAL_DESTRUCTION = "physical_destruction", "The disk or card itself is destroyed"


class ExpectedControl(Words):
    """A protection the asset should have."""

    ENCRYPTED_AT_REST = "encrypted_at_rest", "Encrypted where it is stored"
    ENCRYPTED_IN_TRANSIT = "encrypted_in_transit", "Encrypted when it is sent"
    BACKED_UP = "backed_up", "Backed up, and the backup tried"
    MFA = "mfa", "Second step at sign-in"
    LOCKED_STORAGE = "locked_storage", "Locked cabinet or room"
    NAMED_ACCESS_LIST = "named_access_list", "List of the people who may see it"
    ACCESS_LOG = "access_log", "Log of who looked or changed"

"""Devices: what they are, whose, where they stand in their life, who may hold them, and how they leave."""

from models.vocabulary.words import Words


class DeviceKind(Words):
    """What sort of thing it is; what holds data or opens a door to it counts as a device."""

    LAPTOP = "laptop", "Laptop"
    DESKTOP = "desktop", "Desktop"
    TABLET = "tablet", "Tablet"
    CHROMEBOOK = "chromebook", "Chromebook"
    PHONE = "phone", "Phone"
    SERVER = "server", "Server or network storage"
    NETWORK = "network", "Network equipment"
    DISPLAY = "display", "Screen or projector"
    CAMERA = "camera", "Camera"
    STORAGE = "storage", "Memory stick or portable drive"
    PRINTER = "printer", "Printer or copier"
    OTHER = "other", "Something else"


class DeviceOwner(Words):
    """Whose it is in law: lending a device does not change that."""

    SCHOOL = "school", "The school or trust"
    AUTHORITY = "authority", "The local authority"
    LEASED = "leased", "Leased"
    FAMILY_SCHEME = "family_scheme", "A family, bought through the school"
    UNKNOWN = "unknown", "Not known yet"


class DeviceStatus(Words):
    """Where a device stands in its life; it follows from what is done with it."""

    IN_STOCK = "in_stock", "In stock"
    ALLOCATED = "allocated", "With a person"
    SHARED = "shared", "Shared: in a room or pool"
    IN_REPAIR = "in_repair", "In repair"
    LOST = "lost", "Lost"
    STOLEN = "stolen", "Stolen"
    RETIRED = "retired", "Retired: waiting for disposal"
    DISPOSED = "disposed", "Disposed of"


class DeviceCondition(Words):
    """How worn it is."""

    NEW = "new", "New"
    GOOD = "good", "Good"
    WORN = "worn", "Worn, works"
    DAMAGED = "damaged", "Damaged"
    BROKEN = "broken", "Does not work"


class DeviceFunding(Words):
    """Who paid for it, which decides what may become of it."""

    SCHOOL = "school", "The school’s own budget"
    DFE = "dfe", "Department for Education or another government"
    PTA = "pta", "Parents' association or gift"
    FAMILY_SCHEME = "family_scheme", "A family scheme"
    OTHER = "other", "Somebody else"


class HolderKind(Words):
    """Who or what a device is handed to."""

    STAFF = "staff", "Member of staff"
    PUPIL = "pupil", "Pupil"
    GOVERNOR = "governor", "Governor or volunteer"
    VISITOR = "visitor", "Visitor"
    PLACE = "place", "Room or pool"

    @property
    def is_person(self) -> bool:
        """Whether somebody signs for it."""
        return self is not HolderKind.PLACE


class PlaceKind(Words):
    """Where devices stand when nobody holds them."""

    ROOM = "room", "Room"
    POOL = "pool", "Pool or trolley, lent by the hour"
    STORE = "store", "Store"


class AgreementAudience(Words):
    """Who accepts an agreement."""

    STAFF = "staff", "Staff"
    PUPIL_UNDER_11 = "pupil_under_11", "Pupils under 11, with a parent"
    PUPIL_11_PLUS = "pupil_11_plus", "Pupils of 11 and over"
    PARENT = "parent", "Parents and carers"
    GOVERNOR = "governor_volunteer", "Governors and volunteers"
    VISITOR = "visitor_community", "Visitors and community users"


class SignedHow(Words):
    """How somebody said that they accept."""

    ON_SCREEN = "on_screen", "Signed on the screen"
    BY_LINK = "by_link", "Signed through a link"
    ON_PAPER = "on_paper", "Signed on paper, kept as a file"


class LossKind(Words):
    """How a device went missing."""

    LOST = "lost", "Lost"
    STOLEN = "stolen", "Stolen"


class RemoteStep(Words):
    """How far a command sent to a device over the network has come."""

    NOT_SENT = "not_sent", "Not sent"
    SENT = "sent", "Sent, not confirmed"
    CONFIRMED = "confirmed", "Confirmed by the device"
    IMPOSSIBLE = "impossible", "Cannot be done: not managed"


class DeviceDisposalMethod(Words):
    """How what was on a device is made to go away."""

    CRYPTO_ERASE = "crypto_erase", "Cryptographic erase"
    OVERWRITE = "overwrite", "Overwritten"
    PHYSICAL = "physical", "Physically destroyed"
    FACTORY_RESET = "factory_reset_mdm_release", "Factory reset and released from management"


class SanitisationStandard(Words):
    """By which standard it was done."""

    NCSC = "ncsc", "NCSC guidance on secure sanitisation"
    NIST_800_88 = "nist_800_88", "NIST SP 800-88"
    IEEE_2883 = "ieee_2883", "IEEE 2883"
    OTHER = "other", "Another: say which in the notes"


class DeviceDestination(Words):
    """Where a device goes in the end."""

    RECYCLED = "recycled", "Recycled (WEEE)"
    SOLD = "sold", "Sold"
    GIVEN = "given", "Given away"
    RETURNED = "returned", "Returned to its owner or the lessor"


class DisposalStage(Words):
    """How far a disposal has come."""

    LISTING = "listing", "Being listed"
    FROZEN = "frozen", "Frozen: waiting for approval"
    APPROVED = "approved", "Approved: may be carried out"
    DONE = "done", "Carried out"


class StockTakeStage(Words):
    """Whether a check of a place is still going on."""

    OPEN = "open", "Going on"
    DONE = "done", "Closed"


class OsFamily(Words):
    """Operating systems as the tables of support name them."""

    WINDOWS_10 = "Windows 10", "Windows 10"
    WINDOWS_11 = "Windows 11", "Windows 11"
    WINDOWS_SERVER = "Windows Server", "Windows Server"
    CHROME_OS = "ChromeOS", "ChromeOS"
    MACOS = "macOS", "macOS"
    IOS = "iOS and iPadOS", "iOS and iPadOS"
    ANDROID = "Android", "Android"
    OTHER = "other", "Another system"


class SupportStatus(Words):
    """Whether a system still gets security updates; unknown never counts as supported."""

    SUPPORTED = "supported", "Supported"
    ENDS_SOON = "ends_soon", "Support ends within half a year"
    UNSUPPORTED = "unsupported", "No longer supported"
    UNKNOWN = "unknown", "Not known"


class DeviceSource(Words):
    """Which program or list a device was reported by."""

    INTUNE = "intune", "Microsoft Intune"
    GOOGLE = "google", "Google Admin, ChromeOS"
    JAMF_PRO_COMPUTERS = "jamf_pro_computers", "Jamf Pro, computers"
    JAMF_PRO_MOBILES = "jamf_pro_mobiles", "Jamf Pro, mobile devices"
    JAMF_SCHOOL = "jamf_school", "Jamf School"
    APPLE = "apple_school_manager", "Apple School Manager"
    SNIPE_IT = "snipe_it", "Snipe-IT"
    OTHER = "other", "Another list"


class Ruling(Words):
    """What somebody decided about a difference between the register and a device-management program."""

    ADDED = "added", "Added to the register"
    TAKEN_OVER = "taken_over", "Taken over into the register"
    REGISTER_IS_RIGHT = "register_is_right", "The register is right"
    NOT_OURS = "not_ours", "Not one of ours"


class PersonalDeviceUse(Words):
    """What a device that is not the school’s may do here."""

    NOT_ALLOWED = "not_allowed", "Not allowed in school"
    INTERNET_ONLY = "internet_only", "Allowed, internet only"
    FULL_NETWORK = "full_network", "Allowed, the school’s network"


class DeviceOwnership(Words):
    """The columns of the school’s matrix of devices: whose it is and who uses it."""

    SCHOOL_INDIVIDUAL = "school_individual", "School’s own, for one person"
    SCHOOL_SHARED = "school_shared", "School’s own, shared"
    AUTHORISED = "authorised", "Bought by a family through the school"
    STUDENT_OWNED = "student_owned", "A pupil’s own"
    STAFF_OWNED = "staff_owned", "Staff’s own"
    VISITOR_OWNED = "visitor_owned", "A visitor’s own"
    REMOVABLE = "removable", "Memory stick or other removable media"

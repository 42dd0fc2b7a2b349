"""What the cells of a list of devices say: yes and no as each program writes them, whose it is, what kind of thing, and what it cost."""

import re
from decimal import Decimal

from models.names import fold
from models.vocabulary import DeviceKind, DeviceOwner, YesNo, YesNoUnknown

_FORCED_TEXT = re.compile(r'="([^"]*)"')
_NOTHING = frozenset(
    {"", "-", "--", "n/a", "na", "none", "null", "nil", "not set", "not available", "not applicable", "unassigned", "(none)", "no value"}
)
_YES = frozenset({"yes", "y", "true", "t", "1", "on", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "none"})

_ENCRYPTED = _YES | {
    *("encrypted", "fully encrypted", "enabled", "protection on", "encryption complete"),
    *("all partitions encrypted", "boot partitions encrypted", "boot partition encrypted", "boot encrypted", "all encrypted"),
}
_IN_THE_CLEAR = _NO | {
    *("not encrypted", "unencrypted", "notencrypted", "encrypting", "decrypting", "decrypted", "pending", "optimizing", "disabled", "not enabled"),
    *("no partitions encrypted", "some partitions encrypted", "some encrypted", "partially encrypted", "protection off", "suspended", "paused"),
    *("encryption in progress", "decryption in progress", "fully decrypted", "encryption paused", "encryption pending"),
}
_HARDWARE = _YES | {
    *("supported", "enabled", "encrypted", "2", "3", "block level", "file level", "block level encryption", "file level encryption"),
    *("block level and file level", "block level & file level", "block & file level", "block and file level"),
    *("block level & file level encryption", "block level and file level encryption", "block and file level encryption"),
}
_NO_HARDWARE = _NO | {"not supported", "unsupported", "not enabled", "disabled", "not encrypted", "no encryption"}
_PASSCODE = _YES | {"set", "present", "passcode set", "passcode present", "enabled", "compliant"}
_NO_PASSCODE = _NO | {"not set", "not present", "no passcode", "passcode not set", "passcode not present", "disabled", "not enabled"}
_COMPLIANT = _YES | {"compliant", "active", "provisioned", "managed"}
_NOT_COMPLIANT = _NO | {
    *("noncompliant", "non compliant", "not compliant", "in grace period", "ingraceperiod", "254", "2", "unmanaged", "not managed"),
    *("disabled", "deprovisioned", "unassigned"),
}
_UNDER_GOOGLE = frozenset({"active", "provisioned", "disabled", "managed"})

_OWNERS = (
    (DeviceOwner.LEASED, frozenset({"leased", "lease", "lessor", "rented", "hired"})),
    (DeviceOwner.FAMILY_SCHEME, frozenset({"family", "families", "parent", "parents", "scheme"})),
    (DeviceOwner.AUTHORITY, frozenset({"authority", "council", "la", "lea"})),
    (DeviceOwner.SCHOOL, frozenset({"school", "trust", "academy", "college", "company", "corporate", "institutional", "institution", "1"})),
)
_KINDS = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (DeviceKind.DESKTOP, r"chromebox|chromebase"),
        (DeviceKind.CHROMEBOOK, r"chromebook"),
        (DeviceKind.LAPTOP, r"laptop|notebook|macbook|thinkpad|latitude|elitebook|probook|zbook|travelmate|vivobook|surface book|toughbook"),
        (DeviceKind.TABLET, r"ipad|tablet|galaxy tab"),
        (DeviceKind.PHONE, r"iphone|phone|\bmobile\b|\bpixel\b"),
        (DeviceKind.SERVER, r"\bservers?\b|poweredge|proliant|synology|\bnas\b"),
        (DeviceKind.PRINTER, r"printer|copier|laserjet|\bmfd\b"),
        (DeviceKind.DISPLAY, r"projector|monitor|screen|\bdisplays?\b|whiteboard|\btv\b"),
        (DeviceKind.CAMERA, r"camera|webcam|visuali[sz]er|camcorder"),
        (DeviceKind.NETWORK, r"\bswitch(?:es)?\b|access point|router|firewall|\bnetwork"),
        (DeviceKind.STORAGE, r"memory stick|usb stick|flash drive|hard drive|\bstorage\b"),
        (DeviceKind.DESKTOP, r"desktop|\bimac|mac ?mini|mac ?pro\b|mac ?studio|optiplex|prodesk|elitedesk|thinkcentre|workstation|all.in.one|\bpc\b"),
    )
)
_MONEY = re.compile(r"(?:gbp|£)?\s*(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d{1,2})0*)?\s*(?:gbp)?", re.IGNORECASE)


def shown(cell: str) -> str:
    """The text of a cell without the formula by which some programs keep a spreadsheet from changing it: ="00123" is 00123."""
    forced = _FORCED_TEXT.fullmatch(cell)
    return (forced[1] if forced else cell).strip()


def said(cell: str) -> str | None:
    """What a cell says as a text; None for an empty one, and for the words that programs write where they know nothing."""
    plain = " ".join(shown(cell).split())
    return None if plain.casefold() in _NOTHING else plain


def supervised_of(cell: str) -> YesNo | None:
    """Whether a cell says that a device is supervised; None where it does not say."""
    known = _one_of(cell, _YES | {"supervised"}, _NO | {"unsupervised", "not supervised"})
    return None if known in (None, YesNoUnknown.UNKNOWN) else YesNo(known)


def encrypted_of(cell: str) -> YesNoUnknown | None:
    """Whether all of a disk is encrypted by now: what is still on its way is not, and what is not known is not yes."""
    return _one_of(cell, _ENCRYPTED, _IN_THE_CLEAR)


def encrypted_by_hardware(cell: str, passcode: str) -> YesNoUnknown | None:
    """Whether a tablet or phone is encrypted: hardware alone is not enough, for without a passcode anybody may open it."""
    hardware, locked = _one_of(cell, _HARDWARE, _NO_HARDWARE), _one_of(passcode, _PASSCODE, _NO_PASSCODE)
    if hardware is None and locked is None:
        return None
    if YesNoUnknown.NO in (hardware, locked):
        return YesNoUnknown.NO
    return YesNoUnknown.YES if hardware == locked == YesNoUnknown.YES else YesNoUnknown.UNKNOWN


def encrypted_under_google(status: str) -> YesNoUnknown | None:
    """Whether a Chromebook is encrypted: always while it is managed, and not known before and after."""
    plain = fold(status)
    if not plain:
        return None
    return YesNoUnknown.YES if plain in _UNDER_GOOGLE else YesNoUnknown.UNKNOWN


def compliant_of(cell: str) -> YesNoUnknown | None:
    """Whether a program says that a device keeps its rules, which says nothing of encryption."""
    return _one_of(cell, _COMPLIANT, _NOT_COMPLIANT)


def owner_of(cell: str) -> DeviceOwner | None:
    """Whose a cell says a device is; what is somebody's own is not known here, for the register keeps none of those."""
    words = frozenset(fold(cell).split())
    if not words:
        return None
    return next((owner for owner, known in _OWNERS if not known.isdisjoint(words)), DeviceOwner.UNKNOWN)


def kind_of(*cells: str) -> DeviceKind | None:
    """What kind of thing a category or a model names, the first that names one; None where none does."""
    return next((kind for cell in cells if cell for kind, words in _KINDS if words.search(cell)), None)


def cost_of(cell: str) -> Decimal | None:
    """A price in pounds; None for an empty cell. Raises ValueError with a sentence for one that is no price in pounds."""
    plain = said(cell)
    if plain is None:
        return None
    found = _MONEY.fullmatch(plain)
    if found is None or len(found[1]) > 12:
        raise ValueError(f"“{plain}” is not a price in pounds. Enter it as 249.99.")
    return Decimal(f"{re.sub('[, ]', '', found[1])}.{found[2] or '00'}")


def _one_of(cell: str, yes: frozenset[str], no: frozenset[str]) -> YesNoUnknown | None:
    """Yes or no where one of these words says so; None for an empty cell."""
    plain = fold(shown(cell))
    if not plain:
        return None
    return YesNoUnknown.YES if plain in yes else YesNoUnknown.NO if plain in no else YesNoUnknown.UNKNOWN

"""Is a device safe? UK GDPR Articles 5(1)(f) and 32, and the DfE cyber security standards for schools; what is not known never counts as yes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import DeviceKind, DeviceStatus, OsFamily, SupportStatus
from registry.rules.answers import Answer, is_blank, is_no, is_settled, is_yes
from registry.rules.finding import Finding, Severity
from registry.rules.os_names import family, possible, told
from registry.rules.patching import is_overdue, is_patched, patch_words
from registry.rules.plain_dates import full_day, is_older
from registry.rules.school_facts import SchoolFacts
from registry.rules.serials import is_mangled, normalised
from registry.rules.support_end import Support, device_support
from registry.rules.support_table import SupportEnd, speaks_of

UNSEEN = 30
"""Days after which a device that has not reported may be gone."""

ARTICLE_32 = "UK GDPR Articles 5(1)(f) and 32"
CYBER = "DfE cyber security standards; Cyber Essentials"
COMPUTERS = frozenset(
    {DeviceKind.LAPTOP, DeviceKind.DESKTOP, DeviceKind.TABLET, DeviceKind.CHROMEBOOK, DeviceKind.PHONE, DeviceKind.SERVER},
)
GONE = frozenset({DeviceStatus.LOST, DeviceStatus.STOLEN, DeviceStatus.RETIRED, DeviceStatus.DISPOSED})
GUARDED_BY_THE_MAKER = frozenset({OsFamily.CHROME_OS, OsFamily.IOS})
"""Systems on which programs are kept apart, and which no anti-malware program is made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFacts:
    """A device; each name is the column of the same name, and what is not given is not known.

    `fix_released_on` is the day on which the last fix for a high risk came out.
    """

    kind: str | None = None
    status: str | None = None
    os: str | None = None
    os_version: str | None = None
    support_end_on: date | None = None
    serial: str | None = None
    holds_personal: Answer = None
    encrypted: Answer = None
    encryption_verified_on: date | None = None
    in_mdm: Answer = None
    compliant: Answer = None
    last_seen_at: datetime | None = None
    last_patched_on: date | None = None
    fix_released_on: date | None = None
    anti_malware: Answer = None
    shared_login: Answer = None

    @property
    def is_here(self) -> bool:
        """Whether the school has it, so that something can be done about it."""
        return self.status not in GONE

    @property
    def is_computer(self) -> bool:
        """Whether it is one, or nobody has said what it is."""
        return self.kind is None or self.kind in COMPUTERS

    @property
    def system(self) -> str | None:
        """The name of its system, which a Chromebook need not be asked for."""
        return OsFamily.CHROME_OS if self.kind == DeviceKind.CHROMEBOOK and is_blank(self.os) else self.os


def findings(device: DeviceFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is wrong with a device or not known of it, in the order of the codes, by the school's own ends of support before those shipped."""
    table = school.support_table()
    found = [*_encrypted(device, school)]
    if device.is_here and device.is_computer:
        found += _supported(device, school, table)
        found += (finding for rule in COMPUTER_RULES for finding in rule(device, school))
    return (*found, *_serial(device))


def support_of(device: DeviceFacts, on: date, table: Sequence[SupportEnd] = ()) -> Support:
    """Until when its system is supported, by the tables and by its own record."""
    return device_support(
        device.system, device.os_version, on, device_ends_on=device.support_end_on, patched_on=device.last_patched_on, table=table
    )  # fmt: skip


def _encrypted(device: DeviceFacts, school: SchoolFacts) -> Iterator[Finding]:
    """DV01: what holds personal data is encrypted, and somebody has looked; complying with a program's rules is something else."""
    asked = device.is_computer or device.kind == DeviceKind.STORAGE
    if not (device.is_here and asked) or is_no(device.holds_personal):
        return
    if not is_yes(device.encrypted):
        yield _unencrypted(device)
    elif device.encryption_verified_on is None:
        message = "It is said to be encrypted, but not when somebody checked that. Check it and enter the day."
        yield Finding("DV01", Severity.WARNING, message, ARTICLE_32, "encryption_verified_on", "Enter the day")
    elif is_older(device.encryption_verified_on, school.review_months, school.today):
        message = f"Encryption was last checked on {full_day(device.encryption_verified_on)}. Check it again and enter the day."
        yield Finding("DV01", Severity.WARNING, message, ARTICLE_32, "encryption_verified_on", "Enter the day")


def _unencrypted(device: DeviceFacts) -> Finding:
    what = "It holds personal data" if is_yes(device.holds_personal) else "It may hold personal data"
    how = "is not encrypted. Encrypt it" if is_no(device.encrypted) else "nobody knows whether it is encrypted. Find out"
    apart = " That it complies with the rules of the management program does not say so." if is_yes(device.compliant) else ""
    severity = Severity.ERROR if is_yes(device.holds_personal) else Severity.WARNING
    return Finding("DV01", severity, f"{what}, and {how}, or keep personal data off it.{apart}", ARTICLE_32, "encrypted", "Answer the question")


def _supported(device: DeviceFacts, school: SchoolFacts, table: Sequence[SupportEnd]) -> Iterator[Finding]:
    """DV02: its system still gets security updates."""
    if school.today is None:
        return
    support = support_of(device, school.today, table)
    if support.status is SupportStatus.SUPPORTED:
        return
    until = f" after {full_day(support.ends_on)}" if support.ends_on else ""
    if support.status is SupportStatus.ENDS_SOON:
        message = f"It gets no security updates{until}. Plan how to update or replace it."
        yield Finding("DV02", Severity.NOTE, message, CYBER, "os_version", "Update the entry")
    elif support.status is SupportStatus.UNSUPPORTED:
        message = f"It gets no security updates{until or ' any more'}. Update it, replace it, or keep it apart from the network."
        yield Finding("DV02", Severity.WARNING, message, CYBER, "os_version", "Update the entry")
    else:
        column = "os" if is_blank(device.system) else "os_version" if is_blank(device.os_version) else "support_end_on"
        message = f"Nobody knows whether it still gets security updates. {support.because[0]}"
        yield Finding("DV02", Severity.WARNING, message, CYBER, column, "Find out")


def _seen(device: DeviceFacts, school: SchoolFacts) -> Iterator[Finding]:
    """DV03: it has reported within 30 days, so it is still there."""
    if device.last_seen_at is None:
        message = "It has never reported to a management program, so nobody knows whether it is still there. Look for it."
        yield Finding("DV03", Severity.WARNING, message, CYBER, "last_seen_at", "Enter the day")
    elif school.today and (school.today - device.last_seen_at.date()).days > UNSEEN:
        message = f"It was last seen on {full_day(device.last_seen_at.date())}, more than {UNSEEN} days ago. Find it, or switch it on."
        yield Finding("DV03", Severity.WARNING, message, CYBER, "last_seen_at", "Enter the day")


def _patched(device: DeviceFacts, school: SchoolFacts) -> Iterator[Finding]:
    """DV04: a fix for a high risk is put in within 14 days."""
    released = _fix_of(device, school)
    if released is None or school.today is None or is_patched(released, device.last_patched_on):
        return
    late = is_overdue(released, device.last_patched_on, school.today)
    words = patch_words(released, device.last_patched_on, school.today)
    message = f"A fix for a high risk came out on {full_day(released)}, and is not put in: {words}. Update it and enter the day."
    yield Finding("DV04", Severity.WARNING if late else Severity.NOTE, message, CYBER, "last_patched_on", "Enter the day")


def _fix_of(device: DeviceFacts, school: SchoolFacts) -> date | None:
    """The day on which the last fix for a high risk came out: as it is said of the device, or of its system in the school's own table."""
    days = [device.fix_released_on] if device.fix_released_on else []
    fixed: list[SupportEnd] = [row for row in school.support_table() if row.fix_released_on is not None]
    if fixed:
        families, text = possible(device.system, device.os_version), told(device.system, device.os_version)
        days += [row.fix_released_on for row in fixed if row.fix_released_on and row.family in families and speaks_of(row, text)]
    return max(days, default=None)


def _managed(device: DeviceFacts, _: SchoolFacts) -> Iterator[Finding]:
    """DV05: it is managed, so it can be locked and wiped."""
    if not is_yes(device.in_mdm):
        message = "It is not managed by a program" if is_no(device.in_mdm) else "Nobody has said whether it is managed by a program"
        yield Finding("DV05", Severity.WARNING, f"{message}, so it may not be locked or wiped from afar. Enrol it.", CYBER, "in_mdm", "Answer")


def _guarded(device: DeviceFacts, _: SchoolFacts) -> Iterator[Finding]:
    """DV06: it has a program against malware, where there is one for its system."""
    if not is_yes(device.anti_malware) and family(device.system, device.os_version) not in GUARDED_BY_THE_MAKER:
        message = "It has no anti-malware program. Put one on it." if is_no(device.anti_malware) else (
            "Nobody has said whether it has an anti-malware program. Find out."
        )  # fmt: skip
        yield Finding("DV06", Severity.WARNING, message, CYBER, "anti_malware", "Answer the question")


def _own_login(device: DeviceFacts, _: SchoolFacts) -> Iterator[Finding]:
    """DV07: each person signs in as themselves; of a shared device it is asked, of others only a yes is told."""
    if is_yes(device.shared_login):
        message = "Several people sign in with the same name and password, so nobody can tell who did what. Give each their own."
        yield Finding("DV07", Severity.WARNING, message, ARTICLE_32, "shared_login", "Answer the question")
    elif device.status == DeviceStatus.SHARED and not is_settled(device.shared_login):
        message = "Several people use it, and nobody has said whether each signs in with their own name. Find out."
        yield Finding("DV07", Severity.NOTE, message, ARTICLE_32, "shared_login", "Answer the question")


def _serial(device: DeviceFacts) -> Iterator[Finding]:
    """DV08: its serial number is known, as the maker wrote it."""
    accountable = "UK GDPR Article 5(2)"
    if normalised(device.serial) is None:
        message = "It has no serial number, so no list and no certificate can be matched with it. Copy it from the device."
        yield Finding("DV08", Severity.WARNING, message, accountable, "serial", "Enter the number")
    elif is_mangled(device.serial):
        message = "A spreadsheet seems to have changed its serial number. Copy it from the device."
        yield Finding("DV08", Severity.WARNING, message, accountable, "serial", "Enter the number")


COMPUTER_RULES: tuple[Callable[[DeviceFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _seen,  # DV03
    _patched,  # DV04
    _managed,  # DV05
    _guarded,  # DV06
    _own_login,  # DV07
)
"""Those of computers that need no table; DV01 is of storage too, and DV08 of every device."""

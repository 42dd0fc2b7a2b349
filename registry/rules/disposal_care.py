"""Is a disposal proven and lawful? UK GDPR Articles 5(1)(f), 5(2), 28 and 32, and the duty of care for waste: a certificate for every serial."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.vocabulary import DeviceDestination, DeviceDisposalMethod, DisposalStage, Nation
from registry.rules.answers import Answer, is_blank, is_no, is_yes
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts
from registry.rules.serials import normalised

ARTICLE_32 = "UK GDPR Articles 5(1)(f) and 32"
ACCOUNTABILITY = "UK GDPR Article 5(2)"
DUTY_OF_CARE = "Environmental Protection Act 1990 s.34"
DUTY_OF_CARE_NI = "Waste and Contaminated Land (Northern Ireland) Order 1997 art 5"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFacts:
    """A disposal; each name is the column of the same name, but `contract_signed` says whether the contractor has a contract under Article 28."""

    stage: str | None = None
    destination: str | None = None
    contractor: object = None
    contract_signed: Answer = None
    carrier_registration: str | None = None
    waste_note: str | None = None
    approved_by: object = None
    proposed_by: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One device in a disposal; each name is the column of the same name, `stage` that of the disposal, `serial` that of the device."""

    stage: str | None = None
    serial: str | None = None
    method: str | None = None
    standard: str | None = None
    certificate: str | None = None
    certificate_serial: str | None = None
    removed_from_mdm: Answer = None
    lock_cleared: Answer = None
    holds_personal: Answer = None

    @property
    def is_done(self) -> bool:
        """Whether it is carried out, or nobody has said that it is not."""
        return self.stage in (None, DisposalStage.DONE)

    @property
    def may_hold_personal(self) -> bool:
        """Whether it held personal data, or nobody has said that it did not."""
        return not is_no(self.holds_personal)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalFacts:
    """A disposal by its own columns, with what its lines come to; each name is the column of the same name."""

    stage: str | None = None
    destination: str | None = None
    carrier_registration: str | None = None
    waste_note: str | None = None
    certificates_missing: int | None = None
    certificates_wrong: int | None = None
    releases_missing: int | None = None


def findings(disposal: DisposalFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is known to be missing or wrong about a disposal without looking at each device."""
    batch = BatchFacts(stage=disposal.stage, destination=disposal.destination, carrier_registration=disposal.carrier_registration,
                       waste_note=disposal.waste_note)  # fmt: skip
    return (*_counted(disposal), *_carried_lawfully(batch, school))


def batch_findings(batch: BatchFacts, school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing or wrong about a disposal as a whole."""
    return tuple(finding for rule in BATCH_RULES for finding in rule(batch, school))


def line_findings(line: LineFacts, _school: SchoolFacts) -> tuple[Finding, ...]:
    """All that is missing or wrong about one device in a disposal, in the order of the codes."""
    return tuple(finding for rule in LINE_RULES for finding in rule(line))


def _certificate(line: LineFacts) -> Iterator[Finding]:
    """DS01: once it is carried out there is a certificate for this very device."""
    if line.is_done and is_blank(line.certificate):
        severity = Severity.ERROR if line.may_hold_personal else Severity.NOTE
        message = "There is no certificate for this serial number. Ask the contractor for one, and enter its number."
        yield Finding("DS01", severity, message, ACCOUNTABILITY, "certificate", "Enter the number")


def _certificate_is_its_own(line: LineFacts) -> Iterator[Finding]:
    """DS02: the certificate names this serial."""
    named = normalised(line.certificate_serial)
    if is_blank(line.certificate) and named is None:
        return
    if named is None:
        message = "It is not said which serial number the certificate names. Read it on the certificate and enter it."
    elif named != normalised(line.serial):
        message = "The certificate names another serial number. Ask the contractor which device was destroyed, and for the right certificate."
    else:
        return
    yield Finding("DS02", Severity.ERROR, message, ACCOUNTABILITY, "certificate_serial", "Enter the serial number")


def _not_only_reset(line: LineFacts) -> Iterator[Finding]:
    """DS03: a factory reset by itself is no evidence that personal data is gone."""
    if line.method == DeviceDisposalMethod.FACTORY_RESET and line.may_hold_personal and is_blank(line.certificate):
        message = "A factory reset alone does not show that personal data is gone. Have it erased or destroyed, with a certificate."
        yield Finding("DS03", Severity.ERROR, message, ARTICLE_32, "method", "Choose another way")


def _said_how(line: LineFacts) -> Iterator[Finding]:
    """DS04: it is said how the data was made to go away, and by which standard."""
    if not (line.is_done and line.may_hold_personal):
        return
    if is_blank(line.method):
        message = "It is not said how what was on it was made to go away. Say how."
        yield Finding("DS04", Severity.WARNING, message, ARTICLE_32, "method", "Say how")
    elif is_blank(line.standard):
        message = "It is not said by which standard that was done. Read it on the certificate."
        yield Finding("DS04", Severity.WARNING, message, ARTICLE_32, "standard", "Choose the standard")


def _let_go(line: LineFacts) -> Iterator[Finding]:
    """DS05 and DS06: nobody is left with a device that still obeys the school, or that is locked to it."""
    if line.is_done and not is_yes(line.removed_from_mdm):
        message = "It is not said that it was taken out of the management program. Take it out, or it goes on looking like one of yours."
        yield Finding("DS05", Severity.WARNING, message, ARTICLE_32, "removed_from_mdm", "Answer the question")
    if line.is_done and not is_yes(line.lock_cleared):
        message = "It is not said that its activation lock was cleared. Clear it, or nobody can use it again; one without a lock counts as cleared."
        yield Finding("DS06", Severity.WARNING, message, ARTICLE_32, "lock_cleared", "Answer the question")


def _counted(disposal: DisposalFacts) -> Iterator[Finding]:
    """DS01, DS02 and DS05 of all the devices together, which is what stands among the findings of the school."""
    if missing := disposal.certificates_missing:
        message = f"There is no certificate for {_devices(missing)}. Ask the contractor, and enter each by its serial number."
        yield Finding("DS01", Severity.ERROR, message, ACCOUNTABILITY, "certificates_missing", "See its devices")
    if wrong := disposal.certificates_wrong:
        message = f"The certificates of {_devices(wrong)} do not name their serial numbers. Ask for the right ones."
        yield Finding("DS02", Severity.ERROR, message, ACCOUNTABILITY, "certificates_wrong", "See its devices")
    if bound := disposal.releases_missing:
        message = f"It is not said of {_devices(bound)} that the management program let go and the activation lock is cleared."
        yield Finding("DS05", Severity.WARNING, message, ARTICLE_32, "releases_missing", "See its devices")


def _devices(many: int) -> str:
    return "1 device" if many == 1 else f"{many:,} devices"


def _carried_lawfully(batch: BatchFacts, school: SchoolFacts) -> Iterator[Finding]:
    """DS07 and DS08: waste goes to a registered carrier, with a note."""
    if batch.destination != DeviceDestination.RECYCLED:
        return
    source = DUTY_OF_CARE_NI if school.nation == Nation.NORTHERN_IRELAND else DUTY_OF_CARE
    if batch.stage in (None, DisposalStage.APPROVED, DisposalStage.DONE) and is_blank(batch.carrier_registration):
        message = "No registration of the waste carrier is entered. Ask for it, and look it up in the public register before anything leaves."
        yield Finding("DS07", Severity.WARNING, message, source, "carrier_registration", "Enter the registration")
    if batch.stage in (None, DisposalStage.DONE) and is_blank(batch.waste_note):
        message = "No waste transfer note is entered. Ask the carrier for it, and keep it for two years at least."
        yield Finding("DS08", Severity.WARNING, message, source, "waste_note", "Enter the note")


def _contractor_bound(batch: BatchFacts, _: SchoolFacts) -> Iterator[Finding]:
    """DS09: until the data is gone the contractor processes it for the school."""
    if not is_blank(batch.contractor) and not is_yes(batch.contract_signed):
        message = "No data processing contract with this contractor is recorded. Until the data is gone, one is needed."
        yield Finding("DS09", Severity.NOTE, message, "UK GDPR Article 28(3)", "contractor", "See the contract")


def _two_people(batch: BatchFacts, _: SchoolFacts) -> Iterator[Finding]:
    """DS10: somebody approved it, and somebody else than who proposed it."""
    if is_blank(batch.approved_by):
        if batch.stage in (None, DisposalStage.APPROVED, DisposalStage.DONE):
            message = "It is not said who approved this. Have the head approve the list."
            yield Finding("DS10", Severity.ERROR, message, ACCOUNTABILITY, "approved_by", "Have it approved")
    elif batch.approved_by == batch.proposed_by:
        message = "The same person proposed and approved this. Have somebody else approve it."
        yield Finding("DS10", Severity.ERROR, message, ACCOUNTABILITY, "approved_by", "Have it approved")


LINE_RULES: tuple[Callable[[LineFacts], Iterator[Finding]], ...] = (
    _certificate,  # DS01
    _certificate_is_its_own,  # DS02
    _not_only_reset,  # DS03
    _said_how,  # DS04
    _let_go,  # DS05, DS06
)

BATCH_RULES: tuple[Callable[[BatchFacts, SchoolFacts], Iterator[Finding]], ...] = (
    _carried_lawfully,  # DS07, DS08
    _contractor_bound,  # DS09
    _two_people,  # DS10
)

"""Devices that leave for good, in batches, with proof for each serial number (WEEE; UK GDPR Articles 5(1)(f) and 28)."""

from models.disposal import Disposal
from registry.access import NOBODY
from registry.definition import Check, Question, Register, Section
from registry.registers.devices import ACCESS
from registry.rules import disposal_care

DISPOSALS = Register(
    slug="disposals",
    table=Disposal,
    one="disposal",
    many="disposals",
    about="Lists of devices that leave: frozen, approved by the headteacher, carried out, and proved by a certificate for each serial number.",
    access=ACCESS,
    sections=(
        Section(
            "The batch",
            Question(Disposal.name, "What is this batch called?", short="Disposal", listed=True, hint="Such as: Summer 2026, old laptops."),
            Question(Disposal.stage, "How far is it?", short="Stage", listed=True, filtered=True, change=NOBODY,
                     hint="Moved on the batch’s own page."),
            Question(Disposal.method, "How is the data made to go away?", short="Method", listed=True, filtered=True,
                     hint="A factory reset alone proves nothing."),
            Question(Disposal.standard, "By which standard?", short="Standard", hint="As the certificate says."),
            Question(Disposal.contractor, "Who does it?", short="Contractor",
                     hint="A processor until the data is gone: it needs a contract (Article 28)."),
        ),
        Section(
            "Where it goes",
            Question(Disposal.destination, "Where do the devices go?", short="Goes to", listed=True, hint="In the end."),
            Question(Disposal.recipient, "Who gets them?", short="Recipient", hint="The company or body, not a person."),
            Question(Disposal.carrier_registration, "What is the waste carrier’s registration?", short="Waste carrier", hint="Such as CBDU123456."),
            Question(Disposal.waste_note, "What is the number of the waste transfer note?", short="Waste note", hint="Kept for two years."),
            Question(Disposal.licences_reclaimed, "Were the licences taken back?", short="Licences back", hint="So that they can be used again."),
            Question(Disposal.notes, "Is there anything else to know?", short="Notes", hint="No names."),
        ),
        Section(
            "When",
            Question(Disposal.frozen_at, "When was the list frozen?", short="Frozen", change=NOBODY, hint="From then on no device comes or goes."),
            Question(Disposal.approved_at, "When was it approved?", short="Approved", listed=True, change=NOBODY, hint="By the headteacher."),
            Question(Disposal.done_on, "When was it carried out?", short="Carried out", listed=True, change=NOBODY, hint="The day the devices went."),
            Question(Disposal.sent_back_because, "Why was the list opened again?", short="Opened again because", change=NOBODY,
                     hint="As said with the button that opens it. No names."),
        ),
        Section(
            "Proof",
            Question(Disposal.certificates_missing, "How many devices have no certificate?", short="Certificates missing", listed=True,
                     change=NOBODY, hint="Counted from the list, of devices that may hold personal data.", why="UK GDPR Article 5(2)."),
            Question(Disposal.certificates_wrong, "How many certificates name another serial number, or none?", short="Certificates wrong",
                     change=NOBODY, hint="Counted from the list."),
            Question(Disposal.releases_missing, "How many devices are still managed or locked?", short="Not let go", change=NOBODY,
                     hint="Counted from the list: out of the management program, and its activation lock cleared."),
        ),
    ),
    checks=(Check(disposal_care.findings, disposal_care.DisposalFacts),),
    kept=(Disposal.proposed_by, Disposal.approved_by),
)

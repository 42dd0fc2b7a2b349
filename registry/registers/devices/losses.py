"""Devices that were lost or stolen, what was done about it, and what was on them (UK GDPR Articles 33 and 34(3)(a))."""

from models.loss import Loss
from registry.access import LEADERS, NOBODY
from registry.definition import Question, Register, Section
from registry.registers.devices import IT, OF_LOSSES

LOSSES = Register(
    slug="losses",
    table=Loss,
    one="loss",
    many="losses",
    about="Lost and stolen devices. Each has its breach, whose clock runs from the report; a device that was encrypted is usually a record only.",
    access=OF_LOSSES,
    sections=(
        Section(
            "What is gone",
            Question(Loss.name, "What is it, in a few words?", short="Loss", listed=True, hint="Without names, such as: Laptop 12, on a train."),
            Question(Loss.device, "Which device?", short="Device", listed=True, filtered=True, change=NOBODY, hint="By its name."),
            Question(Loss.kind, "Was it lost or stolen?", short="How", listed=True, filtered=True, hint="Stolen where anybody took it."),
            Question(Loss.noticed_at, "When was it noticed?", short="Noticed", hint="As far as anybody knows."),
            Question(Loss.reported_at, "When was it reported to the school?", short="Reported", listed=True, change=NOBODY,
                     why="The 72 hours run from here (UK GDPR Article 33(1))."),
            Question(Loss.holder, "Who had it last?", short="Last holder", see=IT | LEADERS, hint="From the open allocation."),
            Question(Loss.happened, "What happened?", short="What happened", see=IT | LEADERS, hint="Where, when, and who was asked."),
        ),
        Section(
            "What was done",
            Question(Loss.police_reference, "What is the police reference?", short="Police reference", hint="For anything stolen."),
            Question(Loss.insurer_told_on, "When was the insurer told?", short="Insurer told", hint="Most policies give a few days."),
            Question(Loss.lock, "Was it locked from afar?", short="Locked", listed=True, hint="Sent is not confirmed."),
            Question(Loss.lock_at, "When?", short="Locked at", hint="When the command went, or was confirmed."),
            Question(Loss.wipe, "Was it wiped from afar?", short="Wiped", listed=True, hint="Sent is not confirmed."),
            Question(Loss.wipe_at, "At what time?", short="Wiped at", hint="When the command went, or was confirmed."),
        ),
        Section(
            "What was on it",
            Question(Loss.held, "What did it hold?", short="Held", see=IT | LEADERS, hint="Files, mail, apps that keep data. No names."),
            Question(Loss.encrypted, "Was it encrypted, as last verified?", short="Encrypted", hint="Unknown is not encrypted."),
            Question(Loss.encryption_verified_on, "When was that verified?", short="Verified", hint="Before it went missing."),
            Question(Loss.strong_login, "Is its login strong?", short="Strong login", hint="A long password, or a code of six figures at least."),
            Question(Loss.key_safe, "Did neither password nor recovery key go with it?", short="Key safe", hint="No note in its bag."),
            Question(Loss.last_seen_at, "When did it last report?", short="Last seen", change=NOBODY, hint="As its management program knew."),
        ),
        Section(
            "After that",
            Question(Loss.breach, "Which breach came of it?", short="Breach", change=NOBODY, hint="Made with the report."),
            Question(Loss.found_on, "When was it found again?", short="Found", listed=True, hint="Then the device is in stock again."),
        ),
    ),
)

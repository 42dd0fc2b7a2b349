"""Software licences."""

from models.licence import Licence
from models.vocabulary import JobRole
from registry.definition import Deadline, Question, Register, Section
from registry.registers.devices import ACCESS
from registry.rules import device_dates

LICENCES = Register(
    slug="licences",
    table=Licence,
    one="licence",
    many="licences",
    about="What software was bought, for how many, and when somebody has to decide whether it goes on.",
    access=ACCESS,
    sections=(
        Section(
            "The licence",
            Question(Licence.name, "Which software?", short="Software", listed=True, hint="As the supplier calls it."),
            Question(Licence.supplier, "Who sells it?", short="Supplier", listed=True, filtered=True, hint="From the register of suppliers."),
            Question(Licence.seats, "How many may use it?", short="Seats", listed=True, hint="People or devices, as bought."),
            Question(Licence.used, "How many do?", short="Used", listed=True, hint="As counted last."),
            Question(Licence.renews_on, "When does it end or renew?", short="Renews", listed=True, hint="The last day that is paid for."),
            Question(Licence.notice_days, "How many days before must notice be given?", short="Notice, in days", hint="As the contract says."),
            Question(Licence.cost, "What does it cost a year, in whole pounds?", short="Cost in pounds", hint="As on the last invoice."),
            Question(Licence.kept_at, "Where is the key kept?", short="Key kept at", hint="The place. Never the key itself."),
            Question(Licence.notes, "Is there anything else to know?", short="Notes", hint="No names, no keys."),
        ),
    ),
    deadlines=(
        Deadline(code="LI1", words="Renew the licence or give it up", rule=device_dates.licence_renewal, facts=device_dates.LicenceDates,
                 mend="renews_on", owner=JobRole.IT_PROVIDER),
    ),
)

"""Repairs of devices."""

from models.repair import Repair
from models.vocabulary import JobRole
from registry.definition import Deadline, Question, Register, Section
from registry.registers.devices import ACCESS
from registry.rules import device_dates

REPAIRS = Register(
    slug="repairs",
    table=Repair,
    one="repair",
    many="repairs",
    about="What is broken, who has it, and when it comes back. While a repair is open its device is in repair.",
    access=ACCESS,
    sections=(
        Section(
            "The repair",
            Question(Repair.name, "What is wrong with it?", short="What is wrong", listed=True, hint="In a few words, without names."),
            Question(Repair.device, "Which device?", short="Device", listed=True, filtered=True, hint="Its name, tag or serial number."),
            Question(Repair.sent_on, "When did it go?", short="Sent", listed=True, hint="The day it left."),
            Question(Repair.repairer, "Who repairs it?", short="Repairer", listed=True,
                     hint="Whoever can get at its data works for the school (Article 28)."),
            Question(Repair.data_on_it, "Is data about people on it while it is away?", short="Data on it", hint="Wipe it first where that can be."),
            Question(Repair.due_back_on, "When should it be back?", short="Due back", listed=True, hint="As the repairer said."),
        ),
        Section(
            "Back",
            Question(Repair.back_on, "When did it come back?", short="Back", listed=True, hint="Empty while it is away."),
            Question(Repair.outcome, "What was done?", short="What was done", hint="Such as: new screen; nothing found; beyond repair."),
            Question(Repair.cost, "What did it cost, in whole pounds?", short="Cost in pounds", hint="Nothing under warranty: 0."),
        ),
    ),
    deadlines=(
        Deadline(code="RP1", words="Get the device back from repair", rule=device_dates.repair_back, facts=device_dates.RepairDates,
                 mend="due_back_on", done="back_on", owner=JobRole.IT_PROVIDER),
    ),
)

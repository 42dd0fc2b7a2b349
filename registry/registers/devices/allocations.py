"""Who holds which device, since when and until when: made by handing out, ended by taking back."""

from models.allocation import Allocation
from models.vocabulary import JobRole
from registry.access import NOBODY
from registry.definition import Check, Deadline, Question, Register, Section
from registry.registers.devices import OF_HOLDERS
from registry.rules import device_dates, holding_care

ALLOCATIONS = Register(
    slug="allocations",
    table=Allocation,
    one="allocation",
    many="allocations",
    about="Every time a device was handed to somebody or put into a room. A device has one open allocation at most.",
    access=OF_HOLDERS,
    sections=(
        Section(
            "Who holds what",
            Question(Allocation.holder, "Who holds it?", short="Holder", listed=True, change=NOBODY, hint="The person, or the room or pool."),
            Question(Allocation.holder_kind, "Who are they to the school?", short="As", listed=True, filtered=True, change=NOBODY,
                     hint="As when it was handed out."),
            Question(Allocation.device, "Which device?", short="Device", listed=True, filtered=True, change=NOBODY, hint="By its name."),
            Question(Allocation.person, "Which person on the roll is it?", short="On the roll", change=NOBODY, hint="So that leaving is noticed."),
            Question(Allocation.place, "Which room or pool?", short="Room or pool", change=NOBODY, hint="Where it was put."),
            Question(Allocation.post, "In which post or class?", short="Post or class", hint="Such as: Year 4 teacher, or 4B."),
        ),
        Section(
            "Out",
            Question(Allocation.out_on, "When was it handed out?", short="Out", listed=True, change=NOBODY, hint="The day it changed hands."),
            Question(Allocation.due_back_on, "When is it due back?", short="Due back", listed=True, hint="Empty where no day was agreed."),
            Question(Allocation.off_site, "May it leave the school?", short="May leave school", filtered=True, hint="As told to the holder."),
            Question(Allocation.accessories, "What went with it?", short="Accessories", hint="Charger, case, pen."),
            Question(Allocation.condition_out, "In what condition was it?", short="Condition then", change=NOBODY, hint="As both saw it."),
            Question(Allocation.encryption_confirmed, "Was it seen to be encrypted?", short="Encrypted then", change=NOBODY,
                     hint="Looked up when it was handed out."),
            Question(Allocation.acceptance, "What did the holder accept?", short="Agreement", change=NOBODY, hint="With the signature."),
        ),
        Section(
            "In order",
            Question(Allocation.holder_left, "Has the holder left?", short="Holder has left", filtered=True, change=NOBODY,
                     hint="Looked up on the roll every night."),
            Question(Allocation.to_sign, "What is still to be signed?", short="To sign", change=NOBODY, hint="Looked up every night."),
        ),
        Section(
            "Back",
            Question(Allocation.returned_on, "When did it come back?", short="Back", listed=True, change=NOBODY, hint="Empty while it is out."),
            Question(Allocation.condition_back, "In what condition?", short="Condition back", change=NOBODY, hint="As seen when it was taken back."),
            Question(Allocation.damage, "What was damaged or missing?", short="Damage", hint="Nothing about anybody’s fault."),
            Question(Allocation.damage_charge, "What was charged for it, in whole pounds?", short="Charged, in pounds",
                     hint="By the school’s policy on replacement."),
            Question(Allocation.wiped, "Was it wiped?", short="Wiped", change=NOBODY, hint="Before anybody else gets it."),
        ),
    ),
    checks=(Check(holding_care.findings, holding_care.HoldingFacts),),
    deadlines=(
        Deadline(code="AL1", words="Have the device brought back", rule=device_dates.give_back, facts=device_dates.ReturnDates,
                 mend="due_back_on", owner=JobRole.OFFICE_MANAGER),
    ),
    kept=(Allocation.open_device, Allocation.bundle, Allocation.user),
)

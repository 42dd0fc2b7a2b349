"""Holds: what may not be disposed of for now, who said so and why (FOIA section 77; Data Protection Act 2018 section 173)."""

from models.hold import Hold
from models.roles import Role
from registry.access import LEADERS, NOBODY, Access
from registry.definition import Check, Deadline, Links, Question, Register, Section
from registry.registers.data_protection import HANDLERS, READERS
from registry.rules import hold_care

HOLDS = Register(
    slug="holds",
    table=Hold,
    one="hold",
    many="holds",
    about="Records that must stand for now, whatever their day: a complaint, a claim, a request in hand, the police, an inquiry.",
    access=Access(see=READERS - {Role.GOVERNOR}, add=HANDLERS, change=HANDLERS, export=LEADERS, along=HANDLERS),
    sections=(
        Section(
            "Why",
            Question(Hold.name, "What do you call it?", short="Hold", listed=True,
                     hint="A few words without names, such as: Claim after the accident.", missing="Say in a few words what the hold is about."),
            Question(Hold.kind, "What is it?", short="Kind", listed=True, filtered=True, hint="The nearest of these."),
            Question(Hold.because, "Why must they stand?", short="Why", see=HANDLERS, hint="What may be asked for, and by whom. No names.",
                     why="To destroy what somebody has asked for is an offence (FOIA section 77, DPA 2018 section 173)."),
            Question(Hold.asked_by, "Who asked for it?", short="Asked by", see=HANDLERS, hint="The person or body."),
        ),
        Section(
            "What it covers",
            Question(Hold.everything, "Does it cover every record of the school?", short="Everything", listed=True,
                     hint="Only while nobody can say which records are meant."),
            Question(Links("retention-rules"), "Which series?", short="Series", see=HANDLERS, hint="Every record of these series stands."),
            Question(Links("assets"), "Which information assets?", short="Information assets", see=HANDLERS, hint="All that is in them stands."),
            Question(Links("pupils"), "Which pupils?", short="Pupils", see=HANDLERS, hint="All that this register keeps about them stands."),
            Question(Links("breaches"), "Which breaches?", short="Breaches", see=HANDLERS, hint="With all that belongs to them."),
            Question(Links("devices"), "Which devices?", short="Devices", see=HANDLERS, hint="With whoever had them."),
        ),
        Section(
            "How long",
            Question(Hold.placed_on, "Since when?", short="Since", listed=True, hint="The day somebody said so."),
            Question(Hold.review_on, "When is it looked at again?", short="Look again", listed=True, hint="A hold does not end by itself."),
            Question(Hold.released_on, "When was it lifted?", short="Lifted", listed=True, change=NOBODY,
                     hint="Lifted on the hold’s own page, with the reason."),
            Question(Hold.released_because, "Why was it lifted?", short="Lifted because", see=HANDLERS, change=NOBODY,
                     hint="As said then. No names."),
        ),
    ),
    kept=(Hold.placed_by,),
    checks=(Check(hold_care.findings, hold_care.HoldFacts),),
    deadlines=(
        Deadline(code="HO1", words="Look whether the hold still has to stand", rule=hold_care.look_again, facts=hold_care.HoldDays,
                 mend="review_on", owner="dpo"),
    ),
)

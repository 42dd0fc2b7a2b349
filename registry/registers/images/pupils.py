"""Whose pictures the school uses: the least that it takes to find them and to know their answers (UK GDPR Article 5(1)(c))."""

from models.pupil import Pupil
from models.vocabulary import PictureSubject, RollStatus
from registry.definition import Links, Question, Register, Section
from registry.registers.data_protection import HANDLERS
from registry.registers.images import ACCESS, KEEPERS

A_PUPIL = (Pupil.kind, (PictureSubject.PUPIL,))
GONE = (Pupil.status, (RollStatus.LEFT,))

PUPILS = Register(
    slug="pupils",
    table=Pupil,
    one="pupil",
    many="pupils",
    about="Everybody whose picture may be used: pupils, and staff, governors and visitors beside them. No more is kept than finds them.",
    access=ACCESS,
    sections=(
        Section(
            "Who it is",
            Question(Pupil.name, "What are they called?", short="Name", listed=True,
                     hint="First name and surname as people say them, such as Sam Patel."),
            Question(Pupil.legal_name, "What is their legal name?", short="Legal name", hint="Only where it differs. Both are found."),
            Question(Pupil.kind, "Who are they to the school?", short="Who", filtered=True, hint="An adult answers for themself."),
            Question(Pupil.class_name, "Which class are they in?", short="Class", listed=True, when=A_PUPIL,
                     hint="As the school calls it, such as 3B or Oak."),
            Question(Pupil.year_group, "Which year group are they in?", short="Year", listed=True, when=A_PUPIL, hint="Such as Year 3, or P4."),
            Question(Pupil.may_decide, "Can they decide about their own picture?", short="Decides for themself", when=A_PUPIL, filtered=True,
                     hint="The school judges it; from about 12 ask them as well. A pupil’s no counts at any age.",
                     why="No age is fixed for pictures. In Scotland a pupil of 12 is presumed able (Data Protection Act 2018 section 208)."),
        ),
        Section(
            "At the school",
            Question(Pupil.status, "Are they still at the school?", short="At the school", listed=True, filtered=True,
                     hint="Pictures of those who have left are asked about again."),
            Question(Pupil.left_on, "When did they leave?", short="Left", when=GONE,
                     hint="Their last day, for example 22 7 2026. A year later their pictures come down."),
            Question(Pupil.mis_number, "What is their number in the pupil database?", short="Number in the MIS", see=KEEPERS,
                     hint="The admission number. Lists from the pupil database are matched by it."),
        ),
        Section(
            "Around them",
            Question(Links("carers"), "Who are their parents and carers?", short="Parents and carers", when=A_PUPIL, see=KEEPERS,
                     hint="Those who may answer for them, and those who may not."),
            Question(Links("holds"), "Which holds cover them?", short="Holds", see=HANDLERS,
                     hint="While one stands, nothing about them is disposed of."),
            Question(Links("publications"), "Where are they to be seen?", short="Publications",
                     hint="Every picture of them that was used, so that it is found when a yes is taken back."),
        ),
    ),
)

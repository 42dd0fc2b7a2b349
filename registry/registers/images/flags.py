"""Limits on pictures that beat every answer. Their reasons, and that there are any, stay with the safeguarding lead and the headteacher."""

from models.image_flag import PictureFlag
from models.vocabulary import ImageFlag, JobRole
from registry.definition import Check, Deadline, Question, Register, Section
from registry.registers.images import OF_FLAGS
from registry.rules import review_dates
from registry.rules.picture_care import FlagFacts, flag_findings

STRICTEST = (PictureFlag.level, (ImageFlag.NO_IMAGES,))

FLAGS = Register(
    slug="image-flags",
    table=PictureFlag,
    one="image flag",
    many="image flags",
    about="Whose pictures are limited whatever was answered. Only the safeguarding lead and the headteacher see this list; everybody else "
          "sees a no like any other. Keep here as well what a pupil or parent said in confidence, so that a no proves nothing.",
    access=OF_FLAGS,
    sections=(
        Section(
            "The limit",
            Question(PictureFlag.level, "What is the limit?", short="Limit", listed=True, filtered=True,
                     hint="Inside only: displays and their own journal. Never shown: recognition and examinations only. No pictures at all."),
            Question(PictureFlag.person, "Whose pictures?", short="Person", listed=True, filtered=True, hint="Their full name or reference."),
            Question(PictureFlag.keeps_identification, "May the school still keep the picture by which staff know them?",
                     short="Recognition", when=STRICTEST,
                     hint="Answer yes where staff must still be able to know them."),
        ),
        Section(
            "Why",
            Question(PictureFlag.cause, "Where does it come from?", short="Comes from", listed=True, filtered=True,
                     hint="What is said in confidence is a limit like any other."),
            Question(PictureFlag.reason, "What is the reason?", short="Reason",
                     hint="Nobody but the safeguarding lead and the headteacher can read it."),
            Question(PictureFlag.next_review_on, "When is it looked at again?", short="Review", listed=True,
                     hint="Limits without a review outlive their reason."),
            Question(PictureFlag.cleared_on, "Since when does it no longer apply?", short="Cleared", listed=True,
                     hint="From that day answers count again. Leave empty while it applies."),
        ),
    ),
    checks=(Check(flag_findings, FlagFacts),),
    deadlines=(
        Deadline(code="PF1", words="Look at this limit again", rule=review_dates.limit, facts=review_dates.LimitFacts, mend="next_review_on",
                 owner=JobRole.DSL),
    ),
)

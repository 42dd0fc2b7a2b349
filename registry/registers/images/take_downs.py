"""Tasks to take a picture down: one person, one publication, a day and somebody who does it."""

from models.take_down import TakeDown
from registry.definition import Check, Deadline, Question, Register, Section
from registry.registers.images import ACCESS
from registry.rules import review_dates
from registry.rules.picture_care import TakeDownFacts, take_down_findings

TAKE_DOWNS = Register(
    slug="take-downs",
    table=TakeDown,
    one="take-down",
    many="take-downs",
    about="What has to disappear because somebody in it may no longer be shown there. Tasks appear by themselves; say here when they are done.",
    access=ACCESS,
    sections=(
        Section(
            "The task",
            Question(TakeDown.name, "What is to be taken down?", short="What", listed=True, hint="The publication. No names here."),
            Question(TakeDown.publication, "Which publication?", short="Publication", hint="Its entry says where it is."),
            Question(TakeDown.person, "Who may no longer be shown?", short="Person", listed=True, filtered=True,
                     hint="Take out or crop this person; the others may stay."),
            Question(TakeDown.due_on, "By when?", short="Due", listed=True,
                     hint="As soon as can be: the answer counts from the moment it was given."),
            Question(TakeDown.owner, "Who does it?", short="Owner", listed=True, filtered=True, hint="The post that sees to it."),
        ),
        Section(
            "Done",
            Question(TakeDown.done_on, "When was it done?", short="Done", listed=True, hint="The day on which nobody could see it any more."),
            Question(TakeDown.outcome, "What was done?", short="Outcome",
                     hint="Such as: taken off the page, cropped, reprint stopped. Copies handed out need not be called back."),
        ),
    ),
    kept=(TakeDown.worked_out,),
    checks=(Check(take_down_findings, TakeDownFacts),),
    deadlines=(
        Deadline(code="TD1", words="Take the picture down", rule=review_dates.task, facts=review_dates.TaskFacts,
                 mend="due_on", done="done_on", statutory=True, frozen=("due_on", "worked_out")),
    ),
)

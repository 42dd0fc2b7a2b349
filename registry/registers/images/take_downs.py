"""Tasks to take a picture down: one person, one publication, a day and somebody who does it."""

from models.take_down import TakeDown
from registry.definition import Question, Register, Section
from registry.registers.images import ACCESS

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
            Question(TakeDown.name, "What is to be taken down?", short="What", listed=True),
            Question(TakeDown.publication, "Which publication?", short="Publication"),
            Question(TakeDown.person, "Who may no longer be shown?", short="Person", listed=True),
            Question(TakeDown.due_on, "By when?", short="Due", listed=True),
            Question(TakeDown.owner, "Who does it?", short="Owner", listed=True, filtered=True),
        ),
        Section(
            "Done",
            Question(TakeDown.done_on, "When was it done?", short="Done", listed=True, hint="The day on which nobody could see it any more."),
            Question(TakeDown.outcome, "What was done?", short="Outcome",
                     hint="Such as: taken off the page, cropped, reprint stopped. Copies handed out need not be called back."),
        ),
    ),
)

"""What people accept before they use technology or take a device home (Keeping Children Safe in Education, Part 2)."""

from models.agreement import Agreement
from registry.definition import Question, Register, Section
from registry.registers.devices import OF_AGREEMENTS

AGREEMENTS = Register(
    slug="agreements",
    table=Agreement,
    one="agreement",
    many="agreements",
    about="The rules for technology, a text for each kind of people. A version counts once approved; no device goes out before it is accepted.",
    access=OF_AGREEMENTS,
    sections=(
        Section(
            "The agreement",
            Question(Agreement.name, "What is it called?", short="Agreement", listed=True, hint="As it stands above the text."),
            Question(Agreement.audience, "Who accepts it?", short="For", listed=True, filtered=True, hint="One text in force for each."),
            Question(Agreement.text, "What does it say?", short="Text", hint="As it is shown, signed and given to whoever signs. Short and plain."),
            Question(Agreement.signed_by, "Who signs?", short="Signed by", hint="Such as: the pupil, by name or mark."),
            Question(Agreement.second_signature, "Who signs as well?", short="Second signature", hint="Empty where one signature is enough."),
            Question(Agreement.sign_again_when, "When is it signed again?", short="Signed again", hint="Such as: every school year."),
            Question(Agreement.retention, "How long is a signature kept?", short="Kept", hint="As the schedule of retention says."),
        ),
    ),
    kept=(Agreement.starter_id, Agreement.starter_source, Agreement.starter_certainty),
)

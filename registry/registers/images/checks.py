"""What was asked before a picture was used, and what the answer was: kept as it was answered (UK GDPR Article 5(2))."""

from models.image_check import ImageCheck
from registry.definition import Question, Register, Section
from registry.registers.images import OF_CHECKS

CHECKS = Register(
    slug="image-checks",
    table=ImageCheck,
    one="image check",
    many="image checks",
    about="Every check of names before a picture was used, with its answer. It says why a picture was published, or was not.",
    access=OF_CHECKS,
    sections=(
        Section(
            "The check",
            Question(ImageCheck.name, "What was asked?", short="Check", listed=True,
                     hint="The use and the day. Whose names were asked stands in the check itself."),
            Question(ImageCheck.use, "For which use?", short="Use", hint="As it was set up then."),
            Question(ImageCheck.publish_on, "For which day?", short="Day", listed=True, hint="The day on which the picture was to be used."),
            Question(ImageCheck.outcome, "What was the answer?", short="Answer", listed=True, filtered=True,
                     hint="Of the whole picture: its worst person decides."),
            Question(ImageCheck.people, "How many names?", short="Names", listed=True, hint="People asked about, known or not."),
            Question(ImageCheck.allowed, "How many of them were allowed?", short="Allowed", listed=True, hint="Those who might be in it."),
        ),
    ),
    kept=(ImageCheck.record,),
)

"""Where pictures were used, with whom in them, so that they are found when somebody takes a yes back (UK GDPR Articles 7(3) and 21)."""

from models.publication import Publication
from models.vocabulary import PublicationStatus
from registry.definition import Links, Question, Register, Section
from registry.registers.images import ACCESS

OVER = (Publication.status, (PublicationStatus.TAKEN_DOWN, PublicationStatus.ISSUED))

PUBLICATIONS = Register(
    slug="publications",
    table=Publication,
    one="publication",
    many="publications",
    about="Which picture was used where, with whom in it. When somebody in it takes a yes back, a task to take it down appears by itself.",
    access=ACCESS,
    sections=(
        Section(
            "What and where",
            Question(Publication.name, "What was published?", short="What", listed=True, hint="Such as Sports day 2026. No names here."),
            Question(Publication.use, "What was the picture used for?", short="Use", listed=True, filtered=True,
                     hint="The use that the people in it were asked about."),
            Question(Publication.published_on, "When was it published?", short="Published", listed=True,
                     hint="The first day on which anybody could see it."),
            Question(Publication.address, "Where is it?", short="Where", hint="The address of the page or post, or the wall or issue."),
            Question(Publication.image, "Which picture is it?", short="Picture", hint="Its file name or number in the picture library."),
        ),
        Section(
            "Who is in it",
            Question(Links("pupils"), "Who is in the picture?", short="People", hint="Everybody who can be recognised."),
            Question(Publication.name_shown, "How much of their names is shown?", short="Names shown",
                     hint="Beside the picture or in the text around it."),
            Question(Publication.image_check, "Which check did it rest on?", short="Check", hint="The check that said yes, such as IC-0012."),
        ),
        Section(
            "Afterwards",
            Question(Publication.status, "Can it still be seen?", short="State", listed=True, filtered=True,
                     hint="While it can, or copies are still handed out, it is checked again every night."),
            Question(Publication.ended_on, "Since when not?", short="Ended", when=OVER, hint="The day on which it was taken down or handed out."),
        ),
    ),
)

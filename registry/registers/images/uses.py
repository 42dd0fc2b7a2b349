"""What the school uses pictures for: each use has its own basis, and so its own question and right (UK GDPR Articles 6, 7 and 21)."""

from models.image_use import ImageUse
from models.vocabulary import ImageBasis, YesNo
from registry.definition import Question, Register, Section
from registry.registers.images import OF_USES

WITHOUT_CONSENT = (ImageUse.basis, (ImageBasis.PUBLIC_TASK, ImageBasis.LEGITIMATE_INTERESTS))
ASKED = (ImageUse.asked_on_form, (YesNo.YES,))

USES = Register(
    slug="image-uses",
    table=ImageUse,
    one="image use",
    many="image uses",
    about="What pictures of people are used for. One answer for each use; nothing is ticked beforehand, and no answer is never a yes.",
    access=OF_USES,
    sections=(
        Section(
            "What it is",
            Question(ImageUse.name, "What is the picture used for?", short="Use", listed=True,
                     hint="As people know it, such as School website. Each social media platform is a use of its own."),
            Question(ImageUse.covers, "What does that cover?", short="Covers", hint="Where the picture is seen, and by whom."),
            Question(ImageUse.kind, "Which kind of use is it?", short="Kind", filtered=True,
                     hint="Rules look at it. A blog is a website: no full names there. Some limits spare recognition and examinations."),
            Question(ImageUse.leaves_school, "Does the picture leave the school?", short="Leaves the school", listed=True, filtered=True,
                     hint="Answer yes for whatever people outside can see, families among them."),
            Question(ImageUse.most_name_shown, "How much of a name may stand beside the picture?", short="Name shown at most", listed=True,
                     hint="A full name never stands on the website or a blog, least of all with a picture."),
        ),
        Section(
            "Why we may",
            Question(ImageUse.basis, "What is the lawful basis?", short="Basis", listed=True, filtered=True,
                     hint="The basis decides the right that families have: to take consent back, or to object.",
                     why="The ICO tells publicly funded schools to look to public task first, and independent schools to public task or "
                         "legitimate interests (UK GDPR Article 6(1)). Whatever the basis, a no that the school asked for is honoured."),
            Question(ImageUse.no_answer, "What does it mean when nobody has answered?", short="No answer", when=WITHOUT_CONSENT,
                     hint="Under consent no answer is always no."),
            Question(ImageUse.processing, "Which processing activity is it part of?", short="Processing activity",
                     hint="Where it stands in the record of processing."),
        ),
        Section(
            "What families are told",
            Question(ImageUse.asked_on_form, "Is it asked on the form?", short="Asked", listed=True, filtered=True,
                     hint="What is not asked is told."),
            Question(ImageUse.form_sentence, "How does the form ask, or tell?", short="On the form",
                     hint="One plain question, such as: May we put pictures of your child on our website?"),
            Question(ImageUse.valid_months, "For how many months does a yes count?", short="Months a yes counts", when=ASKED,
                     hint="Most schools ask anew each year: 12. Leave empty for no end."),
            Question(ImageUse.storage, "Where are the pictures kept?", short="Kept where",
                     hint="Such as: the school’s picture library, on school accounts only."),
            Question(ImageUse.kept, "For how long are they kept?", short="Kept how long", hint="As the retention schedule says."),
        ),
    ),
    kept=(ImageUse.starter_id, ImageUse.starter_source, ImageUse.starter_certainty),
)

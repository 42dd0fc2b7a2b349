"""What was answered about pictures: per person, per use and per whoever decides, with its evidence (UK GDPR Article 7(1))."""

from models.image_answer import ImageAnswer
from models.vocabulary import Decider, JobRole
from registry.definition import Deadline, Question, Register, Section
from registry.registers.images import OF_ANSWERS
from registry.rules import review_dates

OTHERS = (ImageAnswer.decider, (Decider.PARENT, Decider.OTHER))

ANSWERS = Register(
    slug="image-decisions",
    table=ImageAnswer,
    one="image decision",
    many="image decisions",
    about="Every answer as it was given, none of them overwritten. Answers recorded are not permission to publish: check the names first.",
    access=OF_ANSWERS,
    sections=(
        Section(
            "The answer",
            Question(ImageAnswer.decision, "What was answered?", short="Answer", listed=True, filtered=True,
                     hint="Whoever answers anew gives another answer; this one stays."),
            Question(ImageAnswer.person, "About pictures of whom?", short="Person", listed=True, filtered=True, hint="Their full name or reference."),
            Question(ImageAnswer.use, "For which use?", short="Use", listed=True, filtered=True, hint="One answer for one use."),
            Question(ImageAnswer.conditions, "On which conditions?", short="Conditions", hint="Such as: no close-up, or first name only."),
        ),
        Section(
            "Who answered",
            Question(ImageAnswer.decider, "Who answered?", short="Answered by", listed=True, filtered=True,
                     hint="A yes counts from those who may give it; a no counts from anybody."),
            Question(ImageAnswer.carer, "Which parent or carer?", short="Parent or carer", when=OTHERS,
                     hint="From the list of parents and carers, so that their answers are told apart."),
            Question(ImageAnswer.decided_by, "What name stands on the answer?", short="Signed by", hint="Where they are not on the list."),
            Question(ImageAnswer.authority, "How do we know that they may decide?", short="Authority",
                     hint="Such as: parental responsibility seen on the birth certificate; care order of 3 May 2026."),
        ),
        Section(
            "The evidence",
            Question(ImageAnswer.method, "How did the answer come?", short="Came", filtered=True,
                     hint="Keep the form or the note under Files."),
            Question(ImageAnswer.decided_on, "When was it given?", short="Given on", listed=True, hint="The day on the form."),
            Question(ImageAnswer.valid_until, "Until when does it count?", short="Counts until", listed=True, hint="Empty for no end."),
            Question(ImageAnswer.form_version, "Which version of the form was it?", short="Form",
                     hint="The day and time of its words, as printed on it."),
            Question(ImageAnswer.wording, "What did the form ask?", short="Words shown", hint="The question as the family read it."),
        ),
    ),
    deadlines=(
        Deadline(code="ID1", words="Ask again, before the yes runs out", rule=review_dates.consent, facts=review_dates.AnswerFacts,
                 mend="valid_until", one_for=("person", "use", "decider", "carer"), owner=JobRole.OFFICE_MANAGER),
    ),
)

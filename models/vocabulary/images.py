"""Pictures of people: what they are used for, on which basis, what was answered, and how the safeguarding lead limits them."""

from models.vocabulary.words import Words


class ImageUseKind(Words):
    """What a picture is for, as far as a rule must know; a school's own uses are `other`."""

    IDENTIFICATION = "id_mis", "Recognising pupils"
    EXAM_EVIDENCE = "exam_evidence", "Evidence for examinations and assessment"
    LEARNING_JOURNAL = "learning_journal", "Learning journals"
    INTERNAL_DISPLAY = "internal_display", "Displays inside school"
    CLASS_GROUP_PHOTO = "class_group_photo", "Class and group photographs"
    SCHOOL_PHOTOGRAPHER = "school_photographer", "Portrait by the school photographer"
    NEWSLETTER = "newsletter", "Newsletter to families"
    WEBSITE = "website", "School website"
    SOCIAL_MEDIA = "social_media", "School social media"
    PROSPECTUS = "prospectus_print", "Prospectus and posters"
    LOCAL_PRESS = "local_press", "Press and television"
    EXTERNAL_VIDEO = "external_video", "Film made for outside the school"
    PARTNER_USE = "partner_use", "Use by partners"
    LIVESTREAM = "livestream_recording", "Livestreams and recordings of events"
    ARCHIVE = "archive", "School archive"
    OTHER = "other", "Something else"


class ImageBasis(Words):
    """Why the school may use a picture (UK GDPR Article 6): the basis decides what is asked and which right is offered."""

    CONSENT = "consent", "Consent: the family is asked, and may withdraw"
    PUBLIC_TASK = "public_task", "Public task: the family is told, and may object"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests: the family is told, and may object"


class NoAnswer(Words):
    """What it means that nobody has answered; under consent it is no, whatever stands here."""

    BLOCK = "block", "No answer counts as no"
    ALLOW = "allow", "The picture may be used until somebody objects"


class ImageDecision(Words):
    """How the latest answer of somebody for one use stands."""

    GIVEN = "given", "Yes"
    REFUSED = "refused", "No"
    WITHDRAWN = "withdrawn", "Taken back"
    OBJECTED = "objected", "Objected"
    EXPIRED = "expired", "Run out"
    NOT_ASKED = "not_asked", "Nobody was asked"


class Decider(Words):
    """Who answers: no age is fixed by law; the school judges when a pupil is able to decide."""

    PARENT = "parent", "Parent: somebody with parental responsibility"
    PUPIL = "pupil", "Pupil"
    AUTHORITY = "authority", "Local authority: for a child in its care"
    ADULT = "adult", "Themself: staff, governor or visitor"
    OTHER = "other", "Somebody else: without parental responsibility"


class ImageFlag(Words):
    """What the safeguarding lead allows at most, in rising strictness; it beats every answer."""

    NONE = "none", "No limit"
    INTERNAL_ONLY = "internal_only", "Inside the school only"
    NO_PUBLICATION = "no_publication", "Never shown or shared"
    NO_IMAGES = "no_images", "No pictures at all"


class NameShown(Words):
    """How much of a person's name stands beside the picture."""

    NONE = "none", "No name"
    FIRST = "first", "First name only"
    FULL = "full", "Full name"


class Outcome(Words):
    """The three answers to whether a picture may be used, from the best to the worst."""

    ALLOW = "allow", "Yes"
    REVIEW = "review", "Not yet"
    BLOCK = "block", "No"


class AnswerMethod(Words):
    """How an answer reached the school."""

    PAPER = "paper", "On paper"
    ONLINE = "online", "On the school’s page, through the family’s own link"
    SPOKEN = "spoken", "Spoken, and noted"
    EMAIL = "email", "By e-mail or letter"
    FILE = "file", "From a file of the pupil database or a form"


class FlagCause(Words):
    """Why pictures of somebody are limited whatever was answered; told apart only where the limit is kept."""

    SAFEGUARDING = "safeguarding", "Safeguarding"
    PUPIL = "pupil", "The pupil said no, in confidence"
    FAMILY = "family", "Somebody in the family said no, in confidence"


class PublicationStatus(Words):
    """Whether a picture is still to be seen."""

    LIVE = "live", "Can be seen"
    TAKEN_DOWN = "taken_down", "Taken down"
    ISSUED = "issued", "Handed out: copies are with people and are not called back"

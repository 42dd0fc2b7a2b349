"""People whose pictures a school uses, and whether they are still there."""

from models.vocabulary.words import Words


class PictureSubject(Words):
    """Who somebody is to the school."""

    PUPIL = "pupil", "Pupil"
    STAFF = "staff", "Member of staff"
    GOVERNOR = "governor", "Governor"
    VISITOR = "visitor", "Visitor or volunteer"


class RollStatus(Words):
    """Whether somebody is still at the school."""

    ON_ROLL = "on_roll", "At the school"
    LEFT = "left", "Has left"


class Relation(Words):
    """Who somebody is to a pupil."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARENT = "parent", "Parent"
    STEP_PARENT = "step_parent", "Step-parent"
    GRANDPARENT = "grandparent", "Grandparent"
    GUARDIAN = "guardian", "Guardian"
    FOSTER_CARER = "foster_carer", "Foster carer"
    SOCIAL_WORKER = "social_worker", "Social worker of the local authority"
    OTHER = "other", "Somebody else"


class ResponsibilitySource(Words):
    """Where parental responsibility comes from (England and Wales: Children Act 1989 sections 2 to 5, 12 and 33; elsewhere its own Acts)."""

    BIRTH_MOTHER = "birth_mother", "Mother by birth"
    MARRIAGE = "marriage", "Married to, or civil partner of, the mother at the birth or since"
    BIRTH_REGISTER = "birth_register", "Named in the register of births"
    AGREEMENT = "agreement", "Written agreement"
    COURT_ORDER = "court_order", "Order of a court"
    ADOPTION = "adoption", "Adoption"
    CARE_ORDER = "care_order", "Care order: the local authority"
    DELEGATED = "delegated", "Delegated in writing by whoever has it"

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

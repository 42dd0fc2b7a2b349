"""What somebody who is asked can say about a record before it is approved."""

from models.vocabulary.words import Words


class Advice(Words):
    """What the advice comes to; the words beside it say why."""

    AGREES = "agrees", "Agree"
    WITH_CHANGES = "with_changes", "Agree, with changes"
    AGAINST = "against", "Advise against"

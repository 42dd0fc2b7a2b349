"""What the cells of a file of pupils say: numbers, names, relations and yes or no, as schools' databases write them."""

import re

from models.names import fold
from models.vocabulary import PictureSubject, Relation, YesNoUnknown

LONGEST_EMAIL = 254
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "reverend", "fr", "father", "sir", "lady", "lord", "dame", "canon"}
)
_EMAIL = re.compile(r"[^\s@,;<>\"()\[\]]{1,64}@[^\s@,;<>\"()\[\]]+\.[^\s@,;<>\"()\[\].]{2,}")
_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}", re.IGNORECASE)
_DECIMALS = re.compile(r"([0-9]+)\.0+")

_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔", "has pr", "pr", "full"})
_NO = frozenset({"no", "n", "false", "f", "0", "none", "no pr"})
_NOT_KNOWN = frozenset({"", "unknown", "not known", "not set", "not recorded", "n a", "u"})
_GONE = frozenset({"leaver", "left", "former", "inactive", "off roll", "no", "false", "withdrawn", "ex pupil", "past", "no longer on roll"})
_THERE = frozenset({"active", "on roll", "current", "yes", "true", "enrolled", "registered", "present", "single registration", "t", "y"})

_RELATIONS: tuple[tuple[Relation, frozenset[str]], ...] = (
    (Relation.STEP_PARENT, frozenset({"step", "stepmother", "stepfather", "stepparent", "stepmum", "stepdad", "stm", "stf"})),
    (Relation.FOSTER_CARER, frozenset({"foster", "fom", "fof"})),
    (Relation.SOCIAL_WORKER, frozenset({"social", "swr"})),
    (Relation.GRANDPARENT, frozenset({"grandparent", "grandmother", "grandfather", "grandma", "grandpa", "nan", "gran", "granny", "grandad"})),
    (Relation.MOTHER, frozenset({"mother", "mum", "mummy", "mam", "pam"})),
    (Relation.FATHER, frozenset({"father", "dad", "daddy", "paf"})),
    (Relation.GUARDIAN, frozenset({"guardian"})),
    (Relation.PARENT, frozenset({"parent", "parents", "parental"})),
)
_NO_CARERS = frozenset(
    {"doctor", "doc", "gp", "childminder", "minder", "chm", "teacher", "tch", "headteacher", "htc", "aide", "rlg", "self", "slf", "child"}
)
_STAFF = frozenset({"staff", "teacher", "employee", "professor", "faculty", "adjunct", "administrator", "assistant", "aide", "headteacher", "tutor"})
_PUPILS = frozenset({"student", "pupil", "learner", "child"})
_PARENTS = frozenset({"parent", "guardian", "carer", "contact", "relative"})


def number_key(number: str) -> str:
    """A number as it is compared: a spreadsheet takes the zeros at its start away, so that "00123" and "123" are the same."""
    plain = number if number.isalnum() else "".join(number.split())
    return (plain.lstrip("0") or "0") if plain.isdecimal() and plain.isascii() else plain.casefold()


def is_eaten(number: str) -> bool:
    """Whether a spreadsheet has turned a number into a power of ten, so that the figures are lost."""
    return not number.isdecimal() and bool(_POWER.fullmatch(number.strip()))


def whole_number(number: str) -> str:
    """A number without the ".0" that spreadsheets put behind it."""
    plain = _DECIMALS.fullmatch(number)
    return plain[1] if plain else number


def person_name(text: str) -> str:
    """A name as people say it: "Patel, Sam" is Sam Patel, and a title before it is taken off."""
    surname, comma, first = text.partition(",")
    words = (f"{first} {surname}" if comma and "," not in first else text).split()
    is_titled = len(words) > 1 and words[0].strip(".").casefold() in _TITLES and words[1] not in ("&", "and")
    return " ".join(words[1:] if is_titled else words)


def responsibility_of(text: str) -> YesNoUnknown | None:
    """Whether a cell says that somebody has parental responsibility: None for an empty one, UNKNOWN for one that does not say."""
    plain = fold(text)
    if plain in _NOT_KNOWN:
        return None
    return YesNoUnknown.YES if plain in _YES else YesNoUnknown.NO if plain in _NO else YesNoUnknown.UNKNOWN


def relation_of(text: str) -> Relation | None:
    """Who a cell says that somebody is to a pupil; None for an empty one."""
    words = frozenset(fold(text).replace("/", " ").replace("(", " ").replace(")", " ").split())
    if not words:
        return None
    return next((relation for relation, known in _RELATIONS if not known.isdisjoint(words)), Relation.OTHER)


def is_no_carer(text: str) -> bool:
    """Whether a contact is somebody who answers for no pupil, such as a doctor or a childminder."""
    words = frozenset(fold(text).split())
    return relation_of(text) is Relation.OTHER and not _NO_CARERS.isdisjoint(words)


def subject_of(text: str) -> PictureSubject | None:
    """Whether a cell calls somebody a pupil or staff; None where it says neither."""
    words = frozenset(fold(text).split())
    if not words.isdisjoint(_PUPILS):
        return PictureSubject.PUPIL
    if "governor" in words:
        return PictureSubject.GOVERNOR
    return PictureSubject.STAFF if not words.isdisjoint(_STAFF) else None


def is_parent(text: str) -> bool:
    """Whether a cell calls somebody a parent or carer, who is no person of the roll."""
    return not _PARENTS.isdisjoint(fold(text).split())


def has_left(text: str) -> bool | None:
    """Whether a cell says that somebody has left; None where it does not say."""
    plain = fold(text) if text else ""
    return True if plain in _GONE else False if plain in _THERE else None


def email_of(text: str) -> str | None:
    """The first address in a cell; None when there is none."""
    found = _EMAIL.search(text)
    return found[0].strip(".'") if found and len(found[0]) <= LONGEST_EMAIL else None


def restrictions_of(text: str) -> str:
    """What a cell says of a court order or restriction, in words that can stand in a record; empty when it says that there is none."""
    plain = fold(text)
    if plain in _NO or plain in _NOT_KNOWN:
        return ""
    return "A court order is noted in the MIS. Read it there." if plain in _YES else " ".join(text.split())

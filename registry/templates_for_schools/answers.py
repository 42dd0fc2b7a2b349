"""Turns entries of the starter content into answers: values for the columns of a register, never what nobody has checked."""

from collections.abc import Callable
from typing import Any

from peewee import Field

from models.activity import Activity
from models.agreement import Agreement
from models.asset import Asset
from models.fields import ChoiceField, ChoicesField, LinesField
from models.image_use import ImageUse
from models.record import Record
from models.retention_rule import RetentionRule
from models.supplier import Supplier
from models.support_end import SupportEnd
from models.vocabulary import Art6, JobRole, KeptPerPolicy, Schedule1, YesNo, YesNoUnknown
from registry.templates_for_schools import wording
from registry.templates_for_schools.content import Entry, SchoolKind, read

Answers = dict[str, Any]

SAID_OTHERWISE = frozenset({"id", "source", "retention", "notes"})
"""Names that mean one thing in the content and another in a table."""

USUAL_ACTIVITY: Entry = {
    "role": "controller",
    "transfers_outside_uk": "no",
    "transfers": "None by the school; check each supplier's hosting and support.",
    "automated_significant": False,
    "profiling": False,
    "automated_note": "Decisions are made by people.",
}
USUAL_SUPPLIER: Entry = {"handles_personal_data": True, "outside_uk": "unknown", "own_purposes": "unknown"}
CHECKS = ("encrypted_at_rest", "encrypted_in_transit", "backed_up")
LOOKED_AFTER = {"manager_role": "Manager", "custodian_role": "looked after from day to day by", "technical_contact_role": "technical contact"}
DETAILS = {Art6.CONSENT: "consent", Art6.RECOGNISED_LEGITIMATE_INTEREST: "rli", Art6.LEGITIMATE_INTERESTS: "lia"}
EXPLAINED = {Art6.CONTRACT: "contract_with_subject", Art6.VITAL_INTERESTS: "vital_why"}


def processing(entry: Entry, school: SchoolKind) -> Answers:
    """The answers of a processing activity; a legitimate interests assessment stays unsigned."""
    entry = USUAL_ACTIVITY | entry
    asks_for_policy = any(Schedule1(code).apd for code in entry.get("sch1", ()))
    return {
        **_plain(Activity, entry),
        **_bases(entry, school),
        "kept_per_policy": KeptPerPolicy.UNKNOWN if asks_for_policy else None,
        "retention": wording.retention(entry),
        "notes": wording.notes(entry, {"dpia_why": "Impact assessment", "transfers": "Outside the United Kingdom"}),
    }


def assets(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of an information asset; nobody has checked its encryption and backup yet."""
    posts = wording.joined(f"{words}: {JobRole(entry[name]).label}" for name, words in LOOKED_AFTER.items())
    skipped = entry.get("does_not_apply", ())
    return {
        **_plain(Asset, entry),
        **{check: None if check in skipped else YesNoUnknown.UNKNOWN for check in CHECKS},
        "source": tuple(entry["comes_from"]),
        "retention": wording.retention(entry),
        "notes": wording.notes({**entry, "notes": "\n".join(filter(None, (entry.get("notes"), f"{posts}.")))}, {}),
    }


def suppliers(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of a kind of supplier; whether anything is signed is for the school to say."""
    entry = USUAL_SUPPLIER | entry
    sets = read("questions")
    asked = [question for name in entry["question_sets"] for question in sets[name]]
    terms = [f"The contract should also say: {wording.joined(entry['contract_should_say'])}."] if "contract_should_say" in entry else []
    return {
        **_plain(Supplier, entry),
        "contract_notes": "\n".join([*terms, f"At the end: {entry['at_the_end']}"]),
        "questions_to_ask": (*asked, *entry["questions"]),
        "notes": wording.notes(entry, {"dpia": "Impact assessment", "transfers": "Outside the United Kingdom"}),
    }


def image_uses(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of a use of pictures, on the basis that is usual in a school of its type."""
    return _plain(ImageUse, entry)


def agreements(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of an agreement, as its first draft: it counts once somebody approves it."""
    return {**_plain(Agreement, entry), "retention": wording.retention(entry)}


def support_ends(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of an end of support, with the page on which its maker says so."""
    return {**_plain(SupportEnd, entry), "source": entry["source"]}


def retention_rules(entry: Entry, _: SchoolKind) -> Answers:
    """The answers of a rule of the retention schedule; how certain it is can be said anew by the school."""
    return {**_plain(RetentionRule, entry), "notes": entry.get("notes"), "source": entry["source"]}


ANSWERS: dict[str, tuple[type[Record], Callable[[Entry, SchoolKind], Answers]]] = {
    "processing": (Activity, processing),
    "assets": (Asset, assets),
    "suppliers": (Supplier, suppliers),
    "image-uses": (ImageUse, image_uses),
    "agreements": (Agreement, agreements),
    "support-ends": (SupportEnd, support_ends),
    "retention-rules": (RetentionRule, retention_rules),
}
"""By register: its table, and what turns an entry into answers."""


def _plain(table: type[Record], entry: Entry) -> Answers:
    """What the content calls by the name of a column, as values of that column."""
    columns = table._meta.fields
    return {name: _value(columns[name], words) for name, words in entry.items() if name in columns and name not in SAID_OTHERWISE}


def _value(column: Field, words: Any) -> Any:
    """Words of the content as the value of a column; raises ValueError for an unknown choice."""
    if isinstance(column, ChoiceField):
        return column.words((YesNo.YES if words else YesNo.NO) if isinstance(words, bool) else str(words))
    if isinstance(column, ChoicesField):
        chosen = {column.words(code) for code in words}
        return tuple(word for word in column.words if word in chosen)
    return tuple(words) if isinstance(column, LinesField) else words


def _bases(entry: Entry, school: SchoolKind) -> Answers:
    """The bases of Article 6 and what each must carry."""
    bases = {Art6(code): carried for code, carried in entry.get("bases", {}).items()}
    details = {f"{prefix}_{part}": words for basis, prefix in DETAILS.items() for part, words in bases.get(basis, {}).items()}
    explained = {name: bases[basis] for basis, name in EXPLAINED.items() if basis in bases}
    return {**_plain(Activity, {"art6": bases, **details, **explained}), "statute": wording.statute(entry, school)}

"""The form of a check: what was typed, carried from page to page, and what it asks once it is complete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from models.vocabulary import NameShown
from registry.images import people
from registry.images.checking import Looked, Question
from registry.images.facts import Person
from registry.images.uses import Use, find_use
from registry.rules.pasted_names import MOST
from registry.typed import NOT_TEXT, DayAnswer
from web.ids_and_numbers import id_in

LONGEST = 200_000
PICK, SHOWN = "pick-", "shown-"
YEAR = "year "
"""What the choice of a whole year group begins with, to be told from a class of that name."""

TOO_MANY = "These are {count:,} names. Check at most {most} at a time."
TOO_LONG = "This is too long to be a list of names. Check at most {most} names at a time."
PAST = "Choose today or a later day: a check is for what is published from now on."
NO_USE = "Choose where the picture will appear."
UNKNOWN_USE = "This school has no such use of pictures. Choose one from the list."
NO_NAMES = "Enter the names of those who can be recognised in the picture."
SHOW = "Choose whether no names, first names or full names stand beside the picture."

SHOWN_NAMES = {shown.value: shown for shown in NameShown}
_day = DayAnswer()


@dataclass
class Typed:
    """What stands in the form, as it was typed."""

    use: str = ""
    on: str = ""
    names: str = ""
    show: str = ""
    looked: str = ""
    dress: str = ""
    background: str = ""
    device: str = ""
    group: str = ""
    picks: dict[str, str] = field(default_factory=dict)
    shown_for: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def chosen_use(self) -> Use | None:
        """The use that is meant."""
        return find_use(self.use) if self.use else None

    def fields(self, *, without: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Everything that a further form carries along, but for what it asks itself."""
        plain = ("use", "on", "names", "show", "looked", "dress", "background", "device")
        held = [(name, getattr(self, name)) for name in plain]
        held += [(PICK + key, value) for key, value in self.picks.items()]
        held += [(SHOWN + key, value) for key, value in self.shown_for.items()]
        return ((name, value) for name, value in held if value and not name.startswith(without or ("\n",)))

    def problem(self, name: str) -> str:
        """What is wrong at a field."""
        return next((sentence for field_name, sentence in self.errors if field_name == name), "")


def typed_in(sent: MultiDict[str, str]) -> Typed:
    """What a form sent."""
    held: dict[str, Any] = {
        name: _text(sent.get(name, "")) for name in ("use", "on", "names", "show", "looked", "dress", "background", "device", "group")
    }
    return Typed(
        **held,
        picks={key.removeprefix(PICK)[:40]: value[:40] for key, value in sent.items() if key.startswith(PICK) and value},
        shown_for={key.removeprefix(SHOWN)[:40]: value[:10] for key, value in sent.items() if key.startswith(SHOWN) and value},
    )


def question_of(typed: Typed, today: date) -> Question | None:
    """What the form asks; None with sentences at its fields where it cannot be asked."""
    use, on, shown = _use(typed), _on(typed, today), _shown(typed)
    if len(typed.names) > LONGEST:
        typed.errors.append(("names", TOO_LONG.format(most=MOST)))
    if use is None or on is None or shown is None or typed.errors:
        return None
    question = Question(
        use=use, names=typed.names, on=on, today=today, shown=shown, shown_for=_shown_for(typed), picks=typed.picks, looked=_looked(typed)
    )
    count = sum(len(line[0]) for line in question.lines)
    if not 0 < count <= MOST:
        typed.errors.append(("names", TOO_MANY.format(count=count, most=MOST) if count else NO_NAMES))
    return None if typed.errors else question


def in_group(group: str) -> tuple[Person, ...]:
    """Everybody in the class or the year group that was chosen."""
    return people.in_year(group.removeprefix(YEAR)) if group.startswith(YEAR) else people.in_class(group)


def as_lines(found: tuple[Person, ...]) -> str:
    """People as they are typed: one a line, with the class that tells two of one name apart."""
    return "\n".join(f"{person.name} ({person.class_name})" if person.class_name else person.name for person in found)


def _text(value: str) -> str:
    return NOT_TEXT.sub("", value.replace("\r\n", "\n"))[: LONGEST + 1]


def _use(typed: Typed) -> Use | None:
    found = typed.chosen_use
    if found is None:
        typed.errors.append(("use", UNKNOWN_USE if typed.use.strip() else NO_USE))
    return found


def _on(typed: Typed, today: date) -> date | None:
    try:
        on: date = _day.deserialize(typed.on) or today
    except ValidationError as problem:
        typed.errors.append(("on", str(problem.messages[0])))
        return None
    typed.on = on.isoformat()
    if on < today:
        typed.errors.append(("on", PAST))
    return on


def _shown(typed: Typed) -> NameShown | None:
    if typed.show and typed.show not in SHOWN_NAMES:
        typed.errors.append(("show", SHOW))
    return SHOWN_NAMES.get(typed.show, None if typed.show else NameShown.NONE)


def _shown_for(typed: Typed) -> Mapping[UUID, NameShown]:
    """Whose name is shown otherwise than the others'; what is neither a person nor a way of showing a name says nothing."""
    wanted: dict[UUID, NameShown] = {}
    for key, value in typed.shown_for.items():
        person = id_in(key)
        if person is not None and value in SHOWN_NAMES:
            wanted[person] = SHOWN_NAMES[value]
    return wanted


def _looked(typed: Typed) -> Looked:
    """What was said of the picture itself; whoever was not asked has nothing held against them."""
    if not typed.looked:
        return Looked()
    device: dict[str, Any] = {"school": True, "own": False}
    return Looked(was_asked=True, dress=typed.dress == "yes", background=typed.background == "yes", on_school_device=device.get(typed.device))

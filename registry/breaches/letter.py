"""The letter to people whose data it is: proposed from the template and what is known of the breach, and kept each time somebody changes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from models.base import new_id
from models.breach import Breach
from models.breach_letter import BreachLetter
from models.breach_person import BreachPerson
from models.roles import Role
from models.school import School
from models.vocabulary import EntryKind
from registry.access import Deed, require, school_of
from registry.accounts.people import people_in_role
from registry.breaches import timeline
from registry.breaches.details import details
from registry.breaches.moving import demand_open
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules import letter_text, plain_words, slips
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import full_day
from registry.rules.plain_words import Remark
from registry.rules.slips import Slip, SlipKind
from registry.schema import Invalid
from registry.templates_for_schools.content import read
from registry.trace.audit import Happened, recording
from registry.typed import LONGEST_TEXT, NOT_TEXT

BRACKETS = str.maketrans("", "", "[]")
A_MOMENT = timedelta(microseconds=1)
SHOWN = (SlipKind.KNOWN_NAME, SlipKind.LIKELY_NAME, SlipKind.EMAIL, SlipKind.BIRTHDAY, SlipKind.NUMBER)
"""What may not stand in a letter that everybody gets; a telephone number is often meant to."""


@dataclass(frozen=True)
class Review:
    """What is to be looked at before a letter goes out: what is missing, whose names are in it, and what could be plainer."""

    gaps: tuple[str, ...]
    unknown: tuple[str, ...]
    empty: tuple[tuple[str, str], ...]
    slips: tuple[Slip, ...]
    remarks: tuple[Remark, ...]

    @property
    def stops(self) -> bool:
        """Whether nothing may go out yet: it would hold brackets that nobody filled."""
        return bool(self.gaps or self.unknown)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.stops or self.empty or self.slips or self.remarks)


def headings() -> tuple[str, ...]:
    """The headings of the letter, each with one of the things that people must be told."""
    return tuple(part["heading"] for part in _template()["parts"])


def subject(school: str) -> str:
    """What stands above an e-mail: nothing about anybody."""
    return " ".join(str(_template()["subject"]).replace("{school}", school).split())


def kept(row: Breach) -> BreachLetter | None:
    """The letter as it was kept last; nothing while nobody has changed what is proposed."""
    found: BreachLetter | None = _of(row).first()
    return found


def text_of(row: Breach) -> str:
    """The letter as it would go out now."""
    found = kept(row)
    return str(found.text) if found else proposed(row)


def keep(row: Breach, text: str, occasion: Occasion, *, seen: UUID | None) -> bool:
    """Keep a changed letter; whether it is another. `seen` is the one that was open. Raises Forbidden, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    text = NOT_TEXT.sub("", text.replace("\r\n", "\n")).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Invalid({"text": [f"Shorten it to {LONGEST_TEXT:,} characters." if text else "Write the letter."]})
    with recording(occasion.by, occasion.at) as trace:
        last = kept(row)
        if (last.id if last else None) != seen:
            raise CannotBeDone("Somebody else has changed the letter in the meantime. Open this page in another window, and bring the two together.")
        trace.note(Happened.BREACH_PEOPLE, Breach._meta.table_name, row.id)
        if last is not None and last.text == text:
            return False
        at = max(occasion.at, last.written_at + A_MOMENT) if last else occasion.at  # whatever the clock does, the newest is the last
        letter = BreachLetter(id=new_id(), school=school_of(occasion.by), breach=row.id, text=text, written_at=at, written_by=occasion.by.user)
        store(trace, Happened.BREACH_PEOPLE, letter, new=True)
        timeline.write(trace, row, EntryKind.PEOPLE, occasion, text="The letter to the people was changed.")
    return True


def review(row: Breach, text: str, people: list[BreachPerson], today: datetime) -> Review:
    """What is to be looked at before this letter goes to these people."""
    sources = {part["heading"]: part["source"] for part in _template()["parts"]}
    return Review(
        gaps=letter_text.gaps(text),
        unknown=letter_text.unknown_fields(text),
        empty=tuple((heading, sources[heading]) for heading in letter_text.empty_parts(text.translate(BRACKETS), headings())),
        slips=tuple(_slips(row, text, people, today)),
        remarks=plain_words.remarks(letter_text.filled(text, "Name", "name")),
    )


def proposed(row: Breach) -> str:
    """The letter that the template and the answers about the breach make; what nobody has answered stands in square brackets."""
    template = _template()
    words = {**template["missing"], **_answered(row, template)}
    parts = (f"{part['heading']}\n{part['text']}" for part in template["parts"])
    text = "\n\n".join((template["greeting"], *parts, template["ending"]))
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return "\n\n".join(filter(None, (each.strip() for each in text.split("\n\n"))))


def _answered(row: Breach, template: Mapping[str, Any]) -> dict[str, str]:
    """Everything that is known, by its place in the template."""
    school = School.get_by_id(row.school_id)
    known = {
        "school": school.name, "regulator": school.regulator_name, "reach": _reach(template), "when": " ".join(_when(row)),
        "planned": _plain(row.measures_planned),
        "what_happened": _plain(row.narrative), "effects": _plain(row.effects), "done": _plain(row.measures_taken),
        "data": _points(template["data"].get(str(kind)) for kind in row.data_kinds), "advice": _points(_advice(row, template)),
    }  # fmt: skip
    heads, officers = (people_in_role(row.school_id, role) for role in (Role.HEADTEACHER, Role.DPO))
    if heads:
        known["head"] = heads[0][0]
    if officers:
        known["contact"] = template["contact"].replace("{dpo}", officers[0][0]).replace("{email}", officers[0][1])
    return {name: words for name, words in known.items() if words or name in ("when", "planned")}


def _reach(template: Mapping[str, Any]) -> str:
    """How the regulator is reached: as the school wrote it down, else as the program knows it."""
    own = details()
    told = {"Its telephone number is": own.get("regulator-number"), "Its address is": own.get("regulator-address")}
    return " ".join(f"{words} {found.words}." for words, found in told.items() if found) or str(template["reach"])


def _when(row: Breach) -> Iterator[str]:
    if row.occurred_at:
        yield f"It happened on {_day(row.occurred_at)}."
    if row.discovered_at:
        yield f"The school noticed it on {_day(row.discovered_at)}."


def _day(at: datetime) -> str:
    return full_day(in_zone(at, ZONE).date())


def _advice(row: Breach, template: Mapping[str, Any]) -> Iterator[str]:
    kinds = {str(kind) for kind in row.data_kinds}
    return (each["text"] for each in template["advice"] if not kinds.isdisjoint(each["kinds"]))


def _points(lines: Any) -> str:
    return "\n".join(f"- {line}" for line in lines if line)


def _plain(answer: Any) -> str:
    """An answer without brackets, which would be taken for something to fill in."""
    return str(answer or "").strip().translate(str.maketrans("{}[]", "()()"))


def _slips(row: Breach, text: str, people: list[BreachPerson], today: datetime) -> Iterator[Slip]:
    """Names and numbers in what everybody gets; those who answer for the school may be named."""
    school = School.get_by_id(row.school_id)
    staff = [each for role in (Role.HEADTEACHER, Role.DPO) for each in people_in_role(row.school_id, role)]
    names = [name for each in people for name in (each.name, each.about) if name]
    known = [*names, *str(row.names or "").splitlines()] if len(people) != 1 else str(row.names or "").splitlines()
    own = names if len(people) == 1 else []
    may_stand = {school.name, school.regulator_name, "Information Commissioner", *(name for name, _email in staff), *own}
    addresses = {email.casefold() for _name, email in staff}
    said = letter_text.filled(text, "", "")
    found = slips.slips(said, [name for name in known if name not in may_stand], not_people=may_stand, today=in_zone(today, ZONE).date())
    return (each for each in found if each.kind in SHOWN and each.words.casefold() not in addresses)


def _of(row: Breach) -> Any:
    return BreachLetter.select().where(BreachLetter.breach == row.id).order_by(BreachLetter.written_at.desc(), BreachLetter.id.desc())


def _template() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read("breaches/letter")
    return found

"""Where the register and what programs say differ, in words: nothing is decided here, and custody never follows from it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from models.names import fold, tag_spelling
from models.vocabulary import DeviceKind, DeviceOwner, DeviceSource, DeviceStatus, Ruling, YesNoUnknown
from models.vocabulary.words import Words
from registry.devices.known import Known
from registry.devices.picture import Picture
from registry.devices.row_answers import MANAGING, answers_of
from registry.devices.sightings import Told
from registry.rules.plain_dates import plain_day
from registry.rules.same_person import is_same

UNSEEN_FOR = timedelta(days=30)
MISSING = frozenset({DeviceStatus.LOST, DeviceStatus.STOLEN})
GONE = frozenset({DeviceStatus.DISPOSED, DeviceStatus.RETIRED, *MISSING})
ELSEWHERE = GONE | {DeviceStatus.IN_REPAIR}
MANAGEABLE = frozenset({DeviceKind.LAPTOP, DeviceKind.DESKTOP, DeviceKind.TABLET, DeviceKind.CHROMEBOOK, DeviceKind.PHONE})


class Kind(Words):
    """What sort of difference it is."""

    PROGRAM_ONLY = "program_only", "Not in the register"
    REGISTER_ONLY = "register_only", "In the register only"
    UNSEEN = "unseen", "Not seen for 30 days"
    OTHER_USER = "other_user", "Used by somebody else"
    LEFT = "left", "Somebody who has left"
    STILL_THERE = "still_there", "Gone, and still there"
    TWICE = "twice", "Enrolled twice"
    MODEL = "model", "Another model"
    NAME = "name", "Another name"
    OWNER = "owner", "Another owner"
    TAG = "tag", "Another tag"


TO_TAKE_OR_LEAVE = (Ruling.TAKEN_OVER, Ruling.REGISTER_IS_RIGHT)
ANSWERS = {Kind.MODEL: "model", Kind.NAME: "name", Kind.OWNER: "owner", Kind.TAG: "asset_tag"}
"""The differences that are about one answer."""

WHY = {Kind.NAME: "Nobody’s name belongs into what a device is called.", Kind.OWNER: "Lending a device does not change whose it is."}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs: what the register says, what a source says, and what somebody can decide about it."""

    kind: Kind
    serial_key: str
    mark: str
    called: str
    here: str
    there: str
    can: tuple[Ruling, ...]
    why: str = ""
    device: Known | None = None
    told: Told | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What stands for it on a page, and says nothing of anybody."""
        return marked(self.kind.value, self.serial_key, self.mark)[:32]


def marked(*said: object) -> str:
    """A digest that is another one as soon as anything else is said."""
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()


def differences(seen: Picture) -> list[Difference]:
    """Everything that differs and was not settled, kind by kind and device by device."""
    known = {each.key for each in seen.devices}
    managed = any(each.source in MANAGING for several in seen.told.values() for each in several)
    tags: dict[str | None, Known] = {each.tag_key: each for each in seen.devices if each.tag_key}
    found = [each for serial, told in seen.told.items() if serial not in known for each in _unknown(serial, told)]
    for device in seen.devices:
        told = [each for each in seen.told.get(device.key, ()) if each.is_current]
        found += _of_device(_Case(seen, device, told, tags, is_managed_school=managed))
    places = {kind: place for place, kind in enumerate(Kind)}
    open_ones = (each for each in found if (each.serial_key, each.kind.value, each.mark) not in seen.settled)
    return sorted(open_ones, key=lambda each: (places[each.kind], each.called.casefold(), each.serial_key))


@dataclass(frozen=True)
class _Case:
    """One device with what is said of it."""

    seen: Picture
    device: Known
    told: Sequence[Told]
    tags: Mapping[str | None, Known]
    is_managed_school: bool

    @property
    def by_programs(self) -> list[Told]:
        return sorted((each for each in self.told if each.source in MANAGING), key=_lateness, reverse=True)

    def differs(self, kind: Kind, here: str, there: str, mark: str, **more: Any) -> Difference:
        more = {"can": (Ruling.REGISTER_IS_RIGHT,), "mark": mark, "device": self.device, **more}
        return Difference(kind=kind, serial_key=self.device.key, called=self.device.answers["name"], here=here, there=there, **more)


def _unknown(serial: str, told: Sequence[Told]) -> Iterator[Difference]:
    current = sorted((each for each in told if each.is_current), key=_lateness, reverse=True)
    if current:
        latest = current[0]
        named = ", ".join(dict.fromkeys(each.source.label for each in current))
        yield Difference(
            kind=Kind.PROGRAM_ONLY, serial_key=serial, mark=marked("unknown"), called=latest.row.name or latest.row.model or serial,
            here="Not there", there=f"{named}: {_described(latest)}", can=(Ruling.ADDED, Ruling.NOT_OURS), told=latest,
        )  # fmt: skip


def _of_device(case: _Case) -> Iterator[Difference]:
    device = case.device
    if device.is_archived or device.status in GONE:
        yield from _still_there(case)
        return
    yield from _absent(case)
    yield from _of_people(case)
    yield from _twice(case)
    for each in case.told:
        yield from _answers(case, each)


def _still_there(case: _Case) -> Iterator[Difference]:
    device = case.device
    for each in case.by_programs[:1]:
        is_missing = device.status in MISSING and not device.is_archived
        since = case.seen.missed_at.get(device.id)
        if is_missing and (each.seen_at is None or (since is not None and each.seen_at <= since)):
            continue
        here = "Archived" if device.is_archived else device.status.label
        why = "It reported after it was missed: tell whoever follows the loss." if is_missing else "Remove it there, and release it from its account."
        seen = _day(each) if is_missing else ""
        yield case.differs(Kind.STILL_THERE, here, f"{each.source.label}: {_seen(each)}", marked(here, each.source, seen), told=each, why=why)


def _absent(case: _Case) -> Iterator[Difference]:
    """Not in any program any more, or there but silent."""
    device, answers, programs = case.device, case.device.answers, case.by_programs
    is_meant = answers["in_mdm"] is YesNoUnknown.YES or (answers["in_mdm"] is YesNoUnknown.UNKNOWN and answers["kind"] in {None, *MANAGEABLE})
    if case.is_managed_school and is_meant and not programs and device.serial_key:
        before = [each.read_at for each in case.seen.told.get(device.key, ()) if each.source in MANAGING]
        there = f"In no list since {plain_day(max(before).date())}" if before else "In no list"
        changes = {"in_mdm": (answers["in_mdm"], YesNoUnknown.NO)}
        why = "Taking it over says that it is not managed."
        mark = marked(max(before, default=""))
        yield case.differs(Kind.REGISTER_ONLY, device.status.label, there, mark, can=TO_TAKE_OR_LEAVE, changes=changes, why=why)
        return
    last = max(filter(None, (answers["last_seen_at"], *(each.seen_at for each in programs))), default=None)
    if last is not None and last < case.seen.at - UNSEEN_FOR and device.status not in ELSEWHERE:
        holding = case.seen.holdings.get(device.id)
        here = f"With {holding.name}" if holding else device.status.label
        yield case.differs(Kind.UNSEEN, here, f"Last seen {plain_day(last.date())}", marked(last.date()), why="Look for it where it should be.")


def _of_people(case: _Case) -> Iterator[Difference]:
    people, holding = case.seen.people, case.seen.holdings.get(case.device.id)
    if holding is not None and holding.person in people.left:
        why = "Take it back, or write down that it is lost."
        yield case.differs(Kind.LEFT, f"{holding.name} signed for it and has left", "", marked("holder", holding.person), why=why)
    for each in case.by_programs[:1]:
        user = each.row.user
        if not user:
            continue
        there = f"{each.source.label}: {user}"
        if people.has_left(user):
            here = f"{holding.name} signed for it" if holding else case.device.status.label
            yield case.differs(Kind.LEFT, here, f"{there}, who has left", marked("user", user), told=each, why="Change the user there.")
        elif holding is not None and holding.is_person and not is_same(user, holding.name, people.emails.get(fold(holding.name), ())):
            why = "Who signed answers for it. To change that, take it back and hand it over."
            mark = marked(fold(holding.name), fold(user))
            yield case.differs(Kind.OTHER_USER, f"{holding.name} signed for it", there, mark, told=each, why=why)


def _twice(case: _Case) -> Iterator[Difference]:
    answers, programs = case.device.answers, case.by_programs
    if not programs:
        return
    latest = programs[0]
    is_anew = answers["mdm_name"] == latest.source.label and None not in (answers["mdm_id"], latest.row.mdm_id)
    is_anew = is_anew and answers["mdm_id"] != latest.row.mdm_id
    if not is_anew and len(programs) == 1 and not latest.is_twice:
        return
    named = ", ".join(f"{each.source.label}{' twice' if each.is_twice else ''}: {each.row.mdm_id or 'no number'}" for each in programs)
    told = answers_of(latest.source, latest.row, case.seen.at.date())
    changes = {name: (answers[name], told[name]) for name in ("mdm_id", "mdm_name") if name in told and told[name] != answers[name]}
    here = f"{answers['mdm_name']}: {answers['mdm_id']}" if answers["mdm_id"] else "No number"
    why = "Remove the older entry there, so that nobody locks or wipes the wrong one."
    can = TO_TAKE_OR_LEAVE if changes else (Ruling.REGISTER_IS_RIGHT,)
    yield case.differs(Kind.TWICE, here, named, marked(here, named), can=can, changes=changes, told=latest, why=why)


def _answers(case: _Case, told: Told) -> Iterator[Difference]:
    """The answers that a list never changes by itself."""
    for kind, name in ANSWERS.items():
        before, after = case.device.answers[name], getattr(told.row, name)
        if after in (None, DeviceOwner.UNKNOWN) or before in (None, DeviceOwner.UNKNOWN) or _spelt(kind, before) == _spelt(kind, after):
            continue
        holder = case.tags.get(_spelt(kind, after)) if kind is Kind.TAG else None
        there = f"{told.source.label}: {_words(after)}"
        why = f"That tag stands on {holder.reference} here." if holder else WHY.get(kind, "")
        more: dict[str, Any] = {} if holder else {"can": TO_TAKE_OR_LEAVE, "changes": {name: (before, _cut(told.source, told, name))}}
        yield case.differs(kind, _words(before), there, marked(_words(before), told.source, _words(after)), told=told, why=why, **more)


def _cut(source: DeviceSource, told: Told, name: str) -> Any:
    """The answer with as much of it as there is room for."""
    after = getattr(told.row, name)
    return after[:120] if name == "name" else answers_of(source, told.row, told.read_at.date())[name]


def _spelt(kind: Kind, value: Any) -> str:
    return tag_spelling(value) if kind is Kind.TAG else fold(str(value))


def _words(value: Any) -> str:
    return value.label if isinstance(value, Words) else str(value)


def _lateness(told: Told) -> tuple[float, str]:
    return (told.seen_at.timestamp() if told.seen_at else 0.0, told.source.value)


def _day(told: Told) -> str:
    return plain_day(told.seen_at.date()) if told.seen_at else ""


def _seen(told: Told) -> str:
    return f"last seen {_day(told)}" if told.seen_at else "still listed"


def _described(told: Told) -> str:
    row = told.row
    return ", ".join(filter(None, (" ".join(filter(None, (row.make, row.model))), f"serial number {told.serial_key}", row.user, _seen(told))))

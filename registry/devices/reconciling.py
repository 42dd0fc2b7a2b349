"""What differs between the register and the programs, settled by somebody: one by one or many at once, and not asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.base import new_id
from models.mdm import MdmRuling
from models.statements import rows_of
from models.vocabulary import Ruling
from registry.access import Deed, Permission, require, school_of
from registry.devices.comparing import Verdict, compare
from registry.devices.differences import Difference, Kind, differences
from registry.devices.importing import write_down
from registry.devices.known import devices_here
from registry.devices.picture import picture
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.devices import DEVICES
from registry.rows import CannotBeDone
from registry.rules.device_row import DeviceRow
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import row_seal

SETTLED = Happened.DIFFERENCE_SETTLED
CHOOSE = "Tick what is to be settled."
MOVED_ON = "What differs has changed since this page was opened, so nothing was settled. Look at it again."


@dataclass(frozen=True)
class Choice:
    """Which differences somebody settles: those that they ticked, or all of one kind, of which the page counted so many."""

    keys: frozenset[str] = frozenset()
    kind: Kind | None = None
    many: int = 0

    def among(self, found: Sequence[Difference], ruling: Ruling) -> list[Difference]:
        """Those that are meant and can be settled so. Raises CannotBeDone."""
        meant = [each for each in found if (each.kind is self.kind if self.kind else each.key in self.keys)]
        if not self.kind and not self.keys:
            raise CannotBeDone(CHOOSE)
        if len(meant) != (self.many if self.kind else len(self.keys)):
            raise CannotBeDone(MOVED_ON)
        able = [each for each in meant if ruling in each.can]
        if not able:
            raise CannotBeDone(f"None of these can be settled with “{ruling.label}”. Choose another way.")
        return able


def open_differences(occasion: Occasion) -> list[Difference]:
    """Everything that differs and nobody has settled. Raises Forbidden."""
    require(occasion.by, Permission.READ_DEVICE_LISTS)
    return differences(picture(occasion))


def settle(choice: Choice, ruling: Ruling, occasion: Occasion) -> int:
    """Do what was decided about differences, and keep that it was; how many. All of them or none.

    Raises Forbidden, and CannotBeDone when the differences are no longer those that were shown.
    """
    by = occasion.by
    require(by, Permission.READ_DEVICE_LISTS)
    require(by, Deed.CHANGE, DEVICES)
    require(by, Deed.ADD, DEVICES)
    with recording(by, occasion.at) as trace:
        meant = choice.among(open_differences(occasion), ruling)
        if ruling is Ruling.ADDED:
            _add(trace, meant, occasion)
        elif ruling is Ruling.TAKEN_OVER:
            _take_over(trace, meant, occasion)
        _keep(trace, meant, ruling, occasion)
    return len(meant)


def _add(trace: Trace, meant: Sequence[Difference], occasion: Occasion) -> None:
    """Add the devices as a list of theirs would; a tag that another device has is not taken."""
    devices, read_on = devices_here(), occasion.school.today or occasion.at.date()
    by_source: dict[Any, list[DeviceRow]] = {}
    for each in meant:
        if each.told is not None:
            by_source.setdefault(each.told.source, []).append(each.told.row)
    taken: set[Any] = set()
    answers = []
    for source, rows in by_source.items():
        for judged in compare(source, rows, devices, read_on):
            if judged.verdict is not Verdict.NEW:
                raise CannotBeDone(f"{judged.row.serial or 'One of them'} cannot be added. {judged.sentence}".strip())
            given = {name: after for name, (_before, after) in judged.changes.items() if name != "asset_tag" or after not in taken}
            taken.add(given.get("asset_tag"))
            answers.append(given)
    insert_many(trace, DEVICES, answers, occasion, number=next_number(DEVICES, occasion.by))


def _take_over(trace: Trace, meant: Sequence[Difference], occasion: Occasion) -> None:
    changed: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    for each in meant:
        if each.device is not None:
            changes = changed.setdefault(each.device.id, {})
            _demand_one_answer(each, changes)
            changes |= each.changes
    tags = [changes["asset_tag"][1] for changes in changed.values() if "asset_tag" in changes]
    if len(tags) > len({tag.casefold() for tag in tags}):
        raise CannotBeDone("Two of these would get the same tag, so nothing was settled. Settle them one by one.")
    write_down(trace, changed, occasion, Happened.CHANGED)


def _demand_one_answer(each: Difference, changes: Mapping[str, tuple[Any, Any]]) -> None:
    if any(name in changes and changes[name] != change for name, change in each.changes.items()):
        raise CannotBeDone(f"Two sources say different things of {each.called}, so nothing was settled. Settle them one by one.")


def _keep(trace: Trace, meant: Sequence[Difference], ruling: Ruling, occasion: Occasion) -> None:
    """A row for each, with its seal; one that was settled so before, and came up again, is written anew."""
    whole, user = rows_of(MdmRuling), occasion.by.user
    if user is None:
        raise CannotBeDone("Differences are settled by somebody who is signed in.")
    before = {(row.serial_key, row.difference, row.mark): row for row in MdmRuling.select()}
    new, columns, updates = [], tuple(column for column in whole.columns if column != "id"), []
    for each in {(each.serial_key, each.kind, each.mark): each for each in meant}.values():
        row = before.get((each.serial_key, each.kind.value, each.mark))
        seen = row.version if row else 0
        if row is None:
            row = MdmRuling(id=new_id(), school=school_of(occasion.by), serial_key=each.serial_key, difference=each.kind.value, mark=each.mark)
        row.ruling, row.decided_at, row.decided_by, row.version = ruling, occasion.at, user, seen + 1
        row.device = each.device.id if each.device else None
        values = whole.values(row)
        if seen:
            held = dict(zip(whole.columns, values, strict=True))
            updates.append((*(held[column] for column in columns), row.id.bytes, seen))
        else:
            new.append(values)
        trace.note(SETTLED, whole.name, row.id, changes={"ruling": (None, ruling)}, seal=row_seal(whole.name, whole.columns, values))
    whole.insert_all(new)
    whole.update_all(columns, updates)

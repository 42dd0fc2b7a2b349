"""What a list says of devices held against what is known of them: new, changed, the same, or not to be taken, and why."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from models.names import tag_spelling
from models.vocabulary import DeviceSource, DeviceStatus
from registry.devices.known import Known
from registry.devices.row_answers import EARLIER, answers_of, name_of
from registry.rules.device_row import DeviceRow
from registry.rules.os_kept import system_after
from registry.rules.serials import known_as

QUIET = frozenset({"last_seen_at", "encryption_verified_on"})
"""What moves on with every reading, and alone makes no change that anybody has to look at."""
ARCHIVED = "{} has this serial number and is archived. Bring it back first, if it is in use again."
NO_SERIAL = "There is no serial number, and no device here has this number in the program. Write the serial number into the list, or add it by hand."
ZEROS = "This may be serial number {} of {} without its first zeros, which a spreadsheet takes away. Open the list with this column set to Text."
PUT_ASIDE = "It was said under What differs that this is not one of ours. If it is, add it to the register by hand."
TWICE = "This is {} as well, which another line of the list is about."
OTHERS_TAG = "Tag {} stands on {} here, so it was not taken. Look at the labels of both."
TAG_TWICE = "Tag {} stands on two lines of the list, so it was not taken here."


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Judged:
    """One row with its verdict: the device it is about, the answers that change (old, new), and what has to be looked at."""

    row: DeviceRow
    verdict: Verdict = Verdict.NEW
    device: Known | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sentence: str = ""
    clash: str = ""


def compare(
    source: DeviceSource, rows: Sequence[DeviceRow], devices: Iterable[Known], read_on: date, *, not_ours: Container[str] = frozenset()
) -> list[Judged]:
    """Every row judged, by its serial number first and never by a tag; `not_ours` are serial numbers that were put aside. Nothing is written."""
    comparing = _Comparing(source, rows, list(devices), read_on)
    comparing.not_ours = not_ours
    return comparing.judged()


class _Comparing:
    """What is looked up again and again while the rows of one list are judged."""

    def __init__(self, source: DeviceSource, rows: Sequence[DeviceRow], devices: Sequence[Known], read_on: date) -> None:
        self.source, self.rows, self.read_on = source, rows, read_on
        self._by_serial = {each.serial_key: each for each in devices if each.serial_key}
        self._by_tag: dict[str, Known | None] = {each.tag_key: each for each in devices if each.tag_key}
        self._by_id = {each.answers["mdm_id"]: each for each in devices if each.answers["mdm_id"] and each.answers["mdm_name"] == source.label}
        self._without_zeros = {key.lstrip("0"): key for key in self._by_serial if key.isdigit() and key.startswith("0")}
        self._listed = {row.serial for row in rows if row.serial}
        self._taken: set[Any] = set()
        self.not_ours: Container[str] = frozenset()

    def judged(self) -> list[Judged]:
        """The rows in the order of the list."""
        return [self._judge(row) for row in self.rows]

    def _judge(self, row: DeviceRow) -> Judged:
        device = self._device_of(row)
        if sentence := self._refusal(row, device):
            return Judged(row, Verdict.REFUSED, device, sentence=sentence)
        if device is None:
            return self._new(row)
        self._taken.add(device.id)
        if device.status is DeviceStatus.DISPOSED:
            return Judged(row, Verdict.UNCHANGED, device)
        found = Judged(row, Verdict.CHANGED, device)
        found.changes = _changes(answers_of(self.source, row, self.read_on), device, row)
        self._settle_tag(found)
        if not found.changes.keys() - QUIET:
            found.verdict = Verdict.UNCHANGED
        return found

    def _device_of(self, row: DeviceRow) -> Known | None:
        if row.serial is None:
            return self._by_id.get(row.mdm_id)
        if row.serial in self._by_serial:
            return self._by_serial[row.serial]
        scanned = known_as(row.serial, self._by_serial)
        return self._by_serial[scanned] if scanned and scanned not in self._listed else None

    def _refusal(self, row: DeviceRow, device: Known | None) -> str:
        if device is None and row.serial in self.not_ours:
            return PUT_ASIDE
        if device is None:
            zeros = self._without_zeros.get(row.serial or "")
            return NO_SERIAL if row.serial is None else ZEROS.format(zeros, self._by_serial[zeros].reference) if zeros else ""
        if device.is_archived:
            return ARCHIVED.format(device.reference)
        return TWICE.format(device.reference) if device.id in self._taken else ""

    def _new(self, row: DeviceRow) -> Judged:
        found = Judged(row)
        answers = {"serial": row.serial, **answers_of(self.source, row, self.read_on)}
        found.changes = {name: (None, value) for name, value in answers.items()}
        self._settle_tag(found)
        found.changes = {"name": (None, name_of(row, has_tag="asset_tag" in found.changes)), **found.changes}
        return found

    def _settle_tag(self, found: Judged) -> None:
        """Takes the tag of a row away again where it belongs to another device; whoever holds it here keeps it."""
        tag = found.row.asset_tag
        key = tag_spelling(tag) if tag else ""
        if not key:
            return
        holder = self._by_tag.get(key, found.device)
        if key in self._by_tag and (holder is None or holder is not found.device):
            found.clash = OTHERS_TAG.format(tag, holder.reference) if holder else TAG_TWICE.format(tag)
            found.changes.pop("asset_tag", None)
        elif "asset_tag" in found.changes:
            self._by_tag[key] = None


def _changes(said: Mapping[str, Any], device: Known, row: DeviceRow) -> dict[str, tuple[Any, Any]]:
    """What differs and may be taken over at once; what is older than what is known only fills gaps."""
    seen = device.answers["last_seen_at"]
    is_old = seen is not None and row.last_seen_at is not None and row.last_seen_at < seen
    said = dict(said) | _system(said, device)
    changes = {}
    for name, value in said.items():
        before = device.answers[name]
        is_gap = before is None or before in EARLIER.get(name, ())
        if value != before and (is_gap or (not is_old and name not in EARLIER and not _goes_back(name, before, value))):
            changes[name] = (before, value)
    if "mdm_id" in changes and changes["mdm_id"][0] and device.answers["mdm_name"] == said.get("mdm_name"):
        del changes["mdm_id"]  # enrolled anew: somebody says which of the two it is
    return changes


def _system(said: Mapping[str, Any], device: Known) -> dict[str, Any]:
    """The system as it is kept: a list names it more coarsely than people do."""
    if said.keys().isdisjoint({"os", "os_version"}):
        return {}
    before = (device.answers["os"], device.answers["os_version"])
    after = zip(("os", "os_version"), system_after(before, (said.get("os"), said.get("os_version"))), strict=True)
    return {name: value for name, value in after if value}


def _goes_back(name: str, before: Any, value: Any) -> bool:
    return name in ("last_seen_at", "encryption_verified_on", "last_patched_on") and value < before

"""Which program wrote a list of devices, told by its headings, and which of its columns says what; those that hold secrets are never read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from models.vocabulary import DeviceSource
from registry.rules import device_spellings as spelt
from registry.rules.device_row import DeviceRow

FIELDS = tuple(each.name for each in fields(DeviceRow) if each.name != "line")
"""What a column can say of a device, in the order in which pages ask for it."""
NEEDED = 2
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_REPEATED = re.compile(r" \(\d{1,3}\)$")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which source wrote a list, where it says what (places from 0, the most trusted first), and what of it is left alone."""

    source: DeviceSource
    columns: Mapping[str, tuple[int, ...]]
    dropped_secrets: tuple[str, ...]
    unread: tuple[str, ...]
    suggested: Mapping[str, str]
    """By heading, the field that it seems to say: what a page offers where the source is not known."""

    def with_mapping(self, headings: Sequence[str], mapping: Mapping[str, str]) -> "Recognised":
        """The same list as somebody says it is to be read, field by heading; a secret stays unread whatever they say."""
        columns: dict[str, tuple[int, ...]] = {}
        for place, heading in enumerate(headings):
            field = mapping.get(heading, "")
            if field in FIELDS and heading not in self.dropped_secrets:
                columns[field] = (*columns.get(field, ()), place)
        if spelt.PASSCODE in self.columns:
            columns[spelt.PASSCODE] = self.columns[spelt.PASSCODE]
        unread = _left_over(headings, columns, self.dropped_secrets)
        return Recognised(self.source, columns, self.dropped_secrets, unread, self.suggested)


def recognise(headings: Sequence[str]) -> Recognised:
    """Which source a row of headings comes from, in any order, with more or fewer columns than it usually has."""
    secrets = tuple(heading for heading in headings if is_secret(heading))
    keys = ["" if heading in secrets else key_of(heading) for heading in headings]
    source = _source(frozenset(keys))
    columns = _columns(keys, _RANKS[source])
    guessed = columns if source is not DeviceSource.OTHER else {field: places[:1] for field, places in columns.items()}
    suggested = {headings[places[0]]: field for field, places in guessed.items() if field in FIELDS}
    return Recognised(source, guessed, secrets, _left_over(headings, guessed, secrets), suggested)


def many_known(headings: Sequence[str]) -> int:
    """How many cells of a row are headings that are known: the row of headings is the one with most of them."""
    return len(_KNOWN.intersection(map(key_of, headings)))


def key_of(heading: str) -> str:
    """A heading as it is compared: "Wi-Fi MAC", "wifiMac" and "WIFI_MAC" are one, and so are "Model" and a second "Model (2)"."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", _REPEATED.sub("", heading.strip("\ufeff \t")))).casefold()


def is_secret(heading: str) -> bool:
    """Whether a column promises what opens a device or an account: a bypass code, a recovery key, a password."""
    key = key_of(heading)
    words = {word.casefold() for word in _NOT_WORD.sub(" ", _HUMP.sub(" ", heading)).split()}
    if words & spelt.ABOUT_WORDS:
        return False
    return key in spelt.SECRET_WHOLE or "laps" in words or any(piece in key for piece in spelt.SECRET_PIECES)


def _source(keys: frozenset[str]) -> DeviceSource:
    """The source whose own headings are there most; another list where nothing points to one."""
    if not keys & _SERIAL:
        return DeviceSource.OTHER
    points = {source: sum(worth for key, worth in marks.items() if key in keys) for source, marks in _MARKS.items()}
    best = max(points, key=lambda source: points[source])
    return best if points[best] >= NEEDED else DeviceSource.OTHER


def _columns(keys: Sequence[str], ranks: Mapping[str, tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Where each field stands, its best spelling first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, key in enumerate(keys):
        if key in ranks:
            field, rank = ranks[key]
            found.setdefault(field, []).append((rank, place))
    return {field: tuple(place for _rank, place in sorted(places)) for field, places in found.items()}


def _left_over(headings: Sequence[str], columns: Mapping[str, tuple[int, ...]], secrets: Sequence[str]) -> tuple[str, ...]:
    used = {place for places in columns.values() for place in places}
    return tuple(heading for place, heading in enumerate(headings) if place not in used and heading not in secrets)


def _ranks(spellings: spelt.Spellings) -> dict[str, tuple[str, int]]:
    """By compared heading: which field it says, and how well."""
    found: dict[str, tuple[str, int]] = {}
    for field, known in spellings.items():
        for rank, heading in enumerate(known):
            found.setdefault(key_of(heading), (field, rank))
    return found


def _marks(source: DeviceSource) -> dict[str, int]:
    return {
        **{key_of(heading): 1 for heading in spelt.TWO_TELL[source]},
        **{key_of(heading): NEEDED for heading in spelt.ONE_TELLS[source]},
    }


_RANKS = {source: _ranks(spellings) for source, spellings in spelt.COLUMNS.items()}
_MARKS = {source: _marks(source) for source in spelt.ONE_TELLS}
_KNOWN = frozenset(key for ranks in _RANKS.values() for key in ranks) | frozenset(key for marks in _MARKS.values() for key in marks)
_SERIAL = frozenset(key for ranks in _RANKS.values() for key, (field, _rank) in ranks.items() if field in ("serial", "mdm_id", "name", "asset_tag"))

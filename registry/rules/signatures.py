"""The signature somebody draws on a screen: a small PNG, refused with a sentence where it is none or where nothing is drawn.

It is expected dark on white or on nothing. What is kept is rebuilt from its picture alone, so that nothing else travels in it.
"""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from registry.rules.pictures import PNG

PREFIX = "data:image/png;base64,"
MOST_BYTES, WIDEST, HIGHEST = 200_000, 2_000, 1_000
LEAST_INK = 40
"""So many dark dots are a line at least; as many must be left blank, or it is no writing."""

DARK, OPAQUE = 3 * 170, 64
"""How bright, over three colours, and how see-through ink may be."""

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
"""How many bytes a dot has, by colour type, at eight bits for each (PNG specification, section 11.2.1); a canvas makes types 2 and 6."""

EMPTY = "Nothing is signed yet. Sign in the box, then send it again."
BROKEN = "The signature did not arrive whole. Clear the box, sign again, and send it once more."
TOO_LARGE = "The signature is too large. Clear the box and sign again with fewer strokes."


class NotASignature(ValueError):
    """What was sent is no signature; says what to do."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as a PNG, with its width and height in dots."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Dots:
    """The lines of a picture as they are packed, each with its filter before it."""

    width: int
    height: int
    channels: int
    packed: bytes

    @property
    def step(self) -> int:
        """How long a line is, with its filter."""
        return self.width * self.channels + 1


def signature(drawn: str) -> Signature:
    """The signature in a data URL as a canvas gives it. Raises NotASignature."""
    if not drawn or drawn == "data:,":
        raise NotASignature(EMPTY)
    if len(drawn) > len(PREFIX) + MOST_BYTES * 4 // 3 + 4:
        raise NotASignature(TOO_LARGE)
    if not drawn.startswith(PREFIX):
        raise NotASignature(BROKEN)
    try:
        header, packed = _parts(base64.b64decode(drawn[len(PREFIX) :], validate=True))
        dots = _unpacked(header, packed)
    except (binascii.Error, struct.error, zlib.error, ValueError) as broken:
        raise broken if isinstance(broken, NotASignature) else NotASignature(BROKEN) from None
    if not _is_written(dots):
        raise NotASignature(EMPTY)
    return Signature(PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b""), dots.width, dots.height)


def _parts(image: bytes) -> tuple[bytes, bytes]:
    """The header and the packed picture, each checked by its own sum."""
    header, packed, place = b"", b"", len(PNG)
    if not image.startswith(PNG):
        raise NotASignature(BROKEN)
    while True:
        (length,) = struct.unpack(">I", image[place : place + 4])
        kind, body = image[place + 4 : place + 8], image[place + 8 : place + 8 + length]
        if struct.unpack(">I", image[place + 8 + length : place + 12 + length])[0] != zlib.crc32(kind + body):
            raise NotASignature(BROKEN)
        if kind == b"IEND":
            return header, packed
        header, packed = body if kind == b"IHDR" else header, packed + body if kind == b"IDAT" else packed
        place += 12 + length


def _unpacked(header: bytes, packed: bytes) -> _Dots:
    """The lines, when they are as many and as long as the header says, and no more."""
    width, height, depth, colours, *rest = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST):
        raise NotASignature(TOO_LARGE)
    if depth != 8 or colours not in CHANNELS or any(rest):
        raise NotASignature(BROKEN)
    dots = _Dots(width, height, CHANNELS[colours], b"")
    reader = zlib.decompressobj()
    lines = reader.decompress(packed, dots.step * height + 1)
    if len(lines) != dots.step * height or not reader.eof or max(lines[:: dots.step]) > 4:
        raise NotASignature(BROKEN)
    return _Dots(width, height, dots.channels, lines)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _is_written(dots: _Dots) -> bool:
    """Whether there is enough ink, and enough that is none."""
    ink = blank = 0
    for line in _lines(dots):
        dark = _dark(line, dots.channels)
        ink, blank = ink + dark, blank + dots.width - dark
        if ink >= LEAST_INK and blank >= LEAST_INK:
            return True
    return False


def _dark(line: bytes, channels: int) -> int:
    """How many dots of a line are ink."""
    if not any(line) and channels in (2, 4):
        return 0
    seen = range(len(line) // channels) if channels in (1, 3) else [at for at, veil in enumerate(line[channels - 1 :: channels]) if veil >= OPAQUE]
    if channels < 3:
        return sum(3 * line[at * channels] < DARK for at in seen)
    return sum(sum(line[at * channels : at * channels + 3]) < DARK for at in seen)


def _lines(dots: _Dots) -> Iterator[bytes]:
    """Each line with its filter undone (PNG specification, section 9)."""
    above = bytes(dots.step - 1)
    for start in range(0, len(dots.packed), dots.step):
        how, line = dots.packed[start], dots.packed[start + 1 : start + dots.step]
        above = _unfiltered(how, line, above, dots.channels)
        yield above


def _unfiltered(how: int, line: bytes, above: bytes, channels: int) -> bytes:
    if how == 1:
        made = bytearray(line)
        for channel in range(channels):
            made[channel::channels] = bytes(each & 255 for each in accumulate(line[channel::channels]))
        return bytes(made)
    if how == 2:
        return bytes((each + up) & 255 for each, up in zip(line, above, strict=True))
    return line if how == 0 else _by_neighbours(line, above, channels, is_average=how == 3)


def _by_neighbours(line: bytes, above: bytes, channels: int, *, is_average: bool) -> bytes:
    if not any(line) and not any(above):
        return line
    made = bytearray(len(line))
    for at, each in enumerate(line):
        left, corner = (made[at - channels], above[at - channels]) if at >= channels else (0, 0)
        made[at] = (each + ((left + above[at]) // 2 if is_average else _paeth(left, above[at], corner))) & 255
    return bytes(made)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))

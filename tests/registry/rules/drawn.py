"""Small pictures for tests, made dot by dot as a canvas or somebody worse would make them."""

import base64
import struct
import zlib
from collections.abc import Callable

from registry.rules.pictures import PNG
from registry.rules.signatures import PREFIX

NOTHING, INK, PAPER = b"\0\0\0\0", b"\x15\x26\x2c\xff", b"\xff\xff\xff\xff"


def chunk(kind: bytes, body: bytes) -> bytes:
    """One part of a PNG with its sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, *, depth: int = 8, colours: int = 6, interlaced: int = 0) -> bytes:
    """The header of a PNG."""
    return struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)


def png(head: bytes, packed: bytes, *between: bytes) -> bytes:
    """A PNG of these parts."""
    return PNG + chunk(b"IHDR", head) + b"".join(between) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def picture(rows: list[list[bytes]], colours: int = 6, how: Callable[[int], int] = lambda _row: 0) -> bytes:
    """A picture of these dots; `how` says which filter packs a row."""
    step, above, lines = len(rows[0][0]), b"", b""
    for number, row in enumerate(rows):
        line = b"".join(row)
        lines += bytes([how(number)]) + filtered(how(number), line, above or bytes(len(line)), step)
        above = line
    return png(header(len(rows[0]), len(rows), colours=colours), zlib.compress(lines))


def filtered(how: int, line: bytes, above: bytes, step: int) -> bytes:
    """A line as PNG packs it by one of its five filters."""
    made = bytearray()
    for at, each in enumerate(line):
        left, up, corner = line[at - step] if at >= step else 0, above[at], above[at - step] if at >= step else 0
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda one: abs(guess - one))
        made.append((each - (0, left, up, (left + up) // 2, nearest)[how]) & 255)
    return bytes(made)


def strokes(blank: bytes = NOTHING, ink: bytes = INK, *, wide: int = 60, high: int = 20) -> list[list[bytes]]:
    """A slanting line of ink, some dots thick."""
    return [[ink if 0 <= x - 2 * y < 5 else blank for x in range(wide)] for y in range(high)]


def url(image: bytes) -> str:
    """The picture as a canvas sends it."""
    return PREFIX + base64.b64encode(image).decode()

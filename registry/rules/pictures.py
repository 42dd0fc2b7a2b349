"""What kind of picture some bytes are, and how large, as its own first bytes say; never by its name."""

import struct
from typing import NamedTuple

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""The markers of a JPEG behind which its size stands (ITU-T T.81, table B.1)."""


class Picture(NamedTuple):
    """A picture's media type, with its width and height in pixels."""

    media_type: str
    width: int
    height: int


def picture_of(image: bytes) -> Picture | None:
    """What picture this is; None for what is neither PNG nor JPEG, or breaks off before it says its size."""
    try:
        if image.startswith(PNG) and image[12:16] == b"IHDR":
            return Picture("image/png", *struct.unpack(">II", image[16:24]))
        return _jpeg(image) if image.startswith(JPEG) else None
    except (struct.error, IndexError):
        return None


def _jpeg(image: bytes) -> Picture | None:
    place = 2
    while image[place] == 0xFF:
        marker = image[place + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", image[place + 5 : place + 9])
            return Picture("image/jpeg", width, height)
        (length,) = struct.unpack(">H", image[place + 2 : place + 4])
        place += 2 + length
    return None

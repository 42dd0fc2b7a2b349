"""Pictures that tests make, so that none lies in the repository."""

import struct
import zlib


def png(width: int = 16, height: int = 16) -> bytes:
    """A picture of one colour."""
    rows = b"".join(b"\0" + b"\x0d\x58\x68" * width for _ in range(height))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held)) for kind, held in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_head(width: int, height: int) -> bytes:
    """The beginning of a JPEG up to its size."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"safe"
    return b"\xff\xd8" + comment + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\x01\x11\x00"

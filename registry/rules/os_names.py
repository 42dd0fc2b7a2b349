"""What programs that manage devices call operating systems, and which of them is meant."""

import re

from models.vocabulary import OsFamily

FIRST_BUILD_OF_10, FIRST_BUILD_OF_11 = 10240, 22000
FIRST_YEAR_OF_11_ONLY = 23
CLIENTS = (OsFamily.WINDOWS_10, OsFamily.WINDOWS_11)

PATTERNS: tuple[tuple[re.Pattern[str], OsFamily], ...] = (
    (re.compile(r"\b(tvos|watchos|visionos|windows (phone|mobile|holographic|ce|rt))\b"), OsFamily.OTHER),
    (re.compile(r"\b(chrome ?os|chromium ?os|cros)\b"), OsFamily.CHROME_OS),
    (re.compile(r"\b(ios|ipad ?os|iphone ?os|iphone|ipad)\b"), OsFamily.IOS),
    (re.compile(r"\b(mac ?os( ?x)?|os ?x|macmdm)\b"), OsFamily.MACOS),
    (re.compile(r"\bandroid"), OsFamily.ANDROID),
    (re.compile(r"\bwin(dows)? ?server\b"), OsFamily.WINDOWS_SERVER),
)
"""The first that fits decides."""

WINDOWS = re.compile(r"\b(win(dows)?( ?(nt|xp|vista|\d+))?|w1[01])\b")
BUILD = re.compile(r"(?<![\w.])(?:10\.0\.)?(\d{5})(?![\w])")
RELEASE = re.compile(r"\b(\d\d)h[12]\b")
OLD_RELEASE = re.compile(r"(?<![\w.])1[5-9]\d\d(?![\w.])|(?<![\w.])200[34]\b")
NAMED = re.compile(r"\bw(?:in(?:dows)?)? ?(1[01])\b(?!\.)")
OLDER = re.compile(r"\bwin(dows)? ?(nt|xp|vista|7|8|8\.1|9[58]|2000)(?![\w.])")


def family(os: str | None, version: str | None = None) -> OsFamily | None:
    """The family of a system by its name and version; nothing where it is not told, or where Windows may be 10 or 11."""
    found = possible(os, version)
    return found[0] if len(found) == 1 else None


def possible(os: str | None, version: str | None = None) -> tuple[OsFamily, ...]:
    """Every family that may be meant: one, or both of Windows 10 and 11 where nothing tells them apart, or none where nothing is told."""
    text = told(os, version)
    for pattern, meant in PATTERNS:
        if pattern.search(text):
            return (meant,)
    if WINDOWS.search(text):
        return _windows(text)
    return (OsFamily.OTHER,) if (os or "").strip() else ()


def told(os: str | None, version: str | None) -> str:
    """What is told of a system, in one line of small letters."""
    return " ".join(f"{os or ''} {version or ''}".lower().replace("_", " ").split())


def windows_build(text: str) -> int | None:
    """The number of a build of Windows 10 or later, in whatever is told of it."""
    found = BUILD.search(text)
    return int(found[1]) if found and int(found[1]) >= FIRST_BUILD_OF_10 else None


def _windows(text: str) -> tuple[OsFamily, ...]:
    """Windows by its build, which is right even where the name is that of the system it was upgraded from; else by name or release."""
    build = windows_build(text)
    if build is not None:
        return (OsFamily.WINDOWS_11,) if build >= FIRST_BUILD_OF_11 else (OsFamily.WINDOWS_10,)
    if named := NAMED.search(text):
        return (OsFamily.WINDOWS_11,) if named[1] == "11" else (OsFamily.WINDOWS_10,)
    return (OsFamily.OTHER,) if OLDER.search(text) else _by_release(text)


def _by_release(text: str) -> tuple[OsFamily, ...]:
    release = RELEASE.search(text)
    if release is None:
        return (OsFamily.WINDOWS_10,) if OLD_RELEASE.search(text) else CLIENTS
    if int(release[1]) >= FIRST_YEAR_OF_11_ONLY:
        return (OsFamily.WINDOWS_11,)
    return CLIENTS if int(release[1]) > 20 else (OsFamily.WINDOWS_10,)

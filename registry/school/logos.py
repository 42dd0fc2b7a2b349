"""The picture on a school's papers: set, shown and taken away by whoever may change the school."""

from collections.abc import Callable
from typing import Any

from models.logo import Logo
from registry.access import Permission, require, school_of
from registry.records import Occasion
from registry.rows import store
from registry.rules.pictures import picture_of
from registry.schema import Invalid
from registry.trace.audit import Happened, recording

LARGEST = 500_000
"""Bytes; it goes into every paper."""

MOST_PIXELS = 3_000
"""On either side: more would be unpacked into memory for nothing."""


def logo_of_school() -> bytes | None:
    """The picture of the school in view, if it has one."""
    row = Logo.select().first()
    return bytes(row.image) if row is not None and row.image is not None else None


def set_logo(image: bytes, occasion: Occasion, *, can_be_printed: Callable[[bytes], bool]) -> None:
    """Use this picture from now on; `can_be_printed` tries it. Raises Forbidden, and Invalid with what to bring instead."""
    require(occasion.by, Permission.CHANGE_SCHOOL)
    if len(image) > LARGEST:
        raise Invalid({"logo": [f"This picture has {len(image) / 1_000_000:.1f} MB. Upload one with at most half a megabyte."]})
    picture = picture_of(image)
    if picture is None:
        raise Invalid({"logo": ["This is neither a PNG nor a JPEG picture. Save your logo as PNG, and upload that."]})
    if max(picture.width, picture.height) > MOST_PIXELS:
        raise Invalid({"logo": [f"This picture is {picture.width} by {picture.height} pixels. At most {MOST_PIXELS} by {MOST_PIXELS} will do."]})
    if not can_be_printed(image):
        raise Invalid({"logo": ["This picture is damaged. Open it in a picture program, save it anew as PNG, and upload that."]})
    _store(image, occasion)


def take_away(occasion: Occasion) -> None:
    """Print the name alone from now on."""
    require(occasion.by, Permission.CHANGE_SCHOOL)
    if logo_of_school() is not None:
        _store(None, occasion)


def _store(image: bytes | None, occasion: Occasion) -> None:
    row: Any = Logo.select().first()
    with recording(occasion.by, occasion.at) as trace:
        if row is None:
            row = Logo(school=school_of(occasion.by), image=image, changed_at=occasion.at)
            store(trace, Happened.SCHOOL_CHANGED, row, new=True)
        else:
            row.image, row.changed_at = image, occasion.at
            store(trace, Happened.SCHOOL_CHANGED, row)

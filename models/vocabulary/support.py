"""How it is known until when an operating system gets security updates."""

from models.vocabulary.words import Words


class SupportRule(Words):
    """What decides whether a version still gets security updates."""

    FIXED_DATE = "fixed_date", "The day in this table"
    DEVICE_DATE = "device_date", "The day in the record of each device"
    MAJORS_BEHIND = "majors_behind", "How far it is behind the newest version"
    PATCH_AGE = "patch_age", "The age of its last security update"
    CHECK_DATE = "check_date", "No day known yet: look it up"

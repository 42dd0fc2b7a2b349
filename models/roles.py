"""The roles a person can have in a school (stdlib only, shared by tables and permissions)."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is trusted with in one school."""

    label: str

    def __new__(cls, code: str, label: str) -> "Role":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    HEADTEACHER = "headteacher", "Headteacher"
    DPO = "dpo", "Data protection officer"
    DSL = "dsl", "Safeguarding lead"
    OFFICE = "office", "School office"
    IT_PROVIDER = "it_provider", "IT provider"
    TEACHER = "teacher", "Teacher"
    GOVERNOR = "governor", "Governor"
    INSPECTOR = "inspector", "Inspector"
    ADMIN = "admin", "Administrator"

"""Who is acting: a value built once per request and passed on as `by`."""

from dataclasses import dataclass
from uuid import UUID

from models.roles import Role


@dataclass(frozen=True)
class Actor:
    """A person in one role in one school, or a robot of the program itself."""

    name: str
    user: UUID | None = None
    role: Role | None = None
    school: UUID | None = None

    @classmethod
    def robot(cls, name: str, school: UUID | None = None) -> "Actor":
        """The program itself, doing a named job; it may do what its caller decided, and is named in the trace."""
        return cls(name=name, school=school)

    @property
    def is_robot(self) -> bool:
        """Whether no person stands behind this."""
        return self.user is None

    @property
    def signature(self) -> str:
        """What the trace keeps: the person's id, never the name."""
        return f"robot:{self.name}" if self.user is None else self.user.hex

"""Who is acting: a value built once per request and passed on as `by`."""

from dataclasses import dataclass
from uuid import UUID

from models.roles import Role


@dataclass(frozen=True)
class Actor:
    """A person in one role in one school, a robot of the program itself, or a stranger who may do nothing."""

    name: str
    user: UUID | None = None
    role: Role | None = None
    school: UUID | None = None
    is_robot: bool = False

    @classmethod
    def robot(cls, name: str, school: UUID | None = None) -> "Actor":
        """The program itself, doing a named job; it may do what its caller decided, and is named in the trace."""
        return cls(name=name, school=school, is_robot=True)

    @classmethod
    def stranger(cls) -> "Actor":
        """Somebody who has not signed in."""
        return cls(name="stranger")

    @property
    def signature(self) -> str:
        """What the trace keeps: the person's id, never the name."""
        if self.user is not None:
            return self.user.hex
        return f"robot:{self.name}" if self.is_robot else "stranger"

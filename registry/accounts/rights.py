"""What a role amounts to in the permission matrix, and which roles are therefore no higher than another."""

from collections.abc import Iterator
from functools import cache

from models.roles import Role
from registry import catalogue
from registry.access import POLICY, Deed, Permission, allowed

Right = tuple[str, ...]


@cache
def rights_of(role: Role) -> frozenset[Right]:
    """Everything that a role may: the permissions, and each deed in each register and about each of its answers."""
    return frozenset(_rights(role))


@cache
def roles_within(role: Role) -> tuple[Role, ...]:
    """The role itself first, then every role that may nothing which this one may not."""
    return (role, *(other for other in Role if other is not role and rights_of(other) <= rights_of(role)))


def _rights(role: Role) -> Iterator[Right]:
    yield from ((permission.value,) for permission in Permission if role in POLICY[permission])
    for register in catalogue.REGISTERS:
        for deed in Deed:
            if role in allowed(deed, register):
                yield (register.slug, deed.value)
            answers = (question.name for question in register.questions.values() if role in allowed(deed, register, question))
            yield from ((register.slug, deed.value, name) for name in answers)

"""What the pages about asking parents show, worked out from the review of the whole school."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from registry.families.asking import Asked, State
from registry.families.asking_again import Review, ToAsk
from registry.families.families import Child

SHORT = 200
"""As many pupils as are listed without choosing a class."""
MOST_LISTED = 500
"""As many of those who were asked as one page lists; the classes list everybody."""
UNANSWERED = (State.LATE, State.OVER)


@dataclass(frozen=True)
class ClassLine:
    """One class: how many pupils, about how many nobody has answered, and about how many somebody is asked again."""

    name: str
    pupils: int
    never: int
    again: int


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not answered, with the children about whom something is still open."""

    asked: Asked
    open_about: tuple[Child, ...]


@dataclass(frozen=True)
class LatePage:
    """Late answers, pupils to be asked about (of one class, or all while they are few), and leavers."""

    waiting: tuple[Waiting, ...]
    late: int
    to_ask: tuple[ToAsk, ...]
    classes: tuple[ClassLine, ...]
    chosen: str | None
    leavers: tuple[Child, ...]
    asked_about: Mapping[UUID, Asked]
    everybody: int


def classes(sizes: Mapping[str, int], review: Review) -> list[ClassLine]:
    """Every class of the school, in order."""
    never = Counter(each.child.class_name for each in review.to_ask if not each.is_again)
    again = Counter(each.child.class_name for each in review.to_ask if each.is_again)
    return [ClassLine(name, count, never[name], again[name]) for name, count in sizes.items()]


def late(review: Review, asked: Mapping[UUID, Asked], chosen: str | None) -> LatePage:
    """The page of late and due answers."""
    open_about = {each.child.id for each in review.to_ask}
    listed = review.to_ask if chosen is None else review.of_class(chosen)
    sizes = Counter(each.child.class_name for each in review.to_ask)
    unanswered = [each for each in asked.values() if each.state in UNANSWERED and each.family is not None]
    return LatePage(
        waiting=tuple(_waiting(each, open_about) for each in unanswered[:MOST_LISTED]),
        late=len(unanswered),
        to_ask=listed if chosen is not None or len(listed) <= SHORT else (),
        classes=tuple(classes(sizes, review)),
        chosen=chosen,
        leavers=review.leavers,
        asked_about=_asked_about(asked),
        everybody=len(review.to_ask),
    )


def _waiting(asked: Asked, open_about: set[UUID]) -> Waiting:
    children = asked.family.children if asked.family else ()
    return Waiting(asked, tuple(child for child in children if child.id in open_about))


def _asked_about(asked: Mapping[UUID, Asked]) -> dict[UUID, Asked]:
    """The latest asking about each child whose link still works."""
    found: dict[UUID, Asked] = {}
    for each in asked.values():
        for child in each.family.children if each.family is not None and each.is_open else ():
            found.setdefault(child.id, each)
    return found

"""Looking at every picture that can still be seen again, because answers, leavers and time change what was in order."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from models import doors
from models.school import Installation, School
from models.vocabulary import Outcome
from registry.actor import Actor
from registry.images.take_downs import ROBOT, make, missing_among, today_of, unsettled
from registry.images.where_used import Shown, shown_now
from registry.occasion import Occasion
from registry.rules.image_verdict import Reason
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from registry.trace.audit import NothingNoted, recording

ZONE = "Europe/London"


@dataclass(frozen=True)
class Difference:
    """What is no longer as it was when the pictures of a school were published."""

    publications: int
    going: tuple[Shown, ...]  # who must not be shown any more
    run_out: tuple[Shown, ...]  # whose yes has run out, and is asked for again first
    left: tuple[Shown, ...]  # who has left, and about whom the school asks itself again
    unclear: tuple[Shown, ...]  # who, or whose use, is not on the lists any more

    @property
    def is_none(self) -> bool:
        """Whether everybody may still be shown where they are."""
        return not (self.going or self.run_out or self.left or self.unclear)


@dataclass(frozen=True)
class Rechecked:
    """What a run did, in counts."""

    schools: int = 0
    publications: int = 0
    made: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return f"{self.publications:,} publications of {self.schools:,} schools looked at; {self.made:,} take-downs made."


def difference(occasion: Occasion) -> Difference:
    """How every picture of the school in view that can still be seen stands today; nothing is written."""
    return _sorted_out(unsettled(shown_now(None, today_of(occasion))))


def recheck_everywhere(now: datetime) -> Rechecked:
    """Look at every picture of every school, make the tasks that are missing, and keep that it was done; doing it twice does nothing twice."""
    done = Rechecked()
    for school in list(School.select()):  # read to the end first: SQLite lets nobody write behind a statement that is still read from
        with doors.looking_at(school.id):
            publications, made = _recheck(school, now)
        done = Rechecked(done.schools + 1, done.publications + publications, done.made + made)
    Installation.update(pictures_checked_at=now).execute()
    return done


def last_run() -> datetime | None:
    """When all pictures were looked at last; None before the first time."""
    row = Installation.get_or_none()
    return None if row is None else row.pictures_checked_at


def _recheck(school: School, now: datetime) -> tuple[int, int]:
    """How many pictures of the school in view were looked at, and how many tasks that made."""
    occasion = Occasion(Actor.robot(ROBOT, school.id), now, facts_of(school, in_zone(now, ZONE).date()))
    today = today_of(occasion)
    shown, made = shown_now(None, today), 0
    if missing_among(shown):
        with suppress(NothingNoted), recording(occasion.by, now) as trace:  # somebody else may have made them at this moment
            made = make(trace, shown_now(None, today), occasion)
    return len({each.place.id for each in shown}), made


def _sorted_out(shown: Sequence[Shown]) -> Difference:
    others = [each for each in shown if not each.must_go]
    return Difference(
        publications=len({each.place.id for each in shown}),
        going=tuple(each for each in shown if each.must_go),
        run_out=tuple(each for each in others if each.verdict.outcome is Outcome.BLOCK),
        left=tuple(each for each in others if each.verdict.outcome is Outcome.REVIEW and each.verdict.reason is Reason.LEFT_SCHOOL),
        unclear=tuple(each for each in others if each.verdict.outcome is Outcome.REVIEW and each.verdict.reason is not Reason.LEFT_SCHOOL),
    )

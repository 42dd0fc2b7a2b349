"""What a job is: something that may be done at any time, twice as well as once, and says in a sentence what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.rules.job_times import Times

SOON = timedelta(minutes=10)


class JobFailed(Exception):
    """A job could not do its work, or found what must be told; the message is a sentence without a name in it."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One job: its name in commands, its words on pages, when it is due, and the deed, which gives the sentence of what it did.

    Of the jobs in one lane only one is done at a time, so that the long ones of a night never take every hand there is.
    """

    name: str
    words: str
    times: Times
    deed: Callable[[datetime], str]
    lane: str = "night"
    again: timedelta = SOON
    """How long after a failure it is tried again."""

"""What the serving program does by itself once a night: look at every published picture again."""

import threading
from datetime import UTC, datetime

from models.base import db
from models.turns import one_at_a_time
from registry.images.rechecking import Rechecked, is_due, recheck_everywhere
from web.log import described, log

FIRST_LOOK = 60.0
"""Seconds after the start: whoever waits for the first page goes first."""

EVERY = 600.0
"""Seconds between looking whether a night has passed; a program that was off at night does it in the morning."""


def begin() -> threading.Event:
    """Start looking at the clock beside the pages; the event ends that."""
    over = threading.Event()
    threading.Thread(target=_keep_looking, args=(over,), name="at-night", daemon=True).start()
    return over


def do_if_due(now: datetime) -> Rechecked | None:
    """Do the work of the night, unless it was done; of several programs on one database one does it, and the others find it done."""
    if not is_due(now):
        return None
    with one_at_a_time("night"):
        return recheck_everywhere(now) if is_due(now) else None


def _keep_looking(over: threading.Event) -> None:
    wait = FIRST_LOOK
    while not over.wait(wait):
        wait = EVERY
        try:
            db.connect(reuse_if_open=True)
            done = do_if_due(datetime.now(UTC))
            if done is not None:
                log.info("Pictures: %s", done.sentence)
        except Exception as problem:
            log.error("Pictures were not looked at again: %s. It is tried once more in ten minutes.", described(problem))
        finally:
            if not db.is_closed():
                db.close()

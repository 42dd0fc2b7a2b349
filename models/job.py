"""What the program does by itself, and when each of it was begun, done and failed last."""

from peewee import TextField

from models.base import BaseModel
from models.fields import UtcDateTime


class JobRun(BaseModel):
    """How one job went last. It holds counts and kinds of failure, never a name; it is kept up by whoever does the job."""

    name = TextField(unique=True)
    asked_at = UtcDateTime(null=True)  # when somebody wanted it done without waiting for its time
    last_begun_at = UtcDateTime(null=True)
    last_done_at = UtcDateTime(null=True)
    last_failed_at = UtcDateTime(null=True)
    said = TextField(default="")  # what it did when it was done last
    why = TextField(default="")  # why it failed last, in plain words

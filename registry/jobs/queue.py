"""The queue through which jobs are asked for: huey's, in the school's own database, holding names of lanes of jobs and nothing else."""

import json
from typing import Any

from huey.api import Huey
from huey.contrib.sql_huey import SqlStorage
from huey.registry import Message
from huey.serializer import Serializer, SignedSerializer
from peewee import Database

from models import vault

NAME = "jobs"
TABLES = ("queue_value", "queue_later", "queue_task", "queue_count")


class PlainText(Serializer):  # type: ignore[misc]
    """Tasks as text: what is read from the database is never run, as huey's own pickles would be."""

    def _serialize(self, message: Message) -> bytes:
        return json.dumps([message.id, message.name, message.args]).encode()

    def _deserialize(self, text: bytes) -> Message:
        key, name, args = json.loads(text)
        return Message(key, name, args=tuple(args), kwargs={}, retries=0, retry_delay=0, retry_backoff=0)


class Signed(SignedSerializer, PlainText):  # type: ignore[misc]
    """The same with a signature, so that access to the database is not enough to have jobs done."""


class Queue(SqlStorage):  # type: ignore[misc]
    """Huey's tables under names of ours; who only looks does not take the turn of those who write."""

    def create_models(self) -> tuple[Any, ...]:
        """The tables that the migration made."""
        made = super().create_models()
        for table, name in zip(made, TABLES, strict=True):
            table._meta.set_table_name(name)
        return tuple(made)

    def dequeue(self) -> bytes | None:
        """The next task, if there is one."""
        self.check_conn()
        return super().dequeue() if self.queue_size() else None

    def enqueue(self, task: bytes, priority: float | None = None) -> None:
        """Put a task in the queue, in a turn of its own among those who write."""
        self.check_conn()
        with self.atomic():
            super().enqueue(task, priority)

    def read_schedule(self, timestamp: Any) -> list[bytes]:
        """Nothing: what is to be done later says so itself, in the table of jobs or of letters."""
        return []


def queue_in(database: Database) -> Huey:
    """The queue in a database, whose tasks only those can sign who have the school's secret."""
    signed = Signed(secret=vault.current().queue_key, salt=NAME)
    return Huey(NAME, storage_class=Queue, database=database, create_tables=False, results=False, serializer=signed)

"""The checks of a night: whether the history, the records and the files are still what the program wrote."""

from datetime import datetime

from models.file_store import OutOfReach
from registry.files import file_check
from registry.jobs.job import JobFailed
from registry.trace import verification

WHAT_TO_DO = "Keep everything as it is, run {command} on the server to see which they are, and tell whoever answers for data protection."


def verify_audit(_now: datetime) -> str:
    """Hold every entry of the history and every record against its seal; raises JobFailed when any differs."""
    total = verification.entry_count()
    faults = sum(1 for chain in verification.chains() for _fault in verification.verify_chain(chain))
    faults += sum(1 for _fault in verification.verify_rows())
    if faults:
        raise JobFailed(f"{faults:,} faults were found. {WHAT_TO_DO.format(command='verify-audit --rows')}")
    return f"Nothing altered: {total:,} entries and every record are as the program wrote them."


def check_files(_now: datetime) -> str:
    """Open every file from end to end; raises JobFailed when one is missing or altered, or the store cannot be reached."""
    count, _size = file_check.totals()
    try:
        faults = sum(1 for _fault in file_check.check())
    except OutOfReach as problem:
        raise JobFailed(str(problem)) from None
    if faults:
        raise JobFailed(f"{faults:,} faults were found. {WHAT_TO_DO.format(command='check-files')}")
    return f"Nothing missing and nothing altered: {count:,} files are as they were added."

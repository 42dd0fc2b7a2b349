"""Every job there is. A new one is a line here: it is then done by the program, offered as a command, and shown on the page of jobs."""

from datetime import datetime, time, timedelta

from registry import findings
from registry.breaches import alerts, posting
from registry.devices import holding, programs
from registry.dpias import raising
from registry.hooks import telling
from registry.images import rechecking
from registry.jobs import clearing, watching
from registry.jobs.job import Job
from registry.needs import daily, reminding
from registry.post import digests, sending
from registry.retention import erasing_records, looking
from registry.rules.job_times import Daily, Every

NEXT_NIGHT, A_MINUTE = timedelta(hours=20), timedelta(minutes=1)


def _count_findings(now: datetime) -> str:
    return f"{findings.recount_everywhere(now):,} records changed."


def _recheck_images(now: datetime) -> str:
    return rechecking.recheck_everywhere(now).sentence


def _send_letters(now: datetime) -> str:
    """Those to colleagues first: an alert among them waits for nobody."""
    return " ".join(filter(None, (sending.send_all(now), posting.send_all(now))))


JOBS: tuple[Job, ...] = (
    Job(name="send-messages", words="Send letters by e-mail", times=Every(1), deed=_send_letters, lane="post", again=A_MINUTE),
    Job(name="breach-alerts", words="Tell of the hours of a breach", times=Every(1), deed=alerts.alert_everywhere, lane="alerts", again=A_MINUTE),
    Job(name="digests", words="Put digests together", times=Daily(time(7)), deed=digests.make_digests, lane="digests"),
    Job(name="tell-channels", words="Tell channels what is due", times=Every(1), deed=telling.tell_all, lane="channels", again=A_MINUTE),
    Job(name="ask-programs", words="Ask device-management programs", times=Every(1), deed=programs.ask_everywhere, lane="programs", again=A_MINUTE),
    Job(name="look-at-holders", words="See who holds a device and has left, or has still to sign", times=Daily(time(0, 5)),
        deed=holding.look_everywhere),
    Job(name="raise-dpias", words="Begin to screen what is new or was changed for a DPIA", times=Daily(time(0, 8)), deed=raising.raise_everywhere),
    Job(name="look-at-what-may-go", words="See from which day on records may go", times=Daily(time(0, 9)), deed=looking.look_everywhere),
    Job(name="count-findings", words="Count what is to be mended", times=Daily(time(0, 10)), deed=_count_findings),
    Job(name="look-everywhere", words="Know what needs somebody in every school", times=Daily(time(0, 20)), deed=daily.look_everywhere),
    Job(name="remind", words="Tell whose move it is that a day set by law is near", times=Daily(time(6, 30)), deed=reminding.remind_everywhere),
    Job(name="recheck-images", words="Look at every published picture again", times=Daily(time(2)), deed=_recheck_images),
    Job(name="go-on-erasing", words="Finish disposals of records that were cut short", times=Daily(time(2, 30)),
        deed=erasing_records.go_on_everywhere),
    Job(name="verify-audit", words="Verify the history and the records", times=Daily(time(3)), deed=watching.verify_audit, again=NEXT_NIGHT),
    Job(name="check-files", words="Check every file", times=Daily(time(4)), deed=watching.check_files, again=NEXT_NIGHT),
    Job(name="clear-up", words="Throw away what is no longer needed", times=Daily(time(5)), deed=clearing.clear_up),
)


def find(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)

"""The hours of a breach reach those who are answerable by letter, each at its moment, until somebody says that they have it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.school import School
from registry.breaches import alerts
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.post.sending import send_all
from registry.school.schools import facts_of
from tests.mailbox import Mailbox
from tests.people import NOW, Person

NOTICED = NOW - timedelta(hours=2)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("set_up")


@pytest.fixture
def reported(people: dict[str, Person], school: School) -> Breach:
    """What a teacher reported about somebody."""
    told = Report(what="The letter about Sam Patel went to a wrong address.", noticed_at=NOTICED, call_back="Tess Quayle, room 4")
    return report(told, Occasion(people["tess"].actor, NOW, facts_of(school, NOW.date())))


def a_minute(at: datetime, mailbox: Mailbox) -> set[str]:
    """What the program does each minute; to whom letters went in this one."""
    before = len(mailbox.recipients)
    alerts.alert_everywhere(at)
    send_all(at)
    return set(mailbox.recipients[before:])


def test_each_letter_goes_at_its_moment_and_holds_no_name(reported: Breach, people: dict[str, Person], school: School, mailbox: Mailbox) -> None:
    those = {people["hana"].email, people["dev"].email}
    assert a_minute(NOW, mailbox) == those | {people["dina"].email}  # the deputy as well, at the start
    for hours, late in ((24, 0), (48, 0), (60, 0), (71, 0), (72, 1)):  # at exactly 72 hours there is still time
        alerts.acknowledge(reported, Occasion(people["hana"].actor, NOW, facts_of(school, NOW.date())))
        moment = NOTICED + timedelta(hours=hours, minutes=late)
        assert a_minute(moment - MINUTE, mailbox) == set()
        assert a_minute(moment, mailbox) == those
    subjects = list(dict.fromkeys(letter["Subject"] for letter in mailbox.letters))
    assert subjects == [
        "Somebody tells of a breach, and the hours run: BR-0001",
        "Safehold says that at most 48 hours are left for BR-0001",
        "Safehold says that at most 24 hours are left for BR-0001",
        "Safehold says that at most 12 hours are left for BR-0001",
        "Safehold says that at most 1 hour is left for BR-0001",
        "Safehold says that the 72 hours are over for BR-0001",
    ]
    text = "\n".join(f"{letter['Subject']}\n{letter.get_content()}" for letter in mailbox.letters)
    assert reported.reference in text
    assert not [word for word in ("Sam", "Patel", "Tess", "Quayle", "address", "Quillbrook Primary") if word in text]


def test_what_nobody_reads_is_sent_again_and_to_the_deputy(reported: Breach, people: dict[str, Person], school: School, mailbox: Mailbox) -> None:
    alerts.acknowledge(reported, Occasion(people["hana"].actor, NOW, facts_of(school, NOW.date())))
    a_minute(NOW, mailbox)
    begun = NOTICED + timedelta(hours=24)
    went = {minutes: a_minute(begun + timedelta(minutes=minutes), mailbox) for minutes in (0, 30, 60, 61)}
    those = {people["hana"].email, people["dev"].email}
    assert went == {0: those, 30: set(), 60: those | {people["dina"].email}, 61: set()}


def test_of_many_breaches_each_is_told_of(reported: Breach, people: dict[str, Person], school: School, mailbox: Mailbox) -> None:
    second: Any = report(Report(what="A laptop is gone.", noticed_at=NOW), Occasion(people["ola"].actor, NOW, facts_of(school, NOW.date())))
    a_minute(NOW, mailbox)
    subjects = {letter["Subject"] for letter in mailbox.letters}
    assert {row.reference in " ".join(subjects) for row in (reported, second)} == {True}

"""What a channel is told, form by form."""

import json
from datetime import timedelta
from typing import Any

import pytest

from models.webhook import HookKind
from registry.hooks.saying import Said, Thing, body_of
from tests.people import NOW

TODAY = NOW.date()
LINK = "https://safehold.quillbrook.example/calendar/events/1"
THINGS = tuple(
    Thing(words=words, due_on=TODAY + timedelta(days=days), link=LINK)
    for words, days in (("Take the picture down: TD-0007", -3), ("Check this entry again: IA-0001", 0), ("Renew the contract, or end it: SU-0002", 6))
)
SAID = Said(name="abc", event="due", school="St Ann’s <Upper> & *Lower* [1]", day=TODAY, link=LINK, late=1, today=1, soon=1, things=THINGS)


def told(kind: HookKind, said: Said = SAID) -> Any:
    return json.loads(body_of(kind, said))


def test_a_program_is_told_each_thing_by_itself() -> None:
    found = told(HookKind.PLAIN)
    assert (found["id"], found["event"], found["day"]) == ("abc", "due", "2026-11-23")
    assert (found["late"], found["today"], found["soon"]) == (1, 1, 1)
    assert found["text"].endswith(": 1 late, 1 due today, 1 due in the next seven days.")
    assert found["things"][0] == {"words": "Take the picture down: TD-0007", "due_on": "2026-11-20", "late": True, "link": LINK}
    assert [each["late"] for each in found["things"]] == [True, False, False]


def test_slack_is_told_in_its_own_marks_and_a_name_cannot_make_any() -> None:
    text = told(HookKind.SLACK)["text"]
    assert text.startswith("*St Ann’s &lt;Upper&gt; &amp; ")
    assert f"• <{LINK}|Take the picture down: TD-0007>, late since Friday 20 November 2026" in text
    assert f"• <{LINK}|Check this entry again: IA-0001>, today" in text
    assert f"• <{LINK}|Renew the contract, or end it: SU-0002>, Sunday 29 November 2026" in text


def test_teams_is_told_by_a_card_and_a_name_cannot_make_marks() -> None:
    (attached,) = told(HookKind.TEAMS)["attachments"]
    card = attached["content"]
    assert (attached["contentType"], card["type"], card["version"]) == ("application/vnd.microsoft.card.adaptive", "AdaptiveCard", "1.4")
    assert card["body"][0]["text"].startswith("St Ann’s \\<Upper\\> & \\*Lower\\* \\[1\\]")
    assert card["body"][1]["text"] == f"- [Take the picture down: TD-0007]({LINK}), late since Friday 20 November 2026"
    assert card["actions"][0]["url"] == LINK


@pytest.mark.parametrize("kind", HookKind)
def test_news_and_tests_have_no_day(kind: HookKind) -> None:
    thing = Thing(words="Approval is asked for: PA-0041", due_on=None, link=LINK)
    news = Said(name="abc", event="news", school="Quillbrook", day=TODAY, link=LINK, things=(thing,))
    assert "somebody waits for this" in str(told(kind, news))
    test = Said(name="abc", event="test", school="Quillbrook", day=TODAY, link=LINK)
    assert "this is a test" in str(told(kind, test))
    assert told(HookKind.PLAIN, news)["things"][0]["due_on"] is None

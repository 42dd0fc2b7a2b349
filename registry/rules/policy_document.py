"""The appropriate policy document that most conditions of Schedule 1 ask for (Data Protection Act 2018 Schedule 1 Part 4)."""

from collections.abc import Collection, Iterator

from models.vocabulary import Schedule1
from registry.rules.activity_facts import ActivityFacts
from registry.rules.answers import Answer, is_blank, is_yes, listed
from registry.rules.finding import Finding, Severity
from registry.rules.plain_dates import full_day
from registry.rules.school_facts import SchoolFacts

FREE_WHEN_ONLY_TELLING = frozenset({Schedule1.UNLAWFUL_ACTS, Schedule1.ANTI_DOPING})
"""Paragraphs 10 and 27 ask for no document where the only use is telling the authority concerned."""

SOURCE = "DPA 2018 Schedule 1 paragraphs 5 and 38 to 40"


def conditions_with_policy(sch1: Collection[str], only_for_authority: Answer = False) -> tuple[Schedule1, ...]:
    """The chosen conditions that ask for a policy document, in the order of the Schedule.

    Paragraph 36 follows the Part 2 condition it borrows, when that is chosen beside it.
    """
    free = FREE_WHEN_ONLY_TELLING if is_yes(only_for_authority) else frozenset[Schedule1]()
    asking = tuple(condition for condition in Schedule1 if condition in sch1 and condition.apd and condition not in free)
    borrowed = [condition for condition in Schedule1 if condition in sch1 and condition.part == 2]
    if borrowed and not set(borrowed) & set(asking):
        return tuple(condition for condition in asking if condition is not Schedule1.EXTENDED_PART_2)
    return asking


def policy_in_force(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """LB09: a condition that asks for a policy document has one, in date and not withdrawn."""
    asking = conditions_with_policy(activity.sch1, activity.apd_only_for_authority)
    if not asking:
        return
    if is_blank(activity.apd_reference):
        which = listed(f"paragraph {condition.paragraph}" for condition in asking)
        message = f"Schedule 1 {which} must have an appropriate policy document, and none is named. Name it."
        yield Finding("LB09", Severity.ERROR, message, SOURCE, "apd_reference", "Name the document")
        return
    if is_yes(activity.apd_withdrawn):
        message = "The appropriate policy document is withdrawn. Name the one that takes its place."
        yield Finding("LB09", Severity.ERROR, message, SOURCE, "apd_withdrawn", "Name the document")
    yield from _in_date(activity, school)


def _in_date(activity: ActivityFacts, school: SchoolFacts) -> Iterator[Finding]:
    """What is to be said about the day by which the document must be reviewed; that day itself is in time."""
    review_on = activity.apd_review_on
    if review_on is None:
        message = "It is not said by when the appropriate policy document must be reviewed. Enter the day."
        yield Finding("LB09", Severity.ERROR, message, SOURCE, "apd_review_on", "Enter the day")
    elif school.today and review_on < school.today:
        message = f"The appropriate policy document was due for review by {full_day(review_on)}. Review it and enter the next day."
        yield Finding("LB09", Severity.ERROR, message, SOURCE, "apd_review_on", "Review the document")

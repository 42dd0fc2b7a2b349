"""The retention schedule: which series of records is kept how long, from which event, on which basis (UK GDPR Article 5(1)(e))."""

from models.retention_rule import RetentionRule
from models.vocabulary import OwnRecords, YesNo
from registry.access import NOBODY
from registry.definition import Check, Deadline, Links, Question, Register, Section
from registry.registers.data_protection import HANDLERS, INVENTORY_ACCESS, READERS
from registry.rules import retention_care, review_dates

IN_THIS_REGISTER = (RetentionRule.covers, tuple(OwnRecords))

RETENTION_RULES = Register(
    slug="retention-rules",
    table=RetentionRule,
    one="retention rule",
    many="retention rules",
    about="The retention schedule: for each series the event, the period, the basis, and what happens then (Article 5(1)(e)).",
    access=INVENTORY_ACCESS,
    sections=(
        Section(
            "The series",
            Question(RetentionRule.name, "Which records?", short="Series", listed=True, hint="Such as: Attendance register."),
            Question(RetentionRule.code, "Which number has it in the schedule?", short="Number", listed=True, hint="Such as: R10."),
            Question(RetentionRule.category, "Where does it belong?", short="Category", listed=True, filtered=True, hint="The nearest of these."),
            Question(RetentionRule.covers, "Which records of this program follow it?", short="In this register", filtered=True,
                     hint="Empty for records kept elsewhere. Where several rules cover the same, the latest day counts."),
            Question(Links("assets"), "Which information assets hold such records?", short="Information assets", see=READERS,
                     hint="Systems, folders, cabinets."),
            Question(Links("holds"), "Which holds cover this series?", short="Holds", see=HANDLERS,
                     hint="While one stands, nothing of it is disposed of."),
            Question(Links("processing"), "Which processing activities make them?", short="Processing activities", see=READERS,
                     hint="They are kept as this says."),
        ),
        Section(
            "How long",
            Question(RetentionRule.trigger, "From which event does the period run?", short="From", listed=True, filtered=True,
                     hint="Where several apply to a record, the latest counts."),
            Question(RetentionRule.permanent, "Is it kept for good?", short="For good", hint="Only where there is a reason to."),
            Question(RetentionRule.years, "How many years?", short="Years", when=(RetentionRule.permanent, (YesNo.NO,)), hint="A whole number."),
            Question(RetentionRule.months, "How many months?", short="Months", when=(RetentionRule.permanent, (YesNo.NO,)), hint="Beside the years."),
            Question(RetentionRule.days, "How many days?", short="Days", when=(RetentionRule.permanent, (YesNo.NO,)), hint="Beside those."),
            Question(RetentionRule.rounding, "From which day is it counted?", short="Counted from",
                     hint="Academic, financial and tax years end as those of the school do."),
            Question(RetentionRule.limit, "Is that a target, the least, or the most?", short="The period is", hint="As the source says."),
        ),
        Section(
            "What happens then",
            Question(RetentionRule.action, "What happens then?", short="Then", listed=True, filtered=True,
                     hint="What is handed over is handed over before anything is destroyed."),
            Question(RetentionRule.evidence, "What proves that it was done?", short="Proof",
                     hint="One a line, such as: certificate of the contractor."),
        ),
        Section(
            "In this register",
            Question(RetentionRule.next_due_on, "From which day on may the next of them go?", short="Next may go", change=NOBODY,
                     when=IN_THIS_REGISTER, hint="Looked up every night: neither held nor proposed."),
            Question(RetentionRule.unknown_days, "Of how many does nobody know the day?", short="No known day", change=NOBODY,
                     when=IN_THIS_REGISTER, hint="Looked up every night."),
        ),
        Section(
            "Why",
            Question(RetentionRule.basis, "On what does the period rest?", short="Basis", listed=True, filtered=True, hint="The strongest of these."),
            Question(RetentionRule.source, "Where does it say so?", short="Source", hint="The law or guidance, with its section."),
            Question(RetentionRule.certainty, "How certain is that?", short="Certainty", filtered=True, hint="As far as the school has checked."),
            Question(RetentionRule.notes, "Is there anything else to know?", short="Notes", hint="No names."),
            Question(RetentionRule.last_verified_on, "When was this last checked?", short="Last checked", hint="For example, 1 9 2026."),
            Question(RetentionRule.next_review_on, "When is it checked again?", short="Next check", listed=True, hint="At least once a year."),
        ),
    ),
    kept=(RetentionRule.starter_id, RetentionRule.starter_source, RetentionRule.starter_certainty),
    checks=(Check(retention_care.findings, retention_care.RuleFacts),),
    deadlines=(
        Deadline(code="RR2", words="Look at what may go, and propose it", rule=retention_care.propose, facts=retention_care.NextDue,
                 mend="next_due_on", owner="dpo"),
        Deadline(code="RR1", words="Check this rule of the schedule again", rule=review_dates.check_again, facts=review_dates.CheckedFacts,
                 mend="next_review_on", done="last_verified_on", owner="dpo"),
    ),
)

"""Every loss, leak or misuse of personal data, however small (UK GDPR Article 33(5)); what stands here is what the regulator asks."""

from models.breach import Breach
from models.roles import Role
from models.vocabulary import YesNoUnknown
from registry.access import LEADERS, NOBODY, Access
from registry.definition import Deadline, Links, Question, Register, Section
from registry.registers.data_protection import HANDLERS
from registry.rules import review_dates

WITH_IT = HANDLERS | {Role.IT_PROVIDER}
"""An IT provider reads what is technical, and no name. Governors have a picture of their own, in which small numbers cannot be found out."""

CYBER = (Breach.cyber, (YesNoUnknown.YES, YesNoUnknown.UNKNOWN))

BREACHES = Register(
    slug="breaches",
    table=Breach,
    one="breach",
    many="breaches",
    about="Every loss, leak or misuse of personal data, reported to the regulator or not, with what was done about it.",
    access=Access(see=WITH_IT | {Role.INSPECTOR}, change=HANDLERS, export=LEADERS, along=HANDLERS),
    sections=(
        Section(
            "What happened",
            Question(Breach.name, "What do you call it?", short="Breach", listed=True,
                     hint="A few words without names, such as: Medical list sent to a wrong address."),
            Question(Breach.kind, "What kind of breach is it?", short="Kind", listed=True, filtered=True,
                     hint="It decides which steps are proposed."),
            Question(Breach.narrative, "What happened?", short="What happened", see=HANDLERS, hint="As the regulator is told it. No names."),
            Question(Breach.how_discovered, "How was it discovered?", short="How discovered", see=HANDLERS,
                     hint="Who noticed what, and how. No names."),
            Question(Links("suppliers"), "Which suppliers have to do with it?", short="Suppliers", see=HANDLERS,
                     hint="Whoever lost it, or looks after what was lost."),
            Question(Breach.from_supplier, "Did a supplier tell the school of it?", short="From a supplier",
                     why="Who processes for the school tells it without delay; the 72 hours run from being told (UK GDPR Article 33(2))."),
        ),
        Section(
            "Times",
            Question(Breach.aware_at, "When did the school become aware?", short="Aware", listed=True, change=NOBODY,
                     why="The 72 hours run from this instant, day and night (UK GDPR Article 33(1))."),
            Question(Breach.occurred_at, "When did it happen?", short="Happened", change=NOBODY, hint="As far as anybody knows."),
            Question(Breach.discovered_at, "When was it first noticed?", short="Noticed", change=NOBODY, hint="The first sign of it, by anybody."),
            Question(Breach.aware_because, "Why is that not when it was noticed?", short="Why aware then", see=HANDLERS, change=NOBODY,
                     hint="What had to be found out first, and by when it was reasonably certain."),
        ),
        Section(
            "Data and people",
            Question(Breach.data_kinds, "What kinds of data?", short="Kinds of data",
                     hint="As the regulator’s form asks. Say so while it is not known yet."),
            Question(Breach.records_count, "About how many records?", short="Records", hint="A form, a row or a file each. An estimate will do."),
            Question(Breach.people_kinds, "Whose data is it?", short="People", hint="As the regulator’s form asks."),
            Question(Breach.people_count, "About how many people could be affected?", short="People affected", hint="An estimate will do."),
            Question(Links("assets"), "Where did it come from?", short="Information assets", see=HANDLERS,
                     hint="The systems, folders and cabinets it was in."),
            Question(Links("devices"), "Which devices were part of it?", short="Devices", see=HANDLERS | {Role.IT_PROVIDER},
                     hint="A lost device names itself."),
            Question(Links("holds"), "Which holds cover it?", short="Holds", see=HANDLERS, hint="While one stands, nothing of it is disposed of."),
            Question(Links("processing"), "What was it used for?", short="Processing activities", see=HANDLERS,
                     hint="They say whose data it is, and on which law it rests."),
            Question(Breach.encrypted, "Was it encrypted?", short="Encrypted",
                     hint="Unknown is not yes: it counts only when somebody has verified it."),
            Question(Breach.encryption_verified, "How do you know?", short="Encryption verified",
                     when=(Breach.encrypted, (YesNoUnknown.YES,)), hint="Such as: the device’s page showed it on 3 November."),
            Question(Breach.names, "Who is affected?", short="Names", see=HANDLERS, hint="One a line. They never go to the regulator."),
        ),
        Section(
            "What it may do",
            Question(Breach.effects, "What could it do to people?", short="Possible consequences",
                     hint="Distress, embarrassment, danger, loss of money, fraud."),
            Question(Breach.harm, "Has anybody been harmed?", short="Actual harm", hint="What is known by now. No names."),
            Question(Breach.likelihood, "How likely are significant consequences?", short="Likelihood", hint="As the regulator’s form asks."),
            see=HANDLERS,
        ),
        Section(
            "Cyber",
            Question(Breach.cyber, "Is it a cyber incident?", short="Cyber incident", filtered=True,
                     hint="Somebody used computers against the school, or its systems failed it."),
            Question(Breach.lost, "What was lost?", short="What was lost", when=CYBER, why="UK GDPR Article 4(12)."),
            Question(Breach.impact, "What does it do to the school?", short="Impact", when=CYBER, hint="As the regulator’s form asks."),
            Question(Breach.recovery, "How long does it take to recover?", short="Recovery", when=CYBER, hint="As the regulator’s form asks."),
            Question(Breach.technical, "What was found out about the systems?", short="Technical findings", when=CYBER,
                     hint="Accounts, devices, addresses. No names of pupils or parents."),
        ),
        Section(
            "Staff and measures",
            Question(Breach.staff_involved, "Was a member of staff involved?", short="Staff involved",
                     hint="Whether somebody is to blame is not asked."),
            Question(Breach.staff_trained, "Had they been trained in data protection in the last two years?", short="Trained",
                     when=(Breach.staff_involved, (YesNoUnknown.YES,)), hint="The training register knows."),
            Question(Breach.measures_before, "What was in place before?", short="Measures before", hint="Rules, training, settings, encryption."),
            Question(Breach.measures_taken, "What was done about it?", short="Measures taken", why="UK GDPR Article 33(3)(d)."),
            Question(Breach.measures_planned, "What will be done?", short="Measures planned", why="UK GDPR Article 33(3)(d)."),
            see=HANDLERS,
        ),
        Section(
            "Learning",
            Question(Breach.causes, "How could it happen?", short="Causes", hint="Every cause that played a part."),
            Question(Breach.changes, "What changes, so that it does not happen again?", short="What changes",
                     hint="A rule, a setting, a training. No names."),
            Question(Breach.followed_up, "Which training or which rule was changed for it?", short="Training and rules",
                     hint="One a line, with its day, such as: Mail policy, section 4, 1 December 2026."),
            Question(Breach.next_review_on, "When is it looked at whether that has helped?", short="Review by", hint="For example, 1 3 2027."),
            see=HANDLERS | {Role.INSPECTOR},
        ),
        Section(
            "How it stands",
            Question(Breach.stage, "How far is it?", short="Stage", listed=True, filtered=True, change=NOBODY,
                     hint="Moved on the breach’s own page."),
            Question(Breach.decision, "Is the regulator told?", short="Decision", listed=True, filtered=True, change=NOBODY,
                     why="UK GDPR Article 33(1); the reasons are kept (Article 33(5))."),
            Question(Breach.told_at, "When was the regulator told?", short="Regulator told", listed=True, change=NOBODY,
                     why="UK GDPR Article 33(1)."),
            Question(Breach.regulator_reference, "Under which reference?", short="Regulator’s reference", see=HANDLERS, change=NOBODY,
                     hint="The number that the regulator gave."),
            Question(Breach.delay_reason, "Why were they told late?", short="Reason for delay", see=HANDLERS, change=NOBODY,
                     why="UK GDPR Article 33(1)."),
            Question(Breach.people_decision, "Are the people told?", short="Telling people", change=NOBODY, why="UK GDPR Article 34."),
            Question(Breach.people_told_at, "When were they told?", short="People told", change=NOBODY, why="UK GDPR Article 34."),
            Question(Breach.closed_at, "When was it closed?", short="Closed", change=NOBODY, hint="Closed on the breach’s own page."),
        ),
    ),
    kept=(Breach.reported_at, Breach.reported_by, Breach.reporter, Breach.in_charge),
    deadlines=(
        Deadline(code="BD1", words="Look whether what was changed has helped", rule=review_dates.what_changed, facts=review_dates.ChangedFacts,
                 mend="next_review_on", owner="headteacher"),
    ),
)

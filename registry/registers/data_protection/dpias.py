"""DPIAs in the seven steps of the ICO’s template, from the screening to the end of the processing (UK GDPR Articles 35 and 36)."""

from dataclasses import replace

from models.dpia import Dpia
from models.roles import Role
from models.vocabulary import JobRole, RegulatorOutcome
from registry.access import NOBODY
from registry.definition import Check, Deadline, Links, Question, Register, Section
from registry.registers.data_protection import ADVISED_ACCESS, READERS, RECORD_KEEPERS
from registry.rules import dpia_care, dpia_dates, dpia_regulator

ARTICLE_35 = "UK GDPR Article 35"
ARTICLE_36 = "UK GDPR Article 36"

AUTHORS = RECORD_KEEPERS | {Role.DSL}
"""Whoever plans something writes it; an IT provider, a processor itself, does not."""

DPIAS = Register(
    slug="dpias",
    table=Dpia,
    one="DPIA",
    many="DPIAs",
    about="What could go wrong for people when something new is done with their data, what is done about it, and who decided (Article 35).",
    access=replace(ADVISED_ACCESS, see=READERS, add=AUTHORS, change=AUTHORS),
    sections=(
        Section(
            "Screening",
            Question(Dpia.name, "What is planned?", short="DPIA", listed=True, hint="A few words, such as: Face recognition in the canteen.",
                     missing="Say what is planned, in a few words."),
            Question(Dpia.trigger, "Why is it looked at?", short="Begun because", listed=True, filtered=True, hint="The nearest of these."),
            Question(Dpia.concerns_pupils, "Is data of pupils used?", short="Pupils", filtered=True,
                     hint="Pupils always count as vulnerable; not known counts as yes.", why="UK GDPR Recital 75."),
            Question(Dpia.article_35, "Does any of this apply?", short="Article 35(3)", hint="Each of these alone makes an assessment due.",
                     why="UK GDPR Article 35(3)."),
            Question(Dpia.regulator_items, "Is any of this part of it?", short="Regulator’s list",
                     hint="Tick what fits, however small the part is.", why="UK GDPR Article 35(4), and the ICO’s list."),
            Question(Dpia.criteria, "Which of these criteria are met?", short="Criteria", hint="Two of them make an assessment due.",
                     why="Guidelines WP248 of the European data protection authorities, which the ICO follows."),
            Question(Dpia.outcome, "What does the screening come to?", short="Screening", listed=True, filtered=True, change=NOBODY,
                     hint="Worked out from the answers above.", why=f"{ARTICLE_35}(1), (3) and (4)."),
            Question(Dpia.screened_on, "When was it screened?", short="Screened", change=NOBODY, hint="The day of the first answers above."),
            Question(Dpia.screening_because, "Why is no assessment made, or why is one made all the same?", short="Reasons",
                     hint="Needed where no assessment is made: it is approved with these reasons.", why="UK GDPR Article 5(2)."),
        ),
        Section(
            "What it is about",
            Question(Links("processing"), "Which processing activities is it about?", short="Processing activities",
                     hint="What stands there is shown beside the steps, as it is now."),
            Question(Links("suppliers"), "Which suppliers are part of it?", short="Suppliers", hint="Whoever gets the data, or makes the product."),
            Question(Links("assets"), "Which information assets is it about?", short="Information assets", hint="The systems and places."),
        ),
        Section(
            "Need",
            Question(Dpia.need, "What is to be achieved, and why does it need an assessment?", short="Step 1: need",
                     hint="What is wanted, and what kind of processing it takes.", why=f"{ARTICLE_35}(1)."),
        ),
        Section(
            "Description",
            Question(Dpia.nature, "What is done with the data?", short="Step 2: nature",
                     hint="How it is collected, used, kept and deleted; where it comes from; with whom it is shared.", why=f"{ARTICLE_35}(7)(a)."),
            Question(Dpia.scope, "How much of it is there, and of whom?", short="Step 2: scope",
                     hint="Kinds of data, sensitive ones too; how much, how often, how long; how many people; where.", why=f"{ARTICLE_35}(7)(a)."),
            Question(Dpia.context, "What do people expect?", short="Step 2: context",
                     hint="How the school stands to them, how far they can choose, whether they are children, what worries there are.",
                     why=f"{ARTICLE_35}(7)(a)."),
            Question(Dpia.purposes, "What for?", short="Step 2: purposes", hint="What it does for the school, and for the people.",
                     why=f"{ARTICLE_35}(7)(a)."),
            Question(Dpia.flows, "Where does the data go?", short="Data flow",
                     hint="A row for each way that data takes. It is drawn on the DPIA’s page."),
        ),
        Section(
            "Consultation",
            Question(Dpia.consultations, "Who was asked, and what did they say?", short="Step 3: consultation",
                     hint="Pupils and parents where it concerns them, staff, the supplier, whoever knows about security.", why=f"{ARTICLE_35}(9)."),
            Question(Dpia.not_consulted_because, "If pupils or parents were not asked, why not?", short="Not asked because",
                     hint="Such as: it would give away how the site is guarded.", why=f"{ARTICLE_35}(9)."),
        ),
        Section(
            "Necessity and proportionality",
            Question(Dpia.necessity, "Does it need all this, and on which basis?", short="Step 4: necessity",
                     hint="The lawful basis, whether it does what it is for, and which milder way there would be.", why=f"{ARTICLE_35}(7)(b)."),
            Question(Dpia.proportionality, "How is it kept from growing into something else?", short="Step 4: proportionality",
                     hint="What is switched off, who may change that, what it is never used for.", why=f"{ARTICLE_35}(7)(b)."),
            Question(Dpia.minimisation, "How is the data kept right, and no more than needed?", short="Quality and minimisation",
                     hint="Fields left out, checks, and how long it is kept.", why="UK GDPR Article 5(1)(c) and (d)."),
            Question(Dpia.told, "What are people told?", short="What people are told", hint="The privacy notice, and what children get to read.",
                     why="UK GDPR Articles 13 and 14."),
            Question(Dpia.rights, "How can people use their rights?", short="Rights", hint="Copies, corrections, objections, deletion.",
                     why="UK GDPR Articles 15 to 22."),
            Question(Dpia.processors_held, "How are suppliers held to it?", short="Processors", hint="Contract, checks, and what happens at the end.",
                     why="UK GDPR Article 28."),
            Question(Dpia.transfers_safe, "How is data safe outside the UK?", short="Transfers", hint="Say so when nothing leaves the UK.",
                     why="UK GDPR Articles 44 to 49."),
        ),
        Section(
            "Risks and measures",
            Question(Dpia.risks, "What could go wrong for people, and what is done about it?", short="Risks and measures",
                     hint="A row for each risk: before the measures, and after them.", why=f"{ARTICLE_35}(7)(c) and (d)."),
            Question(Dpia.residual, "Which risk is left?", short="Risk left", listed=True, filtered=True, change=NOBODY,
                     hint="The highest after the measures, by the ICO’s matrix.", why=ARTICLE_36 + "."),
        ),
        Section(
            "Regulator",
            Question(Dpia.regulator_asked_on, "When was the regulator consulted?", short="Regulator consulted",
                     hint="Needed where the risk left is high, before anything begins.", why=f"{ARTICLE_36}(1)."),
            Question(Dpia.regulator_extended, "Did they say that they need longer?", short="Extended",
                     hint="They have 8 weeks, and 14 where it is complex.", why=f"{ARTICLE_36}(2)."),
            Question(Dpia.regulator_paused_days, "For how many days did their clock stand still?", short="Days paused",
                     hint="While they waited for information.", why=f"{ARTICLE_36}(2)."),
            Question(Dpia.regulator_outcome, "What did they say?", short="Regulator’s answer", filtered=True, hint="In short."),
            Question(Dpia.regulator_outcome_on, "When did they say it?", short="Answered",
                     when=(Dpia.regulator_outcome, tuple(RegulatorOutcome)), hint="The day of their letter."),
            Question(Dpia.regulator_advice, "What did they advise?", short="Regulator’s advice",
                     when=(Dpia.regulator_outcome, tuple(RegulatorOutcome)), hint="In their words."),
        ),
        Section(
            "Review",
            Question(Dpia.stage, "How far is it?", short="Stage", listed=True, filtered=True, change=NOBODY, hint="Moved on the DPIA’s own page."),
            Question(Dpia.raised_on, "When was it begun?", short="Begun", change=NOBODY, hint="By somebody, or by itself."),
            Question(Dpia.kept_under_review_by, "Who keeps it under review?", short="Kept under review by", hint="A post, not a name."),
            Question(Dpia.review_when, "What makes you look at it sooner?", short="Look sooner when",
                     hint="Such as: a new supplier or country, a breach, a complaint, a change in the law."),
            Question(Dpia.last_reviewed_on, "When was it looked at last?", short="Last review", hint="For example, 1 9 2026."),
            Question(Dpia.next_review_on, "When is it looked at again?", short="Next review", listed=True, hint="At least every two years.",
                     why=f"{ARTICLE_35}(11)."),
            Question(Dpia.live_on, "When did the processing begin?", short="In use since", change=NOBODY, hint="Said on the DPIA’s own page."),
            Question(Dpia.ended_on, "When did the processing end?", short="Ended", change=NOBODY, hint="Said on the DPIA’s own page."),
        ),
    ),
    checks=(Check(dpia_care.findings, dpia_care.DpiaFacts),),
    kept=(Dpia.template, Dpia.sent_from_school, Dpia.sent_from, Dpia.sent),
    deadlines=(
        Deadline(code="DP1", words="Screen whether a DPIA is needed", rule=dpia_dates.screen_by, facts=dpia_dates.ScreenFacts,
                 mend="criteria", owner=JobRole.DPO),
        Deadline(code="DP2", words="Look at the DPIA again", rule=dpia_dates.look_again, facts=dpia_dates.LookAgainFacts,
                 mend="next_review_on", owner=JobRole.HEADTEACHER),
        Deadline(code="DP3", words="The regulator answers by then", rule=dpia_regulator.answer_by, facts=dpia_regulator.RegulatorFacts,
                 mend="regulator_outcome", owner=JobRole.DPO),
    ),
)

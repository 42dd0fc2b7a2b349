"""Disposals of records: proposed, approved by somebody else, carried out, proved; the log is kept for good and names nobody."""

from models.records_disposal import RecordsDisposal
from models.roles import Role
from models.vocabulary import DestructionMethod, RecordsKind
from registry.access import LEADERS, NOBODY, Access
from registry.definition import Check, Deadline, Links, Question, Register, Section
from registry.registers.data_protection import READERS, RECORD_KEEPERS
from registry.rules import records_disposal_care

ELSEWHERE = (RecordsDisposal.records, (RecordsKind.PAPER, RecordsKind.SYSTEM))
LEAVING = (DestructionMethod.HANDED_OVER, DestructionMethod.ARCHIVED)

RECORDS_DISPOSALS = Register(
    slug="disposals-of-records",
    table=RecordsDisposal,
    one="disposal of records",
    many="disposals of records",
    about="What was disposed of: which series, how many, how, who approved it and who saw it. Kept for good (FOIA section 46 code of practice).",
    access=Access(see=READERS, add=RECORD_KEEPERS | {Role.DSL}, change=RECORD_KEEPERS | {Role.DSL}, export=LEADERS),
    sections=(
        Section(
            "What",
            Question(RecordsDisposal.name, "What is disposed of?", short="Disposal", listed=True,
                     hint="Such as: Visitor books 2014 to 2018. No names.", missing="Say in a few words what is disposed of."),
            Question(RecordsDisposal.rule, "Under which rule of the schedule?", short="Series", listed=True,
                     hint="It says how long they were to be kept."),
            Question(RecordsDisposal.records, "Where are they?", short="Kind", listed=True, filtered=True,
                     hint="Records of this register are proposed from the list of what is due."),
            Question(RecordsDisposal.covers, "Which records of this register?", short="In this register", change=NOBODY,
                     when=(RecordsDisposal.records, (RecordsKind.OWN,)), hint="As the rule says."),
            Question(RecordsDisposal.kept_at, "In which boxes, or which system?", short="Kept in", when=ELSEWHERE,
                     hint="Such as: archive, boxes 14 to 19."),
            Question(Links("assets"), "In which information assets are they?", short="Information assets", when=ELSEWHERE,
                     hint="What a hold on an asset covers is left standing."),
            Question(RecordsDisposal.from_on, "From which day are they?", short="From", when=ELSEWHERE, hint="The oldest."),
            Question(RecordsDisposal.until_on, "Until which day?", short="Until", when=ELSEWHERE, hint="The newest: its period must be over too."),
            Question(RecordsDisposal.trigger_on, "When was the event from which the period runs?", short="Period from", when=ELSEWHERE,
                     hint="The latest of them. Empty: the newest day counts."),
            Question(RecordsDisposal.quantity, "How many?", short="How many", listed=True, hint="Boxes, files or records."),
            Question(RecordsDisposal.unit, "Of what?", short="Of what", hint="Such as: boxes."),
            Question(RecordsDisposal.due_on, "From which day on is it allowed?", short="Allowed from", listed=True, change=NOBODY,
                     hint="Counted when it was proposed."),
        ),
        Section(
            "How",
            Question(RecordsDisposal.method, "How are they disposed of?", short="Method", filtered=True,
                     hint="Papers with names are never put into a bin."),
            Question(RecordsDisposal.contractor, "Which contractor does it?", short="Contractor",
                     when=(RecordsDisposal.method, (DestructionMethod.CONTRACTOR,)), hint="A processor: it needs a contract (Article 28)."),
            Question(RecordsDisposal.certificate, "What is the number of the certificate?", short="Certificate",
                     when=(RecordsDisposal.method, (DestructionMethod.CONTRACTOR,)),
                     hint="Keep the certificate itself with this entry, under Files."),
            Question(RecordsDisposal.witness, "Which post saw it done?", short="Witness", hint="A post, not a name."),
            Question(RecordsDisposal.recipient, "Who got them?", short="Handed to", when=(RecordsDisposal.method, LEAVING),
                     hint="A school or archive."),
            Question(RecordsDisposal.receipt, "What shows that they got them?", short="Receipt", when=(RecordsDisposal.method, LEAVING),
                     hint="Such as: signed receipt of 3 May 2026."),
        ),
        Section(
            "How it stands",
            Question(RecordsDisposal.stage, "How far is it?", short="Stage", listed=True, filtered=True, change=NOBODY,
                     hint="Moved on the disposal’s own page."),
            Question(RecordsDisposal.proposed_at, "When was it proposed?", short="Proposed", change=NOBODY, hint="By whoever added it."),
            Question(RecordsDisposal.approved_on, "When was it approved?", short="Approved", listed=True, change=NOBODY,
                     hint="Not by whoever proposed it."),
            Question(RecordsDisposal.refused_because, "Why was it not approved?", short="Not approved because", change=NOBODY,
                     hint="As said then. No names."),
            Question(RecordsDisposal.done_on, "When was it done?", short="Done", listed=True, change=NOBODY, hint="The day it was finished."),
            Question(RecordsDisposal.erased_count, "How many were erased?", short="Erased", change=NOBODY, hint="Of the records of this register."),
            Question(RecordsDisposal.left_count, "How many were left standing?", short="Left", change=NOBODY, hint="Held, or no longer due."),
        ),
    ),
    checks=(Check(records_disposal_care.findings, records_disposal_care.RecordsDisposalFacts),),
    deadlines=(
        Deadline(code="RD1", words="Approve the disposal, or say why not", rule=records_disposal_care.decide_by,
                 facts=records_disposal_care.ProposalFacts, mend="stage", owner="headteacher"),
    ),
    kept=(RecordsDisposal.worked_out, RecordsDisposal.proposed_by, RecordsDisposal.approved_by, RecordsDisposal.approved_at),
)

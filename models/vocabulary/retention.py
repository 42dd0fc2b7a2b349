"""Retention: from which event a period runs, how it is rounded, what happens then, and how records are disposed of."""

from models.vocabulary.words import Words


class RetentionCategory(Words):
    """The part of the schedule in which a series stands."""

    PUPIL = "pupil", "Pupils"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    ADMISSIONS = "admissions", "Admissions"
    CURRICULUM = "curriculum", "Teaching"
    TRIPS = "trips", "Trips"
    HEALTH = "health", "Health"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and safety"
    CATERING = "catering", "Catering"
    FINANCE = "finance", "Finance"
    IMAGES = "images", "Pictures"
    SECURITY = "security", "Security"
    IT = "it", "IT"
    STAFF = "hr", "Staff"
    GENERAL = "general", "Everybody"
    GOVERNANCE = "governance", "Governance"
    ADMINISTRATION = "administration", "Administration"
    INFORMATION_GOVERNANCE = "information_governance", "Data protection and records"


class RetentionTrigger(Words):
    """The event from which a period runs."""

    DATE_OF_BIRTH = "date_of_birth", "Date of birth"
    LEAVES_FOR_NEXT_SCHOOL = "leaves_for_next_school", "Leaves for the next school"
    LEAVES_SCHOOL = "leaves_school", "Leaves the school"
    CREATED = "created", "The record was made"
    ALLEGATION_MADE = "allegation_made", "The allegation was made"
    PENSION_AGE = "reaches_normal_pension_age", "Reaches normal pension age"
    EMPLOYMENT_ENDS = "employment_ends", "Employment or work ends"
    ENTRY_MADE = "entry_made", "The entry was made"
    DATED = "dated", "Date of the record"
    ADMITTED = "admitted", "Admitted"
    CASE_RESOLVED = "case_resolved", "The case was resolved"
    ISSUED = "issued", "Issued"
    VISIT_ENDS = "visit_ends", "The visit ends"
    VISIT_DATE = "visit_date", "Date of the visit"
    MEDICINE_ENDS = "course_of_medicine_ends", "The course of medicine ends"
    INCIDENT = "incident_date", "Date of the incident"
    RECORD_MADE = "record_made", "The report was made"
    LAST_ENTRY = "last_entry", "The last entry"
    SUPERSEDED = "superseded", "Replaced by a newer one"
    LEAVES_STOPS_OR_OBJECTS = "leaves_stops_or_objects", "Leaves, stops using it, or anybody objects"
    TEMPLATE_DELETED = "template_deleted", "The template was deleted"
    LAST_RELIED_ON = "last_relied_on", "Last relied on"
    RECORDED = "recorded", "Recorded"
    CASE_CLOSED = "case_closed", "The case was closed"
    LOGGED = "log_date", "Date of the log entry"
    DISPOSED = "disposed", "Disposed of"
    RETURNED = "returned_and_settled", "Returned and settled"
    TRANSFERRED = "transferred", "Handed over"
    SENT_OR_RECEIVED = "sent_or_received", "Sent or received"
    APPOINTMENT_MADE = "appointment_made", "The successful candidate was appointed"
    DECISION_MADE = "decision_made", "The decision was made"
    LAST_PAYMENT = "last_payment", "The last payment"
    TRAINED = "training_date", "Date of the training"
    CONTRACT_ENDS = "contract_ends", "The contract ends"
    MEETING = "meeting_date", "Date of the meeting"
    TERM_ENDS = "term_ends", "The term of office ends"
    CLOSED = "closed", "Closed"
    PROCESSING_ENDS = "processing_ends", "The processing ends"
    EVENT = "event_date", "Date of the event"
    NONE = "none", "No event: it is not disposed of by date"


class RetentionRounding(Words):
    """To what the day of the event is rounded before the period is added."""

    EXACT = "exact", "The day itself"
    ACADEMIC_YEAR = "end_academic_year", "The end of its academic year"
    FINANCIAL_YEAR = "end_financial_year", "The end of its financial year"
    TAX_YEAR = "end_tax_year", "The end of its tax year"


class RetentionLimit(Words):
    """What the period is: a target, the least or the most."""

    TARGET = "target", "Dispose of it then"
    AT_LEAST = "at_least", "Keep it at least that long"
    AT_MOST = "at_most", "Keep it no longer"


class RetentionAction(Words):
    """What happens once the period is over."""

    DESTROY = "destroy", "Destroy it securely"
    REVIEW = "review", "A person decides"
    REVIEW_THEN_DESTROY = "review_then_destroy", "A person decides before it is destroyed"
    TRANSFER = "transfer", "Hand it over"
    ARCHIVE = "archive", "Keep it in the archive"
    RETURN = "return", "Give it back"
    OVERWRITE = "overwrite", "It is overwritten by itself"
    MOVE = "move", "Move it to another series"
    REMOVE = "remove", "Take it off the file"
    KEEP = "keep", "Keep it for good"


class RetentionBasis(Words):
    """What a period rests on."""

    STATUTE = "S", "Statute"
    GUIDANCE = "G", "Statutory guidance"
    LIMITATION = "L", "Limitation Act 1980: as long as a claim is possible"
    SECTOR = "T", "What schools usually do"
    OWN = "P", "The school’s own choice"


class OwnRecords(Words):
    """Records that this program keeps itself, and erases for real."""

    PUPILS = "pupils", "Pupils and their contacts"
    IMAGE_DECISIONS = "image-decisions", "Picture decisions of pupils who left"
    BREACHES = "breaches", "Breaches that are closed"
    ALLOCATIONS = "allocations", "Devices handed over and given back"
    DPIAS = "dpias", "DPIAs whose processing has ended"
    AUDIT_DETAILS = "audit-details", "What records said before they were changed"


class HoldKind(Words):
    """Why records may not be disposed of for now."""

    COMPLAINT = "complaint", "A complaint"
    CLAIM = "claim", "A claim, made or expected"
    REQUEST = "request", "A request for data or information in hand"
    POLICE = "police", "The police"
    INQUIRY = "inquiry", "An inquiry"
    OTHER = "other", "Something else"


class RecordsKind(Words):
    """Where the records are that a disposal is about."""

    OWN = "own", "Records in this register"
    PAPER = "paper", "Paper: boxes and files"
    SYSTEM = "system", "Another system"


class DestructionMethod(Words):
    """How records were disposed of."""

    SHREDDED = "shredded", "Cross-cut shredding"
    CONTRACTOR = "contractor", "Destroyed by a contractor"
    DELETED = "deleted", "Deleted in the system, and from its bin"
    OVERWRITTEN = "overwritten", "Overwritten by itself"
    HANDED_OVER = "handed_over", "Handed over"
    ARCHIVED = "archived", "Put into an archive"
    ERASED = "erased", "Erased by this program"


class RecordsDisposalStage(Words):
    """How far a disposal of records is."""

    PROPOSED = "proposed", "Proposed: waiting for approval"
    APPROVED = "approved", "Approved: to be carried out"
    UNDER_WAY = "under_way", "Being carried out"
    DONE = "done", "Done"
    REFUSED = "refused", "Not approved"


class DisposalFate(Words):
    """What became of one record of a disposal."""

    WAITING = "waiting", "Waiting"
    ERASED = "erased", "Erased"
    HELD = "held", "Left: it is held"
    NOT_DUE = "not_due", "Left: it is no longer due"
    GONE = "gone", "It was gone already"

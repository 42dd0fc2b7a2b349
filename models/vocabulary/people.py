"""Whose data it is, what about them is delicate, what they may ask, and who in school looks after it."""

from models.vocabulary.words import Words


class Individuals(Words):
    """A category of people whose data the school uses."""

    PUPILS = "pupils", "Pupils"
    NURSERY_CHILDREN = "nursery_children", "Nursery children"
    FORMER_PUPILS = "former_pupils", "Former pupils"
    PROSPECTIVE_PUPILS = "prospective_pupils", "Children who may join the school"
    SIBLINGS = "siblings", "Brothers and sisters"
    PARENTS_CARERS = "parents_carers", "Parents and carers"
    EMERGENCY_CONTACTS = "emergency_contacts", "Emergency contacts"
    STAFF = "staff", "Staff"
    FORMER_STAFF = "former_staff", "Former staff"
    JOB_APPLICANTS = "job_applicants", "Job applicants"
    REFEREES = "referees", "Referees"
    AGENCY_STAFF = "agency_staff", "Agency and supply staff"
    TRAINEE_TEACHERS = "trainee_teachers", "Trainee teachers"
    VOLUNTEERS = "volunteers", "Volunteers"
    GOVERNORS_TRUSTEES = "governors_trustees", "Governors, trustees and members"
    VISITORS = "visitors", "Visitors"
    CONTRACTORS = "contractors", "Contractors"
    PROFESSIONALS = "professionals", "Professionals from other bodies"
    EMPLOYERS = "employers", "Employers who offer placements"
    HIRERS = "hirers", "People who hire the premises"
    DONORS_ALUMNI = "donors_alumni", "Donors, and former pupils who stay in touch"
    FEE_PAYERS = "fee_payers", "People who pay fees"
    SUPPLIERS_CONTACTS = "suppliers_contacts", "People who work for suppliers"
    COMPLAINANTS = "complainants", "People who complain"
    REQUESTERS = "requesters", "People who ask for information"
    WITNESSES = "witnesses", "Witnesses"
    PUBLIC = "public", "Members of the public"
    HOUSEHOLD_MEMBERS = "household_members", "Others in the household"


CHILDREN = frozenset({Individuals.PUPILS, Individuals.NURSERY_CHILDREN, Individuals.PROSPECTIVE_PUPILS, Individuals.SIBLINGS})
"""The categories that are children by their nature."""


class SpecialCategory(Words):
    """Data that Article 9 protects specially."""

    RACIAL_ETHNIC_ORIGIN = "racial_ethnic_origin", "Race or ethnic origin"
    POLITICAL_OPINIONS = "political_opinions", "Political opinions"
    RELIGIOUS_PHILOSOPHICAL_BELIEFS = "religious_philosophical_beliefs", "Religious or philosophical beliefs"
    TRADE_UNION_MEMBERSHIP = "trade_union_membership", "Trade union membership"
    GENETIC_DATA = "genetic_data", "Genetic data"
    BIOMETRIC_IDENTIFICATION = "biometric_identification", "Biometric data that identifies somebody"
    HEALTH = "health", "Health"
    SEX_LIFE = "sex_life", "Sex life"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"


class SensitiveKind(Words):
    """Data that no law lists but that the school treats with the same care."""

    SEN = "sen", "Special educational needs"
    FREE_SCHOOL_MEALS = "free_school_meals", "Free school meals or pupil premium"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    LOOKED_AFTER = "looked_after", "In care, formerly in care or adopted"
    EAL = "eal", "English as an additional language"
    YOUNG_CARER = "young_carer", "Young carer"
    FAMILY_CIRCUMSTANCES = "family_circumstances", "Family circumstances and court orders"
    FINANCIAL_HARDSHIP = "financial_hardship", "Shortage of money"
    IMMIGRATION = "immigration", "Immigration status"
    BEHAVIOUR = "behaviour", "Behaviour and exclusions"
    LOCATION = "location", "Where somebody is or lives, if that could put them at risk"


class Right(Words):
    """What the people concerned may ask of the school."""

    INFORMED = "informed", "To be told (Articles 13 and 14)"
    ACCESS = "access", "To have a copy (Article 15)"
    RECTIFICATION = "rectification", "To have it corrected (Article 16)"
    ERASURE = "erasure", "To have it erased, where Article 17 allows"
    RESTRICTION = "restriction", "To have its use limited for a while (Article 18)"
    PORTABILITY = "portability", "To take it elsewhere in a reusable form (Article 20)"
    OBJECTION = "objection", "To object (Article 21)"
    WITHDRAW_CONSENT = "withdraw_consent", "To withdraw consent (Article 7(3))"
    HUMAN_REVIEW = "human_review", "To have a significant automated decision looked at by a person (Articles 22A to 22C)"


class JobRole(Words):
    """The post that answers for a thing, whoever holds it now."""

    HEADTEACHER = "headteacher", "Headteacher"
    SENIOR_LEADER = "senior_leader", "Senior leader"
    DPO = "dpo", "Data protection officer"
    DATA_PROTECTION_LEAD = "data_protection_lead", "Data protection lead in school"
    DSL = "dsl", "Designated safeguarding lead"
    ONLINE_SAFETY_LEAD = "online_safety_lead", "Online safety lead"
    SENCO = "senco", "SEN co-ordinator"
    DESIGNATED_TEACHER = "designated_teacher", "Designated teacher for children in care"
    OFFICE_MANAGER = "office_manager", "Office manager"
    DATA_MANAGER = "data_manager", "Pupil records manager"
    ADMISSIONS_OFFICER = "admissions_officer", "Admissions officer"
    ATTENDANCE_OFFICER = "attendance_officer", "Attendance officer"
    BUSINESS_MANAGER = "business_manager", "School business manager"
    HR_LEAD = "hr_lead", "Staffing lead"
    EXAMS_OFFICER = "exams_officer", "Exams officer"
    CAREERS_LEADER = "careers_leader", "Careers leader"
    ASSESSMENT_LEAD = "assessment_lead", "Assessment lead"
    CURRICULUM_LEAD = "curriculum_lead", "Curriculum lead"
    DIGITAL_LEAD = "digital_lead", "Senior leader for digital technology"
    IT_PROVIDER = "it_provider", "IT provider or network manager"
    SITE_MANAGER = "site_manager", "Site manager"
    CATERING_MANAGER = "catering_manager", "Catering manager"
    VISITS_COORDINATOR = "visits_coordinator", "Educational visits co-ordinator"
    FIRST_AID_LEAD = "first_aid_lead", "First aid and medicines lead"
    LIBRARIAN = "librarian", "Librarian"
    EARLY_YEARS_LEAD = "early_years_lead", "Early years lead"
    SIXTH_FORM_LEAD = "sixth_form_lead", "Head of sixth form"
    PASTORAL_LEAD = "pastoral_lead", "Pastoral lead"
    COMMUNICATIONS_LEAD = "communications_lead", "Communications lead"
    CLERK = "clerk", "Clerk to the governors"
    CHAIR_OF_GOVERNORS = "chair_of_governors", "Chair of governors or trustees"
    ONLINE_SAFETY_GOVERNOR = "online_safety_governor", "Online safety governor"
    GOVERNORS = "governors", "Governing body or trust board"
    ONLINE_SAFETY_GROUP = "online_safety_group", "Online safety group"
    TEACHER = "teacher", "Teacher or tutor"
    ALL_STAFF = "all_staff", "All staff"
    WRAPAROUND_MANAGER = "wraparound_manager", "Wraparound care manager"
    BOARDING_LEAD = "boarding_lead", "Head of boarding"
    DEVELOPMENT_LEAD = "development_lead", "Development and alumni lead"
    LETTINGS_OFFICER = "lettings_officer", "Lettings officer"

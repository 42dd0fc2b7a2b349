"""Headings under which schools' databases write what the roll needs, and those of what it does not need: small letters, words apart.

Where several columns say the same, the first spelling of a list is the best. SIMS, Arbor, Bromcom and Microsoft's School Data Sync
(its UK format, version 1 and version 2.1) are covered as their reports and files are headed.
"""

from collections.abc import Mapping

PERSON_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "admission number", "admission no", "adm number", "adm no", "admissionno", "admno", "adm", "mis id", "mis number", "number in the mis",
        "sis id", "arbor student id", "arbor id", "bromcom id", "student sis id", "sourced id", "user sourced id", "sis user id", "external id",
        "person id", "unique id", "id",
        "staff code", "staff id", "employee number", "employee id", "number", "no", "reference", "roll number", "code", "reference number",
    ),
    "name": ("name", "full name", "whole name", "preferred full name", "display name", "pupil", "student", "learner", "surname forename",
             "surname first name", "preferred name", "staff", "teacher", "employee"),
    "legal_name": ("legal name", "legal full name", "full legal name"),
    "first": ("legal first name", "legal forename", "first name", "forename", "given name", "christian name", "first"),
    "surname": ("legal surname", "legal last name", "surname", "last name", "family name", "last"),
    "known_first": ("preferred first name", "preferred forename", "chosen first name", "chosen forename", "chosen name", "known as",
                    "known name", "preferred given name"),
    "known_surname": ("preferred surname", "preferred last name", "preferred family name", "chosen surname", "known surname"),
    "class": ("class", "class name", "reg group", "registration group", "registration form", "reg form", "form group", "form", "tutor group",
              "registration", "reg", "tutor", "current class", "main class", "homeroom", "group"),
    "year": ("year group", "year", "nc year", "national curriculum year", "curriculum year", "ncy", "yr", "year grp", "current year",
             "year group name", "year taught in", "actual year", "grade"),
    "role": ("role", "person type", "type", "user type", "pupil or staff", "who"),
    "status": ("status", "roll status", "enrolment status", "enrollment status", "on roll", "current status"),
    "left_on": ("date of leaving", "leaving date", "date left", "left on", "leave date", "left", "dol", "off roll date"),
}  # fmt: skip
"""By what is said; the pupil's, student's or staff member's before them is taken off."""

CONTACT_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "contact_name": ("full name", "name", "display name", ""),
    "contact_first": ("first name", "forename", "given name", "preferred first name", "preferred forename", "first",
                      "legal forename", "legal first name"),
    "contact_surname": ("surname", "last name", "family name", "preferred surname", "preferred last name", "last",
                        "legal surname", "legal last name"),
    "contact_relation": ("relationship", "relation", "relationship type", "relationship name", "relationship role", "type", "role"),
    "contact_email": ("email", "email address", "primary email", "home email", "home email address", "main email", "personal email", "default email",
                      "primary email address", "main email address", "work email", "work email address"),
    "contact_responsibility": ("parental responsibility", "pr", "responsibility", "legal responsibility", "has pr"),
    "contact_number": ("id", "number", "no", "person id", "contact id", "sourced id", "sis id", "mis id", "external id", "unique id", "guid", "code"),
    "contact_restrictions": ("court order", "court orders", "restrictions", "restriction", "legal restrictions"),
}  # fmt: skip
"""By what is said of a parent or carer, beside a word that says it is one."""

STANDING_ALONE: Mapping[str, str] = {
    "relationship": "contact_relation",
    "relation": "contact_relation",
    "relationshiptype": "contact_relation",
    "relationshiprole": "contact_relation",
    "relationshipusersourcedid": "contact_number",
    "parentalresponsibility": "contact_responsibility",
    "pr": "contact_responsibility",
    "courtorder": "contact_restrictions",
    "courtorders": "contact_restrictions",
}
"""What is said of a parent or carer even where no word says that it is one."""

PERSON_PREFIXES = frozenset({"pupil", "pupils", "student", "students", "child", "childs", "learner", "learners", "staff", "teacher", "employee"})
CONTACT_WORDS = frozenset({"contact", "contacts", "parent", "parents", "carer", "carers", "guardian", "guardians", "kin"})
CONTACT_FILLERS = frozenset(
    {"next", "of", "to", "the", "a", "or", "and", "with", "has", "for", "pupil", "student", "child", "primary", "main", "emergency", "legal"}
)
PARENTS: Mapping[str, str] = {
    word: parent for parent, words in {"mother": "mother mothers mum mums", "father": "father fathers dad dads"}.items() for word in words.split()
}
SECOND = frozenset({"secondary", "second", "other"})
STAFF_WORDS = frozenset({"staff", "teacher", "teachers", "employee", "employees", "job", "workforce", "post"})

NO_LIST_OF_PEOPLE = frozenset(
    {
        *("school", "schools", "section", "sections", "studentenrollment", "teacherroster", "orgs", "classes", "courses", "enrollments"),
        *("academicsessions", "demographics", "userflags"),
    }
)
"""What the files of School Data Sync are called that hold no people, or hold of people what nobody needs here."""

OF_ORGANISATIONS = frozenset(
    {
        *("parent sourced id", "section name", "class sourced id", "class sourced ids", "course sourced id", "session sourced ids"),
        *("principal sis id", "principal name", "lowest grade", "highest grade", "section sis id", "term start date"),
    }
)
"""Headings that only lists of schools, classes and terms have."""

EMAILS = frozenset({"email", "email address", "primary email", "primary email address", "home email", "main email"})
"""Headings of an address of nobody in particular: the parent's where a row is about one, else the pupil's own."""

UNNEEDED = EMAILS | frozenset(
    {
        *("school email", "work email", "secondary email", "do b", "age", "house"),
        *("org sourced id", "session sourced id", "is primary", "role start date", "role end date", "priority", "order", "mode", "ni", "nhs no"),
        *("nhs number", "admission date", "date of admission", "entry date", "start date", "doa", "initials", "title", "post", "job title"),
        *("student number", "teacher number", "state id", "lac", "eal", "df e number", "sex", "active directory match id"),
    }
)
"""Whole headings of what nobody needs to know whether a picture may be used."""

UNNEEDED_WORDS = frozenset(
    {
        *("upn", "uln", "dob", "birth", "birthdate", "birthday", "gender", "pronouns", "pronoun", "ethnicity", "ethnic", "race", "religion"),
        *("language", "nationality", "country", "address", "street", "town", "county", "city", "postcode", "zip", "mailing", "residence"),
        *("latitude", "longitude", "phone", "telephone", "tel", "mobile", "sms", "fax", "medical", "doctor", "gp", "surgery", "diet", "dietary"),
        *("allergy", "allergies", "sen", "send", "fsm", "meal", "meals", "premium", "care", "service", "photo", "photograph", "username", "login"),
        *("salutation", "middle", "attendance", "boarder", "transport", "graduation", "school", "lives", "priority", "candidate", "uci", "exam"),
        *("salary", "bank", "insurance", "qualification", "ever6", "ell", "disability", "refugee", "asylum", "keyworker", "notes", "comments"),
        *("directory", "vehicle", "payroll", "former", "previous", "siblings", "immigration", "passport", "nhs", "job", "cohort", "stage", "title"),
    }
)
"""Words in headings of what nobody needs here, whatever else they say."""

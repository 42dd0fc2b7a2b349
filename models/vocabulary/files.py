"""What a file that is kept with a record is."""

from models.vocabulary.words import Words


class FileCategory(Words):
    """What somebody will look for the file as, in two years."""

    CONTRACT = "contract", "Contract or terms"
    POLICY = "policy", "Policy or procedure"
    ASSESSMENT = "assessment", "Assessment or advice"
    EVIDENCE = "evidence", "Evidence that something was done"
    CORRESPONDENCE = "correspondence", "Letter or email"
    NOTICE = "notice", "Privacy notice or consent form"
    OTHER = "other", "Other"

"""Who may do what: one table of permissions, each register's own access, one evaluator, one raiser."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from models.roles import Role
from registry.actor import Actor

Roles = frozenset[Role]

LEADERS: Roles = frozenset({Role.HEADTEACHER, Role.DPO})
READ_ONLY: Roles = frozenset({Role.GOVERNOR, Role.INSPECTOR})
EVERYBODY: Roles = frozenset(Role)
NOBODY: Roles = frozenset()


class Deed(StrEnum):
    """What can be done to the records of a register."""

    SEE = "see"
    ADD = "add"
    CHANGE = "change"
    ATTACH = "attach"
    ERASE = "erase"
    EXPORT = "export"
    ADVISE = "advise"
    APPROVE = "approve"


class Permission(StrEnum):
    """What can be done in the program beside the registers; `label` is how the matrix says it."""

    label: str

    def __new__(cls, code: str, label: str) -> "Permission":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    MANAGE_PEOPLE = "manage_people", "Invite people, change roles, end access"
    CHANGE_SCHOOL = "change_school", "Change the facts about the school"
    READ_TRACE = "read_trace", "Read the history of everything"
    ADOPT_STARTER = "adopt_starter", "Adopt starter entries and confirm them"
    IMPORT = "import", "Import a file into a register they may add to"
    EXPORT_SCHOOL = "export_school", "Take every register away at once, as one workbook"
    SHARE_VIEWS = "share_views", "Save a view of a list for the whole school"
    UNDO = "undo", "Undo what a colleague did to many records at once"
    SEARCH = "search", "Search the registers that they may see"
    SEE_MATRIX = "see_matrix", "See who can do what"
    COMMENT = "comment", "Comment on records they may see, and tell colleagues"
    WITHDRAW_COMMENTS = "withdraw_comments", "Withdraw what a colleague said in a comment"
    CHECK_IMAGES = "check_images", "Check names before a picture is used"
    PUBLISH_IMAGES = "publish_images", "Write down where a picture was published, and what a family takes back"
    RECORD_ANSWERS = "record_answers", "Record answers about pictures, for a class or from a file"
    SEE_COVERAGE = "see_coverage", "See how far answers about pictures are in, without names"
    SEE_CONFLICTS = "see_conflicts", "See who disagrees about a picture, and settle it"
    ASK_FAMILIES = "ask_families", "Ask parents about pictures, and print the forms"
    EXCUSE_FINDINGS = "excuse_findings", "Say that a finding does not apply here, and why"
    MANAGE_MAIL = "manage_mail", "Say how mail is sent, and see what was sent and what was not"
    MANAGE_HOOKS = "manage_hooks", "Have channels in Teams, Slack or another program told what is due"
    SEE_JOBS = "see_jobs", "See whether the work of the night was done"
    RUN_JOBS = "run_jobs", "Have the work of the night done at once"
    PLAN_BREACHES = "plan_breaches", "Plan who acts on a breach and whom to call, and print the poster"
    SEE_BREACH_PICTURE = "see_breach_picture", "See how many breaches there were, without names and small numbers"
    HAND_OVER_DEVICES = "hand_over_devices", "Hand devices out and take them back"
    REPORT_DEVICE_LOSS = "report_device_loss", "Say that a device is lost or stolen"
    CHECK_DEVICES = "check_devices", "Check which devices are in a room, and print labels"
    IMPORT_ROLL = "import_roll", "Bring in the roll from the pupil database"
    READ_DEVICE_LISTS = "read_device_lists", "Bring in device lists, ask management programs, and settle what differs"
    APPROVE_DISPOSALS = "approve_disposals", "Approve that devices leave for good"
    SEE_DUE = "see_due", "See which records are due to go, by the retention schedule"
    APPROVE_RECORDS_DISPOSALS = "approve_records_disposals", "Approve that records are disposed of"
    USE_API = "use_api", "Let other programs act for them, through personal tokens"
    OWN_ACCOUNT = "own_account", "Change their own password, end their own sessions"


POLICY: dict[Permission, Roles] = {
    Permission.MANAGE_PEOPLE: frozenset({Role.HEADTEACHER, Role.ADMIN}),
    Permission.CHANGE_SCHOOL: frozenset({Role.HEADTEACHER, Role.ADMIN, Role.DPO}),
    Permission.READ_TRACE: LEADERS,
    Permission.ADOPT_STARTER: LEADERS,
    Permission.IMPORT: frozenset({Role.HEADTEACHER, Role.DPO, Role.OFFICE, Role.IT_PROVIDER}),
    Permission.EXPORT_SCHOOL: LEADERS,
    Permission.SHARE_VIEWS: LEADERS,
    Permission.UNDO: LEADERS,
    Permission.SEARCH: EVERYBODY,
    Permission.SEE_MATRIX: EVERYBODY,
    Permission.COMMENT: EVERYBODY - READ_ONLY - {Role.ADMIN},
    Permission.WITHDRAW_COMMENTS: LEADERS,
    Permission.CHECK_IMAGES: LEADERS | {Role.DSL, Role.OFFICE, Role.TEACHER},
    Permission.PUBLISH_IMAGES: LEADERS | {Role.DSL, Role.OFFICE},
    Permission.RECORD_ANSWERS: LEADERS | {Role.DSL, Role.OFFICE},
    Permission.SEE_COVERAGE: LEADERS | {Role.DSL, Role.OFFICE},
    Permission.SEE_CONFLICTS: LEADERS | {Role.DSL},
    Permission.ASK_FAMILIES: frozenset({Role.HEADTEACHER, Role.DPO, Role.DSL, Role.OFFICE}),
    Permission.EXCUSE_FINDINGS: LEADERS,
    Permission.MANAGE_MAIL: frozenset({Role.HEADTEACHER, Role.ADMIN}),
    Permission.MANAGE_HOOKS: LEADERS,
    Permission.SEE_JOBS: LEADERS | {Role.ADMIN},
    Permission.RUN_JOBS: frozenset({Role.HEADTEACHER, Role.ADMIN}),
    Permission.PLAN_BREACHES: LEADERS,
    Permission.SEE_BREACH_PICTURE: LEADERS | READ_ONLY,
    Permission.HAND_OVER_DEVICES: frozenset({Role.OFFICE, Role.IT_PROVIDER}),
    Permission.REPORT_DEVICE_LOSS: LEADERS | {Role.OFFICE, Role.IT_PROVIDER},
    Permission.CHECK_DEVICES: LEADERS | {Role.OFFICE, Role.IT_PROVIDER},
    Permission.IMPORT_ROLL: frozenset({Role.HEADTEACHER, Role.DPO, Role.OFFICE}),
    Permission.READ_DEVICE_LISTS: frozenset({Role.IT_PROVIDER}),
    Permission.APPROVE_DISPOSALS: frozenset({Role.HEADTEACHER}),
    Permission.SEE_DUE: LEADERS | READ_ONLY | {Role.DSL, Role.OFFICE},
    Permission.APPROVE_RECORDS_DISPOSALS: LEADERS,
    Permission.USE_API: EVERYBODY,
    Permission.OWN_ACCOUNT: EVERYBODY,
}


@dataclass(frozen=True)
class Access:
    """Which roles may see, add, change, erase and export the records of one register; nobody unless named.

    Whoever changes them keeps files with them, unless others are named: what is never changed may still have its evidence.
    Where roles are named that approve, records have approved versions; where others advise, their advice comes first.
    """

    see: Roles = field(default=NOBODY)
    add: Roles = field(default=NOBODY)
    change: Roles = field(default=NOBODY)
    attach: Roles | None = None
    erase: Roles = field(default=NOBODY)
    export: Roles = field(default=NOBODY)
    advise: Roles = field(default=NOBODY)
    approve: Roles = field(default=NOBODY)
    along: Roles | None = None  # who reads its files and comments; whoever sees its records unless others are named


class Guarded(Protocol):
    """A register, as far as permissions are concerned."""

    @property
    def access(self) -> Access: ...


class Narrowed(Protocol):
    """A question, as far as permissions are concerned: it may narrow what its register allows, never widen it."""

    @property
    def see(self) -> Roles | None: ...
    @property
    def change(self) -> Roles | None: ...


class Forbidden(Exception):
    """The actor may not do this; the message says who is refused what, and names no record."""


def may(actor: Actor, deed: Deed | Permission, register: Guarded | None = None, question: Narrowed | None = None) -> bool:
    """Whether this role may do this. Robots may: what they do was decided by whoever started them, and is traced."""
    if actor.is_robot:
        return True
    if actor.role is None:
        return False
    if isinstance(deed, Permission):
        return actor.role in POLICY[deed]
    return actor.role in allowed(deed, register, question)


def allowed(deed: Deed, register: Guarded | None, question: Narrowed | None = None) -> Roles:
    """The roles that may do this to a register, or to one question of it; the permission matrix is made of this."""
    if register is None:
        return NOBODY
    named: Roles | None = getattr(register.access, deed.value)
    roles = register.access.change if named is None else named
    if deed is not Deed.SEE:
        roles = roles & register.access.see
    if question is None:
        return roles
    if question.see is not None:
        roles = roles & question.see
    if question.change is not None and deed in (Deed.ADD, Deed.CHANGE):
        roles = roles & question.change
    return roles


def may_read_along(actor: Actor, register: Guarded) -> bool:
    """Whether this role may read what people keep with a record: its files and its comments, which may name anybody."""
    return may(actor, Deed.SEE, register) and (actor.is_robot or register.access.along is None or actor.role in register.access.along)


def require_along(actor: Actor, register: Guarded) -> None:
    """Raise Forbidden unless the actor may read what is kept with the records of a register."""
    require(actor, Deed.SEE, register)
    if not may_read_along(actor, register):
        raise Forbidden("What is kept with these records is for those who handle them.")


def has_versions(register: Guarded) -> bool:
    """Whether records of this register are approved at all."""
    return bool(allowed(Deed.APPROVE, register))


def require(actor: Actor, deed: Deed | Permission, register: Guarded | None = None, question: Narrowed | None = None) -> None:
    """Raise Forbidden unless the actor may."""
    if not may(actor, deed, register, question):
        raise Forbidden(f"{actor.role.label if actor.role else 'Nobody signed in'} may not do this ({deed.value}).")


def school_of(actor: Actor) -> UUID:
    """The school that somebody acts in; raises Forbidden when none is in view."""
    if actor.school is None:
        raise Forbidden("A record is written in a school: choose one first.")
    return actor.school

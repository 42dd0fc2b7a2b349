"""Every table of the program, parents first, for migrations, backups and tests."""

from peewee import CharField, fn

from models.acceptance import Acceptance
from models.activity import Activity
from models.agreement import Agreement
from models.allocation import Allocation
from models.answer_link import AnswerLink
from models.arrangement import Arrangement
from models.asset import Asset
from models.attachment import Attachment, LooseFile
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.batch import Batch
from models.breach import Breach
from models.breach_alert import BreachAlert
from models.breach_detail import BreachDetail
from models.breach_entry import BreachEntry
from models.breach_judgement import BreachJudgement
from models.breach_letter import BreachLetter, BreachMail
from models.breach_party import BreachParty
from models.breach_person import BreachPerson
from models.breach_report import BreachReport
from models.breach_step import BreachStep
from models.calendar_link import CalendarLink, CalendarUse, FedEvent, FedMark
from models.carer import Carer
from models.comment import Comment
from models.device import Device
from models.device_model import DeviceModel
from models.device_rule import DeviceRule
from models.disposal import Disposal, DisposalLine
from models.dpia import Dpia
from models.duty import Duty
from models.finding_count import FindingCount
from models.hold import Hold
from models.image_answer import ImageAnswer
from models.image_check import ImageCheck
from models.image_flag import PictureFlag
from models.image_use import ImageUse
from models.job import JobRun
from models.letter import Letter, PostChoice
from models.licence import Licence
from models.link import Link
from models.logo import Logo
from models.loss import Loss
from models.mail import MailSettings
from models.mdm import MdmConnection, MdmRuling, Sighting
from models.message import Message
from models.need import Need, NeedMark
from models.personal_device import PersonalDevice
from models.place import Place
from models.publication import Publication
from models.pupil import Pupil
from models.record import Record
from models.records_disposal import DisposalRecord, RecordsDisposal
from models.repair import Repair
from models.retention_rule import RetentionRule
from models.saved_view import SavedView, UsualView
from models.school import Installation, School
from models.search import SearchEntry, SearchMark, SearchRecipe
from models.sign_link import SignLink
from models.stock_take import StockLine, StockTake
from models.supplier import Supplier
from models.support_end import SupportEnd
from models.take_down import TakeDown
from models.term_date import TermDate
from models.token import ApiToken, ApiTokenUse
from models.upload import Upload
from models.user import Draft, FailedSignIn, KnownAddress, Membership, OneUseLink, Session, User
from models.version import ApprovalStep, ApprovedVersion
from models.webhook import HookCall, Webhook

TABLES = (
    Installation,
    JobRun,
    MailSettings,
    School,
    Logo,
    User,
    Membership,
    OneUseLink,
    Session,
    ApiToken,
    ApiTokenUse,
    CalendarLink,
    CalendarUse,
    FailedSignIn,
    KnownAddress,
    Draft,
    Upload,
    AuditHead,
    AuditEntry,
    AuditDetail,
    Attachment,
    LooseFile,
    Link,
    ApprovedVersion,
    ApprovalStep,
    Comment,
    Message,
    Letter,
    PostChoice,
    SavedView,
    UsualView,
    Batch,
    SearchEntry,
    SearchRecipe,
    SearchMark,
    Need,
    NeedMark,
    Arrangement,
    FindingCount,
    FedEvent,
    FedMark,
    Webhook,
    HookCall,
    Asset,
    Supplier,
    Activity,
    Pupil,
    Carer,
    ImageUse,
    ImageAnswer,
    PictureFlag,
    ImageCheck,
    Publication,
    TakeDown,
    TermDate,
    AnswerLink,
    Breach,
    BreachEntry,
    BreachStep,
    BreachJudgement,
    BreachAlert,
    BreachReport,
    BreachPerson,
    BreachLetter,
    BreachMail,
    BreachParty,
    BreachDetail,
    Duty,
    DeviceModel,
    SupportEnd,
    Place,
    Device,
    Agreement,
    Acceptance,
    Allocation,
    SignLink,
    Repair,
    Loss,
    Disposal,
    DisposalLine,
    StockTake,
    StockLine,
    PersonalDevice,
    Licence,
    DeviceRule,
    MdmConnection,
    Sighting,
    MdmRuling,
    Dpia,
    RetentionRule,
    Hold,
    RecordsDisposal,
    DisposalRecord,
)

RECORDS: tuple[type[Record], ...] = (
    *(Asset, Supplier, Activity),
    *(Pupil, Carer, ImageUse, ImageAnswer, PictureFlag, ImageCheck, Publication, TakeDown),
    TermDate,
    Breach,
    *(Device, Allocation, Agreement, Acceptance, Repair, Loss, Disposal, StockTake),
    *(Place, DeviceModel, SupportEnd, PersonalDevice, Licence),
    *(Dpia, RetentionRule, Hold, RecordsDisposal),
)
"""The tables that registers are kept in."""

for _table in RECORDS:  # lists are paged from an index: by a text whatever its capitals, by a day; by number, the newest first, from its own
    _column = _table._meta.fields[_table.LISTED_BY]
    _key = fn.LOWER(_column) if isinstance(_column, CharField) else _column
    if _table.LISTED_BY != "number":
        _name = f"{_table._meta.table_name}_by_{_table.LISTED_BY}"
        _table.add_index(_table.index(_table.school, _table.archived_at, _key, _table.id, name=_name))

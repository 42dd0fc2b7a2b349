"""Every table of the program, parents first, for migrations, backups and tests."""

from peewee import fn

from models.activity import Activity
from models.asset import Asset
from models.attachment import Attachment, LooseFile
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.batch import Batch
from models.comment import Comment
from models.link import Link
from models.logo import Logo
from models.message import Message
from models.pupil import Pupil
from models.record import Record
from models.saved_view import SavedView, UsualView
from models.school import Installation, School
from models.search import SearchEntry, SearchMark, SearchRecipe
from models.supplier import Supplier
from models.token import ApiToken, ApiTokenUse
from models.upload import Upload
from models.user import Draft, FailedSignIn, KnownAddress, Membership, OneUseLink, Session, User
from models.version import ApprovalStep, ApprovedVersion

TABLES = (
    Installation,
    School,
    Logo,
    User,
    Membership,
    OneUseLink,
    Session,
    ApiToken,
    ApiTokenUse,
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
    SavedView,
    UsualView,
    Batch,
    SearchEntry,
    SearchRecipe,
    SearchMark,
    Asset,
    Supplier,
    Activity,
    Pupil,
)

RECORDS: tuple[type[Record], ...] = (Asset, Supplier, Activity, Pupil)
"""The tables that registers are kept in."""

for _table in RECORDS:  # lists are sorted whatever the capitals, and paged from the index
    _name = f"{_table._meta.table_name}_by_{_table.LISTED_BY}"
    _table.add_index(_table.index(_table.school, _table.archived_at, fn.LOWER(_table._meta.fields[_table.LISTED_BY]), _table.id, name=_name))

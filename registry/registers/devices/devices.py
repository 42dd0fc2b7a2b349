"""Every device of the school, with what has to be known to keep it safe (DfE digital standards; UK GDPR Article 32)."""

from models.device import Device
from models.vocabulary import JobRole
from registry.access import LEADERS, NOBODY
from registry.definition import Check, Deadline, Links, Question, Register, Section
from registry.registers.data_protection import HANDLERS
from registry.registers.devices import ACCESS, IT
from registry.rules import device_care, device_dates

DEVICES = Register(
    slug="devices",
    table=Device,
    one="device",
    many="devices",
    about="Everything with a plug or a battery that holds data or opens a door to it: what it is, whether it is safe, and where it stands.",
    access=ACCESS,
    sections=(
        Section(
            "What it is",
            Question(Device.name, "What is it called?", short="Device", listed=True,
                     hint="As people say it, such as: Laptop 12. No names of people."),
            Question(Device.asset_tag, "What stands on its label?", short="Asset tag", listed=True, hint="Each tag stands once in a school."),
            Question(Device.serial, "What is its serial number?", short="Serial number", listed=True,
                     hint="From the maker’s label or the settings, not from a spreadsheet that has changed it."),
            Question(Device.kind, "What kind of device is it?", short="Kind", listed=True, filtered=True, hint="What it is used as."),
            Question(Device.make, "Who made it?", short="Make", hint="Such as Dell, Apple or Lenovo."),
            Question(Device.model, "Which model is it?", short="Model", hint="As the maker calls it."),
            Question(Device.device_model, "Which of the models kept here?", short="Kept model", filtered=True,
                     hint="Then it ends with the support of that model."),
        ),
        Section(
            "Where it stands",
            Question(Device.status, "What has become of it?", short="Status", listed=True, filtered=True, change=NOBODY,
                     hint="It follows from what is done: handed out, taken back, sent to repair, lost, disposed of."),
            Question(Device.place, "Where does it belong?", short="Room or pool", listed=True, filtered=True,
                     hint="Where it stands when nobody holds it."),
            Question(Device.condition, "In what condition is it?", short="Condition", filtered=True,
                     hint="As seen when it was last in somebody’s hands."),
            Question(Device.last_checked_on, "When was it last seen in a check?", short="Last checked",
                     hint="At least once a year, by somebody other than its keeper."),
        ),
        Section(
            "Whose it is",
            Question(Device.owner, "Whose is it?", short="Owner", filtered=True, hint="Lending it does not change that."),
            Question(Device.funding, "Who paid for it?", short="Paid by", hint="It may decide what becomes of it in the end."),
            Question(Device.purchased_on, "When was it bought?", short="Bought", hint="The day on the invoice."),
            Question(Device.supplier, "From whom?", short="Bought from", hint="The shop or supplier."),
            Question(Device.order_number, "Under which order?", short="Order", hint="Purchase order or invoice number."),
            Question(Device.cost, "What did it cost, in whole pounds?", short="Cost in pounds", hint="Without VAT if the school reclaims it."),
            Question(Device.warranty_end_on, "Until when does the warranty run?", short="Warranty until", hint="The last day of it."),
            Question(Device.insurance, "How is it insured?", short="Insurance", hint="Policy and excess, or: not insured."),
        ),
        Section(
            "Is it safe",
            Question(Device.os, "Which system runs on it?", short="System", filtered=True, hint="Such as Windows 11, ChromeOS or iPadOS."),
            Question(Device.os_version, "Which version of it?", short="System version", hint="As the device shows it, such as 24H2 Education."),
            Question(Device.support_end_on, "Until when does its maker support this very device?", short="Maker supports until",
                     hint="ChromeOS devices have a day of their own; for others the tables here know."),
            Question(Device.fix_released_on, "When did the last urgent fix for it come out?", short="Urgent fix of",
                     hint="Fixes for high risks are put in within 14 days.", why="Cyber Essentials; DfE cyber security standards."),
            Question(Device.last_patched_on, "When was it last brought up to date?", short="Last updated", hint="The day the update was put in."),
            Question(Device.holds_personal, "Is there anything about people on it?", short="Personal data", filtered=True,
                     hint="Files, mail or an app that keeps them count."),
            Question(Device.encrypted, "Is its storage encrypted?", short="Encrypted", listed=True, filtered=True,
                     hint="Unknown is not yes. That it complies with a management program is not enough.", why="UK GDPR Article 32."),
            Question(Device.encryption_verified_on, "When was that last seen?", short="Encryption verified",
                     hint="Who sees it in the settings or in a report."),
            Question(Device.anti_malware, "Is it protected against malware?", short="Anti-malware",
                     hint="On Chromebooks and iPads the system sees to it."),
            Question(Device.shared_login, "Do several people use one login on it?", short="Shared login", hint="Nobody can tell then who did what."),
        ),
        Section(
            "Management",
            Question(Device.in_mdm, "Is it managed by the school’s program?", short="Managed", filtered=True,
                     hint="Such as Intune, Google Admin or Jamf."),
            Question(Device.mdm_name, "By which program?", short="Managed by", hint="Its name."),
            Question(Device.mdm_id, "What is it called there?", short="Number there", hint="The number that the program gave it."),
            Question(Device.mdm_user, "Whom does that program take for its user?", short="User there", see=IT | LEADERS,
                     hint="That is not who signed for it."),
            Question(Device.enrolled_on, "Since when is it managed?", short="Managed since", hint="The day it was enrolled."),
            Question(Device.compliant, "Does it comply with the rules set there?", short="Complies", hint="Another thing than being encrypted."),
            Question(Device.supervised, "Is it supervised?", short="Supervised", hint="Apple’s word for the stricter kind of management."),
            Question(Device.last_seen_at, "When did it last report there?", short="Last seen", hint="Comes from the program or its list."),
        ),
        Section(
            "What else",
            Question(Links("holds"), "Which holds cover it?", short="Holds", see=HANDLERS, hint="While one stands, nothing of it is disposed of."),
            Question(Links("breaches"), "Which breaches was it part of?", short="Breaches", see=HANDLERS | IT, hint="A loss names it by itself."),
            Question(Device.notes, "Is there anything else to know?", short="Notes",
                     hint="About the device. No names, no passwords, no recovery keys."),
        ),
    ),
    checks=(Check(device_care.findings, device_care.DeviceFacts),),
    deadlines=(
        Deadline(code="DV9", words="See the device in a check", rule=device_dates.check_again, facts=device_dates.LastCheck,
                 mend="last_checked_on", done="last_checked_on", owner=JobRole.IT_PROVIDER),
    ),
)

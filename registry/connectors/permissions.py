"""What to grant in each program, step by step, and why: enough to read devices, and nothing more."""

from dataclasses import dataclass

from models.vocabulary.device_programs import DeviceProgram
from registry.connectors.google import SCOPE


@dataclass(frozen=True)
class Permission:
    """One thing that is granted, as the program itself calls it."""

    name: str
    why: str


@dataclass(frozen=True)
class Step:
    """One thing to do in the program."""

    words: str
    why: str = ""


@dataclass(frozen=True)
class Guide:
    """How one program is opened to us, who can do so there, and what it never tells us."""

    program: DeviceProgram
    who: str
    permissions: tuple[Permission, ...]
    steps: tuple[Step, ...]
    never_read: str


INTUNE = Guide(
    program=DeviceProgram.INTUNE,
    who="A Global Administrator, or a Privileged Role Administrator, of the school’s Microsoft 365",
    permissions=(
        Permission(
            "DeviceManagementManagedDevices.Read.All (application permission)",
            "To read the list of devices that Intune manages. It changes, locks and wipes nothing.",
        ),
    ),
    steps=(
        Step("Open entra.microsoft.com and choose App registrations, then New registration."),
        Step("Name it Safehold, leave it to this organisational directory only, give no redirect address, and choose Register."),
        Step("Copy the Directory (tenant) ID and the Application (client) ID from the overview into this page."),
        Step(
            "Choose API permissions, Add a permission, Microsoft Graph, Application permissions, and tick DeviceManagementManagedDevices.Read.All.",
            "An application permission works at night, with nobody signed in.",
        ),
        Step("Remove User.Read, which is there from the start.", "We sign nobody in."),
        Step("Choose Grant admin consent.", "Without it the permission is only asked for."),
        Step(
            "Choose Certificates & secrets, New client secret, and let it run out within 12 months. Copy its value, not its ID, into this page.",
            "The value is shown once only. Note its last day: the connection stops then.",
        ),
    ),
    never_read="Activation lock bypass codes, recovery keys, phone numbers, places, and the apps on a device.",
)
GOOGLE = Guide(
    program=DeviceProgram.GOOGLE,
    who="A super administrator of the school’s Google Workspace, and somebody who may make a project in Google Cloud",
    permissions=(
        Permission(SCOPE, "To read the list of ChromeOS devices. It changes, disables and wipes nothing."),
        Permission(
            "Manage Chrome OS devices, read only (the administrator’s role)",
            "A service account reads as an administrator, and sees what that one may see. Use one whose role allows this alone.",
        ),
    ),
    steps=(
        Step("Open console.cloud.google.com, make a project called Safehold, and turn on the Admin SDK API in it."),
        Step("Choose IAM & Admin, Service accounts, Create service account. Give it no role in the project.", "It needs none there."),
        Step("Open the service account, choose Keys, Add key, Create new key, JSON, and choose that file on this page.", "It is kept sealed."),
        Step("Copy the service account’s Unique ID: a long number."),
        Step(
            "Open admin.google.com and choose Security, Access and data control, API controls, Manage domain-wide delegation, Add new. "
            f"Enter the Unique ID, and this scope alone: {SCOPE}",
            "With any other scope the key would open more than devices.",
        ),
        Step(
            "In Account, Admin roles, make a role that may only read ChromeOS devices, give it to an administrator kept for this, "
            "and enter that address on this page.",
            "If the key is ever lost, it opens no more than this role.",
        ),
        Step("Delete the downloaded file."),
    ),
    never_read="Who used a device lately and when, addresses in the network, screenshots, and notes.",
)
JAMF_PRO = Guide(
    program=DeviceProgram.JAMF_PRO,
    who="An administrator of Jamf Pro",
    permissions=(
        Permission("Read Computers", "To read the list of Macs, with whether FileVault is on."),
        Permission("Read Mobile Devices", "To read the list of iPads, iPhones and Apple TVs."),
    ),
    steps=(
        Step("In Jamf Pro choose Settings, API roles and clients, API roles, New. Name the role Safehold."),
        Step("Give it Read Computers and Read Mobile Devices, and no other privilege.", "Others would let it wipe devices or show recovery keys."),
        Step("Choose API clients, New. Name it Safehold, give it that role, let its tokens last 30 minutes, and turn it on."),
        Step("Choose Generate client secret, and copy the client ID and the secret into this page.", "The secret is shown once only."),
        Step("Enter the address at which you open Jamf Pro. It begins with https:// and must be reached from the internet."),
    ),
    never_read="Recovery keys, AirPlay passwords, places of lost devices, attachments, and the apps and profiles on a device.",
)
JAMF_SCHOOL = Guide(
    program=DeviceProgram.JAMF_SCHOOL,
    who="An administrator of Jamf School",
    permissions=(Permission("Devices: read", "To read the list of devices. It changes, locks and wipes nothing."),),
    steps=(
        Step("In Jamf School choose Organisation, Settings, API, Add API key. Name it Safehold."),
        Step("Let it read Devices and nothing else, and copy the key into this page."),
        Step("Choose Devices, Enrol device(s), On-device enrolment, and copy the network ID into this page."),
        Step("Enter the address at which you open Jamf School. It begins with https://"),
    ),
    never_read="Places of devices, notes, groups, and the apps on a device.",
)

GUIDES = {guide.program: guide for guide in (INTUNE, GOOGLE, JAMF_PRO, JAMF_SCHOOL)}

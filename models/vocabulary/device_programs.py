"""The device-management programs that can be asked over the internet."""

from models.vocabulary.words import Words


class DeviceProgram(Words):
    """A program that a school manages its devices with."""

    INTUNE = "intune", "Microsoft Intune"
    GOOGLE = "google", "Google Admin, ChromeOS"
    JAMF_PRO = "jamf_pro", "Jamf Pro"
    JAMF_SCHOOL = "jamf_school", "Jamf School"

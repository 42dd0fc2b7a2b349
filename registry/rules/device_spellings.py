"""Headings under which device-management programs and asset lists say what the register wants to know, the most trusted first."""

from collections.abc import Mapping

from models.vocabulary import DeviceSource

Spellings = Mapping[str, tuple[str, ...]]
PASSCODE = "passcode"
"""What is no field of a row and still read: without a passcode the key of an encrypted tablet lies beside the lock."""

_INTUNE: Spellings = {
    "serial": ("Serial number",),
    "name": ("Device name", "Management name", "managedDeviceName"),
    "make": ("Manufacturer",),
    "model": ("Model",),
    "os": ("OS", "Operating system", "DeviceOS", "OSDescription"),
    "os_version": ("OS version",),
    "user": (
        *("Primary user UPN", "UPN", "userPrincipalName", "Primary user email address", "emailAddress", "UserEmail"),
        *("Primary user display name", "userDisplayName", "UserName"),
    ),
    "owner": ("Ownership", "managedDeviceOwnerType", "OwnerType"),
    "mdm_id": ("Device ID", "id"),
    "enrolled_on": ("Enrollment date", "enrolledDateTime", "EnrolledDate", "CreatedDate"),
    "last_seen_at": ("Last check-in", "LastContact", "lastSyncDateTime"),
    "encrypted": ("Encrypted", "isEncrypted", "EncryptionStatusString", "EncryptionStatus"),
    "compliant": ("Compliance", "CompliantState", "complianceState", "ComplianceStatus"),
    "supervised": ("Supervised", "isSupervised", "SupervisedStatus", "SupervisedStatusString"),
    "last_patched_on": ("Security patch level", "androidSecurityPatchLevel"),
}
_GOOGLE: Spellings = {
    "serial": ("serialNumber",),
    "asset_tag": ("annotatedAssetId", "Asset ID"),
    "model": ("model",),
    "os_version": ("osVersion",),
    "user": ("annotatedUser",),
    "location": ("annotatedLocation", "Location"),
    "mdm_id": ("deviceId",),
    "enrolled_on": ("enrollmentTime", "lastEnrollmentTime", "firstEnrollmentTime"),
    "last_seen_at": ("lastPolicySync", "lastReport", "lastSync"),
    "compliant": ("provisionStatus", "status"),
    "order_number": ("orderNumber",),
    "support_end_on": ("autoUpdateExpiration", "supportEndDate", "autoUpdateThrough", "Auto-update expiration date"),
}
_JAMF_BOUGHT: Spellings = {
    "order_number": ("PO Number",),
    "purchased_on": ("PO Date", "Purchase Date"),
    "cost": ("Purchase Price", "Purchasing Price"),
    "supplier": ("Vendor",),
    "warranty_end_on": ("Warranty Expiration",),
}
_JAMF_HELD: Spellings = {
    "serial": ("Serial Number",),
    "asset_tag": ("Asset Tag",),
    "model": ("Model",),
    "user": ("Username", "Email Address", "Full Name"),
    "location": ("Room", "Building"),
    "owner": ("Device Ownership Type", "Ownership"),
    "enrolled_on": ("Last Enrollment", "Enrollment Date"),
    "supervised": ("Supervised",),
}
_JAMF_PRO_COMPUTERS: Spellings = {
    **_JAMF_HELD,
    **_JAMF_BOUGHT,
    "name": ("Computer Name",),
    "make": ("Make",),
    "os": ("Operating System", "Operating System Name"),
    "os_version": ("Operating System Version", "OS Version"),
    "mdm_id": ("JSS Computer ID", "Jamf Pro Computer ID", "UDID"),
    "last_seen_at": ("Last Check-in", "Last Inventory Update"),
    "encrypted": ("FileVault 2 Status", "FileVault Status", "FileVault 2 Partition Encryption State", "FileVault 2 Enabled"),
}
_JAMF_PRO_MOBILES: Spellings = {
    **_JAMF_HELD,
    **_JAMF_BOUGHT,
    "name": ("Display Name", "Device Name", "Mobile Device Name"),
    "os_version": ("OS Version", "iOS Version"),
    "mdm_id": ("JSS Mobile Device ID", "Jamf Pro Mobile Device ID", "UDID"),
    "last_seen_at": ("Last Inventory Update", "Last Check-in"),
    "encrypted": ("Hardware Encryption",),
    PASSCODE: ("Passcode Status",),
}
_JAMF_SCHOOL: Spellings = {
    "serial": ("serialNumber", "Serial"),
    "asset_tag": ("assetTag",),
    "name": ("name", "Device name"),
    "model": ("model.name", "model"),
    "kind": ("model.type", "Type", "Device type"),
    "os": ("os.prefix", "OS", "Platform"),
    "os_version": ("os.version", "OS version"),
    "user": ("owner.username", "owner.email", "Owner", "User", "Username", "owner.name", "Email"),
    "location": ("Location", "location.name"),
    "mdm_id": ("UDID",),
    "last_seen_at": ("lastCheckin", "Last check-in", "Last seen"),
    "encrypted": ("hardwareEncryptionEnabled", "Hardware encryption"),
    PASSCODE: ("hasPasscode", "Passcode", "Passcode set"),
    "compliant": ("isManaged", "Managed"),
    "supervised": ("isSupervised", "Supervised"),
}
_APPLE: Spellings = {
    "serial": ("serialNumber", "Serial"),
    "model": ("deviceModel", "Model", "Device"),
    "kind": ("productFamily",),
    "compliant": ("status", "Assignment status"),
    "purchased_on": ("orderDateTime", "Order date"),
    "order_number": ("orderNumber",),
}
_SNIPE_IT: Spellings = {
    "serial": ("Serial", "Serial number"),
    "asset_tag": ("Asset Tag",),
    "name": ("Asset Name", "Name"),
    "kind": ("Category",),
    "make": ("Manufacturer",),
    "model": ("Model", "Model Name"),
    "user": ("Username", "Checked Out To", "Checked Out", "Assigned To"),
    "location": ("Location", "Default Location"),
    "purchased_on": ("Purchase Date", "Purchased"),
    "order_number": ("Order Number",),
    "supplier": ("Supplier",),
    "cost": ("Purchase Cost", "Cost"),
    "warranty_end_on": ("Warranty Expires",),
    "support_end_on": ("EOL Date", "EOL"),
}
ANY_LIST: Spellings = {
    "serial": ("Serial number", "Serial", "Serial no", "Serial no.", "S/N", "SN", "Device serial", "Device serial number", "Service tag"),
    "asset_tag": ("Asset tag", "Asset number", "Asset no", "Asset ID", "Asset", "Tag", "Barcode", "Inventory number"),
    "name": ("Device name", "Name", "Computer name", "Hostname", "Host name", "Display name", "Asset name"),
    "kind": ("Type", "Device type", "Kind", "Category", "Asset type"),
    "make": ("Make", "Manufacturer", "Brand"),
    "model": ("Model", "Model name", "Device model"),
    "os": ("Operating system", "OS", "Platform"),
    "os_version": ("OS version", "Operating system version"),
    "user": ("User", "Username", "Assigned to", "Assigned user", "Primary user", "Allocated to", "Issued to", "Held by", "Holder", "Email"),
    "location": ("Location", "Room", "Where", "Building"),
    "owner": ("Ownership", "Owned by"),
    "mdm_id": ("Device ID", "UDID", "UUID"),
    "enrolled_on": ("Enrolled", "Enrolment date", "Enrollment date", "Date enrolled"),
    "last_seen_at": ("Last seen", "Last check-in", "Last contact", "Last sync", "Last online", "Last logon"),
    "last_patched_on": ("Last patched", "Last updated", "Last update", "Patched"),
    "encrypted": ("Encrypted", "Encryption", "Encryption status", "BitLocker status", "FileVault status"),
    "compliant": ("Compliant", "Compliance"),
    "supervised": ("Supervised",),
    "purchased_on": ("Purchase date", "Purchased", "Date purchased", "Date of purchase", "Bought"),
    "order_number": ("Order number", "PO number", "PO", "Purchase order"),
    "supplier": ("Supplier", "Vendor", "Bought from"),
    "cost": ("Cost", "Purchase cost", "Purchase price", "Price", "Value"),
    "warranty_end_on": ("Warranty end", "Warranty expires", "Warranty expiry", "Warranty until", "Warranty end date", "Warranty expiration"),
    "support_end_on": ("Support end", "End of support", "End of life", "EOL", "EOL date", "Auto-update expiration"),
}
"""Usual headings of lists that people keep by hand; what they lead to is shown before it is used."""

COLUMNS: Mapping[DeviceSource, Spellings] = {
    DeviceSource.INTUNE: _INTUNE,
    DeviceSource.GOOGLE: _GOOGLE,
    DeviceSource.JAMF_PRO_COMPUTERS: _JAMF_PRO_COMPUTERS,
    DeviceSource.JAMF_PRO_MOBILES: _JAMF_PRO_MOBILES,
    DeviceSource.JAMF_SCHOOL: _JAMF_SCHOOL,
    DeviceSource.APPLE: _APPLE,
    DeviceSource.SNIPE_IT: _SNIPE_IT,
    DeviceSource.OTHER: ANY_LIST,
}
"""By source: which of a device's facts stands under which headings."""

ONE_TELLS: Mapping[DeviceSource, tuple[str, ...]] = {
    DeviceSource.INTUNE: (
        *("Microsoft Entra Device ID", "Azure AD Device ID", "Microsoft Entra registered", "Azure AD registered", "Intune registered"),
        *("Primary user UPN", "Primary user email address", "EAS activation ID", "EAS activated", "SkuFamily", "WiFiIPv4Address", "WiFiSubnetID"),
        *("CompliantState", "EncryptionStatusString", "managedDeviceOwnerType", "Compliance grace period expiration", "PartnerFeaturesBitmask"),
    ),
    DeviceSource.GOOGLE: (
        *("annotatedAssetId", "annotatedUser", "annotatedLocation", "orgUnitPath", "provisionStatus", "autoUpdateExpiration", "lastPolicySync"),
        *("mostRecentUser", "mostRecentActivity", "deprovisionReason", "kioskApp"),
    ),
    DeviceSource.JAMF_PRO_COMPUTERS: ("JSS Computer ID", "Jamf Pro Computer ID", "FileVault 2 Status", "FileVault 2 Partition Encryption State"),
    DeviceSource.JAMF_PRO_MOBILES: ("JSS Mobile Device ID", "Jamf Pro Mobile Device ID"),
    DeviceSource.JAMF_SCHOOL: (
        *("depProfile", "inTrash", "iTunesStoreLoggedIn", "hardwareEncryptionEnabled", "owner.username", "os.prefix", "model.name"),
    ),
    DeviceSource.APPLE: ("addedToOrgDateTime", "releasedFromOrgDateTime", "purchaseSourceType", "purchaseSourceId", "purchaseSourceUid"),
    DeviceSource.SNIPE_IT: ("Checked Out To",),
}
"""Headings that only this source writes."""

TWO_TELL: Mapping[DeviceSource, tuple[str, ...]] = {
    DeviceSource.INTUNE: (
        *("Management name", "Compliance", "Last check-in", "Device state", "Managed by", "JoinType", "LastContact", "UPN", "Ownership"),
        *("lastSyncDateTime", "azureADDeviceId", "azureADRegistered", "complianceState", "isEncrypted", "userPrincipalName", "Encrypted"),
        *("Enrollment date", "Jailbroken", "Wi-Fi MAC", "Total storage", "Free storage"),
    ),
    DeviceSource.GOOGLE: ("platformVersion", "lastReport", "bootMode", "enrollmentTime", "lastEnrollmentTime", "firmwareVersion", "lastDeprovision"),
    DeviceSource.JAMF_PRO_COMPUTERS: ("Computer Name", "Operating System Version", "Last Check-in", "Last Inventory Update", "Last Enrollment"),
    DeviceSource.JAMF_PRO_MOBILES: (
        *("Display Name", "Hardware Encryption", "Passcode Status", "Passcode Compliance", "Data Protection", "Lost Mode Enabled", "Shared iPad"),
        *("Last Inventory Update", "Jailbreak Detected", "Device Ownership Type", "Last Enrollment"),
    ),
    DeviceSource.JAMF_SCHOOL: (
        *("locationId", "enrollType", "hasPasscode", "passcodeCompliant", "isManaged", "iCloudBackupEnabled", "lastCheckin", "Owner"),
        *("availableCapacity", "totalCapacity", "DEP profile"),
    ),
    DeviceSource.APPLE: (
        *("productFamily", "productType", "deviceModel", "deviceCapacity", "partNumber", "orderDateTime", "updatedDateTime", "assignedServer"),
        *("Added to organization", "Added to organisation", "Date added", "Device management service", "MDM server", "Order date"),
    ),
    DeviceSource.SNIPE_IT: (
        *("Asset Name", "Checked Out", "Device Image", "Model No.", "Employee No.", "Default Location", "EOL Rate", "Warranty Expires"),
        *("Checkout Date", "Expected Checkin Date", "Last Audit", "Next Audit Date", "Checkins", "Checkouts", "Current Value", "BYOD"),
    ),
}
"""Headings of which this source writes several, and others one at most."""

SECRET_PIECES = (
    *("password", "passwd", "passphrase", "passwort", "cyfrinair", "bypasscode", "bypass", "recoverykey", "recoverypin", "recoverycode"),
    *("bitlockerkey", "filevaultkey", "filevault2key", "individualkey", "institutionalkey", "escrowkey", "escrowedkey", "privatekey", "productkey"),
    *("encryptionkey", "bootstraptoken", "unlocktoken", "unlockcode", "unlockpin", "unlockkey", "lockcode", "lockpin", "wipecode", "wipepin"),
    *("secret", "apikey", "accesstoken", "pushmagic"),
)
"""What in a heading promises something that opens a device or an account."""

SECRET_WHOLE = frozenset(
    {
        *("pass", "pw", "pwd", "adminpwd", "passcode", "devicepasscode", "unlockpasscode", "pin", "pincode", "devicepin", "simpin", "puk", "simpuk"),
        *("laps", "token", "devicetoken", "bitlocker", "adminpass"),
    }
)
"""Headings that promise it when they stand alone."""

ABOUT_WORDS = frozenset(
    {
        *("status", "enabled", "escrowed", "validation", "valid", "date", "set", "last", "compliance", "compliant", "expires", "expiry", "expired"),
        *("present", "has", "is", "required", "type", "policy", "changed", "age", "length", "supported", "allowed", "protected", "protection"),
        *("state", "policies", "rotation"),
    }
)
"""A heading with one of these tells about a secret and does not hold it: "Bootstrap Token Escrowed"."""

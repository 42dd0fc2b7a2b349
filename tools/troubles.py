"""What can go wrong while Safehold is being set up, each as a sentence or two with its mend. Standard library only."""

from __future__ import annotations  # like start.py, this must parse on an old Python

import errno
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

DISK_FULL = "The disk is full. Make about 500 MB of room, then run this again."
NOT_WRITABLE = f"Safehold cannot write in its folder, {ROOT}. Move it to a folder of your own, or run this as the user to whom it belongs."
MISSING = "A file of Safehold's own is missing. Fetch the whole of Safehold again, keep your data folder, then run this again."
NO_VENV = "Python's venv module is missing here. On Debian or Ubuntu run: sudo apt install python3-venv\nThen run this again."
CHANGED = (
    "A package that arrived is not the one Safehold was made with (its hash differs), so it was not installed. "
    "Run this again; if it happens again, something between this computer and the package index changes files: ask whoever runs the network."
)
INSPECTED = (
    "The connection to the package index is not trusted, probably because the network inspects it. "
    "Ask whoever runs the network for its certificate file, set PIP_CERT and NODE_EXTRA_CA_CERTS to it, then run this again."
)
NO_NETWORK = (
    "The package index cannot be reached. Only the first start needs the network: check that this computer is online; "
    "behind a school's proxy set HTTPS_PROXY (such as HTTPS_PROXY=http://proxy.school.example:8080), then run this again."
)
NO_WHEEL = "A package has no ready-made build for the Python of this computer. Use a 64-bit Python 3.11, 3.12 or 3.13."
TROUBLES = (
    (r"No space left|Errno 28\b|ENOSPC|Disk quota|WinError 112\b", DISK_FULL),
    (r"No module named '?(ensurepip|venv)\b|ensurepip is not", NO_VENV),
    (r"DO NOT MATCH THE HASHES|EINTEGRITY", CHANGED),
    (r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)", INSPECTED),
    (r"\(from versions: none\)|Max retries|NewConnectionError|ProxyError|Read timed out|ReadTimeoutError|Connection (refused|reset)", NO_NETWORK),
    (r"Name or service not known|name resolution|ENOTFOUND|EAI_AGAIN|ECONN\w+|E\w*TIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET", NO_NETWORK),
    (r"No matching distribution found|is not a supported wheel", NO_WHEEL),
    (r"Permission denied|Read-only file system|EACCES|EPERM|EROFS|WinError (5|32)\b", NOT_WRITABLE),
)
BEFORE_INSTALLING = (NO_NETWORK, INSPECTED, CHANGED, NO_WHEEL)  # pip finds these out before it touches anything
NOT_OF_NPM = (NO_NETWORK, INSPECTED, CHANGED, DISK_FULL)  # another npm would meet them as well


class Stop(Exception):
    """The start cannot go on; the message says why, and what to do, in a sentence or two."""


def explain(output: str) -> str:
    """The sentence for what a failed program said: the trouble it names, else its own last words."""
    for pattern, sentence in TROUBLES:
        if re.search(pattern, output):
            return sentence
    words = [line.strip() for line in output.splitlines() if line.strip()] or ["(nothing)"]
    return (
        f"Setting up failed in a way Safehold does not know. Delete the folder {ROOT / '.venv'} and run this again. The last words were: {words[-1]}"
    )


def explain_refusal(error: OSError) -> str:
    """The sentence for what the operating system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    return MISSING if isinstance(error, FileNotFoundError) else NOT_WRITABLE

"""Lets the tests and every program that they start share their bytecode, where Python was told to leave none beside the sources.

A start of the program would otherwise compile all of it anew, and a run of the tests starts it a hundred times.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parent / ".pytest_cache" / "bytecode")

"""Files in both directions: bytes in, rows out; rows in, bytes out."""

import os

os.environ["OPENPYXL_LXML"] = "False"  # read when openpyxl is first imported: with lxml, which Word files need, it would not refuse an entity bomb

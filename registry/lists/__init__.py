"""Lists of records: what somebody asks to see, and the page of it."""

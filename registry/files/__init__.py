"""Files with a record, on their way in, in the store, and on their way out."""

"""Files of records on their way in: kept, read, judged row by row, saved."""

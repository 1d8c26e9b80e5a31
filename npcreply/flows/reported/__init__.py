"""A progress report taken in: its file, its records, what is ticked, what is written."""

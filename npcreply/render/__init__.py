"""A Table made into terminal text, CSV or JSON; decides nothing."""

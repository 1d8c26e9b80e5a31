"""The rules, pure: what a record is and how it is judged on a day; standard library only."""

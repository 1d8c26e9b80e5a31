"""Days in a letter: what a day is for, and which year it belongs to."""

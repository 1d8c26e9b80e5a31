"""The text as it is read: plain digits and blanks, lines, sentences; each place traced back."""

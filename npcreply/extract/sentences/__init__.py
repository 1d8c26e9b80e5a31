"""The letter as sentences: headings, clauses, items, whose words they are."""

"""A reply's text becomes a draft record; every value keeps the words it came from."""

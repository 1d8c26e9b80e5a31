"""One module per command, named after it; strangers to each other."""

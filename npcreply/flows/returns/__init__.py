"""Return sheets brought back: what departments report, ask for and leave open, put on record."""

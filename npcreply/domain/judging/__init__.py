"""How promises, targets and replies stand on a day."""

"""How an entry comes about: questions, a letter, choosing, the record it makes."""

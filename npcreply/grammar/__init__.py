"""How Chinese, and a clerk, writes things: text to values, standard library only."""

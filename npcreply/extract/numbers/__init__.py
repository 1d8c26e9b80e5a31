"""Numbers in running text, told apart from what only looks like one."""

"""Lines made into Tables: each field named once, with how its cell is got and its head."""

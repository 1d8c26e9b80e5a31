"""The shared database: facts of several workspaces, pushed by each, asked all at once."""

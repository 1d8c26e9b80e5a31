"""The derived index: deletable, rebuilt from the files, never the truth."""

"""The same promise again: which promises of other years and offices say what one says."""

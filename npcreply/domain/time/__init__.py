"""Days counted as the law counts them: working days, limits, the clocks of a reply."""

"""Tables as offices keep them: workbooks and CSV as cells, their heads, their values."""

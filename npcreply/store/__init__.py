"""Files and model: YAML text with marks, schema findings, codec, edits, journal."""

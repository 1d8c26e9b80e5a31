"""What a record must be: schema.yaml, the office's settings, the rules of time."""

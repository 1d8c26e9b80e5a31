"""What a progress report tells, and of which promises on record."""

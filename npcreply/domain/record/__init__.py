"""What a record is: the model, its flat lines, what it goes by, what it refers to."""

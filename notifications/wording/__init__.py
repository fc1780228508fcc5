"""What a message says: one place for each kind of event. Pure: facts in, words out."""

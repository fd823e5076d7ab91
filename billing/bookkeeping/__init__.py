"""The bookkeeping software: what was handed over to it, and the journal for who keeps books in another way."""

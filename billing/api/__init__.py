"""What a host's own systems may do with a key: create what is to be billed, and follow what becomes of it."""

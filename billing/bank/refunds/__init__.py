"""Money that came by bank transfer and goes back by one: in files that finance approves and hands to our bank."""

"""One module per page, its state beside its content."""

"""The journal: the one truth about money. Balanced entries of integer cents, append-only."""

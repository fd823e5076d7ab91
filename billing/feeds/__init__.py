"""The feeds that tell what was paid, and when each was last heard."""

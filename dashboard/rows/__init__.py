"""Read models to what a screen shows: pure functions, and frozen dataclasses of strings."""

"""What the worker could not do, kept where people and their alarms see it."""

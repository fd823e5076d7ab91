"""Reminders: a ladder of friendly letters for what is overdue, behind gates that close at the least doubt."""

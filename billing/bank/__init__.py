"""Statements of our own bank accounts, and what their lines are for."""

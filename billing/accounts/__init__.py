"""Customers (accounts), the people who log in (users), and who may do what for whom (memberships)."""

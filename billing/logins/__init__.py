"""Proving who somebody is: passwords, codes, passkeys, sessions, and the links that are mailed for it."""

"""Schema revisions, run by `voldaan migrate` on SQLite and PostgreSQL alike."""

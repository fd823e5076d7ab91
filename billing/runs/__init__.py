"""The invoice run: everything that is due up to a day, invoiced in chunks, each exactly once."""

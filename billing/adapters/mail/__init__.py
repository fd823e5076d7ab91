"""Mails: what stands in them, and handing them to the mail server."""

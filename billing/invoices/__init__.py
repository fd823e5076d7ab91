"""Invoices: drafted, issued with a gap-free number, never changed afterwards, settled by postings in the journal."""

"""The invariants of what was handed over to the bookkeeping, for `billing.ledger.checks`."""

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "every invoice since the books were connected was handed over or waits for it": """
        SELECT l.administration, i.number FROM book_link l JOIN invoice i ON i.issued_on >= l.since
        JOIN journal_entry e ON e.source_key = 'invoice:' || i.id AND e.id <= l.planned_through
        LEFT JOIN book_entry b ON b.administration = l.administration AND b.invoice_id = i.id
        WHERE b.id IS NULL""",
    "every credit note since the books were connected was handed over or waits for it": """
        SELECT l.administration, c.number FROM book_link l JOIN credit_note c ON c.issued_on >= l.since
        JOIN journal_entry e ON e.source_key = 'credit_note:' || c.id AND e.id <= l.planned_through
        LEFT JOIN book_entry b ON b.administration = l.administration AND b.credit_note_id = c.id
        WHERE b.id IS NULL""",
    "no document stands in the books twice": """
        SELECT administration, coalesce(invoice_id, 0), coalesce(credit_note_id, 0) FROM book_entry
        WHERE kind <> 'journal'
        GROUP BY administration, coalesce(invoice_id, 0), coalesce(credit_note_id, 0) HAVING count(*) > 1""",
    "a document in the books is the one of that number, of that customer": """
        SELECT b.number FROM book_entry b LEFT JOIN invoice i ON i.id = b.invoice_id
        LEFT JOIN credit_note c ON c.id = b.credit_note_id
        WHERE b.number <> coalesce(i.number, c.number) OR b.account_id <> coalesce(i.account_id, c.account_id)""",
    "every entry since then that no document is about was handed over or waits for it": """
        SELECT l.administration, e.id FROM book_link l
        JOIN journal_entry e ON e.id <= l.planned_through AND e.occurred_on >= l.since
        LEFT JOIN book_entry b ON b.administration = l.administration AND b.kind = 'journal' AND b.journal_id = e.id
        WHERE b.id IS NULL AND e.kind IN ('overpayment_kept','credits_given','payout_asked','payout_undone',
                                          'gateway_paid_out','bank_unmatched','bank_other','gateway_fee')""",
    "what settles an invoice from before the books were connected was handed over or waits for it": """
        SELECT l.administration, e.id FROM book_link l
        JOIN journal_entry e ON e.id <= l.planned_through AND e.occurred_on >= l.since
        JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'receivable'
        JOIN invoice i ON i.id = p.invoice_id AND i.issued_on < l.began
        LEFT JOIN book_entry b ON b.administration = l.administration AND b.kind = 'journal' AND b.journal_id = e.id
        WHERE b.id IS NULL AND e.kind NOT IN ('invoice_issued','credit_note_issued')
        GROUP BY l.administration, e.id HAVING sum(p.cents) <> 0""",
    "whatever the journal says of a document in the books makes it wait again": """
        SELECT b.number FROM book_entry b JOIN book_link l ON l.administration = b.administration
        JOIN (SELECT invoice_id, max(entry_id) AS newest FROM posting WHERE ledger_account = 'receivable'
              GROUP BY invoice_id) p ON p.invoice_id = b.invoice_id
        WHERE p.newest <= l.planned_through AND p.newest > b.journal_id""",
}

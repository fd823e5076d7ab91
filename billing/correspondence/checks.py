"""The invariants of e-invoices on the network; each query lists offenders, and an empty answer means that it holds."""

QUERIES: dict[str, str] = {
    "every e-invoice on the network is of an issued document, and of its customer": """
        SELECT d.id FROM einvoice_delivery d LEFT JOIN invoice i ON i.id = d.invoice_id
        LEFT JOIN credit_note n ON n.id = d.credit_note_id
        WHERE coalesce(i.account_id, n.account_id) <> d.account_id OR i.state = 'draft'""",
}

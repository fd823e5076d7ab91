"""The invariants of the gateway's payouts; each query lists offenders, and an empty answer means that it holds."""

QUERIES: dict[str, str] = {
    "what is with the gateway is what it collected, less its fees and what it paid out": """
        SELECT a.cents FROM (SELECT coalesce(sum(cents), 0) AS cents FROM (
            SELECT cents FROM posting WHERE ledger_account = 'gateway_clearing'
            UNION ALL SELECT -p.cents FROM posting p JOIN journal_entry e ON e.id = p.entry_id
              WHERE p.ledger_account = 'gateway_clearing' AND e.kind IN ('payment_received','money_returned')
            UNION ALL SELECT -cents FROM gateway_line WHERE kind = 'fee'
            UNION ALL SELECT l.cents FROM bank_line l JOIN bank_match m ON m.line_id = l.id
              WHERE m.purpose = 'gateway' AND m.undone_at IS NULL) b) a
        WHERE a.cents <> 0""",
    "every fee of the gateway is in the journal once, for its amount": """
        SELECT g.key FROM gateway_line g LEFT JOIN journal_entry e ON e.source_key = 'gateway_fee:' || g.key
        LEFT JOIN (SELECT entry_id, sum(cents) AS cents FROM posting WHERE ledger_account = 'gateway_fees'
                   GROUP BY entry_id) p ON p.entry_id = e.id
        WHERE g.kind = 'fee' AND coalesce(p.cents, 0) <> -g.cents""",
    "a payout of the gateway arrived at the bank for its amount": """
        SELECT g.key FROM gateway_line g JOIN bank_line l ON l.id = g.bank_line_id WHERE l.cents <> -g.cents""",
    "what a report of the gateway brought is how many lines it has": """
        SELECT r.id FROM gateway_report r
        LEFT JOIN (SELECT report_id, count(*) AS lines FROM gateway_line GROUP BY report_id) l ON l.report_id = r.id
        WHERE r.new_lines <> coalesce(l.lines, 0)""",
}  # fmt: skip

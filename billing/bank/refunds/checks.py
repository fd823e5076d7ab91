"""The invariants of money that goes back by bank; each query lists offenders, and an empty answer means it holds."""

QUERIES: dict[str, str] = {
    "only money that came by bank goes back by bank": """
        SELECT t.payout_id FROM bank_transfer t JOIN payout o ON o.id = t.payout_id
        JOIN payment p ON p.id = o.payment_id WHERE p.method <> 'bank' OR o.provider_key IS NOT NULL""",
    "a file of transfers comes to what is in it": """
        SELECT f.id FROM transfer_file f LEFT JOIN (
            SELECT t.file_id, count(*) AS n, sum(o.amount_cents) AS cents FROM bank_transfer t
            JOIN payout o ON o.id = t.payout_id GROUP BY t.file_id) b ON b.file_id = f.id
        WHERE f.dropped_at IS NULL AND (f.cents <> coalesce(b.cents, 0) OR f.transfers <> coalesce(b.n, 0))
           OR f.dropped_at IS NOT NULL AND b.n IS NOT NULL""",
    "a file of transfers that was handed out was approved by enough different people": """
        SELECT f.id FROM transfer_file f
        LEFT JOIN (SELECT file_id, count(*) AS n FROM transfer_approval GROUP BY file_id) a ON a.file_id = f.id
        WHERE f.handed_out_at IS NOT NULL AND coalesce(a.n, 0) < f.approvals_needed""",
    "a transfer that went back is one bank line, for its amount": """
        SELECT t.payout_id FROM bank_transfer t JOIN payout o ON o.id = t.payout_id
        LEFT JOIN bank_match m ON m.id = t.match_id AND m.undone_at IS NULL LEFT JOIN bank_line l ON l.id = m.line_id
        WHERE (o.state = 'succeeded') <> (m.id IS NOT NULL) OR m.id IS NOT NULL AND l.cents <> -o.amount_cents""",
}

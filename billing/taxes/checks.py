"""The invariants of VAT across borders, for `billing.ledger.checks`."""

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "what counts of a VAT number is the last that was answered about it": """
        SELECT a.id FROM account a WHERE a.vat_answer <> '' AND a.vat_answer <> coalesce((
            SELECT c.verdict FROM vat_check c WHERE c.account_id = a.id AND c.number = a.vat_number
            AND c.verdict <> 'unavailable' ORDER BY c.id DESC LIMIT 1), '')""",
    "every line outside the Union is at 0 %": """
        SELECT i.number FROM invoice i WHERE i.state = 'issued' AND i.vat_treatment = 'outside'
          AND (i.vat_cents <> 0 OR EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = i.id
                                           AND CAST(l.vat_rate AS NUMERIC) <> 0))""",
    "the turnover with consumers in the Union is what was sold to them less what was credited": """
        SELECT t.year FROM (
            SELECT year, net_cents FROM union_turnover
            UNION ALL SELECT year, -net_cents FROM invoice
            WHERE state = 'issued' AND vat_treatment IN ('union_consumer','oss')
            UNION ALL SELECT i.year, n.net_cents FROM credit_note n JOIN invoice i ON i.id = n.invoice_id
            WHERE n.vat_treatment IN ('union_consumer','oss')
        ) t GROUP BY t.year HAVING sum(t.net_cents) <> 0""",
    "a year in which the threshold was passed says since when": """
        SELECT year FROM union_turnover WHERE net_cents > 1000000 AND over_since IS NULL""",
}

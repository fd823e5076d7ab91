"""The invariants of accounts that were erased; each query lists offenders, and an empty answer means that it holds."""

QUERIES: dict[str, str] = {
    "of an account that was erased nobody, nothing open and no service is left": """
        SELECT a.id FROM account a WHERE a.erased_at IS NOT NULL AND (
            EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id)
            OR EXISTS (SELECT 1 FROM invitation i WHERE i.account_id = a.id)
            OR EXISTS (SELECT 1 FROM hosting_package h WHERE h.account_id = a.id)
            OR EXISTS (SELECT 1 FROM invoice i WHERE i.account_id = a.id AND i.open_cents <> 0)
            OR EXISTS (SELECT 1 FROM service s WHERE s.account_id = a.id AND s.state <> 'ended')
            OR a.attention || a.street || a.postal_code || a.city || a.vat_number || a.chamber_number <> '')""",
}

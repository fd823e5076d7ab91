"""The invariants of accounts that were erased; each query lists offenders, and an empty answer means that it holds."""

QUERIES: dict[str, str] = {
    # What a bank takes back afterwards all the same is open again, and finance sees it among all customers.
    "of an account that was erased nobody, nothing open and no service is left": """
        SELECT a.id FROM account a WHERE a.erased_at IS NOT NULL AND (
            EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id)
            OR EXISTS (SELECT 1 FROM invitation i WHERE i.account_id = a.id)
            OR EXISTS (SELECT 1 FROM hosting_package h WHERE h.account_id = a.id)
            OR EXISTS (SELECT 1 FROM invoice i WHERE i.account_id = a.id
                AND (i.state = 'draft' OR i.open_cents <> 0 AND i.returned_on IS NULL))
            OR EXISTS (SELECT 1 FROM service s WHERE s.account_id = a.id AND s.state <> 'ended')
            OR a.attention || a.street || a.postal_code || a.city || a.vat_number || a.chamber_number <> '')""",
}

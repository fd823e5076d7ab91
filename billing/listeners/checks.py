"""The invariants of what listeners are told, for `billing.ledger.checks`."""

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "a listener is told only of the customers that its key reaches, and only of what it asked for": """
        SELECT d.id FROM listener_delivery d JOIN listener l ON l.id = d.listener_id JOIN api_key k ON k.id = l.key_id
        WHERE k.account_id <> d.account_id OR ' ' || l.events || ' ' NOT LIKE '% ' || d.type || ' %'
           OR d.happened_at < l.created_at""",
    "of one customer, a listener hears in order": """
        SELECT later.id FROM listener_delivery later JOIN listener_delivery earlier
          ON earlier.listener_id = later.listener_id AND earlier.account_id = later.account_id
         AND earlier.id < later.id AND earlier.state = 'waiting' AND later.tries > 0""",
}

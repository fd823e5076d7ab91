"""Stop orders: the only way in which a service is ever switched off, by two people, and back on by any payment."""

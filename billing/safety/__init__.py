"""Why each service is safe: the facts that stand in the way of stopping it, and what its customer sees of them."""

"""Standing mandates for direct debits: their life, collection by them, and what a reversal does."""

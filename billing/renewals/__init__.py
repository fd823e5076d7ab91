"""Renewing domains in time: first at the registry, then the question of who pays."""

"""The dashboard: the Reflex app that customers and staff see."""

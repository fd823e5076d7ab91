"""Files of SEPA credit transfers: pain.001."""

from billing.adapters.pain.writer import PainWriter

__all__ = ["PainWriter"]

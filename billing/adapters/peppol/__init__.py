"""The network Peppol behind the port `EInvoiceNetwork`, by way of an access point."""

from billing.adapters.peppol.client import AccessPoint, NoNetwork

__all__ = ["AccessPoint", "NoNetwork"]

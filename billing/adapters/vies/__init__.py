"""The European Commission's register of VAT numbers (VIES) behind the port `VatRegister`."""

from billing.adapters.vies.client import Vies

__all__ = ["Vies"]

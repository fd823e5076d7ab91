"""Why direct debits come back: the codes of ISO 20022, and the gateway's table of test amounts."""

# With the types of the gateway: a debtor takes money back with C501, a bank returns it with C502.
STORNO, RETURN = "C501", "C502"

_REASONS = {
    "AC01": (RETURN, "Account identifier incorrect"),
    "AC04": (RETURN, "Account closed"),
    "AC06": (RETURN, "Account blocked"),
    "AC13": (RETURN, "Debtor account is a consumer account"),
    "AG01": (RETURN, "Direct debit not allowed on this account"),
    "AG02": (RETURN, "Operation code invalid"),
    "AM04": (RETURN, "Insufficient funds"),
    "AM05": (RETURN, "Duplicate collection"),
    "BE05": (RETURN, "Creditor identifier not recognised"),
    "MD01": (STORNO, "No valid mandate"),
    "MD06": (STORNO, "Debtor uses 8 weeks reversal right"),
    "MS02": (STORNO, "Refused by the debtor, reason not given"),
    "MS03": (RETURN, "Reason not specified"),
    "SL01": (RETURN, "Creditor blocked by the debtor"),
}
CODES = tuple(_REASONS)

# In the test environment, for an invoice number that starts with T: the amount chooses what follows the success.
_BY_AMOUNT = {
    539: "AC01", 540: "AC04", 541: "AC06", 542: "AC13", 543: "AG01", 544: "AG02", 545: "AM04", 546: "BE05",
    547: "MD01", 548: "MD01",
}  # fmt: skip


def reversal_type(code: str) -> str:
    """The transaction type of a reversal for this reason."""
    return _REASONS[code][0]


def explanation(code: str) -> str:
    """The reason in words."""
    return _REASONS[code][1]


def reason_of_test(invoice: str, cents: int) -> str:
    """Why the test environment takes this collection back; empty when it does not."""
    return _BY_AMOUNT.get(cents, "") if invoice.startswith("T") else ""

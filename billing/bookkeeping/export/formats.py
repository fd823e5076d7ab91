"""The forms of an export."""

from enum import StrEnum


class Format(StrEnum):
    """What a period can be had as. CSV: the journal by the row. XAF: the audit file of the Dutch tax office, 4.0.
    ZIP: both, and every document as PDF and UBL with an index."""

    CSV = "csv"
    XAF = "xaf"
    ZIP = "zip"

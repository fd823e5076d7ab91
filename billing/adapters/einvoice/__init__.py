"""E-invoices: EN 16931 as UBL and as CII, written straight from the documents that are printed."""

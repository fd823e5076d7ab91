"""The VAT rates of the administration, by their ids: Dutch ones, and of each other member state its standard rate."""

from decimal import Decimal

# Those of other countries, with whose they are and how much, in per cent.
FOREIGN = {
    "2301": ("AT", "20"), "2302": ("BE", "21"), "2303": ("BG", "20"), "2304": ("CY", "19"), "2305": ("CZ", "21"),
    "2306": ("DE", "19"), "2307": ("DK", "25"), "2308": ("EE", "24"), "2309": ("ES", "21"), "2310": ("FI", "25.5"),
    "2311": ("FR", "20"), "2312": ("GR", "24"), "2313": ("HR", "25"), "2314": ("HU", "27"), "2315": ("IE", "23"),
    "2316": ("IT", "22"), "2317": ("LT", "21"), "2318": ("LU", "17"), "2319": ("LV", "21"), "2320": ("MT", "18"),
    "2321": ("PL", "23"), "2322": ("PT", "23"), "2323": ("RO", "21"), "2324": ("SE", "25"), "2325": ("SI", "22"),
    "2326": ("SK", "23"),
}  # fmt: skip
RATES = {
    "2121": Decimal(21), "2109": Decimal(9), "2100": Decimal(0), "2101": Decimal(0), "2102": Decimal(0),
    **{key: Decimal(percentage) for key, (_, percentage) in FOREIGN.items()},
}  # fmt: skip

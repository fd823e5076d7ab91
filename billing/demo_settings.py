"""What a demo is set to when nothing else is said: its own keys, its neighbours on this machine, a made-up seller."""

from pydantic import SecretStr

from billing.second_factor import SecondFactor

# The demo's keys are public: they open nothing, and a process outside demo mode refuses them.
DEMO_WEBSITE_KEY = "DEMO0000KEY"
DEMO_SECRET = "demo-secret-not-for-live-use"
DEMO_PANEL_SECRET = "whsec_ZGVtbyBrZXkgb2YgdGhlIGhvc3RpbmcgcGFuZWwsIG5vdCBmb3IgbGl2ZSB1c2U="
DEMO_MAIL_REPORTS_SECRET = "whsec_ZGVtbyBrZXkgb2YgdGhlIG1haWwgcmVwb3J0cywgbm90IGZvciBsaXZlIHVzZSE="
DEMO_BOOKS_TOKEN = "demo-token-of-the-bookkeeping"
DEMO_BOOKS_NEWS_SECRET = "demo-secret-of-the-bookkeeping"
DEMO_PEPPOL_TOKEN = "demo-token-of-the-access-point"
DEMO_SIGNING_KEY = "demo-signing-key-not-for-live-use"
DEMO_ENCRYPTION_KEY = "demo-encryption-key-not-for-live-use"
# Ids in the sandbox's bookkeeping of the standard rate of each other member state.
DEMO_OSS_RATES = (
    "oss_AT_20=2301,oss_BE_21=2302,oss_BG_20=2303,oss_CY_19=2304,oss_CZ_21=2305,oss_DE_19=2306,oss_DK_25=2307,"
    "oss_EE_24=2308,oss_ES_21=2309,oss_FI_25.5=2310,oss_FR_20=2311,oss_GR_24=2312,oss_HR_25=2313,oss_HU_27=2314,"
    "oss_IE_23=2315,oss_IT_22=2316,oss_LT_21=2317,oss_LU_17=2318,oss_LV_21=2319,oss_MT_18=2320,oss_PL_23=2321,"
    "oss_PT_23=2322,oss_RO_21=2323,oss_SE_25=2324,oss_SI_22=2325,oss_SK_23=2326"
)


def demo_values(port: int, sandbox_port: int, smtp_port: int) -> dict[str, object]:
    """Settings by name. port: of the dashboard; the others are where the sandbox listens."""
    return {
        "second_factor": SecondFactor.OFFERED,
        "signing_key": SecretStr(DEMO_SIGNING_KEY),
        "encryption_keys": SecretStr(DEMO_ENCRYPTION_KEY),
        "buckaroo_url": f"http://localhost:{sandbox_port}",
        "buckaroo_website_key": DEMO_WEBSITE_KEY,
        "buckaroo_secret": SecretStr(DEMO_SECRET),
        "smtp_port": smtp_port,
        "hosting_panel_url": f"http://localhost:{sandbox_port}/panel/hooks",
        "hosting_panel_secret": SecretStr(DEMO_PANEL_SECRET),
        "mail_reports_secret": SecretStr(DEMO_MAIL_REPORTS_SECRET),
        "books_url": f"http://localhost:{sandbox_port}/books/api/v2",
        "books_token": SecretStr(DEMO_BOOKS_TOKEN),
        "books_administration": "1001",
        "books_tax_rates": f"21=2121,9=2109,0=2100,reverse_charge=2101,outside=2102,{DEMO_OSS_RATES}",
        "books_ledgers": "revenue=8000,payments=1200,bank=1100,credits=1600,notes=1310,carried=1320,unallocated=1610,"
        "payout=1620,goodwill=4910,fees=4500,bank_other=1190,bad_debt=4900,earlier=1330",
        "books_news_secret": SecretStr(DEMO_BOOKS_NEWS_SECRET),
        "peppol_url": f"http://localhost:{sandbox_port}/peppol/v1",
        "peppol_token": SecretStr(DEMO_PEPPOL_TOKEN),
        "vies_url": f"http://localhost:{sandbox_port}/vies/rest-api",
        "leaked_passwords_url": "",
        "mail_from": "facturen@voorbeeld-hosting.test",
        "public_url": f"http://localhost:{port}",
        "seller_name": "Voorbeeld Hosting B.V.",
        "seller_street": "Demostraat 1",
        "seller_postal_code": "1234 AB",
        "seller_city": "Voorbeeldstad",
        "seller_vat_number": "NL000000000B00",
        "seller_chamber_number": "00000000",
        "seller_iban": "NL93DEMO0123456789",
        "gateway_ibans": "NL20SAND0001234567",
        "mandate_prefix": "X6A",
        "creditor_id": "NL22ZZZ000000000000",
    }

"""What a screen reader finds on the two pages that matter most, in its order and in Dutch."""

import re

from playwright.sync_api import Page, expect

from billing.documents import long_date
from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, login, open_invoice

BAR = """
- link "Naar de inhoud"
- banner:
  - link "Voldaan, naar het dashboard"
  - text: Bakkerij De Korenaar
  - link /Facturen, \\d+ open/
  - button "Donkere weergave"
  - button "Gebruikersmenu van Hanna de Graan"
"""
DASHBOARD = """
- main:
  - heading /^Goede(morgen|middag|navond), Hanna$/ [level=1]
  - paragraph: /open\\.$/
  - navigation "Hoofdknoppen":
    - link "Producten"
    - link "Website"
    - link "E-mail"
    - link "Gebruikers"
    - link "Credits"
    - link /Facturen \\d+ open/
  - region "Openstaande facturen":
    - heading "Openstaande facturen" [level=2]
    - paragraph: /de oudste bovenaan/
    - text: /Samen nog te betalen/
    - table:
      - rowgroup:
        - row "Nummer Status Datum Vervaldatum Nog te betalen Betalen"
      - rowgroup
    - link "Alle facturen bekijken"
    - link /samen betalen/
  - heading "Komende kosten" [level=2]
  - list "Komende kosten"
  - heading "Je diensten zijn veilig" [level=2]
- contentinfo
"""
ROW = """
- row /{number}/:
  - cell "{number} Domeinnaam, 12 maanden":
    - link "{number}"
  - cell "Onbetaald"
  - cell "{issued}"
  - cell /^\\d+ \\w+ \\d{{4}} over \\d+ dagen$/
  - cell "€ 14,52"
  - cell:
    - link "Betalen, factuur {number}"
"""
INVOICE = """
- main:
  - navigation "Kruimelpad":
    - link "Dashboard"
    - link "Facturen"
    - text: "{number}"
  - heading "Factuur {number}" [level=1]
  - text: Onbetaald
  - link "Downloaden"
  - link "E-factuur"
  - button "Afdrukken"
  - status
  - article "Factuur {number} zoals gedrukt"
  - region "Geschiedenis van deze factuur"
  - complementary:
    - region "Bedrag":
      - text: Nog te betalen € 14,52
    - region "Betaalmethodes":
      - heading "Betaalmethodes" [level=2]
      - heading "Zelf betalen met" [level=3]
      - button "iDEAL | Wero Direct verwerkt, via je bank"
      - button "Creditcard Direct verwerkt"
      - button "Bancontact Direct verwerkt"
      - heading "Automatisch betalen met" [level=3]
      - button /^Doorlopende machtiging/
      - group: Wat is een machtiging?
      - heading "Zelf overmaken" [level=3]
      - term: IBAN
      - definition:
        - button "IBAN kopiëren"
      - term: Kenmerk
      - definition:
        - button "Kenmerk kopiëren"
      - term: Op naam van
      - definition:
        - button "Op naam van kopiëren"
      - figure "Scan met je bankapp":
        - img "QR-code om deze factuur met je bankapp te betalen"
- contentinfo
"""


def test_the_bar_of_every_page_is_told_first(page: Page) -> None:
    login(page, OWNER)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("body")).to_match_aria_snapshot(BAR)


def test_the_dashboard_is_told_from_the_greeting_to_the_services(page: Page) -> None:
    login(page, OWNER)
    expect(page.locator("body")).to_match_aria_snapshot(DASHBOARD)


def test_an_open_invoice_is_told_in_one_row(demo: Demo, page: Page) -> None:
    number = demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    login(page, OWNER)
    row = page.get_by_role("row").filter(has_text=re.compile(f"^{number}"))
    expect(row).to_match_aria_snapshot(ROW.format(number=number, issued=long_date(demo.today, "nl")))


def test_an_invoice_is_told_with_what_to_pay_and_every_way_to(demo: Demo, new_page: NewPage) -> None:
    number = demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    page = new_page()
    login(page, OWNER)
    open_invoice(page, number)
    expect(page.locator("body")).to_match_aria_snapshot(INVOICE.format(number=number))

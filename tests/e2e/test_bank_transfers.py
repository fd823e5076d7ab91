"""The bank, from a customer's transfer to *Betaald*: by reference, with a typo, too much, and returned again."""

from typing import Any

from playwright.sync_api import FilePayload, Page, expect
from sqlmodel import select

from billing.db import Work
from billing.invoices.tables import Invoice
from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY, OWNER, PASSWORD, expect_status, fill_in_login, login, open_invoice

FINANCE = "finance@demo.test"


class Desk:
    """Somebody of the finance department at a browser, and the sandbox's bank beside it."""

    def __init__(self, demo: Demo, page: Page, bank: Page) -> None:
        self.demo, self.page, self.bank = demo, page, bank
        fill_in_login(page, FINANCE, PASSWORD)
        page.wait_for_url("**/staff")
        self.open()
        bank.goto(f"{demo.sandbox_url}/control")

    def open(self) -> None:
        self.page.goto("/staff/money")
        expect(self.page.get_by_role("heading", name="Ongekoppeld geld", level=1)).to_be_visible()

    def told(self, *lines: str) -> FilePayload:
        """The statement that the bank makes of these transfers, from its own page."""
        self.bank.get_by_label("Overboekingen").fill("\n".join(lines))
        with self.bank.expect_download() as download:
            self.bank.get_by_role("button", name="Bestand maken").click()
        content = download.value.path().read_bytes()
        return {"name": download.value.suggested_filename, "mimeType": "application/xml", "buffer": content}

    def hand_in(self, *files: FilePayload) -> None:
        self.page.get_by_label("Bestanden kiezen").set_input_files(list(files))

    def says(self, text: str) -> None:
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()


def reference(work: Work, number: str) -> str:
    return work.session.exec(select(Invoice).where(Invoice.number == number)).one().reference


def mails_about(demo: Demo, subject: str) -> list[dict[str, Any]]:
    return [mail for mail in demo.mails() if mail["subject"].startswith(subject)]


def test_a_transfer_is_recognised_repaired_kept_and_returned(demo: Demo, new_page: NewPage) -> None:
    owner, desk = new_page(), Desk(demo, new_page(), new_page())
    login(owner, OWNER)
    by_reference(demo, desk, owner)
    with_a_typo(demo, desk, owner)
    too_much(demo, desk, owner)
    for_no_invoice(desk)
    returned(demo, desk, owner)
    taken_back(demo, desk, owner)


def by_reference(demo: Demo, desk: Desk, owner: Page) -> None:
    """The customer's own page turns by itself, and the mail says it too; the same file again changes nothing."""
    number = demo.issue(BAKERY, "Overgemaakt", price="41.00")
    open_invoice(owner, number)
    file = desk.told(f"4961; {demo.billing.ask(reference, number)}; Bakkerij De Korenaar")
    desk.hand_in(file)
    desk.says("1 regel, allemaal nieuw. 1 regel is gekoppeld.")
    expect_status(owner, "Betaald")
    eventually(lambda: mails_about(demo, f"Betaald: factuur {number}"))
    desk.hand_in(file)
    desk.says("Dit afschrift was al ingelezen; er is niets veranderd.")


def with_a_typo(demo: Demo, desk: Desk, owner: Page) -> None:
    """A suggestion, and one click."""
    number = demo.issue(BAKERY, "Tikfout", price="42.37")
    open_invoice(owner, number)
    desk.hand_in(desk.told(f"5127; {demo.billing.ask(reference, number)[:-2]}; J. de Bakker"))
    desk.says("1 regel wacht op jou.")
    row = desk.page.get_by_role("row").filter(has_text="J. de Bakker")
    expect(row).to_contain_text(f"Factuur {number} van {BAKERY}")
    expect(row).to_contain_text("Precies het openstaande bedrag.")
    row.get_by_role("button", name="Koppelen").click()
    desk.says(f"51,27 is gekoppeld aan {number}.")
    expect_status(owner, "Betaald")


def too_much(demo: Demo, desk: Desk, owner: Page) -> None:
    """What is too much waits for the customer, who keeps it as credits."""
    number = demo.issue(BAKERY, "Te veel", price="43.00")
    desk.hand_in(desk.told(f"6203; {demo.billing.ask(reference, number)}; Te Veel"))
    desk.says("1 regel, allemaal nieuw. 1 regel is gekoppeld.")
    open_invoice(owner, number)
    expect_status(owner, "Betaald")
    owner.goto("/credits")
    owner.get_by_role("button", name="Bewaren als credits").click()
    expect(owner.get_by_text("10,00 is bewaard als credits")).to_be_visible()


def for_no_invoice(desk: Desk) -> None:
    """Somebody looks the customer up, and keeps all of it as credits."""
    desk.hand_in(desk.told("777; vooruit; Onbekende Betaler"))
    desk.says("1 regel wacht op jou.")
    # The account is one that the bakery paid from before, so there is a suggestion; it is not what this is for.
    desk.page.get_by_role("button", name="Anders, € 7,77 van Onbekende Betaler").click()
    window = desk.page.get_by_role("dialog")
    window.get_by_label("Klant zoeken").fill("korenaar")
    window.get_by_role("button", name=BAKERY).click()
    window.get_by_role("button", name="Alles als credits bewaren").click()
    desk.says(f"7,77 staat als credits bij {BAKERY}.")


def returned(demo: Demo, desk: Desk, owner: Page) -> None:
    """The bank takes a transfer back: the invoice is open again, and says why."""
    number = demo.issue(BAKERY, "Teruggehaald", price="44.00")
    desk.hand_in(desk.told(f"5324; {demo.billing.ask(reference, number)}; Bakkerij; TERUG-1"))
    desk.says("1 regel, allemaal nieuw. 1 regel is gekoppeld.")
    open_invoice(owner, number)
    expect_status(owner, "Betaald")
    desk.hand_in(desk.told("-5324; terug; Bakkerij; TERUG-1; AC04"))
    expect_status(owner, "Teruggeboekt")
    expect(desk.page.get_by_role("row").filter(has_text="Teruggekomen")).to_be_visible()


def taken_back(demo: Demo, desk: Desk, owner: Page) -> None:
    """A match that was wrong is undone, and its line waits again; then it is put away."""
    number = demo.issue(BAKERY, "Verkeerd gekoppeld", price="45.00")
    desk.hand_in(desk.told(f"5445; {demo.billing.ask(reference, number)}; Verkeerde Betaler"))
    desk.says("1 regel, allemaal nieuw. 1 regel is gekoppeld.")
    open_invoice(owner, number)
    expect_status(owner, "Betaald")
    desk.page.get_by_role("button", name="Ongedaan maken, € 54,45 van Verkeerde Betaler").click()
    window = desk.page.get_by_role("dialog")
    expect(window).to_contain_text("was gekoppeld op betalingskenmerk")
    window.get_by_role("button", name="Ongedaan maken").click()
    desk.says("54,45 wacht weer op een plaats.")
    expect_status(owner, "Onbetaald")
    desk.page.get_by_role("button", name="Koppelen, € 54,45").click()
    expect_status(owner, "Betaald")
    assert demo.voldaan("check").returncode == 0

"""What people do in more than one journey."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.stack import Demo

PASSWORD = "voldaan-demo"
OWNER = "eigenaar@demo.test"
BAKERY = "Bakkerij De Korenaar"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def fill_in_login(page: Page, email: str, password: str) -> None:
    """Send the log-in form."""
    page.goto("/login")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def login(page: Page, email: str) -> None:
    """Log in through the form, and wait for the dashboard."""
    fill_in_login(page, email, PASSWORD)
    expect_dashboard(page)


def expect_login(page: Page) -> None:
    """Nobody is logged in."""
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()


def log_out(page: Page) -> None:
    """By the menu of the person, from the dashboard."""
    page.goto("/")
    page.get_by_role("button", name="Gebruikersmenu").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect_login(page)


def expect_dashboard(page: Page) -> None:
    """Logged in, and at the start."""
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()


def give_device(page: Page) -> None:
    """Let this browser have a device of its own that can keep passkeys, and whose owner says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def open_invoice(page: Page, number: str) -> None:
    """Go to the page of an invoice, and wait for it."""
    page.goto(f"/invoices/{number}")
    expect_invoice(page, number)


def open_from_dashboard(page: Page, text: str) -> str:
    """From the dashboard to the first open invoice with this text in its row; returns its number."""
    row = page.get_by_role("region", name="Openstaande facturen").get_by_role("row").filter(has_text=text)
    link = row.first.get_by_role("link", name=re.compile("^Betalen"))
    number = str(link.get_attribute("aria-label")).rpartition(" ")[2]
    link.click()
    expect_invoice(page, number)
    return number


def expect_invoice(page: Page, number: str) -> None:
    """The page of this invoice is on screen."""
    expect(page.get_by_role("heading", name=f"Factuur {number}", level=1)).to_be_visible()


def pdf_address(number: str) -> str:
    """Where the printed invoice is to be had."""
    return f"/files/invoices/{number}.pdf"


def overhear(page: Page) -> list[str]:
    """All that the server tells this browser through its socket, growing as it does; call it before the first page."""
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    return heard


def choose(page: Page, demo: Demo, method: str) -> None:
    """Choose a method where it is offered, and wait for the bank's page."""
    page.get_by_role("region", name="Betaalmethodes").get_by_role("button", name=method).click()
    page.wait_for_url(f"{demo.sandbox_url}/**")


def decide(page: Page, button: str) -> None:
    """Press one of the bank's buttons."""
    page.get_by_role("button", name=button).click()


def pay(page: Page, demo: Demo, method: str) -> None:
    """Pay from a page that offers methods, and wait until the return page says so."""
    choose(page, demo, method)
    decide(page, "Betaling slaagt")
    expect(page.get_by_role("heading", name="Betaald, dank je wel")).to_be_visible()


def expect_status(page: Page, status: str) -> None:
    """The badge beside the title of an invoice."""
    title = page.get_by_role("main").get_by_text(re.compile(rf"^{status}\b"))
    expect(title.first).to_be_visible()

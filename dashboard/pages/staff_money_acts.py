"""What can be done with a line of the bank. What a client sends is only looked up among what the page itself has."""

from typing import Any

from billing.bank import choosing, outgoing, worklist
from billing.bank.history import Purpose
from billing.bank.worklist import WaitingLine
from billing.errors import BillingError, NotFound
from billing.invoices.customers import customers
from dashboard import run
from dashboard.pages.account_acts import attempt, row_id
from dashboard.rows import bank_choice, bank_lines
from dashboard.rows.account import Told
from dashboard.rows.bank_choice import Dialog
from dashboard.rows.common import cents
from dashboard.rows.sure import Sure
from dashboard.session import look, refresh
from dashboard.texts.languages import SAID

LINES, CHOICE, MATCHED = "bank-lines", "bank-choice", "bank-matched"
MAX_SEARCH = 80
SHOWN = 8
TEXTS = SAID.staff.money


def close(page: Any) -> None:
    """No dialog, no trouble."""
    page.dialog, page.sure, page.trouble, page.news = Dialog(), Sure(), Told(), Told()
    page._line, page._payer, page._search, page._chosen, page._origins = None, None, "", (), ()


async def match(page: Any, line_id: str) -> None:
    """A line is for the invoices that were suggested, as the page showed them."""
    line = _line_of(page, line_id)
    if line is None or not line.numbers:
        await _gone(page)
    elif await _act(page, LINES, worklist.confirm, line.line_id, line.numbers):
        page.news = Told(LINES, bank_lines.matched(line, line.numbers))


async def choose(page: Any, line_id: str) -> None:
    """Open the dialog about a line."""
    close(page)
    page._line = _line_of(page, line_id)
    if page._line is None:
        await _gone(page)
        return
    visit = await look(page)
    if visit is not None and page._line.cents < 0:
        page._origins = tuple(await run.ask(outgoing.origins, visit.actor, page._line.line_id))
    await _show(page)


async def search(page: Any, text: str) -> None:
    """Look for a customer; another choice of customer starts afresh."""
    # PostgreSQL knows no NUL in text.
    page._search, page._payer, page._chosen = str(text)[:MAX_SEARCH].replace("\0", "").strip(), None, ()
    await _show(page)


async def choose_payer(page: Any, account_id: str) -> None:
    """Show what is open of a customer, or the customers again for an empty id."""
    page._payer, page._chosen = None, ()
    if account_id:
        visit = await look(page)
        try:
            page._payer = await run.ask(choosing.payer, visit.actor, row_id(account_id)) if visit else None
        except BillingError as problem:
            page.trouble = Told(CHOICE, bank_lines.sentence(problem))
    await _show(page)


async def tick(page: Any, number: str) -> None:
    """Choose an invoice, or not any more."""
    known = [invoice.number for invoice in page._payer.invoices] if page._payer else []
    if number in known:
        chosen = set(page._chosen) ^ {number}
        page._chosen = tuple(one for one in known if one in chosen)
    await _show(page)


async def pay(page: Any) -> None:
    """The line is for the chosen invoices, the oldest first."""
    line, numbers = page._line, page._chosen
    if line is not None and await _act(page, CHOICE, worklist.confirm, line.line_id, numbers):
        _done(page, bank_lines.matched(line, numbers))


async def keep(page: Any) -> None:
    """All of it becomes credits of the chosen customer."""
    line, payer = page._line, page._payer
    if line is None or payer is None:
        return
    if await _act(page, CHOICE, worklist.keep, line.line_id, payer.account_id):
        _done(page, bank_choice.kept(line, payer.name))


async def belongs(page: Any, key: str) -> None:
    """What left belongs to one of the receipts or payouts that were shown."""
    line = page._line
    origin = next((one for one in page._origins if one.key == key), None)
    if line is None or origin is None:
        return
    if await _act(page, CHOICE, outgoing.belongs, line.line_id, origin.key):
        _done(page, bank_choice.belongs(origin))


async def put_away(page: Any, purpose: str) -> None:
    """It is the gateway's, or nothing of customers."""
    line, known = page._line, (Purpose.GATEWAY, Purpose.OTHER)
    chosen = next((one for one in known if one.value == purpose), None)
    if line is None or chosen is None:
        return
    if await _act(page, CHOICE, worklist.ignore, line.line_id, chosen):
        _done(page, bank_choice.put_away(line))


def ask_undo(page: Any, line_id: str) -> None:
    """Ask before a match is taken back, with what it followed from."""
    close(page)
    row = next((row for row in page._matches if row.line_id == row_id(line_id) and not row.undone_by), None)
    if row is None:
        page.trouble = Told(MATCHED, bank_lines.sentence(NotFound()))
        return
    texts, name = TEXTS.matched, bank_lines.who(row.name)
    text = texts.sure_text.format(amount=cents(row.cents), name=name, rule=bank_lines.rule_of(row))
    page.sure = Sure(line_id, cents(row.cents), texts.sure, text, texts.sure_submit)


async def undo(page: Any) -> None:
    """Take back what was asked about."""
    sure = page.sure
    done = bool(sure.key) and await _act(page, MATCHED, worklist.undo, row_id(sure.key))
    page.sure = Sure()
    if done:
        page.news = Told(MATCHED, TEXTS.matched.waits_again.format(amount=sure.name))


async def _act(page: Any, place: str, use_case: Any, *args: Any) -> bool:
    return await attempt(page, place, (), use_case, *args, say=bank_lines.sentence)


async def _show(page: Any) -> None:
    """Bring the dialog up to date; without a line there is none."""
    visit = await look(page)
    if page._line is None or visit is None:
        return
    found = await run.ask(customers, visit.actor, page._search) if page._search and not page._payer else None
    rows = found.rows[:SHOWN] if found else ()
    page.dialog = bank_choice.dialog(page._line, page._search, rows, page._payer, page._chosen, page._origins)


def _line_of(page: Any, line_id: object) -> WaitingLine | None:
    return next((line for line in page._lines if line.line_id == row_id(line_id)), None)


def _done(page: Any, said: str) -> None:
    close(page)
    page.news = Told(LINES, said)


async def _gone(page: Any) -> None:
    await refresh(page)
    page.trouble, page.news = Told(LINES, bank_lines.sentence(NotFound())), Told()

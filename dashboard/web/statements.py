"""The account statement of a period, printed or as a spreadsheet; made when it is asked for, and kept nowhere."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.access import Actor
from billing.correspondence.periods import Period
from billing.correspondence.statements import account_statement
from billing.errors import PeriodRefused
from billing.ports import AccountStatement
from billing.runtime import Billing
from dashboard.rows.period import statement_name, statement_sheet
from dashboard.run import flow
from dashboard.texts.languages import language
from dashboard.web import files, requests
from dashboard.web.period import asked, refused


async def statement_pdf(request: Request) -> Response:
    """The printed statement of an account (fields account, from, to)."""
    return await _statement(request, "pdf", "application/pdf")


async def statement_csv(request: Request) -> Response:
    """The same as a spreadsheet."""
    return await _statement(request, "csv", "text/csv; charset=utf-8")


async def _statement(request: Request, ending: str, media_type: str) -> Response:
    fields = await requests.form(request)
    actor = await files.person(request)
    if actor is None:
        return RedirectResponse("/login?next=%2Finvoices", 303)
    account_id, period = asked(fields)
    try:
        content = await flow(_made, actor, account_id, period, ending)
    except PeriodRefused as refusal:
        return refused(refusal)
    name = statement_name(period, ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **files.PRIVATE}
    return Response(content, media_type=media_type, headers=headers)


def _made(billing: Billing, actor: Actor, account_id: int, period: Period, ending: str) -> bytes:
    found: AccountStatement = billing.ask(account_statement, actor, account_id, period, billing.policy.seller)
    return billing.pdf.statement(replace(found, language=language())) if ending == "pdf" else statement_sheet(found)

"""What a customer answers to a reminder, without a session: a form of the page behind its link."""

from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billing.errors import BillingError, InvalidAmount, PromiseRefused
from billing.money import parse_euros
from billing.reminders import answers
from billing.reminders.answers import SaysPaid
from billing.runtime import Billing
from dashboard.run import Problem, flow
from dashboard.web import limits, requests
from dashboard.web.requests import first

Fields = dict[str, list[str]]


async def answer(request: Request) -> Response:
    """Writes down that it was paid, or when it will be. The same answer again changes nothing."""
    token = requests.link_token(request.path_params["token"])
    fields = await requests.form(request)
    if not await limits.allows(limits.ANSWERING, f"{requests.client_address(request)} {token}"):
        return _back(token, "reminder_too_often")
    try:
        await flow(_answer, token, fields)
    except BillingError as refused:
        return _back(token, "reminder_gone" if refused.code == "not_found" else refused.code)
    except Problem as problem:
        return _back(token, "problem", id=problem.id)
    return RedirectResponse(f"/reminder/{token}", 303)


def _answer(billing: Billing, token: str, fields: Fields) -> None:
    key = billing.policy.signing_key
    if first(fields, "answer") == "paid":
        told = SaysPaid(_day(fields, "paid_on"), first(fields, "how"), _cents(first(fields, "amount")))
        billing.do(answers.says_paid, token, key, told)
    else:
        billing.do(answers.promises, token, key, _day(fields, "pay_on"))


def _day(fields: Fields, name: str) -> date:
    try:
        return date.fromisoformat(first(fields, name))
    except ValueError:
        raise PromiseRefused(reason=name) from None


def _cents(text: str) -> int:
    """An amount as people type it: `1.234,56`, `1,234.56`, `€ 121` or `121.00`; what comes last is the decimal mark."""
    plain = "".join(text.replace("€", "").split())
    if plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    plain = plain.replace(",", "")
    cents = parse_euros(plain)
    if cents <= 0:
        raise InvalidAmount()
    return cents


def _back(token: str, code: str, **facts: str) -> Response:
    return RedirectResponse(f"/reminder/{token}?{urlencode({'fout': code, **facts})}", 303)

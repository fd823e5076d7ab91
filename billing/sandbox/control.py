"""The control room: a JSON API for tests and a Dutch page with the same switches.

Every POST takes a JSON object and answers one; a mistake gives 400 or 409 with {"error": text}.

GET  /control                       the page
GET  /control/state                 clock, website settings, faults, counts
POST /control/reset                 empties transactions, pushes, mails and panel; undoes faults and settings; with
                                    {"clock": true} the clock goes back to the machine's own time too
POST /control/clock                 {"advance_seconds": N} or {"advance": "15m" | "2h" | "3d"} or {"to": ISO instant}
POST /control/settings              any of faults.WebsiteSettings, e.g. {"push_format": "form"}
POST /control/push-faults           any of faults.PushFaults, e.g. {"drop": 2} or {"delay": 1, "delay_seconds": 60}
POST /control/outage                faults.Outage, e.g. {"kind": "hang_after", "seconds": 5, "match": "POST"}
POST /control/next-success          faults.NextSuccess, e.g. {"count": 1, "amount_cents": 999}
POST /control/mail-faults           faults.MailFaults, e.g. {"temporary": 1}
POST /control/panel-faults          faults.PanelFaults, e.g. {"down": 2}
GET  /control/pushes                log, newest first, with counts; ?key= and ?limit=
POST /control/pushes/release        {"order": "reverse" | "forward"}: sends what `hold` kept back
GET  /control/transactions          newest first; ?invoice= ?parameter=name:value ?limit=
GET  /control/transactions/{key}    one, as a status answer gives it
POST /control/transactions/{key}/outcome  {"outcome": "success|cancel|fail|reject|close|expire|processing|withdraw"},
                                    with "amount_cents", "currency", "is_test" for a success that differs;
                                    a "success" after a failure is allowed: the late success
POST /control/transactions/{key}/push     sends the present state again; {"code": 790} pretends an older status
POST /control/transactions/{key}/refund   back-office refund, {"amount_cents": N} or {} for all that is left
POST /control/outcomes              {"outcome": …, "keys": […]} or {"outcome": …, "all_pending": true}; many at once
POST /control/debit-faults          faults.DebitFaults, e.g. {"refuse_later": 1, "reason": "AC04"}
POST /control/books-faults          faults.BooksFaults, e.g. {"what": "hang_after", "match": "POST", "seconds": 5}
POST /control/peppol-faults         faults.PeppolFaults, e.g. {"reject": 1}
POST /control/vies-faults           faults.ViesFaults, e.g. {"says": "MS_UNAVAILABLE", "match": "DE", "count": 3}
POST /control/refusals              {"key": …, "reason": "AC04"}: the bank refuses a collection before its day
POST /control/reversals             {"key": …, "reason": "MD06"}: a collection is taken back, now or {"after_days": 40}
                                    after its day, as often as asked; a key that nobody knows needs "amount_cents"
                                    and may have an "invoice"
POST /control/withdrawals           {"key" or "mandate": …}: a mandate is taken back at the bank; nobody is told
POST /control/bank-files            {"iban": …, "opening_cents": N, "transfers": [{"amount_cents": N, "text": …}, …]}:
                                    the "file" that our own bank would hand out today, in CAMT.053;
                                    it begins where the one before it ended when no opening is given
POST /control/payouts               {"iban": …, "today": true}: pays out what was collected to the end of yesterday, or
                                    to now: for each day a "report" in MT940 and the bank "transfer" that it becomes
POST /control/transfers             {"key" or "reference": …, "amounts_cents": [N, …]}: bank transfers come in
"""

import dataclasses
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from billing.sandbox.bankfile import statement
from billing.sandbox.clock import local_date
from billing.sandbox.controlpage import control_page
from billing.sandbox.faults import NextSuccess, WrongSetting, change
from billing.sandbox.messages import answer
from billing.sandbox.outcomes import NotPossible
from billing.sandbox.transactions import Transaction
from billing.sandbox.world import World

Json = dict[str, Any]
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LONGEST_LIST = 1000
ONCE: Json = {"count": 1, "seconds": 0, "match": ""}


def control_routes(world: World) -> list[Route]:
    """All routes under /control."""
    control = Control(world)
    posts: dict[str, Callable[[Request, Json], Json]] = {
        "/control/reset": control.reset,
        "/control/clock": control.move_clock,
        "/control/settings": control.settings,
        "/control/push-faults": control.change_faults("pushes", once=False),
        "/control/outage": control.change_faults("outage", once=True),
        "/control/next-success": control.next_success,
        "/control/mail-faults": control.change_faults("mail", once=False),
        "/control/panel-faults": control.change_faults("panel", once=False),
        "/control/debit-faults": control.change_faults("debits", once=False),
        "/control/books-faults": control.change_faults("books", once=True),
        "/control/peppol-faults": control.change_faults("peppol", once=False),
        "/control/vies-faults": control.change_faults("vies", once=True),
        "/control/pushes/release": control.release,
        "/control/transactions/{key}/outcome": control.outcome,
        "/control/transactions/{key}/push": control.push_again,
        "/control/transactions/{key}/refund": control.refund,
        "/control/outcomes": control.outcomes,
        "/control/refusals": control.refusals,
        "/control/reversals": control.reversals,
        "/control/withdrawals": control.withdrawals,
        "/control/transfers": control.transfers,
        "/control/bank-files": control.bank_file,
        "/control/payouts": control.payouts,
    }
    gets: dict[str, Callable[[Request], Json]] = {
        "/control/state": control.state,
        "/control/pushes": control.pushes,
        "/control/transactions": control.transactions,
        "/control/transactions/{key}": control.transaction,
    }
    return [
        Route("/control", control_page(world)),
        *(Route(path, _reading(view), methods=["GET"]) for path, view in gets.items()),
        *(Route(path, _acting(view), methods=["POST"]) for path, view in posts.items()),
    ]


class Control:
    """What the control API does; each method answers one route."""

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self, request: Request) -> Json:
        world = self._world
        return {
            "now": world.clock.now().isoformat(),
            "clock_offset_seconds": world.clock.offset.total_seconds(),
            "website": dataclasses.asdict(world.website),
            "faults": world.faults.view(),
            "pushes": world.pushes.counts(),
            "transactions": len(world.transactions),
            "mails": len(world.mailbox.all()),
            "last_mail": max((mail.number for mail in world.mailbox.all()), default=0),
        }

    def reset(self, request: Request, data: Json) -> Json:
        self._world.reset()
        if data.get("clock") is True:
            self._world.clock.rewind()
        return self.state(request)

    def move_clock(self, request: Request, data: Json) -> Json:
        self._world.advance(self._jump(data))
        return {"now": self._world.clock.now().isoformat()}

    def settings(self, request: Request, data: Json) -> Json:
        change(self._world.website, data)
        return self.state(request)

    def next_success(self, request: Request, data: Json) -> Json:
        fresh = NextSuccess(count=1)
        change(fresh, data)
        self._world.faults.success = fresh
        return self.state(request)

    def change_faults(self, group: str, *, once: bool) -> Callable[[Request, Json], Json]:
        """Sets faults of a group. once: what is not said is as for one request from now on, and not as before."""

        def changed(request: Request, data: Json) -> Json:
            change(getattr(self._world.faults, group), {**(ONCE if once else {}), **data})
            return self.state(request)

        return changed

    def pushes(self, request: Request) -> Json:
        key = request.query_params.get("key", "").upper()
        lines = self._world.pushes.log(key=key, limit=_limit(request))
        return {"deliveries": lines, **self._world.pushes.counts()}

    def release(self, request: Request, data: Json) -> Json:
        self._world.faults.pushes.hold = False
        return {"released": self._world.pushes.release(reverse=data.get("order", "reverse") == "reverse")}

    def transactions(self, request: Request) -> Json:
        world, query = self._world, request.query_params
        if "invoice" in query:
            found = world.transactions.by_invoice(query["invoice"])[::-1]
        elif "parameter" in query:
            name, _, value = query["parameter"].partition(":")
            found = world.transactions.by_parameter(name, value)[::-1]
        else:
            found = world.transactions.latest(_limit(request))
        return {"transactions": [self._shown(transaction) for transaction in found]}

    def transaction(self, request: Request) -> Json:
        return self._shown(self._world.gateway.found(request.path_params["key"]))

    def outcome(self, request: Request, data: Json) -> Json:
        different: Json = {name: data[name] for name in ("amount_cents", "currency", "is_test") if name in data}
        deviation = NextSuccess(count=1) if different else None
        if deviation is not None:
            change(deviation, different)
        key, name = request.path_params["key"], str(data.get("outcome", ""))
        return self._shown(self._world.gateway.outcome(key, name, deviation=deviation))

    def push_again(self, request: Request, data: Json) -> Json:
        transaction = self._world.gateway.found(request.path_params["key"])
        code = int(data.get("code", transaction.status))
        older = dataclasses.replace(transaction, status=code, sub_code="")
        self._world.pushes.announce(transaction if code == transaction.status else older)
        return {"pushed": transaction.key, "code": code}

    def refund(self, request: Request, data: Json) -> Json:
        cents = data.get("amount_cents")
        refund = self._world.gateway.refund_by_hand(request.path_params["key"], None if cents is None else int(cents))
        return self._shown(refund)

    def outcomes(self, request: Request, data: Json) -> Json:
        every = [transaction.key for transaction in self._world.transactions.pending()]
        keys = every if data.get("all_pending") else data.get("keys", [])
        return {"done": self._world.gateway.outcome_of_many(map(str, keys), str(data.get("outcome", "")))}

    def refusals(self, request: Request, data: Json) -> Json:
        return self._shown(self._world.bank.refuse(str(data.get("key", "")), str(data.get("reason", ""))))

    def reversals(self, request: Request, data: Json) -> Json:
        days = data.get("after_days")
        return self._shown(
            self._world.bank.reverse(
                str(data.get("key", "")), str(data.get("reason", "")),
                after_days=None if days is None else int(days), cents=int(data.get("amount_cents", 0)),
                invoice=str(data.get("invoice", "")),
            )
        )  # fmt: skip

    def withdrawals(self, request: Request, data: Json) -> Json:
        return self._shown(self._world.bank.withdraw(str(data.get("mandate") or data.get("key") or "")))

    def transfers(self, request: Request, data: Json) -> Json:
        subject = str(data.get("key") or data.get("reference") or "")
        amounts = [int(cents) for cents in data.get("amounts_cents", [])]
        if not amounts or min(amounts) <= 0:
            raise WrongSetting("amounts_cents: a list of positive numbers")
        received = [self._world.gateway.receive_transfer(subject, cents) for cents in amounts]
        return {"transactions": [self._shown(transaction) for transaction in received]}

    def bank_file(self, request: Request, data: Json) -> Json:
        transfers = data.get("transfers", [])
        if not all(isinstance(one, dict) and isinstance(one.get("amount_cents"), int) for one in transfers):
            raise WrongSetting("transfers: a list of objects with amount_cents")
        today = local_date(self._world.clock.now())
        iban, balances = str(data.get("iban", "")), self._world.bank_balances
        opening_cents = int(data.get("opening_cents", balances.get(iban, 0)))
        balances[iban] = opening_cents + sum(one["amount_cents"] for one in transfers)
        return {"file": statement(iban, opening_cents, transfers, today)}

    def payouts(self, request: Request, data: Json) -> Json:
        today = local_date(self._world.clock.now())
        until = today if data.get("today") is True else today - timedelta(days=1)
        return {"payouts": self._world.payouts.pay_out(str(data.get("iban", "")), until)}

    def _jump(self, data: Json) -> timedelta:
        if "to" in data:
            return max(datetime.fromisoformat(str(data["to"])) - self._world.clock.now(), timedelta())
        if "advance" in data:
            match = re.fullmatch(r"(\d+)([smhd])", str(data["advance"]))
            if match is None:
                raise WrongSetting("advance: a number with s, m, h or d")
            return timedelta(**{UNITS[match[2]]: int(match[1])})
        return timedelta(seconds=int(data.get("advance_seconds", 0)))

    def _shown(self, transaction: Transaction) -> Json:
        return {**answer(transaction, self._world.base_url), "WindowClosed": transaction.window_closed}


def _limit(request: Request) -> int:
    return min(int(request.query_params.get("limit", "200")), LONGEST_LIST)


def _reading(view: Callable[[Request], Json]) -> Callable[[Request], Awaitable[Response]]:
    async def answer_get(request: Request) -> Response:
        return _guarded(lambda: view(request))

    return answer_get


def _acting(view: Callable[[Request, Json], Json]) -> Callable[[Request], Awaitable[Response]]:
    async def answer_post(request: Request) -> Response:
        try:
            data = await request.json() if await request.body() else {}
        except ValueError:
            data = None
        if not isinstance(data, dict):
            return JSONResponse({"error": "a JSON object is needed"}, 400)
        return _guarded(lambda: view(request, data))

    return answer_post


def _guarded(view: Callable[[], Json]) -> Response:
    try:
        return JSONResponse(view())
    except NotPossible as error:
        return JSONResponse({"error": str(error)}, 409)
    except (ValueError, TypeError, OverflowError) as error:
        return JSONResponse({"error": str(error)}, 400)

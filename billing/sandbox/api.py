"""The gateway's own JSON interface under /json/: signed both ways, in any letter case, with or without a last slash."""

import asyncio
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response

from billing.sandbox import queries
from billing.sandbox.access import Denied
from billing.sandbox.faults import Outage
from billing.sandbox.messages import answer, encode
from billing.sandbox.requests import Malformed, objects, read_json, read_request
from billing.sandbox.signing import hmac_header
from billing.sandbox.transactions import Transaction
from billing.sandbox.world import World

Json = dict[str, Any]


class Unknown(Exception):
    """No such address, service or transaction."""


class Api:
    """One instance answers all gateway calls of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, request: HttpRequest) -> Response:
        """Outage first, then the signature, then the call itself."""
        body = await request.body()
        path = request.scope["raw_path"].decode("latin-1").split("?")[0]
        outage = self._world.faults.take_outage(f"{request.method} {path}")
        if outage and outage.kind != "hang_after":
            return await _broken(outage)
        response = await self._answer(request, path, body)
        if outage:
            await asyncio.sleep(outage.seconds)
        return response

    async def _answer(self, request: HttpRequest, path: str, body: bytes) -> Response:
        query = request.scope["query_string"].decode("latin-1")
        url = f"{self._world.base_url}{path}" + (f"?{query}" if query else "")
        header = request.headers.get("authorization", "")
        try:
            nonce = self._world.doorkeeper.check(header=header, method=request.method, url=url, body=body)
            content = encode(await self._dispatch(request, path, body))
        except Denied as error:
            return PlainTextResponse(f"Access denied: {error}", 400)
        except Malformed as error:
            return PlainTextResponse(f"Bad request: {error}", 400)
        except Unknown as error:
            return PlainTextResponse(f"Not found: {error}", 404)
        settings = self._world.settings
        signature = hmac_header(
            method=request.method,
            url=url,
            body=content,
            website_key=settings.website_key,
            secret=settings.secret,
            nonce=nonce,
            timestamp=header.rsplit(":", 1)[1].strip(),
        )
        return Response(content, media_type="application/json", headers={"Authorization": signature})

    async def _dispatch(self, request: HttpRequest, path: str, body: bytes) -> Json:
        segments = [segment for segment in path.split("/") if segment][1:]
        call = "/".join([request.method, *(segment.lower() for segment in segments[:2])])
        if call == "POST/transaction":
            return await self._start(body, request.headers.get("culture", "en-GB"))
        if call == "POST/datarequest":
            asked = read_request(read_json(body), culture=request.headers.get("culture", "en-GB"))
            return answer(self._world.gateway.start_data(asked), self._world.base_url)
        if request.method == "POST":
            return self._collection(call, read_json(body))
        if len(segments) != 3:
            raise Unknown(path)
        return self._single(call, unquote(segments[2]))

    async def _start(self, body: bytes, culture: str) -> Json:
        world = self._world
        transaction = world.gateway.start(read_request(read_json(body), culture=culture))
        content = answer(transaction, world.base_url)
        if world.faults.take(world.faults.pushes, "before_answer"):
            await asyncio.to_thread(world.pushes.deliver_now, transaction)
        elif transaction.status not in (790, 491):
            world.pushes.announce(transaction)
        if world.website.auto_outcome and transaction.status == 790:
            world.gateway.outcome(transaction.key, world.website.auto_outcome)
        return content

    def _collection(self, call: str, data: Json) -> Json:
        world = self._world
        match call:
            case "POST/transaction/statuses":
                return queries.statuses(data, world.transactions, world.base_url)
            case "POST/transaction/refundinfos":
                return queries.refund_infos(data, world.transactions)
            case "POST/transaction/invoiceinfos":
                numbers = [str(element.get("number", "")) for element in objects(data.get("invoicecollection"))]
                return queries.invoice_info(numbers, world.transactions)
            case "POST/transaction/cancelmultiple":
                return queries.cancel_many(data, world.gateway.cancel)
            case "POST/transaction/specifications" | "POST/datarequest/specifications":
                return queries.specifications(data)
            case _:
                raise Unknown(call)

    def _single(self, call: str, subject: str) -> Json:
        world = self._world
        match call:
            case "GET/transaction/status" | "GET/datarequest/status":
                return answer(self._found(subject, is_data_request=call.startswith("GET/data")), world.base_url)
            case "GET/transaction/refundinfo":
                info = queries.refund_info(subject, world.transactions)
                return info or {"InvalidRefundInfo": [queries.unknown_refund(subject)]}
            case "GET/transaction/invoiceinfo":
                return queries.invoice_info([subject], world.transactions)
            case "GET/transaction/cancel":
                return {"Key": subject.upper(), "IsCanceled": world.gateway.cancel(subject)}
            case "GET/transaction/specification" | "GET/datarequest/specification":
                return self._specification(subject)
            case _:
                raise Unknown(call)

    def _found(self, key: str, *, is_data_request: bool) -> Transaction:
        transaction = self._world.transactions.get(key)
        if transaction is None or transaction.is_data_request is not is_data_request:
            raise Unknown("nothing of this kind has this key")
        return transaction

    def _specification(self, name: str) -> Json:
        found = queries.specification(name)
        if found is None:
            raise Unknown(f"no service {name}")
        return found


async def _broken(outage: Outage) -> Response:
    if outage.kind == "hang_before":
        await asyncio.sleep(outage.seconds)
        return PlainTextResponse("Service unavailable", 503)
    text = "Bad request" if outage.kind == "400" else "Service unavailable"
    return PlainTextResponse(text, int(outage.kind))

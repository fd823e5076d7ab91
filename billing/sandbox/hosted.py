"""The pages a customer sees: the pretend bank with its buttons, and the way back to the merchant."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from billing.sandbox.catalogue import BANKS, SERVICES
from billing.sandbox.mandates import SERVICES as MANDATE_SERVICES
from billing.sandbox.messages import form_fields, push_body, signed_form
from billing.sandbox.outcomes import NotPossible
from billing.sandbox.requests import read_cents
from billing.sandbox.transactions import NameValue, Transaction
from billing.sandbox.views import page
from billing.sandbox.world import World

BUTTONS = (
    ("success", "Betaling slaagt"),
    ("cancel", "Annuleren"),
    ("fail", "Mislukt"),
    ("reject", "Geweigerd"),
    ("close", "Venster sluiten"),
)
MANDATE_BUTTONS = (
    ("success", "Machtiging ondertekenen"),
    ("cancel", "Annuleren"),
    ("fail", "Mislukt"),
    ("expire", "Verlopen"),
    ("close", "Venster sluiten"),
)
RETURN_KINDS = {890: "cancel", 891: "cancel", 690: "reject", 490: "error", 491: "error", 492: "error"}


def hosted_routes(world: World) -> list[Route]:
    """`/pay/{token}`: GET shows the page, POST plays the chosen button."""
    pages = HostedPages(world)
    return [Route("/pay/{token}", pages.show, methods=["GET"]), Route("/pay/{token}", pages.decide, methods=["POST"])]


class HostedPages:
    """The hosted pages of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def show(self, request: Request) -> Response:
        transaction = self._world.transactions.by_token(request.path_params["token"])
        if transaction is None:
            return self._message("Deze pagina bestaat niet", "De link klopt niet, of de oefenomgeving is geleegd.", 404)
        if transaction.status != 790:
            return self._finished(transaction)
        return page(
            "pay.html",
            transaction=transaction,
            merchant=self._world.settings.merchant_name,
            limit_cents=read_cents(dict(transaction.outputs).get("MaxAmount")),
            method=SERVICES[transaction.service].title if transaction.service in SERVICES else "",
            banks=BANKS if transaction.service in ("ideal", *MANDATE_SERVICES) else (),
            choices=() if transaction.service else self._choices(transaction),
            buttons=_buttons(transaction),
        )

    async def decide(self, request: Request) -> Response:
        transaction = self._world.transactions.by_token(request.path_params["token"])
        if transaction is None:
            return self._message("Deze pagina bestaat niet", "De link klopt niet, of de oefenomgeving is geleegd.", 404)
        form = await request.form()
        name, bank, service = (str(form.get(field, "")) for field in ("outcome", "bank", "service"))
        if name not in dict(_buttons(transaction)) or transaction.status != 790:
            return self._finished(transaction)
        try:
            self._world.gateway.outcome(transaction.key, name, bank=bank, service=service)
        except NotPossible:
            return self._finished(transaction)
        if name == "close":
            undone = "Er is niets ondertekend." if transaction.is_data_request else "Er is niets betaald."
            return self._message("Je kunt dit venster sluiten", f"{undone} Deze pagina verloopt vanzelf.")
        return self._back(transaction)

    def _choices(self, transaction: Transaction) -> list[tuple[str, str]]:
        names = transaction.selectable or [name for name, service in SERVICES.items() if service.first_status == 790]
        return [(name, SERVICES[name].title) for name in names]

    def _back(self, transaction: Transaction) -> Response:
        """The browser's way home, with the signed fields."""
        urls = transaction.return_urls
        url = urls.get(RETURN_KINDS.get(transaction.status, "")) or urls.get("")
        if not url:
            return self._message("Klaar", "Je kunt dit venster sluiten.")
        fields = self._signed_fields(transaction)
        if self._world.website.return_method == "POST":
            return page("return.html", url=url, fields=fields, merchant=self._world.settings.merchant_name)
        mark = "&" if "?" in url else "?"
        return RedirectResponse(f"{url}{mark}{urlencode(fields)}", 303)

    def _signed_fields(self, transaction: Transaction) -> Sequence[NameValue]:
        settings, website = self._world.settings, self._world.website
        fields = form_fields(
            push_body(transaction), website_key=settings.website_key, moment=self._world.clock.now(), is_return=True
        )
        return signed_form(
            fields, secret=settings.secret, algorithm=website.hash_algorithm, upper_case=website.upper_case
        )

    def _finished(self, transaction: Transaction) -> Response:
        back = transaction.return_urls.get("", "")
        title = "Deze machtiging is al afgehandeld" if transaction.is_data_request else "Deze betaling is al afgerond"
        return self._message(title, "Er valt hier niets meer te kiezen.", back=back)

    def _message(self, title: str, text: str, status: int = 200, back: str = "") -> Response:
        return page("message.html", status, title=title, text=text, back=back)


def _buttons(transaction: Transaction) -> Sequence[NameValue]:
    return MANDATE_BUTTONS if transaction.is_data_request else BUTTONS

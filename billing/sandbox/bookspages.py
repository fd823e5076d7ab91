"""The bookkeeping in a browser, with what an accountant may do there by hand.

GET  /books                              documents and their payments, the newest first
GET  /books.json                         {"contacts": […], "invoices": […], "journals": […]} as the interface has them
POST /books/{id}/pay                     somebody books the rest of a document as paid, of which nobody else knows
POST /books/{id}/remove                  somebody throws a document away
"""

from decimal import Decimal

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from billing.sandbox.books import NotThere
from billing.sandbox.views import page
from billing.sandbox.world import World

ROWS = 50


def books_routes(world: World) -> list[Route]:
    """All routes of these pages."""
    pages = BooksPages(world)
    return [
        Route("/books", pages.show),
        Route("/books.json", pages.as_json),
        Route("/books/{id}/pay", pages.pay, methods=["POST"]),
        Route("/books/{id}/remove", pages.remove, methods=["POST"]),
    ]


class BooksPages:
    """The bookkeeping of one world."""

    def __init__(self, world: World) -> None:
        self._world, self._books = world, world.books

    async def show(self, request: Request) -> Response:
        invoices = self._books.invoices()
        return page("books.html", invoices=invoices[: -ROWS - 1 : -1], contacts=self._books.contacts())

    async def as_json(self, request: Request) -> Response:
        contacts = list(self._books.contacts().values())
        everything = {"contacts": contacts, "invoices": self._books.invoices(), "journals": self._books.journals()}
        return JSONResponse(everything)

    async def pay(self, request: Request) -> Response:
        try:
            invoice = self._books.invoice(request.path_params["id"])
            if Decimal(invoice["total_unpaid"]):
                today = self._world.clock.now().date().isoformat()
                self._books.add_payment(invoice["id"], {"price": invoice["total_unpaid"], "payment_date": today})
        except NotThere:
            return Response("Not found", 404, media_type="text/plain")
        return RedirectResponse("/books", 303)

    async def remove(self, request: Request) -> Response:
        try:
            self._books.remove_invoice(request.path_params["id"])
        except NotThere:
            return Response("Not found", 404, media_type="text/plain")
        return RedirectResponse("/books", 303)

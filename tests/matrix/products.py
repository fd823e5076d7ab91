"""Who may cancel and change products."""

from billing.access import Permission
from tests.matrix.decision import Decision

_P = Permission
SERVICE = "{word}-dienst"

PRODUCT_EVENTS: dict[str, Decision] = {
    "ProductsState.load": Decision(_P.SERVICES_VIEW, "/products", shows=SERVICE),
    "ProductsState.cancel": Decision(_P.SERVICES_CHANGE, "/products", ("{service}",), writes=True),
    "ProductsState.downgrade": Decision(_P.SERVICES_CHANGE, "/products", ("{service}",), writes=True, mute=True),
    "ProductsState.upgrade": Decision(_P.SERVICES_CHANGE, "/products", ("{service}",), writes=True, mute=True),
    "ProductsState.choose": Decision(
        _P.SERVICES_CHANGE, "/products", ("now",), first=(("cancel", ("{service}",)),), writes=True
    ),
    "ProductsState.toggle": Decision(
        _P.SERVICES_CHANGE, "/products", ("{hanging}",), first=(("cancel", ("{service}",)),), writes=True
    ),
    "ProductsState.confirm": Decision(
        _P.SERVICES_CHANGE, "/products", first=(("cancel", ("{service}",)),), writes=True
    ),
    "ProductsState.keep": Decision(
        _P.SERVICES_CHANGE, "/products", ("{service}",), writes=True,
        given="UPDATE service SET state = 'ending', ends_on = paid_through",
    ),
    "ProductsState.close": Decision(_P.SERVICES_VIEW, "/products", shows=SERVICE),
    "ProductsState.proven": Decision(_P.SERVICES_VIEW, "/products", shows=SERVICE),
    "ProductsState.unproven": Decision(_P.SERVICES_VIEW, "/products", shows=SERVICE),
}  # fmt: skip

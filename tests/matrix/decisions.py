"""One decision for everything a browser can ask for: which right it takes, and a valid call to try it with.

A new handler, route or page needs a line here, or `test_every_action_has_a_decision` fails. Words in braces are ids of
the account under test, see `world.Ids`. `shows`: what only a call that got through sends to the browser. `writes`: such
a call changes rows. Each decision has one of the two, so that both a door that is open to all and one that is shut for
all are noticed.
"""

from billing.access import Permission
from tests.factories import PASSWORD
from tests.matrix.decision import MEMBER, OPEN, OWN, Decision
from tests.matrix.personal import PERSONAL_EVENTS, PERSONAL_ROUTES

_P = Permission
INVOICE, LIST = "/invoices/{invoice}", "/invoices"
SUBJECT, LINE, REASON, SERVICE = "{word}-factuur", "{word}-regel", "{word}-reden", "{word}-dienst"
BANK = "https://gateway.test/pay/"

EVENTS: dict[str, Decision] = PERSONAL_EVENTS | {
    "CreditsState.load": Decision(_P.CREDITS_VIEW, "/credits", shows=REASON),
    "CreditsState.keep": Decision(_P.CREDITS_CHOOSE, "/credits", ("{overpaid}",), writes=True),
    "CreditsState.ask_back": Decision(_P.CREDITS_VIEW, "/credits", ("{overpaid}",), shows='"kind": "overpaid"'),
    "CreditsState.ask_payout": Decision(_P.CREDITS_VIEW, "/credits", ("{lot}",), shows='"kind": "lot"'),
    "CreditsState.confirm": Decision(
        _P.CREDITS_CHOOSE, "/credits", first=(("ask_payout", ("{lot}",)),), writes=True
    ),
    "CreditsState.close": Decision(_P.CREDITS_VIEW, "/credits", shows=REASON),
    "CreditsState.proven": Decision(_P.CREDITS_VIEW, "/credits", shows=REASON),
    "CreditsState.unproven": Decision(_P.CREDITS_VIEW, "/credits", shows=REASON),
    "InvoiceState.load": Decision(_P.INVOICES_VIEW, INVOICE, shows=LINE),
    "InvoiceState.insist": Decision(OPEN, INVOICE, shows='"insists_rx_state_": true'),
    "InvoiceState.pay": Decision(_P.INVOICES_PAY, INVOICE, ("ideal",), shows=BANK, writes=True),
    "InvoicesState.load": Decision(_P.INVOICES_VIEW, LIST, shows=SUBJECT),
    "InvoicesState.show": Decision(_P.INVOICES_VIEW, LIST, ("all",), shows=SUBJECT),
    "InvoicesState.search": Decision(_P.INVOICES_VIEW, LIST, ("{invoice}",), shows=SUBJECT),
    "InvoicesState.turn": Decision(_P.INVOICES_VIEW, LIST, (-1,), shows=SUBJECT),
    "InvoicesState.choose": Decision(_P.INVOICES_VIEW, LIST, ("{invoice}",), shows='"numbers": ["{invoice}"]'),
    "InvoicesState.clear": Decision(_P.INVOICES_VIEW, LIST, shows=SUBJECT),
    "InvoicesState.pay": Decision(
        _P.INVOICES_PAY, LIST, ("ideal",), first=(("choose", ("{invoice}",)),), shows=BANK, writes=True
    ),
    "LoginState.load": Decision(OPEN, "/login?next=%2Fcredits", shows='"target_rx_state_": "/credits"'),
    "OverviewState.load": Decision(OWN, shows='"screen_rx_state_": "/"'),
    "PayLinkState.load": Decision(OPEN, "/pay/{pay_link}", shows='"number": "{invoice}"'),
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
    "ReturnState.load": Decision(OPEN, "/pay/return/{payment}", writes=True),
    # The page that it follows on asks for the payment to be looked up, which is what is written.
    "ReturnState.follow": Decision(OPEN, "/pay/return/{payment}", shows='"invoices": "{pending}"', writes=True),
    "SessionState.choose_account": Decision(MEMBER, sends=("{account}",), writes=True, mute=True),
    "SoonState.load": Decision(OWN, "/website", shows='"screen_rx_state_": "/website"'),
}  # fmt: skip

ROUTES: dict[str, Decision] = PERSONAL_ROUTES | {
    "POST /hooks/buckaroo": Decision(
        OPEN, "/hooks/buckaroo", "KEY new-message", headers=(("authorization", "signed"),), writes=True
    ),
    "POST /auth/login": Decision(
        OPEN, "/auth/login", {"email": "{email}", "password": PASSWORD}, "set-cookie: voldaan_session=", writes=True
    ),
    "POST /auth/logout": Decision(OWN, "/auth/logout", writes=True, while_looking=True, half=True),
    "POST /files/invoices.zip": Decision(
        _P.INVOICES_VIEW, "/files/invoices.zip", {"number": "{invoice}"}, shows="factuur-{invoice}.pdf"
    ),
    "GET /files/invoices/{name}": Decision(
        _P.INVOICES_VIEW, "/files/invoices/{invoice}.pdf", shows="%PDF {invoice}"
    ),
    "GET /files/credit-notes/{name}": Decision(
        _P.INVOICES_VIEW, "/files/credit-notes/{note}.pdf", shows="%PDF {note}"
    ),
    "GET /pay/return/{token}": Decision(OPEN, "/pay/return/{payment}?statuscode=190", writes=True),
    "POST /pay/return/{token}": Decision(OPEN, "/pay/return/{payment}", writes=True),
    "POST /pay/start/{token}": Decision(OPEN, "/pay/start/{pay_link}", {"method": "ideal"}, shows=BANK, writes=True),
    "GET /health/live": Decision(OPEN, "/health/live", shows="ok\n"),
    "GET /health/ready": Decision(OPEN, "/health/ready", shows="ok\n"),
    "GET /metrics": Decision(OPEN, "/metrics", shows="voldaan_payments"),
}  # fmt: skip

# Which event fills a page; its decision is the page's own. Nobody needs anything to be told that there is no such page.
PAGES = {
    "/": "OverviewState.load",
    "/account": "ProfileState.load",
    "/account/billing": "DetailsState.load",
    "/account/mandate": "SoonState.load",
    "/account/security": "SecurityState.load",
    "/account/users": "UsersState.load",
    "/confirm/[token]": "ConfirmState.load",
    "/credits": "CreditsState.load",
    "/email": "SoonState.load",
    "/invite/[token]": "InviteState.load",
    "/invoices": "InvoicesState.load",
    "/invoices/[number]": "InvoiceState.load",
    "/login": "LoginState.load",
    "/login/code": "SecondStepState.load",
    "/login/forgot": "ForgotState.load",
    "/pay/[token]": "PayLinkState.load",
    "/pay/return/[attempt]": "ReturnState.load",
    "/products": "ProductsState.load",
    "/reset/[token]": "ResetState.load",
    "/website": "SoonState.load",
    "404": "",
}

ACTIONS: dict[str, Decision] = EVENTS | ROUTES

# What of an account shows that somebody could see it who has no right to.
REVEALS: dict[Permission, tuple[str, ...]] = {
    _P.INVOICES_VIEW: (SUBJECT, LINE),
    _P.CREDITS_VIEW: (REASON,),
    _P.SERVICES_VIEW: (SERVICE,),
    _P.USERS_MANAGE: ("{word}-lid@matrix.test",),
}

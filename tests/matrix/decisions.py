"""One decision for everything a browser can ask for: which right it takes, and a valid call to try it with.

A new handler, route or page needs a line here, or `test_every_action_has_a_decision` fails. Words in braces are ids of
the account under test, see `world.Ids`. `shows`: what only a call that got through sends to the browser. `writes`: such
a call changes rows. Each decision has one of the two, so that both a door that is open to all and one that is shut for
all are noticed.
"""

from datetime import timedelta

from billing.access import Permission
from billing.clock import local_day
from dashboard.texts.nl import NL
from tests.factories import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.reports import report, signed
from tests.matrix.decision import MEMBER, OPEN, OWN, Decision
from tests.matrix.demo import DEMO_EVENTS
from tests.matrix.hosting import FOLDER, HOSTING_EVENTS, MAILBOX
from tests.matrix.machines import MACHINE_ROUTES
from tests.matrix.mandates import HOLDER, MANDATE_EVENTS
from tests.matrix.personal import PERSONAL_EVENTS, PERSONAL_ROUTES
from tests.matrix.products import PRODUCT_EVENTS, SERVICE
from tests.matrix.staff import STAFF_EVENTS, STAFF_ROUTES

_P = Permission
INVOICE, LIST, INBOX = "/invoices/{invoice}", "/invoices", "/inbox"
SUBJECT, LINE, REASON = "{word}-factuur", "{word}-regel", "{word}-reden"
ALONE = ("acting",)
BANK = "https://gateway.test/pay/"
# At the moment at which every test of the matrix begins.
REPORT = report("<bounced-mail@matrix.test>")
REPORTED = tuple(signed(REPORT, FakeClock().now() + timedelta(seconds=30)).items())
PAY_ON = local_day(FakeClock().now()).isoformat()
PERIOD = {"account": "{account}", "from": "2026-01-01", "to": "2026-12-31"}

_OF_PARTS = PERSONAL_EVENTS | HOSTING_EVENTS | PRODUCT_EVENTS | MANDATE_EVENTS | STAFF_EVENTS | DEMO_EVENTS
EVENTS: dict[str, Decision] = _OF_PARTS | {
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
    # Who looks through somebody else's eyes, or acts for somebody, sees one account; an inbox is about all of them.
    "InboxState.load": Decision(
        _P.INVOICES_VIEW, INBOX, shows=SUBJECT, while_looking=False, never=ALONE
    ),
    "InboxState.pay_together": Decision(
        _P.INVOICES_VIEW, INBOX, first=(("show", ("{account}",)),), shows="/invoices?kies=open", writes=True,
        never=ALONE,
    ),
    "InboxState.show": Decision(
        _P.INVOICES_VIEW, INBOX, ("{account}",), shows=NL.inbox.list_of.format(name="{word} klant"),
        while_looking=False, never=ALONE,
    ),
    "InboxState.turn": Decision(
        _P.INVOICES_VIEW, INBOX, (-1,), shows=SUBJECT, while_looking=False, never=ALONE
    ),
    "InvoiceState.load": Decision(_P.INVOICES_VIEW, INVOICE, shows=LINE),
    "InvoiceState.choose_day": Decision(_P.MANDATE_MANAGE, INVOICE, ({"day": "2026-04-01"},), writes=True),
    "InvoiceState.proven": Decision(OPEN, INVOICE, shows='"is_open": false'),
    "InvoiceState.unproven": Decision(OPEN, INVOICE, shows='"is_open": false'),
    "InvoiceState.insist": Decision(OPEN, INVOICE, shows='"insists_rx_state_": true'),
    "InvoiceState.pay": Decision(_P.INVOICES_PAY, INVOICE, ("ideal",), shows=BANK, writes=True),
    "InvoiceState.withdraw_link": Decision(_P.NOTIFICATIONS_MANAGE, INVOICE, writes=True),
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
    "ReminderState.load": Decision(OPEN, "/reminder/{reminder}", shows='{invoice}'),
    "ReturnState.load": Decision(OPEN, "/pay/return/{payment}", writes=True),
    # The page that it follows on asks for the payment to be looked up, which is what is written.
    "ReturnState.follow": Decision(OPEN, "/pay/return/{payment}", shows='"invoices": "{pending}"', writes=True),
    "SessionState.choose_account": Decision(MEMBER, sends=("{account}",), writes=True, mute=True),
}  # fmt: skip

ROUTES: dict[str, Decision] = PERSONAL_ROUTES | STAFF_ROUTES | MACHINE_ROUTES | {
    "POST /hooks/buckaroo": Decision(
        OPEN, "/hooks/buckaroo", "KEY new-message", headers=(("authorization", "signed"),), writes=True
    ),
    "POST /hooks/mail": Decision(
        OPEN, "/hooks/mail", REPORT.decode(), headers=REPORTED, writes=True,
        given="UPDATE mail_delivery SET identity = 'bounced-mail' WHERE id = 1",
    ),
    # Whatever is said there is believed by its signature alone, and this one is about nothing of ours.
    "POST /hooks/books": Decision(OPEN, "/hooks/books", "{}", shows="OK"),
    "POST /auth/login": Decision(
        OPEN, "/auth/login", {"email": "{email}", "password": PASSWORD}, "set-cookie: voldaan_session=", writes=True
    ),
    "POST /auth/logout": Decision(OWN, "/auth/logout", writes=True, while_looking=True, half=True),
    "POST /files/invoices.zip": Decision(
        _P.INVOICES_VIEW, "/files/invoices.zip", {"number": "{invoice}"}, shows="factuur-{invoice}.pdf"
    ),
    "POST /files/period.zip": Decision(
        _P.INVOICES_VIEW, "/files/period.zip", PERIOD, shows="factuur-{invoice}.pdf"
    ),
    "GET /files/account.zip": Decision(
        _P.OWNERSHIP_TRANSFER, "/files/account.zip", shows="data.json", writes=True, mute=True
    ),
    "POST /files/statement.pdf": Decision(_P.INVOICES_VIEW, "/files/statement.pdf", PERIOD, shows="%PDF balance"),
    "POST /files/statement.csv": Decision(_P.INVOICES_VIEW, "/files/statement.csv", PERIOD, shows="{invoice}"),
    "GET /files/invoices/{name}": Decision(
        _P.INVOICES_VIEW, "/files/invoices/{invoice}.pdf", shows="%PDF {invoice}"
    ),
    "GET /files/credit-notes/{name}": Decision(
        _P.INVOICES_VIEW, "/files/credit-notes/{note}.pdf", shows="%PDF {note}"
    ),
    "GET /pay/return/{token}": Decision(OPEN, "/pay/return/{payment}?statuscode=190", writes=True),
    # Nothing is read or written; the page that it leads to asks who is there.
    "GET /account/mandate/return": Decision(
        OPEN, "/account/mandate/return?statuscode=190", shows="location: /account/mandate"
    ),
    "POST /account/mandate/return": Decision(OPEN, "/account/mandate/return", shows="location: /account/mandate"),
    "POST /pay/return/{token}": Decision(OPEN, "/pay/return/{payment}", writes=True),
    "POST /pay/start/{token}": Decision(OPEN, "/pay/start/{pay_link}", {"method": "ideal"}, shows=BANK, writes=True),
    "POST /reminder/answer/{token}": Decision(
        OPEN, "/reminder/answer/{reminder}", {"answer": "later", "pay_on": PAY_ON}, writes=True
    ),
    # A sheet of styles and a script, empty outside of a demo.
    "GET /mode.css": Decision(OPEN, "/mode.css", shows="text/css"),
    "GET /mode.js": Decision(OPEN, "/mode.js", shows="text/javascript"),
    "GET /health/live": Decision(OPEN, "/health/live", shows="ok\n"),
    "GET /health/ready": Decision(OPEN, "/health/ready", shows="ok\n"),
    "GET /metrics": Decision(OPEN, "/metrics", shows="voldaan_payments"),
}  # fmt: skip

# Which event fills a page; its decision is the page's own. Nobody needs anything to be told that there is no such page.
PAGES = {
    "/": "OverviewState.load",
    "/account": "ProfileState.load",
    "/account/billing": "DetailsState.load",
    "/account/data": "DataState.load",
    "/account/mandate": "MandateState.load",
    "/account/security": "SecurityState.load",
    "/account/users": "UsersState.load",
    "/confirm/[token]": "ConfirmState.load",
    "/credits": "CreditsState.load",
    "/demo": "DemoState.load",
    "/email": "EmailState.load",
    "/inbox": "InboxState.load",
    "/invite/[token]": "InviteState.load",
    "/invoices": "InvoicesState.load",
    "/invoices/[number]": "InvoiceState.load",
    "/login": "LoginState.load",
    "/login/code": "SecondStepState.load",
    "/login/forgot": "ForgotState.load",
    "/pay/[token]": "PayLinkState.load",
    "/pay/return/[attempt]": "ReturnState.load",
    "/staff": "StaffLightsState.load",
    "/staff/customers": "StaffCustomersState.load",
    "/staff/pushes": "StaffPushesState.load",
    "/staff/money": "StaffMoneyState.load",
    "/staff/runs": "StaffRunsState.load",
    "/staff/stops": "StaffStopsState.load",
    "/products": "ProductsState.load",
    "/reminder/[token]": "ReminderState.load",
    "/recover/[token]": "RecoverState.load",
    "/reset/[token]": "ResetState.load",
    "/website": "WebsiteState.load",
    "404": "",
}

ACTIONS: dict[str, Decision] = EVENTS | ROUTES

# What of an account shows that somebody could see it who has no right to.
REVEALS: dict[Permission, tuple[str, ...]] = {
    _P.INVOICES_VIEW: (SUBJECT, LINE),
    _P.CREDITS_VIEW: (REASON,),
    _P.MANDATE_VIEW: (HOLDER,),
    _P.SERVICES_VIEW: (SERVICE,),
    _P.WEBSITE_MANAGE: (FOLDER, "{domain}"),
    _P.EMAIL_MANAGE: (MAILBOX,),
    _P.USERS_MANAGE: ("{word}-lid@matrix.test",),
}

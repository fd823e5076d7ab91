"""English."""

from dashboard.texts import words
from dashboard.texts.en_account import ACCOUNT
from dashboard.texts.en_credits import CREDITS
from dashboard.texts.en_demo import DEMO
from dashboard.texts.en_help import HELP
from dashboard.texts.en_hosting import EMAIL, HOSTING, WEBSITE
from dashboard.texts.en_inbox import INBOX, LINK_WITHDRAWAL, PERIOD
from dashboard.texts.en_login import DOOR, LOGIN, PASSKEYS, PROOF
from dashboard.texts.en_mandate import MANDATE
from dashboard.texts.en_money import INVOICE, METHODS, PAPER, PAY_LINK, PAY_RETURN
from dashboard.texts.en_problems import (
    BROKEN,
    DENIED,
    DENIED_STAFF,
    ERRORS,
    GONE,
    LOCKED,
    MISSING,
    MOVED,
    NOT_FOUND,
    PROBLEM,
    WEAK_PASSWORDS,
)
from dashboard.texts.en_products import PRODUCTS
from dashboard.texts.en_reminder import REMINDER
from dashboard.texts.en_roles import RIGHTS, ROLES
from dashboard.texts.en_safety import SAFETY
from dashboard.texts.en_staff import STAFF
from dashboard.texts.en_users import USERS
from dashboard.texts.en_web import WEB

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def _number_word(count: int) -> str:
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def _days_ago(count: int) -> str:
    return "yesterday" if count == 1 else f"{count} days ago"


def _days_ahead(count: int) -> str:
    return "tomorrow" if count == 1 else f"in {count} days"


def _seconds(count: int) -> str:
    return "1 second" if count == 1 else f"{count} seconds"


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


def _in_words(count: int) -> str:
    return f"{_number_word(count)} invoice" if count == 1 else f"{_number_word(count)} invoices"


def _open_invoices(count: int) -> str:
    return "1 invoice" if count == 1 else f"{count} invoices"


def _chosen(count: int) -> str:
    return "1 invoice selected" if count == 1 else f"{count} invoices selected"


def _chosen_documents(count: int) -> str:
    return "1 document selected" if count == 1 else f"{count} documents selected"


EN = words.Texts(
    shell=words.Shell(
        home=", go to the dashboard",
        skip="Skip to the content",
        switch_account="Switch account: {name}",
        your_accounts="Your accounts",
        invoices="Invoices",
        invoices_open="Invoices, {count} open",
        dark="Dark mode",
        light="Light mode",
        other_language="nl",
        switch_language="NL: in het Nederlands",
        switch_language_short="NL",
        user_menu="User menu of {name}",
        account="Account",
        log_out="Log out",
        crumbs="Breadcrumbs",
        dashboard="Dashboard",
        loading="The page is loading",
        offline="There is no connection just now. Nothing gets lost; the page updates itself once the connection is "
        "back.",
        broken_title="This page could not be shown",
        broken="Something went wrong while showing it. Nothing was debited and nothing was lost. Please reload the "
        "page.",
        reload="Reload",
        title=" · ",
        copied="{what} copied",
        close="Close",
        seller="{name} · KvK {chamber}",
        demo=" · demo",
        manifest="See and pay invoices",
    ),
    days_ago=_days_ago,
    days_ahead=_days_ahead,
    seconds=_seconds,
    minutes=_minutes,
    today="today",
    at="{date}, {time}",
    clock="%H:%M",
    login=LOGIN,
    status=words.Status(
        credited="Credited",
        paid="Paid",
        under_way="Payment on its way",
        returned="Returned",
        partly_settled="Partly settled",
        overdue="Overdue",
        unpaid="Unpaid",
        on="on {date}",
        expected="expected on {date}",
        open_again="open again",
        still="{amount} still to pay",
    ),
    methods=METHODS,
    dashboard=words.Dashboard(
        title="Dashboard",
        greetings=("Good morning, {name}", "Good afternoon, {name}", "Good evening, {name}"),
        today_open="{day}. {count} open.",
        today_clear="{day}. Nothing is open.",
        today_other="{day}.",
        stands="There is",
        stand="There are",
        invoices_in_words=_in_words,
        main_nav="Main buttons",
        products="Products",
        website="Website",
        email="Email",
        users="Users",
        credits="Credits",
        invoices="Invoices",
        open_suffix=" open",
        open_title="Open invoices",
        open_count=_open_invoices,
        open_first="{count}, the oldest first",
        together="Total still to pay",
        pay="Pay",
        pay_named="Pay, invoice {number}",
        view="View",
        view_named="View, invoice {number}",
        number="Number",
        status="Status",
        date="Date",
        due="Due date",
        due_short="Due",
        to_pay="Still to pay",
        with_credits="{amount} with credits",
        all_invoices="View all invoices",
        pay_together="Pay {count} together",
        clear_title="Nothing is open",
        last_paid="Invoice {number} was paid on {date}.",
        clear_text="There is nothing to pay. When a new invoice comes, you will see it here and get a mail.",
        no_right="Invoices are not among your rights in this account. The owner of the account can adjust that.",
        overpaid="You paid {amount} too much.",
        overpaid_text="That money stays yours and does not get lost.",
        overpaid_choose="Choose whether to keep it as credits or have it sent back",
    ),
    invoices=words.Invoices(
        title="Invoices",
        list="All invoices",
        filters=(("all", "All"), ("open", "Open"), ("paid", "Paid"), ("credited", "Credit")),
        filter="Filter",
        search="Search",
        search_hint="Search by number or product",
        choose="Select",
        choose_row="Select invoice {number}",
        amount="Amount",
        previous="Previous",
        next="Next",
        range="{first} to {last} of {total}",
        none="No invoices found",
        none_text="No invoice matches this. Choose another filter or empty the search field.",
        none_yet="No invoices yet",
        none_yet_text="As soon as there is an invoice, you will find it here and get a mail.",
        chosen="Selected invoices",
        chosen_count=_chosen,
        chosen_documents=_chosen_documents,
        download="Download (zip)",
        pay="Pay together",
        pay_title="Pay together",
        pay_text="All in one payment. Choose how you want to pay.",
        clear="Clear selection",
        too_many="Select at most {count} invoices at a time. Nothing has changed about your selection.",
    ),
    paper=PAPER,
    invoice=INVOICE,
    pay_return=PAY_RETURN,
    pay_link=PAY_LINK,
    reminder=REMINDER,
    link_withdrawal=LINK_WITHDRAWAL,
    inbox=INBOX,
    period=PERIOD,
    credits=CREDITS,
    products=PRODUCTS,
    safety=SAFETY,
    hosting=HOSTING,
    website=WEBSITE,
    email=EMAIL,
    account=ACCOUNT,
    users=USERS,
    mandate=MANDATE,
    staff=STAFF,
    demo=DEMO,
    help=HELP,
    roles=ROLES,
    rights=RIGHTS,
    denied=DENIED,
    denied_staff=DENIED_STAFF,
    locked=LOCKED,
    gone=GONE,
    missing=MISSING,
    moved=MOVED,
    broken=BROKEN,
    not_found=NOT_FOUND,
    errors=ERRORS,
    weak_passwords=WEAK_PASSWORDS,
    door=DOOR,
    proof=PROOF,
    passkeys=PASSKEYS,
    problem=PROBLEM,
    web=WEB,
)

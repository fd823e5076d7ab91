"""The pages of the company's own people, in English."""

from dashboard.texts import words_staff as words
from dashboard.texts.en_staff_lights import CERTIFICATE, LIGHTS, STANDING
from dashboard.texts.en_staff_money import MONEY
from dashboard.texts.en_staff_pushes import PUSHES
from dashboard.texts.en_staff_runs import RUNS
from dashboard.texts.en_staff_stops import STOPS


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count} customers"


STAFF = words.Staff(
    nav=words.StaffNav(
        label="Staff",
        lights="Four lights",
        money="Unmatched money",
        pushes="Push recorder",
        runs="Runs",
        stops="Stop orders",
        customers="Customers",
    ),
    acting="You are acting for {name}. What you do is in their log, under your name.",
    acting_for=words.ActingFor(
        button="Act for customer",
        button_named="Act for {name}",
        title="Act for {name}",
        text="You see this customer’s dashboard. On request you can cancel or change products and adjust billing "
        "details. Paying, mandates, users, website and email stay with the customer. In the log the customer sees who "
        "you are, why you were there and what you did.",
        reason="Why",
        reason_hint="For example: called to ask to cancel from 1 January",
        submit="Act for customer",
        leave="Leave it",
    ),
    customers=words.StaffCustomers(
        lede="Who is a customer, and what is open.",
        search="Search customers",
        search_hint="Name, email address or invoice number",
        name="Customer",
        to_pay="Open",
        overdue="Of which overdue",
        nothing_open="nothing open",
        count=_customers,
        none="No customers found",
        none_text="No customer matches this. Search for (a part of) the name, the beginning of an email address or a "
        "whole invoice number.",
    ),
    logging_out=words.LoggingOut(
        one=words.LogOut(
            button="Log somebody out",
            title="Log somebody out everywhere",
            text="All sessions of this person end at once, on every device. Logging in again is possible as ever; if "
            "the password was stolen, have it changed too.",
            submit="Log out",
            done="{email} is logged out everywhere.",
        ),
        all=words.LogOut(
            button="Log everybody out",
            title="Log everybody out?",
            text="The sessions of all customers and colleagues end at once, yours included. Everybody can log in again "
            "as ever.",
            submit="Log everybody out",
            done="Everybody is logged out.",
        ),
        email="Email address",
        nobody="Nobody logs in with this email address.",
        leave="Leave it",
    ),
    lights=LIGHTS,
    standing=STANDING,
    certificate=CERTIFICATE,
    pushes=PUSHES,
    money=MONEY,
    stops=STOPS,
    runs=RUNS,
)

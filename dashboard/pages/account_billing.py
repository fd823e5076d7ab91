"""The billing details: what stands on the next invoices of an account."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Permission
from billing.accounts import service
from billing.accounts.einvoices import choose_einvoice
from billing.accounts.queries import billing_details
from billing.accounts.service import LONGEST_DETAIL, EditBillingDetails
from billing.correspondence.network import is_connected
from billing.errors import (
    ConsumerWithVatNumber,
    InvalidChamberNumber,
    InvalidName,
    InvalidVatNumber,
    VatNumberAbroad,
)
from billing.taxes.queries import standing
from dashboard import run
from dashboard.components.account_nav import account_frame
from dashboard.components.account_parts import card, told, told_field
from dashboard.components.basics import icon, note
from dashboard.components.einvoice_card import einvoice_card
from dashboard.components.frame import page
from dashboard.components.proof import proof_dialog
from dashboard.components.shown import SHOWN, in_each
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, text_fields, unreadable
from dashboard.rows.account import (
    EINVOICE,
    Details,
    FormOption,
    Proof,
    Told,
    countries,
    details,
    einvoice_forms,
    vat_meaning,
)
from dashboard.session import Visit, enter, refresh
from dashboard.texts.language_names import LANGUAGE_NAMES
from dashboard.texts.languages import SAID

ROUTE = "/account/billing"
TEXTS = SHOWN.account
WORDS = TEXTS.billing
FORM = "details"
OPTIONAL = ("attention", "vat_number", "chamber_number")
IN_WORDS = {"country": "country_name", "customer_kind": "kind_name", "language": "language_name"}
# What is wrong with one field is told beside it.
FIELDS = {
    InvalidName.code: "name", InvalidVatNumber.code: "vat_number", VatNumberAbroad.code: "vat_number",
    ConsumerWithVatNumber.code: "vat_number",
    InvalidChamberNumber.code: "chamber_number",
}  # fmt: skip


class DetailsState(rx.State):
    """The details on screen. vat: what country and VAT number mean for the invoices. forms: of e-invoices. saved: how
    often they were, so that the form shows them as they were kept."""

    lede: str = ""
    details: Details = Details()
    vat: str = ""
    forms: tuple[FormOption, ...] = ()
    may_edit: bool = False
    saved: int = 0
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    # The account on screen; in another tab the person may have gone on to another one.
    _account_id: int = 0
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, needs=Permission.INVOICES_VIEW)

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Keep the details as they were typed."""
        typed = text_fields(form, *SAID.account.billing.fields)
        if typed is None:
            self.trouble = unreadable(FORM)
            return None
        command, again = EditBillingDetails(**typed), ("save", typed)
        edit = service.edit_billing_details
        if await attempt(self, FORM, again, edit, self._account_id, command, fields=FIELDS):
            self.saved += 1
            self.news = Told(FORM, SAID.account.billing.saved)
            return None
        return rx.set_focus(self.trouble.place) if self.trouble.place in SAID.account.billing.fields else None

    @rx.event
    async def choose_einvoice(self, form: dict[str, Any]) -> None:
        """Keep how e-invoices are to come."""
        typed = text_fields(form, EINVOICE)
        if typed is None:
            self.trouble = unreadable(EINVOICE)
            return
        again = ("choose_einvoice", typed)
        if await attempt(self, EINVOICE, again, choose_einvoice, self._account_id, typed[EINVOICE]):
            self.news = Told(EINVOICE, SAID.account.billing.einvoice.saved)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: save what was typed."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all; what was typed stays in the form."""
        give_up(self)

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        self._account_id = visit.account_id
        self.lede = SAID.account.billing.lede.format(account=visit.identity.account_name)
        self.may_edit = visit.may(Permission.BILLING_PROFILE_EDIT)
        found = await run.ask(billing_details, visit.actor, visit.account_id)
        self.details = details(found)
        self.vat = vat_meaning(await run.ask(standing, visit.actor, visit.account_id))
        self.forms = einvoice_forms(found.einvoice, has_network=await run.flow(is_connected))


TROUBLE: Any = DetailsState.trouble
DETAILS: Any = DetailsState.details
STATE: Any = DetailsState


@page(route=ROUTE, title=TEXTS.nav.billing, on_load=DetailsState.load)
def billing() -> rx.Component:
    """The content of the page."""
    return account_frame(
        ROUTE,
        card(WORDS.card, rx.cond(DetailsState.may_edit, _form(), _facts()), key=FORM, lede=WORDS.next_ones),
        einvoice_card(STATE),
        proof_dialog(STATE),
        title=TEXTS.nav.billing,
        lede=DetailsState.lede,
    )  # fmt: skip


def _form() -> rx.Component:
    return rx.el.form(
        told(STATE, FORM),
        rx.el.div(
            _field("name", auto_complete="organization", required=True, wide=True),
            _field("attention", auto_complete="name", wide=True),
            _field("street", auto_complete="street-address", wide=True),
            _field("postal_code", auto_complete="postal-code"),
            _field("city", auto_complete="address-level2"),
            _choice("country", [in_each(_countries)]),
            _choice(
                "customer_kind",
                [rx.el.option(label, value=kind) for kind, label in WORDS.kinds.items()],
                hint=WORDS.kind_hint,
            ),
            _field("vat_number", hint=WORDS.vat_hint, wide=True),
            _vat(),
            _field("chamber_number", custom_attrs={"inputMode": "numeric"}, wide=True),
            _choice("language", [rx.el.option(name, value=code) for code, name in LANGUAGE_NAMES.items()]),
            class_name="vd-fields",
        ),
        rx.el.div(rx.el.button(WORDS.save, type="submit", class_name="vd-btn solid")),
        on_submit=DetailsState.save,
        no_validate=True,
        key=DetailsState.saved,
        class_name="vd-form",
    )


def _field(name: str, *, wide: bool = False, **props: Any) -> rx.Component:
    optional = WORDS.optional if name in OPTIONAL else None
    field = told_field(
        name, WORDS.fields[name], trouble=TROUBLE, optional=optional, default_value=getattr(DETAILS, name),
        max_length=LONGEST_DETAIL, **props,
    )  # fmt: skip
    return rx.el.div(field, class_name="wide" if wide else "")


def _countries(language: str) -> rx.Component:
    return rx.fragment(*[rx.el.option(name, value=code) for name, code in countries(language)])


def _choice(name: str, options: Sequence[Any], *, hint: Any = None) -> rx.Component:
    told_hint = rx.el.p(hint, id=f"{name}-hint", class_name="hint") if hint is not None else rx.fragment()
    return rx.el.div(
        rx.el.label(WORDS.fields[name], html_for=name),
        rx.el.div(
            rx.el.select(
                *options, id=name, name=name,
                default_value=getattr(DETAILS, name), class_name="vd-input",
                custom_attrs={"aria-describedby": f"{name}-hint" if hint is not None else ""},
            ),
            icon("chev", size="s"),
            class_name="vd-select",
        ),
        told_hint,
        class_name="vd-field wide",
    )  # fmt: skip


def _vat() -> rx.Component:
    told = rx.el.div(note(DetailsState.vat, tone="info", icon_name="info", role="status"), class_name="wide")
    return rx.cond(DetailsState.vat != "", told)


def _facts() -> rx.Component:
    return rx.fragment(
        rx.el.dl(*[_fact(name) for name in WORDS.fields], class_name="vd-facts"),
        _vat(),
        rx.el.p(icon("lock", size="s"), WORDS.look_only, class_name="vd-quiet"),
    )


def _fact(name: str) -> rx.Component:
    value: Any = getattr(DETAILS, IN_WORDS.get(name, name))
    empty = rx.el.span(WORDS.empty, class_name="mut3")
    return rx.el.div(rx.el.dt(WORDS.fields[name]), rx.el.dd(rx.cond(value != "", value, empty)))

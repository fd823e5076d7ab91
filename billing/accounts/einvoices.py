"""How an account wants its e-invoices."""

from billing import access, audit, locks
from billing.access import Actor, Permission
from billing.accounts import service
from billing.accounts.tables import Account, EInvoiceForm
from billing.db import Work
from billing.einvoice_rules import lacks_for_network
from billing.errors import EInvoiceRefused, InvalidSetting


def choose_einvoice(work: Work, actor: Actor, account_id: int, form: str) -> None:
    """Choose the form of an account's next e-invoices.

    Raises NotFound, NotAllowed, InvalidSetting for no form of ours, or EInvoiceRefused when the network asks for more
    than is known of the customer; `reason`: number, address or reference.
    """
    allowed = access.require(work, actor, Permission.BILLING_PROFILE_EDIT, account_id)
    if form not in {known.value for known in EInvoiceForm}:
        raise InvalidSetting(field="einvoice")
    account = locks.account(work, allowed)
    if account.einvoice == form:
        return
    lacking = lacks_for_network(account) if form == EInvoiceForm.PEPPOL else ""
    if lacking:
        raise EInvoiceRefused(reason=lacking)
    account.einvoice = form
    work.session.add(account)
    audit.record(work, actor, "einvoice.chosen", chain=audit.of_account(allowed), subject=account.name, form=form)
    service.bump_version(work, allowed)


def form_of(work: Work, account_id: int) -> EInvoiceForm:
    """How an account wants its e-invoices."""
    return EInvoiceForm(work.session.get_one(Account, account_id).einvoice)

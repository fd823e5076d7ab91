"""The fields that the bookkeeping takes, by its public description, which has no room for any other.

Source: Moneybird's OpenAPI description, August 2026, `unevaluatedProperties: false` in every body.
"""

from typing import Any

FIELDS = {
    "contact": frozenset({
        "company_name", "address1", "address2", "zipcode", "city", "country", "phone", "delivery_method",
        "customer_id", "tax_number", "firstname", "lastname", "chamber_of_commerce", "bank_account",
        "send_invoices_to_attention", "send_invoices_to_email", "send_estimates_to_attention",
        "send_estimates_to_email", "sepa_active", "sepa_iban", "sepa_iban_account_name", "sepa_bic", "sepa_mandate_id",
        "sepa_mandate_date", "sepa_sequence_type", "si_identifier_type", "si_identifier", "invoice_workflow_id",
        "estimate_workflow_id", "email_ubl", "direct_debit", "custom_fields_attributes",
    }),
    "external_sales_invoice": frozenset({
        "contact_id", "reference", "date", "due_date", "currency", "prices_are_incl_tax", "source", "source_url",
        "details_attributes",
    }),
    "details_attributes": frozenset({
        "id", "description", "period", "price", "amount", "tax_rate_id", "ledger_account_id", "project_id",
        "product_id", "row_order", "is_optional", "is_selected", "_destroy", "automated_tax_enabled",
    }),
    "payment": frozenset({
        "payment_date", "price", "price_base", "financial_account_id", "financial_mutation_id",
        "transaction_identifier", "manual_payment_action", "ledger_account_id", "invoice_id",
    }),
    "general_journal_document": frozenset({
        "reference", "date", "journal_type", "general_journal_document_entries_attributes",
    }),
    "general_journal_document_entries_attributes": frozenset({
        "id", "ledger_account_id", "tax_rate_id", "description", "debit", "credit", "project_id", "row_order",
        "contact_id", "_destroy",
    }),
}  # fmt: skip


def require_known(name: str, data: dict[str, Any]) -> None:
    """Raises ValueError for a field of a body, or of one of its rows, that the description does not have."""
    for field, value in data.items():
        if field not in FIELDS[name]:
            raise ValueError(f"{name}.{field}")
        for row in value if field in FIELDS else ():
            require_known(field, row)

"""English for who looks after several customers, and about taking back a pay link."""

from dashboard.texts import words_inbox as words

INBOX = words.Inbox(
    title="Inbox",
    lede="What is open for all your customers",
    link="All accounts: what is open",
    customers="Customers",
    everybody="All customers",
    nothing_open="Nothing open",
    list="Open invoices",
    list_of="Open for {name}",
    customer="Customer",
    view="View",
    pay_named="Pay, invoice {number} of {name}",
    view_named="View, invoice {number} of {name}",
    clear_title="Nothing is open anywhere",
    clear_text="There is nothing to pay for any of your customers. When a new invoice comes, you will see it here.",
    clear_of_title="Nothing is open for {name}",
    clear_of_text="There is nothing to pay here. Choose another customer, or view all customers together.",
)

PERIOD = words.Period(
    button="Download a period",
    title="Download a period",
    text="All invoices and credit notes with a date in this period, as PDF and as e-invoice (UBL) in one zip file. "
    "With an index (index.csv) for your bookkeeping.",
    customer="Customer",
    first="From",
    last="Through",
    submit="Download (zip)",
    hint="The previous quarter is filled in.",
    file_name="invoices-{customer}-{first}-through-{last}.zip",
    index_name="index.csv",
    columns=(
        "Invoice number",
        "Invoice date",
        "Due date",
        "Customer",
        "Amount excl. VAT",
        "VAT",
        "Invoice amount",
        "Paid",
        "Settled",
        "Still to pay",
        "Status",
        "Paid on",
        "File",
        "SHA-256",
        "E-invoice",
        "SHA-256 of the e-invoice",
    ),
    note_of="Credit note for {number}",
    statement_pdf="Account statement (PDF)",
    statement_csv="Account statement (CSV)",
    statement_text="An account statement shows the balance on the first and the last day, and everything in between.",
    statement_file="account-statement-{first}-through-{last}.{ending}",
    statement=words.StatementSheet(
        columns=("Date", "What happened", "Document", "Amount", "Balance"),
        opening="Balance on the first day",
        closing="Balance on the last day",
        kinds={
            "invoice": "Invoice",
            "credit_note": "Credit note",
            "payment": "Payment",
            "returned": "Payment returned",
            "paid_out": "Sent back to you",
            "gift": "Credits received",
            "unmatched": "Payment that was not yours",
            "other": "Other entry",
        },
    ),
    not_ready="One of the PDFs of this period is still being made. Nothing is wrong; please try again in a few "
    "seconds.",
    refused={
        "order": (
            "This period is not right",
            "The first day is after the last. Go back and swap the two dates.",
        ),
        "long": (
            "This period is too long",
            "One download covers at most 400 days. Go back and choose a shorter period.",
        ),
        "full": (
            "These are too many invoices",
            "One download has at most 1,000 invoices and credit notes. Go back and choose a shorter period.",
        ),
        "empty": (
            "No invoices in this period",
            "No invoice or credit note was made in this period. Go back and choose another period.",
        ),
    },
)

LINK_WITHDRAWAL = words.LinkWithdrawal(
    button="Withdraw the pay link",
    title="Withdraw the pay link?",
    text="Links in mails sent earlier will no longer work. The next mail has a new one.",
    confirm="Withdraw",
    cancel="Cancel",
    done="The pay link has been withdrawn.",
)

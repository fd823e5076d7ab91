"""English."""

from billing.adapters.mail.texts.sentences import Sentences

SENTENCES = Sentences(
    invoice_subject="Invoice {number}: {amount}, to be paid before {due}",
    settled_subject="Invoice {number}: nothing to pay",
    paid_subject="Paid: invoice {number}",
    greeting="Hello {name},",
    greeting_nameless="Hello,",
    invoice_intro="Your new invoice is ready. You can pay it online right away.",
    settled_intro="Your new invoice is ready. There is nothing to pay, so there is nothing you need to do.",
    paid_intro="Thank you. Invoice {number} is paid; there is nothing more to do.",
    invoice_label="Invoice {number}",
    to_pay="Still to pay",
    due="to be paid before {due}",
    paid_on="Paid on {when}",
    total="Invoice amount",
    credits_used="We used {amount} of your credits. That is already taken off above.",
    pay_button="View and pay the invoice",
    view_button="View the invoice",
    transfer_heading="Rather make a bank transfer?",
    transfer_hint="Quote the reference with your transfer, and we will recognise your payment.",
    iban="IBAN",
    reference="Reference",
    holder="Account name",
    amount="Amount",
    paid_already="Paid already? Then there is nothing you need to do.",
    attached="The paid invoice is attached as a PDF, with the date of payment on it. It is in your dashboard too.",
    dashboard="All your invoices are in your dashboard",
    sign_off="Kind regards,",
    chamber="KvK",
    vat_number="VAT",
)

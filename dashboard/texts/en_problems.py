"""English for what goes wrong: what happened, that nothing was lost or charged, what to do next."""

from dashboard.texts.words import Stop

PROBLEM = (
    "Something went wrong on our side. Nothing was lost. Please try again in a minute, or tell us this code: {id}."
)

ERRORS = {
    "billing_error": "That did not work. Nothing was debited. Please try again in a minute.",
    "not_allowed": "You may not do this in this account. Nothing was debited. The owner of the account can give you "
    "that right.",
    "not_found": "This invoice was not found. Nothing was debited. Choose an invoice from the list.",
    "refused": "That is not possible for these invoices. Nothing was debited. Reload the page and see what is open.",
    "invalid_amount": "This amount can't be paid. Nothing was debited. Please reload the page.",
    "invalid_setting": "This setting can't be saved like this. Nothing has changed. Check what you filled in.",
    "nothing_overpaid": "This was chosen already. Nothing has changed; please reload the page.",
    "nothing_to_pay": "Nothing is open here any more. Nothing was debited; please reload the page.",
    "payment_under_way": "A payment is on its way already. Nothing more was debited. Wait until it has come in, or "
    "deliberately choose to pay yourself now.",
    "method_unavailable": "This payment method does not work now. Nothing was debited. Choose another method.",
    "login_failed": "This email address and password do not belong together. Nothing has changed. Please try again.",
    "login_throttled": "There were too many tries in a row. Your account is not blocked. Please try again in {wait}.",
    "too_often": "Pay was clicked too often. Nothing was debited. Wait a minute and try again.",
    "run_held": "This invoice run differs too much from the last one. Nothing has changed. Check whether prices and "
    "services are right, and then start the run deliberately.",
    "conflict": "Somebody else was just ahead of you. Nothing was debited. Please reload the page.",
    "illegal_move": "This payment has moved on already. Nothing was debited. Please reload the page.",
    "unbalanced": "This could not be booked. Nothing was debited. Please try again later.",
    "provider_refused": "The payment service refused this payment. Nothing was debited. Try another method, or "
    "transfer the amount yourself.",
    "provider_unclear": "The payment service does not answer now. Nothing was debited and your invoice is still there. "
    "We are finding out whether the payment arrived; please try again in a minute.",
    "address_refused": "The mail server takes no mail for this address. Nothing has changed. Check the address.",
    "report_refused": "This message could not be read. Nothing has changed. Please try again later.",
    "push_refused": "This message could not be read. Nothing has changed. Please try again later.",
    "erasure_refused": "This account can't be erased now. Nothing has changed. Choose Erase account again when nothing "
    "is running or open any more.",
    "period_refused": "This period can't be downloaded. Nothing has changed. Choose another period.",
    "settings_invalid": "This installation is not set up right yet. Nothing was debited. Please try again later.",
    # Answers to a reminder
    "promise_refused": "This day or way of paying is not possible. Nothing has changed. Choose a day in the past, or a "
    "day within two weeks if you will pay later.",
    "reminder_too_often": "There were too many answers in a row. Nothing was lost. Wait a minute and try again.",
    "reminder_gone": "This link does not work. Nothing has changed. Open the link in the latest mail.",
    # Products
    "preview_stale": "The preview is no longer right. Nothing has changed. See again what it will be, and then "
    "confirm.",
    "change_refused": "This is not possible for this product. Nothing has changed. Reload the page and see what is "
    "possible.",
    # Mandates
    "mandate_refused": "This is not possible with this mandate. Nothing has changed and nothing was debited. Reload "
    "the page and see how the mandate stands.",
    "foreign_account": "Signing at the bank is possible with a Dutch account only. Nothing has changed. Start the "
    "mandate with an iDEAL payment, or pay your invoices yourself.",
    "invalid_iban": "This account number is not right. Nothing has changed. Check whether there is a typing mistake in "
    "it.",
    "date_refused": "Nothing can be debited on this day. Nothing has changed. Choose a working day within the period "
    "shown.",
    "stop_refused": "Pausing is not possible now. Nothing has changed, and everything simply keeps working.",
    # Log-ins and users
    "no_session": "You have been logged out. Nothing has changed. Log in again to continue.",
    "half_over": "Logging in took too long. Nothing has changed. Start again with your email address and password.",
    "check_needed": "First confirm that it is you. Nothing has changed yet. After that it goes on where you were.",
    "only_looking": "You are viewing this account through somebody else's eyes. Nothing has changed. Stop that first "
    "to do something yourself again.",
    "code_refused": "This code does not work: it is not right, has expired or has been used already. Nothing has "
    "changed. Wait for the next code in your app and fill it in straight away, or use a backup code. If it keeps going "
    "wrong, check whether the clock of your phone is right.",
    "second_factor_needed": "Your password alone is not enough for this. Nothing has changed. Set up a second step at "
    "Security, an app or a passkey, and then try again.",
    "last_second_factor": "You cannot do without a second step, and this is your only one. Nothing has changed. Set up "
    "another one first, an app or a passkey.",
    "passkey_refused": "This passkey was not recognised. Nothing has changed. Try once more, or choose another way.",
    "weak_password": "{why} Nothing has changed. Choose another password, for example four words that have nothing to "
    "do with each other.",
    "invalid_email": "This is not a complete email address. Nothing has changed. Check whether there is a typing "
    "mistake in it.",
    "invalid_name": "This name is not possible. Nothing has changed. Fill in a name, without a web address.",
    "consumer_with_vat_number": "A private person has no VAT number. Nothing has changed. Leave the number empty, or "
    "choose that you buy as a company.",
    "invalid_country": "We do not know this country. Nothing has changed. Choose a country from the list.",
    "invalid_vat_number": "This VAT number does not exist. Nothing has changed. Check the number, or leave it empty.",
    "vat_number_abroad": "This VAT number belongs to another country than your address. Nothing has changed. Check the "
    "number, or leave it empty. If you have moved to another country, let us know.",
    "invalid_chamber_number": "A Chamber of Commerce number has eight digits. Nothing has changed. Check the number, "
    "or leave it empty.",
    "reason_needed": "Fill in why, in a few words. Nothing has changed.",
    "einvoice_refused": "For Peppol we need your Chamber of Commerce number or VAT number, your full address, and a "
    "name at 'For the attention of'. Nothing has changed. Complete those details above and then choose again.",
    "email_taken": "Somebody logs in with this email address already. Nothing has changed. Use another address.",
    "link_used": "This link has been used already, or a newer one was mailed. Nothing has changed. Look for the newest "
    "link in your mail.",
    "link_expired": "This link has expired. Nothing has changed. Ask for a new one.",
    "link_too_early": "This link does not work yet. Nothing has changed. The mail says from when it does.",
    "link_withdrawn": "This invitation has been withdrawn. Nothing has changed. Ask whoever invited you for a new one.",
    "scope_not_possible": "This does not go with the chosen role. Nothing has changed. Leave it out, or choose another "
    "role.",
    "already_member": "This person has access to this account already. Nothing has changed. Adjust the rights in the "
    "list of users.",
    "already_invited": "This person has been invited already. Nothing has changed. Send the invitation again, or "
    "withdraw it first.",
    "account_erased": "This account has been erased. Nothing has changed.",
    "owner_stays": "An account always has exactly one owner. Nothing has changed. Hand over the ownership to somebody "
    "else.",
    "ends_in_past": "This last day is past already. Nothing has changed. Choose today or a later day.",
}

# Why a password is refused, by the reason that the error gives.
WEAK_PASSWORDS = {
    "short": "This password is shorter than ten characters.",
    "long": "This password is longer than 1024 characters.",
    "guessable": "This password is too easy to guess.",
    "leaked": "This password is known from a data leak at another site. Choose another one.",
}

DENIED = Stop(
    title="No access",
    text="This part is not among your rights in this account. Nothing is wrong with your log-in; the owner of the "
    "account can give you access.",
    link="Go to the dashboard",
)
DENIED_STAFF = Stop(
    title="No access",
    text="This page is only for our own people, and for those of them who have the right to it. Nothing is wrong with "
    "your log-in.",
    link="Go to the dashboard",
)
LOCKED = Stop(
    title="A second step first",
    text="For this part your password alone is not enough. Switch on an app that shows codes, or add a passkey; after "
    "that you can go on here straight away.",
    link="Set up a second step",
)
GONE = Stop(
    title="You have been logged out",
    text="Your session is over. Nothing was lost. Log in again to continue.",
    link="Log in",
)
MOVED = Stop(
    title="You chose another account",
    text="You chose another account in another tab. The top of the page says which. This page was emptied, so that you "
    "mix nothing up.",
    link="Continue with this account",
)
MISSING = Stop(
    title="This invoice was not found",
    text="There is no invoice with this number that you may see. Perhaps the number is not right, or the invoice "
    "belongs to another account.",
    link="View all invoices",
)
BROKEN = Stop(
    title="This page could not be loaded",
    text="Something went wrong on our side. Nothing was debited and nothing was lost. Please try again in a minute.",
    link="Try again",
)
NOT_FOUND = Stop(
    title="This page does not exist",
    text="The address is not right, or the page has moved. Nothing was lost.",
    link="Go to the dashboard",
)

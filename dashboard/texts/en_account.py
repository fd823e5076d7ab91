"""English for the pages about a person's own log-in and the account."""

from dashboard.texts import words_account as words


def _codes_left(count: int) -> str:
    return "1 backup code left" if count == 1 else f"{count or 'No'} backup codes left"


def _minutes_ago(count: int) -> str:
    return "1 minute ago" if count == 1 else f"{count} minutes ago"


def _hours_ago(count: int) -> str:
    return "1 hour ago" if count == 1 else f"{count} hours ago"


ACCOUNT = words.AccountPages(
    title="Account",
    nav=words.Nav(
        label="Parts of your account",
        profile="Profile",
        billing="Billing details",
        security="Security",
        users="Manage users",
        mandate="Mandate",
        data="Your data",
    ),
    profile=words.Profile(
        lede="Who you are, and what we mail you.",
        person="Your details",
        name="Name",
        name_hint="This is how others in your accounts see you.",
        save="Save",
        name_saved="Your name has been saved.",
        email="Email address",
        email_hint="You log in with it, and your mails arrive here.",
        change="Change",
        new_email="New email address",
        new_email_hint="We mail a link to this address. Nothing changes until you open it.",
        send="Send mail",
        cancel="Cancel",
        asked="We have sent a mail to {new}; until you confirm it, you log in with {old}.",
        mails="What we mail you",
        mails_lede="About {account}. This applies to you only.",
        topics=(
            ("invoices", "Mails with a payment request", "Every new invoice, with a button to pay."),
            ("receipts", "Mails with the paid invoice", "Once it is paid: the invoice with the date of payment."),
        ),
        mails_saved="Your choice has been saved.",
        no_mails="Mails about invoices are not part of your role in this account. You do get those about your own "
        "log-in.",
        accounts="Your accounts",
        accounts_lede="What you have access to, and in which role.",
        on_screen="on screen now",
        until="through {date}",
        no_accounts="You do not belong to any account yet. Ask the owner for an invitation.",
        own_acts="What you did yourself",
        own_acts_lede="In the account on screen, and with your own log-in. If you do not recognise something, change "
        "your password.",
    ),
    billing=words.Billing(
        lede="What is on the invoices of {account}.",
        card="On your next invoices",
        next_ones="What you change here holds for the next invoices. What is an invoice already never changes.",
        fields={
            "name": "Name or company name",
            "attention": "For the attention of",
            "street": "Street and house number",
            "postal_code": "Postcode",
            "city": "Town or city",
            "country": "Country",
            "customer_kind": "You buy as",
            "vat_number": "VAT number",
            "chamber_number": "Chamber of Commerce number",
            "language": "Language of invoices",
        },
        optional="optional",
        kinds={"business": "Company or organisation", "consumer": "Private person"},
        kind_hint="Outside the Netherlands, the VAT on your invoices depends on this.",
        vat_hint="Begins with the letters of your country, such as NL or BE. A private person has none.",
        vat_means={
            "reverse_charge": "Reverse charge: there is no VAT on your invoices, you account for the VAT yourself in "
            "{country}. The tax authorities there confirmed your VAT number on {date}. If you remove the number, we "
            "charge VAT from the next invoice on.",
            "asking": "We are asking the tax authorities of {country} whether your VAT number is right. Until they "
            "answer, we make no new invoices. There is nothing you need to do.",
            "in_vain": "The tax authorities of {country} do not answer about your VAT number now. We keep asking them, "
            "and make no new invoices until they do. There is nothing you need to do.",
            "invalid_union_consumer": "The tax authorities of {country} do not know your VAT number, we heard on "
            "{date}. So we charge Dutch VAT on your invoices. Check the number; once it is right, the VAT is reverse "
            "charged.",
            "invalid_oss": "The tax authorities of {country} do not know your VAT number, we heard on {date}. So we "
            "charge the VAT of {country} on your invoices: {rate}. Check the number; once it is right, the VAT is "
            "reverse charged.",
            "consumer_union_consumer": "As a private person in {country} you pay Dutch VAT on your invoices.",
            "consumer_oss": "As a private person in {country} you pay that country's VAT on your invoices: {rate}.",
            "union_consumer": "Without a VAT number of {country} we charge Dutch VAT on your invoices. With such a "
            "number the VAT is reverse charged: you then account for the VAT yourself.",
            "oss": "Without a VAT number of {country} we charge the VAT of that country on your invoices: {rate}. With "
            "such a number the VAT is reverse charged: you then account for the VAT yourself.",
            "outside": "There is no VAT on your invoices, because your address is outside the VAT area of the EU.",
        },
        moving="Your new address ({address}) is outside the VAT area of the EU. We charge no VAT there, so we look "
        "into it first. Until then your earlier address is on your invoices and the VAT stays as it was. There is "
        "nothing you need to do; if we need proof, we will ask you for it.",
        save="Save",
        saved="The billing details have been saved.",
        look_only="Changing is not among your rights in this account. The owner of the account can adjust that.",
        empty="not filled in",
        einvoice=words.EInvoice(
            card="E-invoice",
            lede="An e-invoice is your invoice as a file that a bookkeeping program can read by itself, so that nobody "
            "has to retype it. You always get the PDF. Your choice holds from your next invoice on.",
            legend="How would you like to get e-invoices?",
            forms={
                "hybrid": (
                    "In the PDF",
                    "One file: you see an ordinary PDF, your bookkeeping program reads the data inside it. The best "
                    "choice for almost everybody.",
                ),
                "mail": (
                    "As XML with the mail",
                    "Every invoice mail has an XML file (UBL) beside the PDF. Handy if you forward your mails to your "
                    "bookkeeping program.",
                ),
                "peppol": (
                    "By Peppol",
                    "The e-invoice comes straight into your bookkeeping program without a mail, if that is connected "
                    "to Peppol. If that fails once, we mail it with an explanation.",
                ),
                "none": ("No e-invoice", "The PDF only, without data for a bookkeeping program."),
            },
            save="Save choice",
            saved="Your choice has been saved and holds from your next invoice on.",
        ),
    ),
    security=words.Security(
        lede="How you log in, and where you are logged in now. This is about you only.",
        needed="You need a second step to go on. A password can leak, and with your rights somebody else would get at "
        "money and data. Switch on an app or add a passkey below; after that you can get at everything straight away.",
        on="On",
        off="Off",
        password="Password",
        password_text="Use a password that you use for nothing else. If you change it, you are logged out everywhere "
        "else.",
        change_password="Change password",
        new_password="New password",
        new_password_hint="At least 10 characters. A few separate words in a row work well.",
        save_password="Save password",
        cancel="Cancel",
        password_saved="Your password has changed. You have been logged out everywhere else.",
        app="Two-step log-in",
        app_text="After your password we ask for a code from an app on your phone. Somebody who guesses your password "
        "still can't get in.",
        app_on="You use an app that shows codes. Without your phone you log in with a backup code.",
        app_since="since {date}",
        app_start="Switch on",
        app_stop="Switch off",
        app_stop_sure="Without a second step your password is enough to log in. Your backup codes lapse as well.",
        app_stopped="Two-step log-in is off.",
        scan="Scan the code with your app",
        scan_text="Any app for log-in codes works, a password manager too.",
        qr="QR code for your app",
        type_it="Scanning does not work? Then type this key into the app:",
        copy_key="Copy key",
        copied="Copied",
        code="Fill in the code that the app shows",
        code_label="Code",
        code_hint="Six digits, new ones every half minute.",
        finish="Switch on",
        codes_left=_codes_left,
        codes_few="Make new ones in time.",
        renew="New backup codes",
        renew_sure="You get ten new codes. The old ones no longer work after that.",
        codes="Keep these backup codes",
        codes_text="With these you log in when your phone is gone. Each code works once. We show them only now: keep "
        "them in a safe place, not on your phone alone.",
        copy_codes="Copy",
        print_codes="Print",
        codes_kept="I have kept them",
        passkeys="Passkeys",
        passkeys_text="Log in with your fingerprint, your face or the PIN of your device. Faster than a password, and "
        "impossible to copy.",
        passkey_name="Name of this device",
        passkey_name_hint="So that you recognise it later, for example: laptop at the office.",
        passkey_add="Add a passkey",
        passkey_ask="Ask the device",
        passkey_added="Added on {date}",
        passkey_used="last used on {date}",
        passkey_unused="not used yet",
        passkey_remove="Remove",
        passkey_remove_named="Remove, {name}",
        passkey_saved="The passkey has been added. From now on you can log in with it.",
        passkey_sure="After that, remove the passkey on the device itself too.",
        passkey_keep="Leave it",
        passkey_removed="The passkey has been removed.",
        no_support="This browser does not know passkeys. On another device you can add one.",
        no_passkeys="You have no passkeys yet.",
        sessions="Where you are logged in",
        sessions_text="If you do not recognise something, log out there and change your password.",
        session_here="this session",
        session_since="Logged in on {at}",
        session_seen="last seen {ago}",
        session_now="active now",
        minutes_ago=_minutes_ago,
        hours_ago=_hours_ago,
        session_end="Log out",
        session_end_named="Log out, {device}",
        session_ended="You have been logged out there.",
        end_others="Log out everywhere else",
        others_ended="You have been logged out everywhere else.",
        device="{browser} on {system}",
        device_unknown="Unknown device",
        browsers=(
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser", "Samsung Internet"),
            ("Firefox/", "Firefox"),
            ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ),
        systems=(
            ("iPhone", "an iPhone"),
            ("iPad", "an iPad"),
            ("Android", "Android"),
            ("CrOS", "a Chromebook"),
            ("Windows", "Windows"),
            ("Macintosh", "a Mac"),
            ("Linux", "Linux"),
        ),
    ),
    data=words.Data(
        lede="What we keep of {account}: take it along, or have it erased.",
        take="Take everything along",
        take_text="All data of this account and of yourself in one file (JSON), with all your invoices and credit "
        "notes as PDF and as e-invoice. With each file comes a checksum (SHA-256).",
        take_button="Download (zip)",
        taken="The download begins. If nothing happens, please try again.",
        erase="Erase account",
        erase_text="Everybody loses access, and name, address, log-ins, settings and mails disappear. This can't be "
        "undone.",
        kept="We keep invoices, credit notes and payments for seven years, because the law asks us to. What is on them "
        "does not change.",
        name="Name of the account",
        name_hint="To confirm, type: {account}",
        erase_button="Erase for good",
        refused={
            "confirmation": "This is not the name of the account. Nothing was erased.",
            "open_money": "Money is still open, or you still have credits. Nothing was erased. Settle that first.",
            "payments": "A payment is still on its way. Nothing was erased. Please try again later.",
            "services": "A product is still running. Nothing was erased. Cancel it first.",
            "mandate": "There still is a mandate. Nothing was erased. Withdraw it first.",
            "can_return": "A payment can still be taken back. Nothing was erased. It is possible from {earliest} on.",
            "erased": "This account has been erased already.",
        },
    ),
    problems={
        "not_found": "This is no longer there. Nothing has changed; the page shows what there is now.",
        "conflict": "This has been arranged elsewhere meanwhile. Nothing has changed; the page shows what there is "
        "now.",
        "billing_error": "That did not work. Nothing has changed. Please try again in a minute.",
        "not_allowed": "This is not among your rights in this account. Nothing has changed. The owner of the account "
        "can adjust that.",
        "unreadable": "We could not read this. Nothing has changed. Reload the page and try again.",
        "code_refused": "This code does not work, or no longer does. Nothing has changed. Wait for the next code of "
        "the app and fill that in straight away. If it keeps going wrong, check whether your phone's clock is right.",
        "scope_not_possible": "These mails are not part of your role in this account. Nothing has changed. Reload the "
        "page to see what is possible.",
    },
)

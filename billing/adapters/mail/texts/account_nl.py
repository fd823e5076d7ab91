"""Nederlands: log-ins en gebruikers."""

from billing.adapters.mail.texts.account_sentences import AccountSentences
from billing.adapters.mail.texts.credit_mails_nl import CREDIT_MAILS
from billing.adapters.mail.texts.login_mails_nl import LOGIN_MAILS
from billing.adapters.mail.texts.mandate_mails_nl import DEBITS, MANDATE_MAILS
from billing.adapters.mail.texts.service_mails_nl import SERVICE_MAILS
from billing.adapters.mail.texts.user_mails_nl import USER_MAILS

SENTENCES = AccountSentences(
    mails=LOGIN_MAILS | USER_MAILS | CREDIT_MAILS | SERVICE_MAILS | MANDATE_MAILS,
    debits=DEBITS,
    labels={
        "account_name": "Account",
        "name": "Gebruiker",
        "email": "E-mailadres",
        "new_email": "Nieuw e-mailadres",
        "role": "Rol",
        "rights": "Rechten",
        "predecessor": "Voorganger",
        "successor": "Opvolger",
        "old": "Vorige eigenaar",
        "new": "Nieuwe eigenaar",
        "inviter": "Uitgenodigd door",
        "by": "Gedaan door",
        "number": "Factuur",
        "cents": "Bedrag",
        "collect_on": "Afschrijving op",
        "again_on": "Nieuwe afschrijving op",
        "reason": "Reden",
        "why": "Reden",
        "reference": "Machtigingskenmerk",
        "iban": "Rekening",
        "creditor": "Incassant-ID",
        "instead_of": "Komt niet aan bij",
        "service": "Product",
        "product": "Nieuw product",
        "invoices": "Facturen",
        "last_day": "Loopt tot en met",
        "earliest_on": "Op zijn vroegst op",
        "kept_on": "Bewaard tot en met",
        "at": "Wanneer",
        "opens_at": "Kan vanaf",
        "left": "Reservecodes over",
        "ends_on": "Toegang tot en met",
        "expires_on": "Link geldig tot",
    },
    roles={
        "owner": "Eigenaar",
        "administrator": "Beheerder",
        "bookkeeper": "Boekhouder of penningmeester",
        "read_only": "Alleen lezen",
        "technician": "Technicus",
    },
    role_hints={
        "owner": "Als eigenaar regel je alles: facturen, producten, website, e-mail en wie er toegang heeft.",
        "administrator": "Als beheerder regel je facturen, producten, website en e-mail.",
        "bookkeeper": (
            "Als boekhouder of penningmeester zie en betaal je facturen; aan website en e-mail kun je niets wijzigen."
        ),
        "read_only": "Met alleen lezen zie je de facturen en documenten, zonder iets te kunnen wijzigen.",
        "technician": "Als technicus beheer je de website, e-mail en domeinen; facturen zie je niet.",
    },
    rights={
        "invoices.view": "facturen zien",
        "invoices.pay": "facturen betalen",
        "credits.view": "credits zien",
        "credits.choose": "kiezen wat er met credits gebeurt",
        "mandate.view": "machtiging zien",
        "mandate.manage": "machtiging geven of stoppen",
        "billing_profile.edit": "factuurgegevens wijzigen",
        "notifications.manage": "kiezen wie welke mail krijgt",
        "services.view": "producten zien",
        "services.change": "producten wijzigen of opzeggen",
        "website.manage": "website beheren",
        "email.manage": "e-mail beheren",
        "domains.manage": "domeinen beheren",
        "users.manage": "gebruikers beheren",
        "audit.view": "logboek zien",
        "ownership.transfer": "account overdragen",
    },
    no_rights="Geen",
    account="het account van {name}",
    account_nameless="een account",
    chooses_password="Als je de uitnodiging aanneemt, kies je zelf een wachtwoord.",
    has_login="Je logt in zoals je gewend bent; een nieuw wachtwoord is niet nodig.",
    moment="{day}, {hour}.{minute} uur",
    link_hint="Werkt de knop niet? Open dan deze link in je browser:",
)

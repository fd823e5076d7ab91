"""Dutch for the pages about a person's own log-in and the account."""

from dashboard.texts import words_account as words

ACCOUNT = words.AccountPages(
    title="Account",
    nav="Onderdelen van je account",
    profile="Profiel",
    billing="Factuurgegevens",
    security="Beveiliging",
    users="Beheer gebruikers",
    mandate="Machtiging",
)

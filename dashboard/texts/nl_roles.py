"""Dutch names of what somebody can be in an account, and of the rights that one can have there."""

ROLES = {
    "owner": "Eigenaar",
    "administrator": "Beheerder",
    "bookkeeper": "Boekhouder of penningmeester",
    "read_only": "Alleen lezen",
    "technician": "Technicus",
}

RIGHTS = {
    "invoices.view": "Facturen zien en downloaden",
    "invoices.pay": "Facturen betalen",
    "credits.view": "Credits zien",
    "credits.choose": "Kiezen wat er met credits gebeurt",
    "mandate.view": "Machtiging zien",
    "mandate.manage": "Machtiging geven of stoppen",
    "billing_profile.edit": "Factuurgegevens wijzigen",
    "notifications.manage": "Kiezen wie welke mail krijgt",
    "services.view": "Producten zien",
    "services.change": "Producten wijzigen of opzeggen",
    "website.manage": "Website beheren",
    "email.manage": "E-mail beheren",
    "domains.manage": "Domeinen beheren",
    "users.manage": "Gebruikers beheren",
    "audit.view": "Zien wie wat deed",
    "ownership.transfer": "Eigenaarschap overdragen",
}

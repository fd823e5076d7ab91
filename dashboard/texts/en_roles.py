"""English names of what somebody can be in an account, and of the rights that one can have there."""

ROLES = {
    "owner": "Owner",
    "administrator": "Administrator",
    "bookkeeper": "Bookkeeper or treasurer",
    "read_only": "Read only",
    "technician": "Technician",
}

RIGHTS = {
    "invoices.view": "See and download invoices",
    "invoices.pay": "Pay invoices",
    "credits.view": "See credits",
    "credits.choose": "Choose what happens with credits",
    "mandate.view": "See the mandate",
    "mandate.manage": "Give or stop the mandate",
    "billing_profile.edit": "Change billing details",
    "notifications.manage": "Choose who gets which mail",
    "services.view": "See products",
    "services.change": "Change or cancel products",
    "website.manage": "Manage the website",
    "email.manage": "Manage email",
    "domains.manage": "Manage domains",
    "users.manage": "Manage users",
    "audit.view": "See who did what",
    "ownership.transfer": "Hand over ownership",
}

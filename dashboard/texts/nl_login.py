"""Dutch for everything at the door."""

from dashboard.texts import words_login as words

PROOF = words.Proof(
    title="Bevestig dat jij het bent",
    text="Dit is een belangrijke wijziging. We vragen het daarom nog een keer, zodat niemand anders die kan doen als "
    "jouw scherm even open staat.",
    password="Je wachtwoord",
    wrong_password="Dit wachtwoord klopt niet. Er is niets veranderd. Probeer het opnieuw.",
    code="Of een code uit je app",
    code_hint="Zes cijfers, of een van je reservecodes.",
    submit="Bevestigen",
    cancel="Annuleren",
)

PASSKEYS = words.Passkeys(
    use="Passkey gebruiken",
    otherwise="of",
    cancelled="Je passkey is niet gebruikt. Er is niets veranderd. Probeer het opnieuw, of kies een andere manier.",
    known="Dit apparaat is al een passkey van je. Er is niets veranderd. Neem een ander apparaat als je er nog een "
    "wilt.",
    trouble="Er is even geen antwoord. Er is niets veranderd. Probeer het over een minuut opnieuw.",
)

"""Dutch for the settings of hosting packages."""

from dashboard.texts import words_hosting as words

HOSTING = words.Hosting(
    started="Zo ingesteld door {name} op {at}",
    changed="Gewijzigd door {name} op {at}",
    earlier="Eerdere wijzigingen",
    earlier_change="{name}, op {at}",
    waiting="Wordt doorgegeven",
    handed="Doorgegeven aan het controlepaneel op {at}",
    refused="Niet overgenomen door het controlepaneel",
    refused_text="Je instellingen zijn bewaard, maar het controlepaneel nam ze niet over. Je website en e-mail werken "
    "zoals daarvoor. Wijzig iets en probeer het opnieuw, of vraag ons om hulp.",
    saved="Opgeslagen.",
    same="Er was niets te wijzigen: dit stond al zo ingesteld.",
    conflict="Er is niets opgeslagen, want iemand anders was je net voor. Hierboven zie je wat nu geldt; wat jij "
    "invulde staat er nog. Klopt het, probeer het dan opnieuw.",
    unknown="Dit pakket of deze regel is hier niet gevonden. Er is niets veranderd. Laad de pagina opnieuw en probeer "
    "het nog eens.",
    not_allowed="Deze instellingen wijzigen hoort niet bij jouw rechten. Er is niets veranderd. De eigenaar van het "
    "account kan je dat recht geven.",
    none="Nog geen hostingpakket",
    none_text="Bij dit account hoort nog geen hostingpakket. Zodra dat er is, staan de instellingen hier.",
    errors={
        "type": "Dit konden we niet lezen. Er is niets veranderd. Laad de pagina opnieuw en probeer het nog eens.",
        "php_version": "Deze PHP-versie is er niet. Er is niets veranderd. Kies er een uit de lijst.",
        "web_root": "Dit is geen map binnen je pakket. Er is niets veranderd. Gebruik letters, cijfers, punten en "
        "streepjes, zoals public_html/winkel.",
        "mailboxes": "Mailboxen kun je hier aan- en uitzetten, maar niet maken of weghalen. Er is niets veranderd.",
        "source": "Dit is geen adres van dit domein. Er is niets veranderd. Vul in wat voor het apenstaartje komt, "
        "zoals info.",
        "target": "Dit is geen compleet e-mailadres. Er is niets veranderd. Vul het hele adres in, zoals "
        "naam@voorbeeld.nl.",
        "duplicate": "Dit adres wordt al naar dat adres doorgestuurd. Er is niets veranderd.",
        "loop": "Zo zou een mail rondjes blijven draaien. Er is niets veranderd. Kies een ander adres om naar door te "
        "sturen.",
        "too_many": "Er kunnen hoogstens {limit} adressen worden doorgestuurd. Er is niets veranderd. Verwijder er "
        "eerst een.",
    },
)

WEBSITE = words.Website(
    title="Website",
    lede="Hoe je website draait. Wat je hier opslaat, geven we door aan het controlepaneel van je hosting.",
    php="PHP-versie",
    php_text="De techniek waar je website op draait. Nieuwer is sneller en veiliger; kijk eerst of je website die "
    "versie aankan.",
    php_old="{version}, wordt niet meer aangeboden",
    https="Altijd via https",
    https_text="Wie het gewone http-adres opent, komt vanzelf op de beveiligde versie uit. Laat dit het liefst aan.",
    https_on="aan",
    https_off="uit",
    web_root="Webmap",
    web_root_text="De map binnen je pakket die bezoekers te zien krijgen. Je bestanden worden niet verplaatst.",
    save="Opslaan",
    newer="{name} heeft dit gewijzigd op {at}. Nu geldt: PHP {php}, https {https}, webmap {web_root}. Hieronder staat "
    "nog wat jij zag of invulde.",
    take_over="Overnemen wat nu geldt",
)

EMAIL = words.Email(
    title="E-mail",
    lede="Je mailboxen, en welke adressen worden doorgestuurd. Elke wijziging geven we meteen door aan het "
    "controlepaneel van je hosting.",
    boxes="Mailboxen",
    boxes_text="Een mailbox die uit staat, krijgt geen mail en je kunt er niet op inloggen. De berichten die er al "
    "in zitten blijven bewaard.",
    no_boxes="Dit pakket heeft nog geen mailboxen.",
    on="Aan",
    off="Uit",
    switched_on="{address} staat aan en krijgt weer mail.",
    switched_off="{address} staat uit. De berichten die erin zitten blijven bewaard.",
    forwards="Doorsturen",
    forwards_text="Mail voor het eerste adres gaat door naar het tweede.",
    no_forwards="Er wordt nog niets doorgestuurd.",
    to="naar",
    new="Nog een adres doorsturen",
    source="Van",
    target="Naar",
    target_hint="Het hele e-mailadres",
    add="Toevoegen",
    added="Mail voor {source} gaat voortaan door naar {target}.",
    remove="Verwijderen",
    remove_named="Doorsturen van {source} naar {target} verwijderen",
    removed="Mail voor {source} gaat niet meer door naar {target}.",
)

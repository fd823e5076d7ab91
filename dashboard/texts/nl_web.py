"""Dutch for the few pages that are made without Reflex, and for the names of files."""

from dashboard.texts import words_web as words

WEB = words.Web(
    back="Naar het dashboard",
    problem="Er ging iets mis aan onze kant. Er is niets verloren gegaan. Blijft het zo, noem ons dan deze code: {id}.",
    pdf_not_ready_title="De pdf wordt gemaakt",
    pdf_not_ready="Dat duurt meestal een paar tellen. Deze pagina probeert het vanzelf opnieuw.",
    zip_not_ready="Een van de pdf's wordt nog gemaakt. Probeer het over een paar tellen opnieuw.",
    answers={
        400: ("Dit konden we niet lezen", "Ga terug en probeer het opnieuw."),
        403: (
            "Dit verzoek kwam van een andere site",
            "Daarom hebben we het niet uitgevoerd. Open het dashboard zelf.",
        ),
        404: ("Niet gevonden", "Dit bestand bestaat niet, of je kunt er niet bij."),
        413: ("Dit is te groot", "Kies minder facturen tegelijk en probeer het opnieuw."),
        500: ("Er ging iets mis", "Dat ligt aan ons. Er is niets afgeschreven en niets verloren. Probeer het opnieuw."),
        503: ("Even niet bereikbaar", "Probeer het over een paar tellen opnieuw."),
    },
    chosen_file="facturen.zip",
    certificate_file="dagcertificaat-{day}-v{version}.csv",
    nameless="klant",
)

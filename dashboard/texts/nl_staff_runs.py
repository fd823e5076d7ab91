"""The page of runs, in Dutch."""

from dashboard.texts import words_staff_runs as words
from dashboard.texts.words_staff_runs import Kind


def _of(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {more}"


def _invoices(count: int) -> str:
    return _of(count, "factuur", "facturen")


def _lines(invoices: int, lines: int) -> str:
    return f"{_invoices(invoices)}, {_of(lines, 'regel', 'regels')}"


def _made(count: int, total: str) -> str:
    return f"{_of(count, 'factuur', 'facturen')} gemaakt, samen {total}." if count else "Er was niets te factureren."


def _taken(taken: int, postponed: int) -> str:
    return f"{_of(taken, 'stap', 'stappen')} gezet, {postponed} uitgesteld."


def _round(planned: int, announced: int, submitted: int) -> str:
    return f"{planned} gepland of ingetrokken, {announced} aangekondigd, {submitted} ingediend."


RUNS = words.StaffRuns(
    lede="Wat er vanzelf gebeurt, wat het nu zou doen, en wie een factuurronde startte.",
    kinds={
        "invoices": Kind(
            title="Facturen",
            lede="Alles wat tot en met een dag ingaat wordt precies één keer gefactureerd. Opnieuw starten verandert "
            "niets.",
            foresee="Proefrun", preview="Proefrun facturen", start="Factureren",
            nothing="Er is vandaag niets te factureren.",
        ),
        "reminders": Kind(
            title="Herinneringen",
            lede="Gaan vanzelf uit, van 8 tot 20 uur en niet op zon- en feestdagen, als alle poorten open zijn.",
            foresee="Proefrun", preview="Proefrun herinneringen", start="Nu versturen",
            nothing="Er is nu niemand te herinneren.",
        ),
        "collections": Kind(
            title="Incasso's",
            lede="Worden vanzelf gepland, aangekondigd en op hun dag ingediend.",
            foresee="Proefrun", preview="Proefrun incasso's", start="Nu uitvoeren",
            nothing="Er is nu niets te plannen, aan te kondigen of in te dienen.",
        ),
    },
    invoices=words.InvoiceRuns(
        none="Er is nog geen factuurronde geweest.",
        until="Tot en met {date}",
        count=_lines,
        invoices=_invoices,
        by="{name}, {at}",
        at_work="Bezig",
        finished="Klaar",
        forced="Week af en is toch gestart",
        net="Exclusief btw",
        vat="Btw",
        vat_over="Btw {rate} over {base}",
        total="Totaal",
        credits="Daarvan met credits",
        skipped="Dienst {service} blijft weg: {reason}.",
        reasons={"no_price": "er is geen prijs", "too_large": "het bedrag is te groot",
                 "other": "er ontbreken gegevens van de klant of van ons"},
        held="Deze ronde zou {invoices} zijn, samen {total}. De meest vergelijkbare was {alike_invoices}, samen "
        "{alike}. Daarom stopt de ronde vanzelf. Kijk na of prijzen en diensten kloppen.",
        because="Waarom toch starten?",
        because_hint="Dit blijft bij de ronde staan.",
        progress="{done} van {total} facturen",
        done=_made,
    ),
    reminders=words.Reminders(
        none="Er is nog niemand herinnerd.",
        day="Dag",
        taken="Stappen gezet",
        postponed="Uitgesteld",
        sum="Openstaand",
        quiet="Het is nu geen tijd voor herinneringen; ze gaan uit van 8 tot 20 uur, niet op zon- en feestdagen.",
        going=lambda count: "1 stap gaat door" if count == 1 else f"{count} stappen gaan door",
        waiting=lambda count: "1 stap wacht" if count == 1 else f"{count} stappen wachten",
        held="Deze ronde wijkt ver af van eerdere dagen, en stopt daarom vanzelf. Kijk na of dat klopt.",
        more=lambda count: f"en nog {count}",
        done=_taken,
    ),
    collections=words.Collections(
        none="Er is nog geen incasso geweest.",
        day="Incassodag",
        coming="Onderweg",
        collected="Geïnd",
        failed="Mislukt of terug",
        sum="Aangekondigd",
        planned=lambda count: f"{_of(count, 'klant', 'klanten')} met iets te plannen",
        announced=lambda count: f"{_of(count, 'klant', 'klanten')} met iets aan te kondigen",
        submitted=lambda count: f"{_of(count, 'incasso', 'incasso’s')} in te dienen",
        frozen="Alle incasso's zijn bevroren: er wordt niets aangekondigd of ingediend.",
        for_staff="Kijk naar factuur {numbers}.",
        done=_round,
    ),
    busy="Bezig",
    no_reason="Zeg waarom, want deze ronde wijkt ver af. Er is niets gestart.",
    cancel="Annuleren",
)  # fmt: skip

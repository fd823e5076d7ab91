"""The page of runs, in English."""

from dashboard.texts import words_staff_runs as words
from dashboard.texts.words_staff_runs import Kind


def _of(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {more}"


def _invoices(count: int) -> str:
    return _of(count, "invoice", "invoices")


def _lines(invoices: int, lines: int) -> str:
    return f"{_invoices(invoices)}, {_of(lines, 'line', 'lines')}"


def _made(count: int, total: str) -> str:
    return f"{_invoices(count)} made, {total} together." if count else "There was nothing to invoice."


def _taken(taken: int, postponed: int) -> str:
    return f"{_of(taken, 'step', 'steps')} taken, {postponed} postponed."


def _round(planned: int, announced: int, submitted: int) -> str:
    return f"{planned} planned or withdrawn, {announced} announced, {submitted} submitted."


RUNS = words.StaffRuns(
    lede="What happens by itself, what it would do now, and who started a run of invoices.",
    kinds={
        "invoices": Kind(
            title="Invoices",
            lede="Everything that begins up to and including a day is invoiced exactly once. Starting again changes "
            "nothing.",
            foresee="Trial run", preview="Trial run of invoices", start="Invoice",
            nothing="There is nothing to invoice today.",
        ),
        "reminders": Kind(
            title="Reminders",
            lede="Go out by themselves, from 8 am to 8 pm and not on Sundays and holidays, when all gates are open.",
            foresee="Trial run", preview="Trial run of reminders", start="Send now",
            nothing="There is nobody to remind now.",
        ),
        "collections": Kind(
            title="Collections",
            lede="Are planned, announced and submitted on their day, by themselves.",
            foresee="Trial run", preview="Trial run of collections", start="Run now",
            nothing="There is nothing to plan, announce or submit now.",
        ),
    },
    invoices=words.InvoiceRuns(
        none="There has been no invoice run yet.",
        until="Up to and including {date}",
        count=_lines,
        invoices=_invoices,
        by="{name}, {at}",
        at_work="Busy",
        finished="Done",
        forced="Was out of line and was started anyway",
        net="Excluding VAT",
        vat="VAT",
        vat_over="VAT {rate} on {base}",
        total="Total",
        credits="Of which with credits",
        skipped="Service {service} is left out: {reason}.",
        reasons={"no_price": "there is no price", "too_large": "the amount is too large",
                 "other": "details of the customer or of ours are missing"},
        held="This run would be {invoices}, {total} together. The most similar one was {alike_invoices}, {alike} "
        "together. So the run stops by itself. Check whether prices and services are right.",
        because="Why start anyway?",
        because_hint="This is kept with the run.",
        progress="{done} of {total} invoices",
        done=_made,
    ),
    reminders=words.Reminders(
        none="Nobody has been reminded yet.",
        day="Day",
        taken="Steps taken",
        postponed="Postponed",
        sum="Open",
        quiet="It is no time for reminders now; they go out from 8 am to 8 pm, not on Sundays and holidays.",
        going=lambda count: "1 step goes ahead" if count == 1 else f"{count} steps go ahead",
        waiting=lambda count: "1 step waits" if count == 1 else f"{count} steps wait",
        held="This run is far out of line with earlier days, so it stops by itself. Check whether that is right.",
        more=lambda count: f"and {count} more",
        done=_taken,
    ),
    collections=words.Collections(
        none="There has been no collection yet.",
        day="Collection day",
        coming="On its way",
        collected="Collected",
        failed="Failed or returned",
        sum="Announced",
        planned=lambda count: f"{_of(count, 'customer', 'customers')} with something to plan",
        announced=lambda count: f"{_of(count, 'customer', 'customers')} with something to announce",
        submitted=lambda count: f"{_of(count, 'collection', 'collections')} to submit",
        frozen="All collections are frozen: nothing is announced or submitted.",
        for_staff="Look at invoice {numbers}.",
        done=_round,
    ),
    busy="Busy",
    no_reason="Say why, because this run is far out of line. Nothing was started.",
    cancel="Cancel",
)  # fmt: skip

"""English for the few pages that are made without Reflex, and for the names of files."""

from dashboard.texts import words_web as words

WEB = words.Web(
    back="To the dashboard",
    problem="Something went wrong on our side. Nothing was lost. If it stays this way, tell us this code: {id}.",
    pdf_not_ready_title="The PDF is being made",
    pdf_not_ready="That usually takes a few seconds. This page tries again by itself.",
    zip_not_ready="One of the PDFs is still being made. Please try again in a few seconds.",
    answers={
        400: ("We could not read this", "Go back and try again."),
        403: ("This request came from another site", "So we did not carry it out. Please open the dashboard yourself."),
        404: ("Not found", "This file does not exist, or you can’t get to it."),
        413: ("This is too large", "Choose fewer invoices at a time and try again."),
        500: ("Something went wrong", "It was our doing. Nothing was debited and nothing was lost. Please try again."),
        503: ("Not available for a moment", "Please try again in a few seconds."),
    },
    chosen_file="invoices.zip",
    certificate_file="day-certificate-{day}-v{version}.csv",
    nameless="customer",
)

"""Our own routes, laid over Reflex: an address or method that is not listed here goes on to the pages."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from dashboard.api.serving import mounted
from dashboard.web import (
    answers,
    bank_files,
    files,
    health,
    hooks,
    lights,
    mailed,
    mode,
    passkeys,
    paying,
    period,
    personal,
    proof,
    reminders,
    security,
    sign_in,
    statements,
)  # fmt: skip
from dashboard.web.headers import SecurityHeaders


def routes() -> list[BaseRoute]:
    """All routes. `/pay/return/…` is also a page, shown at the bare address."""
    return [
        mounted(),
        Route("/hooks/buckaroo", hooks.buckaroo, methods=["POST"]),
        Route("/hooks/mail", hooks.mail, methods=["POST"]),
        Route("/hooks/books", hooks.books, methods=["POST"]),
        Route("/auth/login", sign_in.login, methods=["POST"]),
        Route("/auth/code", sign_in.code, methods=["POST"]),
        Route("/auth/passkey", sign_in.passkey, methods=["POST"]),
        Route("/auth/logout", sign_in.logout, methods=["POST"]),
        Route("/auth/forgot", mailed.forgot, methods=["POST"]),
        Route("/auth/reset", mailed.reset, methods=["POST"]),
        Route("/auth/invite", mailed.invite, methods=["POST"]),
        Route("/auth/confirm", mailed.confirm, methods=["POST"]),
        Route("/auth/lost", mailed.lost, methods=["POST"]),
        Route("/auth/recover", mailed.recover, methods=["POST"]),
        Route("/auth/proof", proof.proof, methods=["POST"]),
        Route("/auth/passkey/question", passkeys.question, methods=["POST"]),
        Route("/auth/passkey/register/question", passkeys.register_question, methods=["POST"]),
        Route("/auth/passkey/register", passkeys.register, methods=["POST"]),
        Route("/auth/password", security.password, methods=["POST"]),
        Route("/auth/app/begin", security.begin_app, methods=["POST"]),
        Route("/auth/app/confirm", security.confirm_code, methods=["POST"]),
        Route("/auth/app/codes", security.renew_codes, methods=["POST"]),
        Route("/files/invoices.zip", files.invoices_zip, methods=["POST"]),
        Route("/files/credit-notes/{name}", files.credit_note_file, methods=["GET"]),
        Route("/files/bank", bank_files.bank_file, methods=["POST"]),
        Route("/files/period.zip", period.period_zip, methods=["POST"]),
        Route(personal.ADDRESS, personal.account_zip, methods=["GET"]),
        Route("/files/statement.pdf", statements.statement_pdf, methods=["POST"]),
        Route("/files/statement.csv", statements.statement_csv, methods=["POST"]),
        Route("/files/lights/{name}", lights.day_file, methods=["GET"]),
        Route("/files/invoices/{name}", files.invoice_file, methods=["GET"]),
        paying.CameBack("/pay/return/{token}", paying.came_back, methods=["GET", "POST"]),
        Route("/pay/start/{token}", paying.start, methods=["POST"]),
        Route("/account/mandate/return", paying.signed, methods=["GET", "POST"]),
        Route("/reminder/answer/{token}", reminders.answer, methods=["POST"]),
        Route("/mode.css", mode.sheet, methods=["GET"]),
        Route("/mode.js", mode.script, methods=["GET"]),
        Route("/health/live", health.live, methods=["GET"]),
        Route("/health/ready", health.ready, methods=["GET"]),
        Route("/metrics", health.metrics, methods=["GET"]),
    ]


web = Starlette(routes=routes(), middleware=[Middleware(SecurityHeaders)], exception_handlers=answers.HANDLERS)

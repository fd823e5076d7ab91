"""The logo in a mail, sent along with it: a picture from elsewhere is not shown, or tells who read the mail when."""

from email.message import EmailMessage

from billing.brand import Picture

LOGO_ID = "logo@voldaan"


def add_logo(message: EmailMessage, logo: Picture | None) -> None:
    """Put the logo beside the HTML that shows it (RFC 2387); after the HTML, and before any attachment."""
    html = message.get_body(("html",))
    if logo and isinstance(html, EmailMessage) and f"cid:{LOGO_ID}" in html.get_content():
        maintype, _, subtype = logo.media_type.partition("/")
        html.add_related(logo.content, maintype=maintype, subtype=subtype, cid=f"<{LOGO_ID}>", disposition="inline")

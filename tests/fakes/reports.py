"""Reports as mail servers write them about our mails (RFC 3464), and their signatures."""

from datetime import datetime

from billing.webhooks import secret_key, signature

SECRET = "whsec_cmVwb3J0cyBhYm91dCBtYWlscywgZm9yIHRoZSB0ZXN0cw=="
FAILED, DELAYED = ("failed", "5.1.1"), ("delayed", "4.4.1")
DELIVERED, RELAYED = ("delivered", "2.0.0"), ("relayed", "2.0.0")


def report(message_id: str, *recipients: tuple[str, str], returned: str = "text/rfc822-headers") -> bytes:
    """A report about one mail; recipients: action and status of each, a failure when none is given."""
    blocks = "\n".join(
        f"Final-Recipient: rfc822; someone-{place}@test.example\nAction: {action}\nStatus: {status}\n"
        for place, (action, status) in enumerate(recipients or (FAILED,))
    )
    text = f"""From: Mail Delivery System <MAILER-DAEMON@mx.test.example>
To: facturen@shop.test
Subject: Undelivered Mail Returned to Sender
Message-ID: <20260306.1@mx.test.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.test.example.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test.example
Arrival-Date: Fri, 6 Mar 2026 10:00:00 +0100

{blocks}
--=_b
Content-Type: {returned}

From: Voorbeeld Hosting <facturen@shop.test>
Subject: Factuur
Message-ID: {message_id}

--=_b--
"""
    return text.replace("\n", "\r\n").encode()


def signed(body: bytes, now: datetime, *, secret: str = SECRET, message_id: str = "msg_1") -> dict[str, str]:
    """The headers under which a report comes in."""
    seconds = int(now.timestamp())
    made = signature(secret_key(secret), message_id=message_id, timestamp=seconds, body=body)
    return {"webhook-id": message_id, "webhook-timestamp": str(seconds), "webhook-signature": made}

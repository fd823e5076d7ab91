"""How one sandbox is set up. Nothing here is read from the environment: the caller says it all."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SandboxSettings:
    """Settings of the gateway emulator, its mailbox, the hosting panel and the bookkeeping.

    host, port, smtp_host, smtp_port: where it listens; port 0 takes a free one.
    public_url: scheme and host under which clients and browsers know it; part of every signature and of every
    redirect address. Empty, or with port 0: made from host and the real port.
    website_key, secret: the pretend merchant's credentials. push_url: where pushes go when a transaction names none.
    push_format: "json" or "form". hash_algorithm: "sha1", "sha256" or "sha512", for form signatures.
    clock_window_seconds: how far a request's timestamp may be off. time_scale: emulated seconds per real second.
    panel_secret: what messages to the hosting panel are signed with.
    mail_reports_url, mail_reports_secret: where reports of mails that came back go, and what they are signed with;
    empty for no reports.
    books_token, books_administration: who may ask the bookkeeping, and of which administration. books_news_url,
    books_news_secret: where it tells what happened to documents, and what that is signed with; empty for nowhere.
    peppol_token: who may use the access point.
    state_file: where the state is kept between runs; empty for none. merchant_name: shown on the hosted pages.
    clock_file: where the clock's offset is kept for a merchant whose clock moves along; empty for one whose doesn't.
    """

    host: str = "127.0.0.1"
    port: int = 3100
    public_url: str = "http://localhost:3100"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 3125
    website_key: str = "DEMO0000KEY"
    secret: str = field(default="demo-secret-not-for-live-use", repr=False)
    panel_secret: str = field(
        default="whsec_ZGVtbyBrZXkgb2YgdGhlIGhvc3RpbmcgcGFuZWwsIG5vdCBmb3IgbGl2ZSB1c2U=", repr=False
    )
    mail_reports_url: str = ""
    mail_reports_secret: str = field(
        default="whsec_ZGVtbyBrZXkgb2YgdGhlIG1haWwgcmVwb3J0cywgbm90IGZvciBsaXZlIHVzZSE=", repr=False
    )
    books_token: str = field(default="demo-token-of-the-bookkeeping", repr=False)
    books_administration: str = "1001"
    books_news_url: str = ""
    books_news_secret: str = field(default="demo-secret-of-the-bookkeeping", repr=False)
    peppol_token: str = field(default="demo-token-of-the-access-point", repr=False)
    push_url: str = ""
    push_format: str = "json"
    hash_algorithm: str = "sha1"
    clock_window_seconds: int = 300
    push_timeout_seconds: float = 5.0
    time_scale: float = 1.0
    state_file: str = ""
    clock_file: str = ""
    merchant_name: str = "Voorbeeld Hosting B.V."

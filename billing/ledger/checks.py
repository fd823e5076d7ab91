"""The invariants: questions to the database whose right answer is always nothing. Anyone can run them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select as sql_select
from sqlalchemy import text
from sqlmodel import col, select

from billing import audit
from billing.audit import AuditEvent
from billing.bank import checks as bank
from billing.bank.refunds import checks as refunds
from billing.bookkeeping import checks as bookkeeping
from billing.changes.plan import digest
from billing.changes.tables import ChangePreview
from billing.clearing import checks as clearing
from billing.correspondence import checks as einvoices
from billing.db import Work, table_of
from billing.explanations import Price, compute
from billing.invoices.tables import Invoice, InvoiceLine
from billing.lights import checks as lights
from billing.listeners import checks as listeners
from billing.mandates import checks as mandates
from billing.privacy import checks as privacy
from billing.products.tables import PriceVersion
from billing.reminders import checks as reminders
from billing.taxes import checks as taxes
from billing.vat_treatment import HOME, Taxation, VatTreatment
from billing.vault import Vault

# Each query lists offenders; an empty answer means that the invariant holds.
QUERIES: dict[str, str] = {
    "every journal entry balances":
        "SELECT entry_id FROM posting GROUP BY entry_id HAVING sum(cents) <> 0",
    "every journal entry has postings":
        "SELECT e.id FROM journal_entry e LEFT JOIN posting p ON p.entry_id = e.id WHERE p.id IS NULL",
    "every issued invoice is booked once for its total": """
        SELECT i.number FROM invoice i LEFT JOIN journal_entry e ON e.source_key = 'invoice:' || i.id
        LEFT JOIN posting p ON p.entry_id = e.id AND p.ledger_account = 'receivable'
        WHERE i.state = 'issued' AND coalesce(p.cents, 0) <> i.total_cents""",
    "what is open on an invoice is its receivable balance, and never below zero": """
        SELECT i.number FROM invoice i
        LEFT JOIN (SELECT invoice_id, sum(cents) AS owed FROM posting
                   WHERE ledger_account = 'receivable' GROUP BY invoice_id) r ON r.invoice_id = i.id
        WHERE i.state = 'issued' AND (coalesce(r.owed, 0) <> i.open_cents OR i.open_cents < 0)""",
    "what an invoice asks for of earlier ones is what was carried forward to it": """
        SELECT i.number FROM invoice i
        LEFT JOIN (SELECT into_invoice_id, sum(cents) AS cents FROM carry_forward GROUP BY into_invoice_id) c
          ON c.into_invoice_id = i.id
        WHERE i.state = 'issued' AND i.brought_cents <> coalesce(c.cents, 0)""",
    "a rest that was carried forward is missed on its invoice, once": """
        SELECT i.number FROM invoice i
        LEFT JOIN (SELECT from_invoice_id, sum(cents) AS cents FROM carry_forward WHERE state <> 'taken_back'
                   GROUP BY from_invoice_id) c ON c.from_invoice_id = i.id
        WHERE i.carried_cents <> coalesce(c.cents, 0)""",
    "what waits for the next invoice is its balance": """
        SELECT a.account_id FROM (
            SELECT account_id, cents FROM posting WHERE ledger_account = 'carried_forward'
            UNION ALL SELECT account_id, -cents FROM carry_forward WHERE state = 'waiting'
        ) a GROUP BY a.account_id HAVING sum(a.cents) <> 0""",
    "an invoice has the day it was settled on exactly when nothing is open": """
        SELECT number FROM invoice WHERE state = 'issued' AND (open_cents = 0) <> (settled_on IS NOT NULL)""",
    "the credits an invoice says it was settled with are those of the journal": """
        SELECT i.number FROM invoice i
        LEFT JOIN (SELECT invoice_id, -sum(cents) AS cents FROM posting
                   WHERE ledger_account = 'receivable' AND credit_lot_id IS NOT NULL GROUP BY invoice_id) p
          ON p.invoice_id = i.id
        WHERE i.credits_cents <> coalesce(p.cents, 0)""",
    "money of an account stays with that account": """
        SELECT p.id FROM posting p LEFT JOIN invoice i ON i.id = p.invoice_id
        LEFT JOIN credit_lot l ON l.id = p.credit_lot_id LEFT JOIN payment y ON y.id = p.payment_id
        WHERE coalesce(p.account_id, 0) <> coalesce(i.account_id, p.account_id, 0)
           OR coalesce(p.account_id, 0) <> coalesce(l.account_id, p.account_id, 0)
           OR coalesce(p.account_id, 0) <> coalesce(y.account_id, p.account_id, 0)""",
    "lines and VAT add up to the invoice": """
        SELECT i.id FROM invoice i
        WHERE i.net_cents <> (SELECT coalesce(sum(net_cents), 0) FROM invoice_line l WHERE l.invoice_id = i.id)
           OR i.vat_cents <> (SELECT coalesce(sum(vat_cents), 0) FROM invoice_vat v WHERE v.invoice_id = i.id)
           OR i.net_cents <> (SELECT coalesce(sum(base_cents), 0) FROM invoice_vat v WHERE v.invoice_id = i.id)""",
    "the VAT of an invoice is computed per rate, over the lines of that rate": """
        SELECT v.invoice_id, v.vat_rate FROM invoice_vat v
        WHERE abs(v.vat_cents * 100 - v.base_cents * CAST(v.vat_rate AS NUMERIC)) > 50.005
           OR v.base_cents <> (SELECT coalesce(sum(l.net_cents), 0) FROM invoice_line l
                               WHERE l.invoice_id = v.invoice_id
                               AND CAST(l.vat_rate AS NUMERIC) = CAST(v.vat_rate AS NUMERIC))""",
    "what is reverse-charged goes from one VAT number to another, and every line of it is at 0 %": """
        SELECT i.number FROM invoice i WHERE i.state = 'issued' AND i.vat_treatment = 'reverse_charge'
          AND (coalesce(i.seller ->> 'vat_number', '') = '' OR coalesce(i.buyer ->> 'vat_number', '') = ''
               OR i.vat_cents <> 0 OR EXISTS (SELECT 1 FROM invoice_line l WHERE l.invoice_id = i.id
                                              AND CAST(l.vat_rate AS NUMERIC) <> 0))""",
    "a credit note is taxed as its invoice": """
        SELECT n.number FROM credit_note n JOIN invoice i ON i.id = n.invoice_id
        WHERE n.vat_treatment <> i.vat_treatment OR n.buyer ->> 'vat_number' <> i.buyer ->> 'vat_number'
           OR i.vat_treatment = 'reverse_charge' AND EXISTS (SELECT 1 FROM credit_note_line l
              WHERE l.credit_note_id = n.id AND CAST(l.vat_rate AS NUMERIC) <> 0)""",
    "invoice numbers run from 1 without a gap or repeat": """
        SELECT s.series, s.year FROM number_series s
        LEFT JOIN (SELECT series, year, count(*) AS n, max(sequence) AS top FROM invoice
                   WHERE state = 'issued' GROUP BY series, year) i ON i.series = s.series AND i.year = s.year
        WHERE s.series = 'F' AND (s.last <> coalesce(i.n, 0) OR s.last <> coalesce(i.top, 0))""",
    "credit note numbers run from 1 without a gap or repeat": """
        SELECT s.series, s.year FROM number_series s
        LEFT JOIN (SELECT series, year, count(*) AS n, max(sequence) AS top FROM credit_note GROUP BY series, year) c
          ON c.series = s.series AND c.year = s.year
        WHERE s.series = 'C' AND (s.last <> coalesce(c.n, 0) OR s.last <> coalesce(c.top, 0))""",
    "every credit note is booked once, as it is split": """
        SELECT n.number FROM credit_note n LEFT JOIN journal_entry e ON e.source_key = 'credit_note:' || n.id
        LEFT JOIN (SELECT entry_id, sum(CASE WHEN ledger_account = 'receivable' THEN cents ELSE 0 END) AS part,
                          sum(CASE WHEN ledger_account = 'customer_credit' THEN cents ELSE 0 END) AS rest
                   FROM posting GROUP BY entry_id) p ON p.entry_id = e.id
        WHERE coalesce(p.part, 0) <> -n.offset_cents OR coalesce(p.rest, 0) <> -(n.credit_cents + n.payout_cents)""",
    "credit notes never exceed their invoice": """
        SELECT i.number FROM invoice i JOIN credit_note c ON c.invoice_id = i.id
        GROUP BY i.id, i.number, i.total_cents, i.credited_cents
        HAVING sum(c.total_cents) > i.total_cents OR sum(c.total_cents) <> i.credited_cents""",
    "credit notes never exceed a line of their invoice": """
        SELECT l.id FROM invoice_line l JOIN credit_note_line c ON c.invoice_line_id = l.id
        GROUP BY l.id, l.net_cents
        HAVING abs(sum(c.net_cents)) > abs(l.net_cents) OR sum(c.net_cents) * l.net_cents < 0""",
    "credit notes never exceed a VAT rate of their invoice, and its whole base takes its whole VAT": """
        SELECT v.id FROM invoice_vat v JOIN credit_note n ON n.invoice_id = v.invoice_id
        JOIN credit_note_vat c ON c.credit_note_id = n.id AND c.vat_rate = v.vat_rate
        GROUP BY v.id, v.base_cents, v.vat_cents
        HAVING abs(sum(c.base_cents)) > abs(v.base_cents) OR abs(sum(c.vat_cents)) > abs(v.vat_cents)
            OR (sum(c.base_cents) = v.base_cents AND sum(c.vat_cents) <> v.vat_cents)""",
    "lines and VAT add up to the credit note": """
        SELECT n.number FROM credit_note n
        WHERE n.net_cents <> (SELECT coalesce(sum(net_cents), 0) FROM credit_note_line l WHERE l.credit_note_id = n.id)
           OR n.vat_cents <> (SELECT coalesce(sum(vat_cents), 0) FROM credit_note_vat v WHERE v.credit_note_id = n.id)
           OR n.net_cents <> (SELECT coalesce(sum(base_cents), 0) FROM credit_note_vat v
                              WHERE v.credit_note_id = n.id)""",
    "what is set apart to go back is what the payouts under way come to": """
        SELECT a.account_id FROM (
            SELECT account_id, cents FROM posting WHERE ledger_account = 'payout'
            UNION ALL SELECT account_id, amount_cents FROM payout WHERE state IN ('created', 'pending', 'unknown')
        ) a GROUP BY a.account_id HAVING sum(a.cents) <> 0""",
    "every payout that was made is in the journal, once": """
        SELECT p.id FROM payout p LEFT JOIN bank_transfer t ON t.payout_id = p.id
        LEFT JOIN bank_match m ON m.id = t.match_id
        LEFT JOIN journal_entry e ON e.source_key = coalesce('gateway:' || p.provider_key, m.source_key)
        LEFT JOIN posting g ON g.entry_id = e.id AND g.ledger_account = 'payout' AND g.cents = p.amount_cents
        WHERE (p.state = 'succeeded') <> (g.id IS NOT NULL)""",
    "every payout that was sent and has not ended will be asked about": """
        SELECT id FROM payout
        WHERE state IN ('created', 'pending', 'unknown') AND sent_at IS NOT NULL AND next_check_at IS NULL""",
    "no more goes back through a payment than came in with it": """
        SELECT payment_id FROM posting WHERE ledger_account = 'gateway_clearing' AND payment_id IS NOT NULL
        GROUP BY payment_id HAVING sum(cents) < 0""",
    "what is left of a credit lot is its balance, and never below zero": """
        SELECT l.id FROM credit_lot l
        LEFT JOIN (SELECT credit_lot_id, -sum(cents) AS cents FROM posting
                   WHERE ledger_account = 'customer_credit' GROUP BY credit_lot_id) p ON p.credit_lot_id = l.id
        WHERE coalesce(p.cents, 0) <> l.left_cents OR l.left_cents < 0""",
    "every booked gateway transaction is in the journal, for its amount": """
        SELECT g.provider_key FROM gateway_record g
        LEFT JOIN journal_entry e ON e.source_key = 'gateway:' || g.provider_key
        LEFT JOIN (SELECT entry_id, sum(cents) AS cents FROM posting
                   WHERE ledger_account = 'gateway_clearing' GROUP BY entry_id) p ON p.entry_id = e.id
        WHERE (g.verdict = 'booked') <> (e.id IS NOT NULL)
           OR (g.verdict = 'booked' AND abs(coalesce(p.cents, 0)) <> g.amount_cents)""",
    "every gateway entry in the journal belongs to a known transaction": """
        SELECT e.source_key FROM journal_entry e
        LEFT JOIN gateway_record g ON 'gateway:' || g.provider_key = e.source_key
        WHERE e.kind IN ('payment_received', 'money_returned') AND e.source_key LIKE 'gateway:%' AND g.id IS NULL""",
    "no more unallocated money is given back than came in": """
        SELECT payment_id FROM posting WHERE ledger_account = 'unallocated' AND payment_id IS NOT NULL
        GROUP BY payment_id HAVING sum(cents) > 0""",
    "a payment's shares add up to its amount": """
        SELECT p.id FROM payment p JOIN payment_share s ON s.payment_id = p.id WHERE p.method <> 'bank'
        GROUP BY p.id, p.amount_cents HAVING sum(s.cents) <> p.amount_cents""",
    "only an attempt in progress collects": """
        SELECT s.payment_id FROM payment_share s JOIN payment p ON p.id = s.payment_id
        WHERE s.collecting AND p.state NOT IN ('created', 'awaiting', 'pending', 'unknown')""",
    "a succeeded attempt has been booked": """
        SELECT p.id FROM payment p LEFT JOIN gateway_record g ON g.payment_id = p.id AND g.verdict = 'booked'
        WHERE p.state = 'succeeded' AND p.method <> 'bank' AND g.id IS NULL""",
    "every attempt in progress will be asked about": """
        SELECT id FROM payment
        WHERE state IN ('created', 'awaiting', 'pending', 'unknown') AND next_check_at IS NULL""",
    "no day of a service is invoiced twice": """
        SELECT a.service_id, a.period_start FROM invoice_line a JOIN invoice_line b ON b.service_id = a.service_id
          AND b.id <> a.id AND b.period_start >= a.period_start AND b.period_start <= a.period_end""",
    "a service that goes on is invoiced through the end of its last period": """
        SELECT s.id FROM service s
        JOIN (SELECT service_id, max(period_end) AS last FROM invoice_line GROUP BY service_id) l ON l.service_id = s.id
        WHERE s.state <> 'ended' AND s.paid_through <> l.last""",
    "a confirmed preview has its credit notes and its invoice, and equals them to the cent": """
        SELECT p.id FROM change_preview p
        LEFT JOIN (SELECT d.preview_id, sum(n.total_cents) AS total, sum(n.offset_cents) AS part FROM change_document d
                   JOIN credit_note n ON n.id = d.credit_note_id GROUP BY d.preview_id) c ON c.preview_id = p.id
        LEFT JOIN (SELECT d.preview_id, sum(i.total_cents) AS total FROM change_document d
                   JOIN invoice i ON i.id = d.invoice_id GROUP BY d.preview_id) b ON b.preview_id = p.id
        WHERE p.used_at IS NOT NULL AND (p.credited_cents <> coalesce(c.total, 0)
              OR p.offset_cents <> coalesce(c.part, 0) OR p.charged_cents <> coalesce(b.total, 0))
           OR p.used_at IS NULL AND (c.preview_id IS NOT NULL OR b.preview_id IS NOT NULL)""",
    "a prepaid part is never worth more than its invoice line": """
        SELECT p.id FROM prepaid_part p JOIN invoice_line l ON l.id = p.invoice_line_id
        WHERE p.net_cents + p.credited_before_cents > l.net_cents""",
    "every stopped service has a stop order that two people agreed on and a person carried out": """
        SELECT s.id FROM service s LEFT JOIN stop_order o ON o.service_id = s.id AND o.state = 'carried_out'
          AND o.approved_by <> o.requested_by AND o.carried_out_by IS NOT NULL AND o.feeds_fresh
          AND o.nothing_in_flight AND o.no_unmatched_money AND o.notices_delivered AND o.credit_insufficient
          AND o.nothing_disputed AND o.ladder_finished AND o.above_floor
        WHERE s.state = 'stopped' AND o.id IS NULL""",
    "no domain is ever stopped": """
        SELECT s.id FROM service s JOIN product p ON p.id = s.product_id
        WHERE p.kind = 'domain' AND s.state = 'stopped'""",
    "a stop order runs only while its account has something to pay": """
        SELECT o.id FROM stop_order o WHERE o.state <> 'withdrawn'
          AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.account_id = o.account_id AND i.open_cents > 0)""",
    "a period of a domain that was renewed was told to the hosting panel": """
        SELECT r.id FROM domain_renewal r LEFT JOIN outbox_message m
          ON m.dedup_key = 'service:' || r.service_id || ':renew:' || r.period_start
        WHERE (r.state = 'told') <> (m.id IS NOT NULL)""",
    "the sums of an invoice run are those of its invoices": """
        SELECT r.id FROM invoice_run r
        LEFT JOIN (SELECT run_id, count(*) AS n, sum(net_cents) AS net, sum(vat_cents) AS vat,
                          sum(credits_cents) AS credits
                   FROM invoice WHERE run_id IS NOT NULL GROUP BY run_id) i ON i.run_id = r.id
        WHERE r.invoices <> coalesce(i.n, 0) OR r.net_cents <> coalesce(i.net, 0)
           OR r.vat_cents <> coalesce(i.vat, 0) OR r.credits_cents > coalesce(i.credits, 0)""",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """An invariant and the first few offenders; none when it holds."""

    invariant: str
    offenders: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.offenders


def run_checks(work: Work, vault: Vault) -> list[Finding]:
    """Every invariant with what breaks it. vault: with it is seen whether stored secrets can still be read."""
    subjects = (mandates, reminders, bank, refunds, clearing, bookkeeping, privacy, lights, taxes, einvoices, listeners)
    queries = QUERIES | {name: query for subject in subjects for name, query in subject.QUERIES.items()}
    findings = [_by_query(work, name, query) for name, query in queries.items()]
    scans = SCANS | mandates.scans(vault) | reminders.SCANS | bank.SCANS | lights.SCANS
    return [*findings, *(Finding(name, tuple(islice(check(work), 5))) for name, check in scans.items())]


def _by_query(work: Work, invariant: str, query: str) -> Finding:
    rows = work.session.connection().execute(text(f"SELECT * FROM ({query}) AS offenders LIMIT 5"))
    return Finding(invariant, tuple(" ".join(str(value) for value in row) for row in rows))


def _broken_chains(work: Work) -> Sequence[str]:
    broken, chain, sequence, previous = [], "", 0, audit.GENESIS
    for event in work.session.exec(select(AuditEvent).order_by(col(AuditEvent.chain), col(AuditEvent.sequence))):
        if event.chain != chain:
            chain, sequence, previous = event.chain, 0, audit.GENESIS
        expected = (sequence + 1, previous, audit.digest(event.model_dump()))
        if (event.sequence, event.previous_hash, event.hash) != expected:
            broken.append(f"{event.chain}:{event.sequence}")
        sequence, previous = event.sequence, event.hash
    return broken


def _unexplained_lines(work: Work) -> Iterator[str]:
    versions = {version.id: version for version in work.session.exec(select(PriceVersion))}
    lines = (
        sql_select(table_of(InvoiceLine), table_of(Invoice).c.vat_treatment, table_of(Invoice).c.buyer)
        .join_from(table_of(InvoiceLine), table_of(Invoice), col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(InvoiceLine.explanation).is_not(None))
    )
    for line in work.plain(lines.execution_options(yield_per=1_000)):
        again, version = compute(line.explanation, line.period_start), versions.get(line.explanation["price_version"])
        right = version and Price(version.id or 0, version.valid_from, version.unit_price, version.vat_rate)
        taxed = Taxation(VatTreatment(line.vat_treatment), line.buyer.get("country", HOME))
        rate = taxed.rate(again.price.vat_rate, line.period_start)
        facts = (again.period_end, again.net_cents, again.price, again.price.unit_price, rate)
        if facts != (line.period_end, line.net_cents, right, line.unit_price, line.vat_rate):
            yield str(line.id)


def _altered_previews(work: Work) -> Iterator[str]:
    for preview in work.session.exec(select(ChangePreview)):
        if digest(preview.content) != preview.hash:
            yield str(preview.id)


SCANS: dict[str, Callable[[Work], Iterable[str]]] = {
    "the audit log's chains are whole": _broken_chains,
    "a line of a service follows from its explanation": _unexplained_lines,
    "a preview is what it was when it was shown": _altered_previews,
}

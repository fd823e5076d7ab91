"""What the hosting control panel is told of services: that they stop, go on, end, change or are to be renewed."""

from datetime import datetime

from billing import outbox
from billing.db import Work
from billing.outbox import OutboxMessage, Task
from billing.ports import ServiceNews, ServiceNotice
from billing.products.tables import Product, Service
from billing.proration import Period


def tell(work: Work, service: Service, news: ServiceNews, **facts: str) -> None:
    """Have the panel told something of a service whose account is locked. facts: as ServiceNotice has them."""
    service.panel_version += 1
    work.session.add(service)
    _put(work, service, news, f"service:{service.id}:{service.panel_version}", facts)


def renew(work: Work, service: Service, period: Period) -> None:
    """Have the panel renew a domain for a period, once and not again."""
    days = {"period_start": period.start.isoformat(), "period_end": period.last.isoformat()}
    _put(work, service, ServiceNews.RENEW, f"service:{service.id}:renew:{period.start}", days)


def notice(message: OutboxMessage) -> ServiceNotice:
    """What a row of the outbox has to tell."""
    kept = message.payload
    return ServiceNotice(
        message_id=f"msg_{outbox.identity(message.dedup_key)}", news=ServiceNews(kept["news"]),
        service_id=kept["service_id"], version=kept["version"], label=kept["label"], product=kept["product"],
        facts=kept["facts"], decided_at=datetime.fromisoformat(kept["decided_at"]),
    )  # fmt: skip


def _put(work: Work, service: Service, news: ServiceNews, key: str, facts: dict[str, str]) -> None:
    product = work.session.get_one(Product, service.product_id).code
    outbox.put(
        work, Task.SERVICE_NEWS, key, news=news.value, service_id=service.id, version=service.panel_version,
        label=service.label, product=product, facts=facts, decided_at=work.now.isoformat(),
    )  # fmt: skip

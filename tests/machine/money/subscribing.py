"""What customers do with what they have in use: starting, cancelling, changing, taking back, from several tabs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from billing.changes import service as changes
from billing.changes.plan import Plan
from billing.changes.service import Preview
from billing.changes.tables import ChangePreview
from billing.products.tables import Service
from tests.abroad import BELGIAN
from tests.changing import command, preview
from tests.machine.money import sums
from tests.machine.money.base import PICK
from tests.machine.money.contracts import PaperProduct, PaperService
from tests.machine.money.documents import Documents

LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Effect:
    """given: by line. charged: each line. notes: totals, and what lowers an invoice.

    bill: what the charge comes to with VAT, small rests that it asks for too, credits for it, and what is left to pay.
    """

    given: dict[int, int]
    charged: list[tuple[date, date, int]]
    notes: list[tuple[int, int, int]]
    bill: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class Shown:
    """A preview that somebody still has on a screen. effect: what the paper said that it would come to then."""

    preview: Preview
    service: PaperService
    on: date
    product: PaperProduct | None
    at: datetime
    effect: Effect


class Subscribing(Documents):
    """Rules of products in use."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Shown] = []

    @rule(pick=PICK, which=PICK, days=st.integers(-70, 20))
    def start_a_service(self, pick: int, which: int, days: int) -> None:
        if len(self.world.services) < 6:
            account_id, sold = self.one_of(self.world.accounts, pick), self.one_of(self.world.products, which)
            self.world.start_service(account_id, sold, self.world.today + timedelta(days=days))

    @rule(pick=PICK, days=st.sampled_from([0, 0, 1, 9, 200]), which=st.sampled_from([None, None, 0, 1]))
    def look_and_say_yes(self, pick: int, days: int, which: int | None) -> None:
        self._change(pick, days, which)

    def _change(self, pick: int, days: int, which: int | None) -> PaperService | None:
        """The service, when it was changed or cancelled."""
        shown = self._look(pick, days, which)
        if shown is None:
            return None
        alive = not self.world.database.is_doomed
        done = self._say_yes(shown)
        assert done or not alive, "what was just shown is done"
        assert not (done and self._say_yes(shown)), "a second tab says yes to the same, and nothing more happens"
        return shown.service if done else None

    @rule(pick=PICK, days=st.sampled_from([0, 3]), which=st.sampled_from([None, 0]))
    def only_look(self, pick: int, days: int, which: int | None) -> None:
        self._look(pick, days, which)

    @rule(pick=PICK, which=st.sampled_from([None, 0, 1]), what=st.sampled_from(["number", "credits", "note"]))
    def say_yes_after_something_changed(self, pick: int, which: int | None, what: str) -> None:
        shown = self._look(pick, 0, which)
        if shown is None:
            return
        account_id, invoices = shown.service.account_id, list(self.paper.invoices.values())
        match what:
            case "number":
                self.world.fill_in_number(account_id, "" if self.world.numbers[account_id] else BELGIAN)
            case "credits":
                self.give(self.world.accounts.index(account_id), 300)
            case _:
                bills = [place for place, i in enumerate(invoices) if i.lines.keys() & shown.service.parts.keys()]
                self.take_back_parts_of_all_lines(self.one_of(bills, pick) or 0, 33, 0)
        self.follower.catch_up()
        self._say_yes(shown)

    @rule(pick=PICK)
    def say_yes_to_an_old_screen(self, pick: int) -> None:
        chosen = self.one_of(self.shown, pick)
        if chosen:
            self._say_yes(chosen)

    @rule(pick=PICK)
    def take_a_cancellation_back(self, pick: int) -> None:
        service = self.one_of([s for s in self.world.services.values() if s.ends_on is not None], pick)
        if service:
            self._keep(service)

    @rule(pick=PICK, days=st.sampled_from([1, 9, 200]), later=st.integers(0, 30))
    def cancel_for_later_and_change_ones_mind(self, pick: int, days: int, later: int) -> None:
        if service := self._change(pick, days, None):
            self._keep(service)
            self.run_invoices(later)

    @rule(pick=PICK, which=st.integers(0, 2), days=st.sampled_from([1, 9, 100]))
    def become_something_else_and_leave(self, pick: int, which: int, days: int) -> None:
        if service := self._change(pick, 0, which):
            self.shop.clock.advance(days=days)
            place = list(self.world.services).index(service.service_id)
            self._change(place, 0, None)

    def _keep(self, service: PaperService) -> None:
        today, who = self.world.today, self.world.proven(service.account_id)
        over, known = service.over_on(today), len(self.shop.all(Service))
        done, _ = self.world.attempt(lambda: self.shop.do(changes.keep, who, service.account_id, service.service_id))
        assert not (done and over), "what has ended does not come back"
        if done and service.taken_back:
            successor_id = self.shop.all(Service)[known].id or 0
            self.world.services[successor_id] = service.successor(successor_id, today)
        elif done:
            service.ends_on = None

    def _look(self, pick: int, days: int, which: int | None) -> Shown | None:
        service = self.one_of(list(self.world.services.values()), pick)
        if service is None:
            return None
        today, who = self.world.today, self.world.owners[service.account_id]
        siblings = self.world.siblings(service.product)
        product = siblings[which % len(siblings)] if which is not None else None
        on = today if product else min(today + timedelta(days=days), service.latest_day(today))
        _, found = self.world.attempt(
            lambda: preview(self.shop, who, service.account_id, service.service_id, on, product and product.product_id)
        )
        if found is None:
            return None
        effect = self._effect(service, on, product)
        assert _promised(found.plan) == effect, "what is shown is what it comes to"
        shown = Shown(found, service, on, product, self.shop.clock.now(), effect)
        self.shown.append(shown)
        return shown

    def _effect(self, service: PaperService, on: date, product: PaperProduct | None) -> Effect:
        """What a change would come to now."""
        if product is None:
            given = service.given_back(on)
            return Effect(given, [], self.paper.foresee(given))
        if product.price_on(on) < service.product.price_on(on):
            given = service.given_for(product, on)
            return Effect(given, [], self.paper.foresee(given))
        charged = service.charged_for(product, on)
        return Effect({}, charged, [], self._bill(service.account_id, product, charged) if charged else None)

    def _bill(
        self, account_id: int, product: PaperProduct, charged: list[tuple[date, date, int]]
    ) -> tuple[int, int, int, int]:  # fmt: skip
        rate = self.world.rate_for(account_id, product)
        total = sums.total(sums.vat_of((rate, cents) for _, _, cents in charged))
        waiting = self.paper.waiting(account_id)
        used = min(total + waiting, self.paper.balance(account_id))
        left = total + waiting - used
        return total, waiting, used, 0 if used and left < self.paper.floor_cents else left

    def _say_yes(self, shown: Shown) -> bool:
        """Whether it was done; then it must be what the paper says, and what it said when it was shown."""
        service, effect = shown.service, self._effect(shown.service, shown.on, shown.product)
        self.world.asks(
            notes=effect.given or None, charges=effect.charged or None, service=service, product=shown.product
        )
        used = [row for row in self.shop.all(ChangePreview, id=shown.preview.preview_id) if row.used_at]
        who, yes = self.world.proven(service.account_id), command(service.account_id, shown.preview)
        alive = not self.world.database.is_doomed
        done, _ = self.world.attempt(lambda: self.shop.do(changes.confirm, who, yes))
        assert done or not (used and alive), "saying yes again is no error"
        if used or not done:
            return False
        assert effect == shown.effect, "no yes counts for something else than was shown"
        assert self.shop.clock.now() <= shown.at + LASTS, "no yes counts after a quarter of an hour"
        assert not service.over_on(self.world.today), "what has ended does not change"
        if shown.product is None:
            service.cancel(shown.on, self.world.today)
            self.follower.catch_up()
            return True
        rests = service.rests(shown.on, effect.given)
        self.follower.catch_up()
        service.parts |= rests
        service.product = shown.product
        return True


def _promised(plan: Plan) -> Effect:
    """What a screen says that a change comes to."""
    return Effect(
        {line.line_id: line.cents for line in plan.lines},
        [(line.start, line.until, line.cents) for line in plan.bill.lines] if plan.bill else [],
        sorted((note.invoice_id, note.total_cents, note.offset_cents) for note in plan.notes),
        (plan.bill.total_cents, plan.bill.brought_cents, plan.bill.credits_cents, plan.bill.open_cents)
        if plan.bill else None,
    )  # fmt: skip

"""Words in which tests have money go back by bank."""

from dataclasses import dataclass

from lxml import etree

from billing.access import Actor
from billing.adapters.pain import PainWriter
from billing.bank.matching import BankRules
from billing.bank.refunds import service
from billing.bank.refunds.tables import BankTransfer, TransferFile
from billing.credits import choices
from billing.credits.tables import Payout
from billing.payments.tables import Payment
from billing.ports import Party
from tests.banking import IBAN, Bank
from tests.factories import Shop

SELLER = Party(name="Voorbeeld Hosting B.V.", street="", postal_code="", city="", iban=IBAN)
RULES = BankRules(ibans=frozenset({IBAN}), two_people_from_cents=1_000)


@dataclass
class Refunding:
    """A customer who transfers € 5 too much, and the finance department."""

    shop: Shop
    bank: Bank
    account: int
    owner: Actor

    def overpay(self, cents: int = 500, **line: str) -> int:
        """Pay an invoice of € 121 with so much too much; the payment."""
        number = self.shop.invoice(self.account)
        self.bank.pays(12_100 + cents, self.shop.row(number).reference, **line)
        return self.shop.all(Payment)[-1].id or 0

    def ask_back(self, payment: int) -> Payout:
        return self.shop.do(choices.send_back, self.shop.proven(self.owner), self.account, payment)

    def prepare(self, by: Actor) -> TransferFile:
        return self.shop.do(service.prepare, self.shop.proven(by), SELLER, RULES, PainWriter())

    def approve(self, by: Actor, file: TransferFile) -> int:
        return self.shop.do(service.approve, self.shop.proven(by), file.id or 0)

    def hand_out(self, by: Actor, file: TransferFile) -> bytes:
        return self.shop.do(service.hand_out, self.shop.proven(by), file.id or 0).content

    def drop(self, by: Actor, file: TransferFile) -> None:
        self.shop.do(service.drop, self.shop.proven(by), file.id or 0)

    def put_back(self, by: Actor, payout: Payout) -> None:
        self.shop.do(service.put_back, self.shop.proven(by), payout.id or 0)

    def sent(self, by: Actor) -> TransferFile:
        """What was paid too much is asked back, and in a file that the bank got."""
        self.ask_back(self.overpay())
        file = self.prepare(by)
        self.approve(by, file)
        self.hand_out(by, file)
        return file

    def leaves(self, cents: int = 500) -> None:
        """The transfer of the first file leaves our account."""
        name = self.shop.all(BankTransfer)[0].end_to_end_id
        self.bank.pays(-cents, end_to_end_id=name)


def told(content: bytes, *names: str) -> list[list[str]]:
    """What stands in a file under each of these names."""
    root = etree.fromstring(content)
    return [[element.text or "" for element in root.iter(f"{{*}}{name}")] for name in names]

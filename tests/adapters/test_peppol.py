"""The access point of the sandbox over real HTTP: who is known, what is brought, and what goes wrong on the way."""

from collections.abc import Iterator

import httpx
import pytest
import sample_einvoices as samples

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.peppol import AccessPoint, NoNetwork
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Handling, NetworkAddress, NetworkState, Shipment
from billing.sandbox import RunningSandbox

TOKEN = "demo-token-of-the-access-point"
HERE, THERE = NetworkAddress("0106", "00000000"), NetworkAddress("0106", "87654321")
ACCEPTED = Handling(NetworkState.ACCEPTED)


@pytest.fixture
def network(sandbox: RunningSandbox) -> Iterator[AccessPoint]:
    """What is asked of it is answered within a second or not at all."""
    sandbox.world.reset()
    point = AccessPoint(f"{sandbox.url}/peppol/v1", TOKEN)
    point._http.timeout = httpx.Timeout(1.0)
    yield point
    point.close()


def shipment(document_id: str = "one", receiver: NetworkAddress = THERE, xml: bytes = b"") -> Shipment:
    return Shipment(document_id, HERE, receiver, xml or XmlWriter().ubl(samples.TO_DUTCH_BUSINESS, receiver))


def scripted(answer: httpx.Response) -> AccessPoint:
    """An access point that always says this."""
    return AccessPoint("https://point.test", TOKEN, transport=httpx.MockTransport(lambda _: answer))


def control(sandbox: RunningSandbox, **faults: float) -> None:
    httpx.post(f"{sandbox.url}/control/peppol-faults", json=faults, trust_env=False).raise_for_status()


def test_a_document_is_brought_and_found_again(network: AccessPoint, sandbox: RunningSandbox) -> None:
    assert network.find("one") is None
    assert network.send(shipment()) == ACCEPTED
    assert network.send(shipment()) == ACCEPTED
    assert network.find("one") == ACCEPTED
    [carried] = sandbox.world.peppol.all()
    assert (carried.number, carried.receiver, carried.kind) == ("2026-0441", "0106:87654321", "Invoice")


def test_a_credit_note_is_brought_as_such(network: AccessPoint, sandbox: RunningSandbox) -> None:
    network.send(shipment(xml=XmlWriter().ubl(samples.NOTE, THERE)))
    assert sandbox.world.peppol.all()[0].kind == "CreditNote"


def test_who_takes_part_is_known(network: AccessPoint) -> None:
    assert network.knows(THERE)
    assert not network.knows(NetworkAddress("9944", "NL404404404"))


def test_a_receiver_who_refuses_is_told(network: AccessPoint, sandbox: RunningSandbox) -> None:
    control(sandbox, reject=1)
    assert network.send(shipment()) == Handling(NetworkState.REJECTED, "refused")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<no", "unreadable"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "unreadable"),
        (b"<html/>", "no_document"),
        (XmlWriter().ubl(samples.TO_DUTCH_BUSINESS), "wrong_profile"),
        (XmlWriter().ubl(samples.REVERSED, NetworkAddress("0208", "0428759497")), "wrong_receiver"),
    ],
)
def test_what_a_careful_receiver_would_refuse_is_refused(network: AccessPoint, xml: bytes, reason: str) -> None:
    assert network.send(shipment(xml=xml)) == Handling(NetworkState.REJECTED, reason)


def test_an_answer_may_come_later(network: AccessPoint, sandbox: RunningSandbox) -> None:
    control(sandbox, pending=1)
    assert network.send(shipment()).state is NetworkState.PENDING
    answer = httpx.post(f"{sandbox.url}/peppol/one/reject", trust_env=False)
    assert (answer.status_code, network.find("one")) == (303, Handling(NetworkState.REJECTED, "refused"))


def test_what_got_there_without_an_answer_can_be_found(network: AccessPoint, sandbox: RunningSandbox) -> None:
    control(sandbox, hang=1, seconds=3.0)
    with pytest.raises(ProviderUnclear):
        network.send(shipment())
    assert network.find("one") == ACCEPTED


def test_an_outage_and_a_wrong_token_pass_and_are_tried_again(network: AccessPoint, sandbox: RunningSandbox) -> None:
    control(sandbox, down=1)
    with pytest.raises(ProviderUnclear):
        network.knows(THERE)
    stranger = AccessPoint(f"{sandbox.url}/peppol/v1", "another token")
    with pytest.raises(ProviderUnclear):
        stranger.find("one")
    stranger.close()


@pytest.mark.parametrize("body", [b"", b"[]", b'{"status": "eaten"}', b'"accepted"'])
def test_an_answer_without_sense_settles_nothing(body: bytes) -> None:
    point = scripted(httpx.Response(200, content=body))
    with pytest.raises(ProviderUnclear):
        point.send(shipment())


def test_a_refusal_of_the_access_point_itself_is_final() -> None:
    point = scripted(httpx.Response(422))
    with pytest.raises(ProviderRefused):
        point.send(shipment())


def test_where_there_is_no_network_nobody_is_found() -> None:
    nobody = NoNetwork()
    assert (nobody.is_connected, nobody.knows(THERE), nobody.find("one")) == (False, False, None)
    with pytest.raises(ProviderRefused):
        nobody.send(shipment())


def test_its_pages_show_what_was_brought(network: AccessPoint, sandbox: RunningSandbox) -> None:
    network.send(shipment())
    assert "2026-0441" in httpx.get(f"{sandbox.url}/peppol", trust_env=False).text
    assert httpx.get(f"{sandbox.url}/peppol.json", trust_env=False).json()["documents"][0]["status"] == "accepted"
    assert httpx.post(f"{sandbox.url}/peppol/none/accept", trust_env=False).status_code == 404

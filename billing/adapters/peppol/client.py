"""HTTP to an access point. What it has to offer is small; whoever's it is, a few lines of this file are about it.

GET /participants/{scheme}:{number}   200 when it takes BIS Billing 3.0 invoices and credit notes, 404 when not
GET /documents/{id}                   200 {"status": "pending" | "accepted" | "rejected", "reason": "…"}, or 404
PUT /documents/{id}                   the UBL, with X-Sender and X-Receiver; answers as GET, and twice is once

Source: what access points have in common; Peppol SMP 1.3 and AS4 are theirs to speak.
"""

from http import HTTPStatus

import httpx

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Handling, NetworkAddress, NetworkState, Shipment

_TIMEOUT = httpx.Timeout(20.0, connect=5.0, pool=5.0)
# Refusals by number that are about the moment, or about our address and key, and not about the document.
_PASSING = {
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}  # fmt: skip


class AccessPoint:
    """One access point. May be shared between threads. transport: stands in for the network."""

    def __init__(self, url: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        # No proxies or keys from the environment, and no redirect: documents go to this one address.
        self._http = httpx.Client(
            base_url=url, transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False,
            headers={"Authorization": f"Bearer {token}", "User-Agent": "voldaan"},
        )  # fmt: skip

    @property
    def is_connected(self) -> bool:
        return True

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def knows(self, address: NetworkAddress) -> bool:
        """Whether the network has this participant."""
        return self._call("GET", f"/participants/{address}") is not None

    def find(self, document_id: str) -> Handling | None:
        """What became of a document of ours; None when it never got there."""
        answer = self._call("GET", f"/documents/{document_id}")
        return None if answer is None else _handling(answer)

    def send(self, shipment: Shipment) -> Handling:
        """Hand over a document; raises as the port says."""
        headers = {
            "Content-Type": "application/xml",
            "X-Sender": str(shipment.sender),
            "X-Receiver": str(shipment.receiver),
        }
        answer = self._call("PUT", f"/documents/{shipment.document_id}", content=shipment.xml, headers=headers)
        if answer is None:
            raise ProviderUnclear(reason="http_404")
        return _handling(answer)

    def _call(
        self, method: str, path: str, *, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response | None:
        """The answer; None for a 404."""
        try:
            answer = self._http.request(method, path, content=content, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnclear(reason=type(error).__name__) from error
        status = answer.status_code
        if status == HTTPStatus.NOT_FOUND:
            return None
        if 400 <= status < 500 and status not in _PASSING:
            raise ProviderRefused(reason=f"http_{status}")
        if not 200 <= status < 300:
            raise ProviderUnclear(reason=f"http_{status}")
        return answer


class NoNetwork:
    """Stands there while no access point is connected: nobody can be reached."""

    @property
    def is_connected(self) -> bool:
        return False

    def knows(self, address: NetworkAddress) -> bool:
        return False

    def find(self, document_id: str) -> Handling | None:
        return None

    def send(self, shipment: Shipment) -> Handling:
        raise ProviderRefused(reason="no_network")


def _handling(answer: httpx.Response) -> Handling:
    try:
        said = answer.json()
        state = NetworkState(said["status"])
        reason = str(said.get("reason") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProviderUnclear(reason="unreadable") from None
    return Handling(state, (reason or "rejected") if state is NetworkState.REJECTED else "")

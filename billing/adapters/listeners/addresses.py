"""Where a message may go: to the open internet, and never into the network that this program runs in."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from billing.adapters.listeners.deadlines import TimedNetwork

LONGEST_NAME = 253
# Addresses that another network address hides in; what is behind them can't be judged by their look.
_TRANSLATED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))

Resolve = Callable[[str, int], Iterable[str]]


def is_public(address: str) -> bool:
    """Whether a network address is one of the open internet: not private, local, shared, reserved or a group."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """The network addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class PublicNetwork(httpcore.NetworkBackend):
    """Connects to public addresses alone, and to the very one that was judged, so that a name which changes its mind
    between look-up and connection changes nothing. resolve: stands in for the name service in tests."""

    def __init__(self, resolve: Resolve = resolve) -> None:
        self._resolve = resolve
        self._network = TimedNetwork(httpcore.SyncBackend())

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Open a connection. Raises httpcore.ConnectError, also for a name with any address that is not public."""
        try:
            found = list(self._resolve(host, port))
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError("unknown name") from unknown
        if not found or not all(map(is_public, found)):
            raise httpcore.ConnectError("not a public address")
        return self._network.connect_tcp(found[0], port, timeout, local_address, socket_options)

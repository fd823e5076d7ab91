"""HTTP to the control room of the sandbox, whose switches are described in its own `control`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Fault, StageMail, StageView

_TIMEOUT = httpx.Timeout(10.0, connect=2.0, pool=5.0)
_NEWEST = 6
_ALWAYS, _OFF = -1, 0
_LATE_SECONDS = 3600

# For each failure its switch, its group in the state of the sandbox, and the field that counts it.
_SWITCHES: dict[Fault, tuple[str, str, str]] = {
    Fault.LOST_PUSH: ("push-faults", "pushes", "drop"),
    Fault.DOUBLE_PUSH: ("push-faults", "pushes", "double"),
    Fault.LATE_PUSH: ("push-faults", "pushes", "delay"),
    Fault.GATEWAY_DOWN: ("outage", "outage", "count"),
    Fault.MAIL_DOWN: ("mail-faults", "mail", "temporary"),
}
_WITH: dict[Fault, dict[str, Any]] = {
    Fault.LATE_PUSH: {"delay_seconds": _LATE_SECONDS},
    Fault.GATEWAY_DOWN: {"kind": "503"},
}


class SandboxStage:
    """One sandbox. May be shared between threads. transport: stands in for the network."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        # A proxy that is set for the outside world knows nothing of this machine.
        self._http = httpx.Client(
            base_url=url, transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False
        )

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def view(self) -> StageView:
        state = self._call("GET", "/control/state")
        after = {"after": max(0, state["last_mail"] - _NEWEST)}
        mails = [self._mail(mail) for mail in self._call("GET", "/mailbox.json", params=after)]
        on = {fault for fault, (_, group, field) in _SWITCHES.items() if state["faults"][group][field]}
        return StageView(frozenset(on), tuple(mails[::-1]), f"{self._url}/mailbox")

    def move(self, by: timedelta) -> None:
        self._control("clock", {"advance_seconds": int(by.total_seconds())})

    def turn(self, fault: Fault, *, on: bool) -> None:
        switch, _, field = _SWITCHES[fault]
        self._control(switch, _WITH.get(fault, {}) | {field: _ALWAYS if on else _OFF})

    def approve(self, key: str) -> None:
        self._control(f"transactions/{key}/outcome", {"outcome": "success"})

    def take_back(self, key: str) -> None:
        self._control("reversals", {"key": key, "reason": "MD06"})

    def deliveries(self, key: str) -> int:
        log = self._call("GET", "/control/pushes", params={"key": key})["deliveries"]
        return sum(1 for one in log if one["result"] == "delivered")

    def bank_file(self, iban: str, transfers: Mapping[str, int]) -> bytes:
        entries = [{"amount_cents": cents, "text": said} for said, cents in transfers.items()]
        told = self._control("bank-files", {"iban": iban, "transfers": entries})
        return str(told["file"]).encode()

    def reset(self) -> None:
        self._control("reset", {"clock": True})

    def _mail(self, mail: Mapping[str, Any]) -> StageMail:
        at = datetime.fromisoformat(mail["received_at"])
        return StageMail(mail["to"], mail["subject"], at, f"{self._url}/mailbox/{mail['id']}")

    def _control(self, path: str, data: Mapping[str, Any]) -> Any:
        return self._call("POST", f"/control/{path}", json=data)

    def _call(self, method: str, path: str, **values: Any) -> Any:
        try:
            answer = self._http.request(method, path, **values)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnclear(reason=type(error).__name__) from error
        if 400 <= answer.status_code < 500:
            raise ProviderRefused(reason=f"http_{answer.status_code}")
        if answer.status_code != 200:
            raise ProviderUnclear(reason=f"http_{answer.status_code}")
        return answer.json()

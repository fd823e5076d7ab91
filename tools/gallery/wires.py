"""The line between a page and the server: as it is, silent, cut off, or with a server that can't show the page."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute

SOCKET = "**/_event/**"


@dataclass
class Wire:
    """A line as it is. `cut` ends it, so that the page finds no server any more."""

    is_cut: bool = False
    _ends: list[WebSocketRoute] = field(default_factory=list)

    def lay(self, page: Page) -> None:
        """Put it between the page and its server; before the page is opened."""
        page.route_web_socket(SOCKET, self._connect)

    def cut(self) -> None:
        """End what is open, and let nothing be opened any more."""
        self.is_cut = True
        for end in self._ends:
            end.close()

    def _connect(self, end: WebSocketRoute) -> None:
        if self.is_cut:
            end.close()
            return
        self._ends.append(end)
        self._join(end)

    def _join(self, end: WebSocketRoute) -> None:
        end.connect_to_server()


class Silent(Wire):
    """Opens, and then nothing comes: a page waits for its data."""

    def _join(self, end: WebSocketRoute) -> None:
        pass


class Failing(Wire):
    """The server says of each page that it could not be filled."""

    def _join(self, end: WebSocketRoute) -> None:
        server = end.connect_to_server()
        server.on_message(lambda text: end.send(_broken(text)))


def _broken(text: str | bytes) -> str | bytes:
    if isinstance(text, bytes):
        return text
    return text.replace('"verdict_rx_state_":"open"', '"verdict_rx_state_":"broken"')

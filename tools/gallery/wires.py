"""The line between a page and the server: as it is, silent, or with a server that can't fill the page."""

from playwright.sync_api import Page, WebSocketRoute

SOCKET = "**/_event/**"
# Being offline ends no socket that is open already.
KEEP_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...how) { super(...how); window.sockets.push(this); } };
"""


class Wire:
    """A line as it is, until it is cut."""

    def lay(self, page: Page) -> None:
        """Put it between the page and its server; before the page is opened."""
        page.add_init_script(KEEP_SOCKETS)

    def cut(self, page: Page) -> None:
        """End what is open; nothing can be opened any more."""
        page.context.set_offline(True)
        page.evaluate("window.sockets.forEach(socket => socket.close())")


class Silent(Wire):
    """Opens, and then nothing comes: a page waits for its data."""

    def lay(self, page: Page) -> None:
        page.route_web_socket(SOCKET, lambda end: None)


class Failing(Wire):
    """The server says of each page that it could not be filled."""

    def lay(self, page: Page) -> None:
        page.route_web_socket(SOCKET, _join)


def _join(end: WebSocketRoute) -> None:
    end.connect_to_server().on_message(lambda text: end.send(_broken(text)))


def _broken(text: str | bytes) -> str | bytes:
    if isinstance(text, bytes):
        return text
    return text.replace('"verdict_rx_state_":"open"', '"verdict_rx_state_":"broken"')

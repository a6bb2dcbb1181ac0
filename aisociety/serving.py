"""The web server: daphne, which stops without a request lost or a watcher left in the dark.

`python -m aisociety.serving` takes daphne's arguments.
"""

import asyncio
from typing import Any

from daphne.cli import CommandLineInterface
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.defer import Deferred

RESTARTING = 1012
"""The code with which streams are closed: the service is restarted, connect again (IANA)."""

POLL_SECONDS = 0.02


class Stream(WebSocketProtocol):
    """Limits what a watcher says, and not what it is told: a snapshot has no upper bound."""

    maxMessagePayloadSize: int  # noqa: N815 (autobahn's name)

    def sendMessage(self, *arguments: Any, **options: Any) -> Any:  # noqa: N802 (autobahn's name)
        """As autobahn's, whose limit holds both ways."""
        limit, self.maxMessagePayloadSize = self.maxMessagePayloadSize, 0
        try:
            return super().sendMessage(*arguments, **options)
        finally:
            self.maxMessagePayloadSize = limit


class Serving(Server):
    """Told to stop, it listens no longer, bids watchers goodbye, and answers what was asked.

    What takes longer than `application_close_timeout` seconds is broken off.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._ports: list[Any] = []

    def listen_success(self, port: Any) -> None:
        """As daphne's, which forgets the port. Nobody has been let in yet."""
        super().listen_success(port)
        self._ports.append(port)
        self.ws_factory.protocol = Stream

    def kill_all_applications(self) -> Any:
        """Called by daphne before its reactor stops, which waits for what is returned."""
        for port in self._ports:
            port.stopListening()
        return Deferred.fromFuture(asyncio.ensure_future(self._finish()))

    async def _finish(self) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.application_close_timeout
        while (busy := self._under_way()) and loop.time() < deadline:
            self._bid_goodbye()
            await asyncio.sleep(POLL_SECONDS)
        for application in busy:
            application.cancel()
        await asyncio.gather(*busy, return_exceptions=True)

    def _bid_goodbye(self) -> None:
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol) and protocol.state == protocol.STATE_OPEN:
                # What daphne closes with may only be a code of an application.
                protocol.sendCloseFrame(code=RESTARTING)

    def _under_way(self) -> list[Any]:
        told = (details.get("application_instance") for details in self.connections.values())
        return [application for application in told if application and not application.done()]


class CommandLine(CommandLineInterface):
    """Daphne's, with our server."""

    server_class = Serving


if __name__ == "__main__":
    CommandLine.entrypoint()

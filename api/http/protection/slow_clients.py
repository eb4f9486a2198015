"""An end to clients that are slow on purpose, or gone: in asking, and in reading the answer.

uvicorn waits for ever for the rest of a request, and for a client to take its response. Its
protocol is extended here by a time for either, and by a bound on the bytes of a request's head.
"""

from asyncio import TimerHandle, Transport
from typing import cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

SECONDS = 15.0  # for a request's head; for a body or response, as much more as it is large
_MOST_OF_HEAD = 64 * 1024  # bytes that are no body: httptools itself has no limit


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 whose clients have SECONDS to send a request, and to take its response.

    For what is large they have longer, as long as it goes on at `least_rate`.
    """

    seconds = SECONDS
    least_rate = 4 * 1024  # bytes a second
    _incoming: TimerHandle | None = None
    _outgoing: TimerHandle | None = None
    _began = 0.0
    _body = 0
    _rest = 0

    def connection_made(self, transport: Transport) -> None:  # pyright: ignore
        """Wait for a request, so long."""
        super().connection_made(transport)
        # Any byte that the client does not take is noticed.
        transport.set_write_buffer_limits(high=0)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._incoming = _cancelled(self._incoming)
        self._outgoing = _cancelled(self._outgoing)
        super().connection_lost(exc)

    # Asking

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, and close the connection if its head is too large."""
        body = self._body
        super().data_received(data)
        self._rest += len(data) - (self._body - body)
        if self._rest > _MOST_OF_HEAD + self._body and not self.transport.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        """Count the time and the bytes from here."""
        super().on_message_begin()
        self._expect_request()

    def on_body(self, body: bytes) -> None:
        """Count what has come."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Wait no longer: the request is there, or the rest of one that was answered before."""
        self._incoming = _cancelled(self._incoming)
        if self.cycle and self.cycle.response_complete:
            self._expect_request()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request: an empty line would end uvicorn's own waiting for it."""
        has_next = bool(self.pipeline)  # it was sent before its turn, and is answered now
        super().on_response_complete()
        if not has_next and not self.transport.is_closing():
            self._expect_request()

    def _expect_request(self) -> None:
        self._incoming = _cancelled(self._incoming)
        self._began = self.loop.time()
        self._body = self._rest = 0
        self._incoming = self.loop.call_later(self.seconds, self._look_at_request)

    def _look_at_request(self) -> None:
        """Close the connection, unless its body comes fast enough or waits for us."""
        until = self._began + self.seconds + self._body / self.least_rate
        if self.flow.read_paused:
            until = self.loop.time() + self.seconds
        if until > self.loop.time():
            self._incoming = self.loop.call_at(until, self._look_at_request)
        else:
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        """Close the connection, with a status if no response has begun."""
        if self.cycle is None or not self.cycle.response_started:
            ending = b"content-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[status] + ending)
        self.transport.close()

    # Being read

    def pause_writing(self) -> None:
        """Wait for the client to take what is sent, so long."""
        super().pause_writing()
        waiting = cast(Transport, self.transport).get_write_buffer_size()
        self._outgoing = _cancelled(self._outgoing)
        seconds = self.seconds + waiting / self.least_rate
        self._outgoing = self.loop.call_later(seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Wait no longer: all is taken."""
        self._outgoing = _cancelled(self._outgoing)
        super().resume_writing()


def _cancelled(timer: TimerHandle | None) -> None:
    if timer:
        timer.cancel()

"""Answers in OpenAI's shapes as events, while they come to be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol

from .replies import (
    Reply,
    Stamp,
    annotations,
    chat_annotations,
    chat_head,
    chat_usage,
    item,
    part,
    response,
    response_head,
)

Event = dict[str, Any]


class Stream(Protocol):
    """The events of one reply, in the order of these methods; `piece` as often as need be."""

    def begin(self) -> Iterator[Event]:
        """Yield what is sent before anything is known of the answer."""
        ...

    def piece(self, text: str) -> Event:
        """Return how the text goes on."""
        ...

    def end(self, reply: Reply) -> Iterator[Event]:
        """Yield what is sent after the whole text."""
        ...

    def failed(self, error: Event) -> Event:
        """Return what is sent in place of the end; `error` is as OpenAI sends it."""
        ...


class ChatStream:
    """The chunks of a chat completion; the last delta has the annotations."""

    def __init__(self, with_usage: bool) -> None:
        self._head = chat_head(Stamp(), "chat.completion.chunk")
        self._with_usage = with_usage

    def begin(self) -> Iterator[Event]:
        """Yield the chunk that names the role."""
        yield self._chunk({"role": "assistant", "content": "", "refusal": None})

    def piece(self, text: str) -> Event:
        """Return a chunk of the text."""
        return self._chunk({"content": text})

    def end(self, reply: Reply) -> Iterator[Event]:
        """Yield the chunk with the annotations, and that of the usage."""
        last = self._chunk({"annotations": chat_annotations(reply.said.marks)}, "stop")
        yield {**last, **reply.sources}
        if self._with_usage:
            yield {**self._head, "choices": [], "usage": chat_usage(reply)}

    def failed(self, error: Event) -> Event:
        """Return the error, which is no chunk."""
        return error

    def _chunk(self, delta: Event, finish: str | None = None) -> Event:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._with_usage else {}
        return {**self._head, "choices": [choice], **usage}


class ResponseStream:
    """The events of a response, numbered."""

    def __init__(self) -> None:
        self._stamp = Stamp()
        self._place = {"item_id": f"msg_{self._stamp.id}", "output_index": 0, "content_index": 0}
        self._sent = 0

    def begin(self) -> Iterator[Event]:
        """Yield the events that open the response, its message, and the message's text."""
        begun = {**response_head(self._stamp, "in_progress"), "output": []}
        head = {"id": self._place["item_id"], "type": "message", "role": "assistant"}
        opened = {**head, "status": "in_progress", "content": []}
        yield self._event("response.created", response=begun)
        yield self._event("response.in_progress", response=begun)
        yield self._event("response.output_item.added", output_index=0, item=opened)
        yield self._event("response.content_part.added", **self._place, part=part("", []))

    def piece(self, text: str) -> Event:
        """Return the event of a delta."""
        return self._event("response.output_text.delta", **self._place, delta=text, logprobs=[])

    def end(self, reply: Reply) -> Iterator[Event]:
        """Yield the annotations, and the events that close what was opened."""
        reply = replace(reply, stamp=self._stamp)
        cited = annotations(reply.said.marks)
        for index, one in enumerate(cited):
            named = {"annotation_index": index, "annotation": one}
            yield self._event("response.output_text.annotation.added", **self._place, **named)
        text = reply.said.text
        yield self._event("response.output_text.done", **self._place, text=text, logprobs=[])
        yield self._event("response.content_part.done", **self._place, part=part(text, cited))
        yield self._event("response.output_item.done", output_index=0, item=item(reply))
        yield self._event("response.completed", response=response(reply))

    def failed(self, error: Event) -> Event:
        """Return the event of an error."""
        said = {name: error["error"][name] for name in ("code", "message", "param")}
        return self._event("error", **said, **error)

    def _event(self, type: str, **fields: Any) -> Event:
        number = self._sent
        self._sent += 1
        return {"type": type, **fields, "sequence_number": number}

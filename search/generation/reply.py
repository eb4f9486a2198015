"""What OpenAI's API sends as a reply, read: as a whole, or streamed while it is written."""

import json
from typing import Any

from ..errors import ReplyNotUnderstood, ReplyTooLong

_DATA = b"data:"
_DONE = b"[DONE]"
# Each word of the reply comes in JSON of its own; the thoughts of a model come, too.
_LONGEST_STREAM = 4 * 1024 * 1024  # bytes


class StreamedReply:
    """A reply so far: its `text`, and whether it is `done`."""

    def __init__(self, longest: int) -> None:
        """Begin an empty reply, whose text may have so many bytes."""
        self.text = ""
        self.done = False
        self._longest = longest
        self._received = 0
        self._line = b""

    def add(self, received: bytes) -> None:
        """Take a part of the events. Raises ReplyNotUnderstood and ReplyTooLong."""
        self._received += len(received)
        if self._received > _LONGEST_STREAM:
            raise ReplyTooLong(most=_LONGEST_STREAM)
        *lines, self._line = (self._line + received).split(b"\n")
        for line in lines:
            if line.startswith(_DATA) and not self.done:
                self._take(line.removeprefix(_DATA).strip())
        if len(self.text) > self._longest:
            raise ReplyTooLong(most=self._longest)

    def _take(self, data: bytes) -> None:
        if data == _DONE:
            self.done = True
            return
        try:
            choices = json.loads(data)["choices"]
            content = choices[0].get("delta", {}).get("content") if choices else None
        except (ValueError, RecursionError) as error:
            raise ReplyNotUnderstood(reason="a part of it is no JSON") from error
        except (LookupError, TypeError, AttributeError) as error:
            raise ReplyNotUnderstood(reason="a part of it holds no message") from error
        self.text += _checked(content)


def content_of(reply: bytes) -> str:
    """Return the text of a reply that came as a whole. Raises ReplyNotUnderstood."""
    try:
        content = json.loads(reply)["choices"][0]["message"]["content"]
    except (ValueError, RecursionError) as error:
        raise ReplyNotUnderstood(reason="it is no JSON") from error
    except (LookupError, TypeError) as error:
        raise ReplyNotUnderstood(reason="it holds no message") from error
    if content is None:
        raise ReplyNotUnderstood(reason="its message is no text")
    return _checked(content)


def _checked(content: Any) -> str:
    if content is not None and not isinstance(content, str):
        raise ReplyNotUnderstood(reason="its message is no text")
    return content or ""

"""The requests that OpenAI's clients send, as far as they mean something here.

Clients send many more parameters, such as `temperature`. What would only shape how a language model
writes is ignored; what asks for something else than an answer is refused, as OpenAI refuses what a
model cannot do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..errors import ModelMissing, NoQuestionAsked, ParameterUnsupported
from ..requests import FiltersMessage

MODEL = "dragoman"
_KEPT = ("user", "assistant")
_MOST_OF_HISTORY = 64_000  # characters, of the last turns
_TEXTS = ("text", "input_text", "output_text")


def _as_messages(given: object) -> object:
    return [{"role": "user", "content": given}] if isinstance(given, str) else given


class _OpenAIRequest(BaseModel):
    """What the two kinds of requests have in common."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(description=f"`{MODEL}`, the only one.")
    stream: bool | None = Field(default=False, description="Send the answer as events.")
    filters: FiltersMessage | None = Field(
        default=None, description="Dragoman's own: which articles may answer."
    )

    def asked(self) -> tuple[str, list[dict[str, str]]]:
        """Return the question, which is the last turn of the user, and the turns before it.

        Raises ModelMissing, ParameterUnsupported and NoQuestionAsked.
        """
        if self.model.rpartition("/")[2] != MODEL:  # some proxies name the provider first
            raise ModelMissing(model=self.model[:80])
        for name, value in self._refused():
            raise ParameterUnsupported(name=name, value=str(value)[:80])
        turns = [*_turns(self._given())]
        while turns and turns[-1]["role"] != "user":
            turns.pop()
        if not turns or not turns[-1]["content"].strip():  # an earlier question is answered already
            raise NoQuestionAsked
        question = turns.pop()["content"]
        return question, _last([turn for turn in turns if turn["content"].strip()])

    def _given(self) -> Sequence[Mapping[str, Any]]:
        raise NotImplementedError

    def _refused(self) -> Iterator[tuple[str, object]]:
        raise NotImplementedError


class StreamOptions(BaseModel):
    """How a chat completion is streamed."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool | None = Field(
        default=False, description="End with a chunk that has the `usage`."
    )


class ChatRequest(_OpenAIRequest):
    """A chat completion that is asked for."""

    messages: list[dict[str, Any]] = Field(
        description="The conversation; the last turn of the user is the question.",
        examples=[[{"role": "user", "content": "Who led the Ukrainian delegation in Istanbul?"}]],
    )
    stream_options: StreamOptions | None = None

    def _given(self) -> Sequence[Mapping[str, Any]]:
        return self.messages

    def _refused(self) -> Iterator[tuple[str, object]]:
        more = self.model_extra or {}
        if more.get("n") not in (None, 1):
            yield "n", more["n"]
        if more.get("logprobs"):
            yield "logprobs", True
        if _format(more.get("response_format")):
            yield "response_format", more["response_format"]
        if _asks_for_more_than_text(more.get("modalities")):
            yield "modalities", more["modalities"]
        if more.get("tool_choice") not in (None, "none", "auto"):
            yield "tool_choice", more["tool_choice"]


class ResponsesRequest(_OpenAIRequest):
    """A response that is asked for."""

    input: Annotated[
        list[dict[str, Any]],
        BeforeValidator(_as_messages, json_schema_input_type=str | list[dict[str, Any]]),
    ] = Field(description="The question, or the conversation that ends with it.")

    def _given(self) -> Sequence[Mapping[str, Any]]:
        return [one for one in self.input if one.get("type") in (None, "message")]

    def _refused(self) -> Iterator[tuple[str, object]]:
        more = self.model_extra or {}
        for name in ("previous_response_id", "conversation", "background", "prompt"):
            if more.get(name):  # nothing of a conversation is kept here
                yield name, more[name]
        text = more.get("text")
        if isinstance(text, dict) and _format(text.get("format")):
            yield "text.format", text["format"]
        if more.get("tool_choice") not in (None, "none", "auto"):
            yield "tool_choice", more["tool_choice"]


def _last(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the last turns, of which there may be more than a question is understood from."""
    characters = 0
    for number, turn in enumerate(reversed(turns)):
        characters += len(turn["content"])
        if characters > _MOST_OF_HISTORY:
            return turns[len(turns) - number :]
    return turns


def _format(given: object) -> bool:
    """Return whether another format than text is asked for."""
    return isinstance(given, dict) and given.get("type", "text") != "text"


def _asks_for_more_than_text(modalities: object) -> bool:
    return isinstance(modalities, list) and any(one != "text" for one in modalities)


def _turns(messages: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the text of the turns of user and assistant: of instructions, tools and images none is
    conversation.
    """
    for message in messages:
        if message.get("role") in _KEPT:
            yield {"role": message["role"], "content": _text(message.get("content"))}


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [
        part if isinstance(part, str) else part.get("text")
        for part in content
        if isinstance(part, str) or (isinstance(part, dict) and part.get("type") in _TEXTS)
    ]
    return "\n".join(part for part in parts if isinstance(part, str))

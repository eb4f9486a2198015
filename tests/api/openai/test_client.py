"""The shapes of OpenAI's API, as the `openai` client reads them."""

from collections.abc import Iterator
from types import SimpleNamespace

import openai
import pytest
from openai import OpenAI

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from initials_encoder import WaitingEncoder
from served import served

QUESTION = "Who led the Ukrainian delegation in Istanbul?"
CONVERSATION = [
    {"role": "developer", "content": "Be brief."},
    {"role": "user", "content": "Who led Russia's delegation in Istanbul?"},
    {"role": "assistant", "content": None, "tool_calls": []},
    {"role": "tool", "tool_call_id": "1", "content": "{}"},
    {"role": "assistant", "content": "Vladimir Medinsky led it. [1]"},
    {"role": "user", "content": [
        {"type": "text", "text": "And Ukraine's?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}},
    ]},
]  # fmt: skip

PICTURE = {"role": "user", "content": [CONVERSATION[-1]["content"][1]]}


@pytest.fixture
def client(talks_address) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{talks_address}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.fixture
def of_ships(shipping_address) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{shipping_address}/v1", api_key="no", max_retries=0) as client:
        yield client


def check_annotations(text: str, marks: list) -> None:
    assert marks
    for mark in marks:
        assert text[mark.start_index : mark.end_index].strip("[]").isdigit()
        assert mark.url.startswith("http://127.0.0.1:")
        assert mark.title


def test_the_answer_is_the_assistants_turn_with_its_sources(client):
    message = [{"role": "user", "content": QUESTION}]
    completion = client.chat.completions.create(
        model="dragoman", messages=message, temperature=0.2, max_tokens=500
    )
    (choice,) = completion.choices
    assert "Arakhamia" in choice.message.content
    assert choice.finish_reason == "stop"
    marks = [one.url_citation for one in choice.message.annotations]
    check_annotations(choice.message.content, marks)
    assert completion.citations == [mark.url for mark in marks]
    assert {"title", "url", "date", "snippet"} == set(completion.search_results[0])
    assert completion.usage.total_tokens > completion.usage.prompt_tokens > 0


def test_the_pieces_of_a_stream_are_the_whole(client):
    asked = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}
    whole = client.chat.completions.create(**asked).choices[0].message
    chunks = [*client.chat.completions.create(**asked, stream=True)]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(one.choices[0].delta.content or "" for one in chunks) == whole.content
    assert [one.choices[0].finish_reason for one in chunks][-2:] == [None, "stop"]
    marks = chunks[-1].choices[0].delta.annotations
    check_annotations(whole.content, [SimpleNamespace(**mark["url_citation"]) for mark in marks])
    assert {one.usage for one in chunks} == {None}
    counted = client.chat.completions.create(
        **asked, stream=True, stream_options={"include_usage": True}
    )
    *_, last = counted
    assert (last.choices, last.usage.total_tokens > 0) == ([], True)


def test_the_last_turn_is_asked_and_the_turns_before_are_its_history(client):
    completion = client.chat.completions.create(model="dragoman", messages=CONVERSATION)
    assert "Arakhamia" in completion.choices[0].message.content


def test_a_client_with_many_tools_and_a_long_history_is_answered(client):
    tools = [{"type": "function", "function": {"name": "t", "description": "long " * 40_000}}]
    before = [{"role": "user", "content": "Who won the chess tournament? " * 10_000}]
    completion = client.chat.completions.create(
        model="dragoman", messages=[*before, *CONVERSATION], tools=tools
    )
    assert "Arakhamia" in completion.choices[0].message.content
    assert completion.usage.prompt_tokens < 100


def test_a_response_has_the_answer_and_its_events_the_same(client):
    response = client.responses.create(model="dragoman", input=QUESTION)
    assert response.status == "completed"
    assert "Arakhamia" in response.output_text
    check_annotations(response.output_text, response.output[0].content[0].annotations)
    with client.responses.stream(model="dragoman", input=QUESTION) as stream:
        events = [*stream]
        final = stream.get_final_response()
    assert final.output_text == response.output_text
    pieces = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(pieces) == response.output_text
    assert [event.sequence_number for event in events if hasattr(event, "sequence_number")]


def test_a_response_takes_a_conversation(client):
    items = [
        {"role": "user", "content": [{"type": "input_text", "text": CONVERSATION[1]["content"]}]},
        {"type": "message", "role": "assistant", "content": [
            {"type": "output_text", "text": "Vladimir Medinsky led it."}]},
        {"type": "function_call_output", "call_id": "1", "output": "{}"},
        {"type": None, "role": "user", "content": "And Ukraine's?"},
    ]  # fmt: skip
    assert "Arakhamia" in client.responses.create(model="dragoman", input=items).output_text


def test_what_the_articles_do_not_answer_is_said_so(client):
    completion = client.chat.completions.create(
        model="dragoman",
        messages=[{"role": "user", "content": "Which team won the ice hockey final in Oslo?"}],
    )
    assert completion.choices[0].message.content.startswith("The articles here do not answer this.")
    assert completion.choices[0].message.annotations == []
    assert completion.dragoman["status"] == "not_in_corpus"


def test_filters_are_given_beside_openais_parameters(client):
    asked = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}
    filters = {"sources": ["nobody"]}
    completion = client.chat.completions.create(**asked, extra_body={"filters": filters})
    assert completion.dragoman["reason"] in ("filtered", "empty")


def test_there_is_one_model(client):
    assert [model.id for model in client.models.list()] == ["dragoman"]
    assert client.models.retrieve("dragoman").owned_by == "dragoman"
    with pytest.raises(openai.NotFoundError) as missing:
        client.models.retrieve("gpt-4o")
    assert missing.value.code == "model_not_found"


@pytest.mark.parametrize(
    ("parameters", "code", "param"),
    [
        ({"n": 2}, "unsupported_parameter", "n"),
        (
            {"response_format": {"type": "json_object"}},
            "unsupported_parameter",
            "response_format",
        ),
        ({"messages": []}, "no-question-asked", None),
        ({"messages": [{"role": "system", "content": "Be brief."}]}, "no-question-asked", None),
        ({"messages": [*CONVERSATION, PICTURE]}, "no-question-asked", None),
        (
            {"messages": [*CONVERSATION, {"role": "user", "content": None}]},
            "no-question-asked",
            None,
        ),
        ({"messages": [{"role": "user", "content": "?" * 9}]}, "empty-question", None),
        ({"messages": "Who?"}, "invalid-request", "messages"),
        ({"extra_body": {"filters": {"since": "soon"}}}, "date-not-understood", None),
    ],
)
def test_what_cannot_be_asked_is_a_bad_request(of_ships, parameters, code, param):
    asked = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}
    for stream in (False, True):
        with pytest.raises(openai.BadRequestError) as refused:
            of_ships.chat.completions.create(**{**asked, **parameters}, stream=stream)
        assert refused.value.code == code
        assert refused.value.param == param
        assert refused.value.type == "invalid_request_error"


def test_a_response_that_builds_on_another_is_refused(of_ships):
    with pytest.raises(openai.BadRequestError, match="previous_response_id"):
        of_ships.responses.create(model="dragoman", input="Who?", previous_response_id="resp_1")


def test_keys_and_rates_are_refused_as_the_client_expects(shipping):
    settings = ServiceSettings(rate_limit="1/minute")
    _, secret = Keys(keys_beside(shipping.folder)).create("chat")
    with served(create_app(shipping, settings)) as port:
        base = f"http://127.0.0.1:{port}/v1"
        with OpenAI(base_url=base, api_key="wrong", max_retries=0) as client:
            with pytest.raises(openai.AuthenticationError) as refused:
                client.models.list()
            assert refused.value.code == "invalid_api_key"
        with OpenAI(base_url=base, api_key=secret, max_retries=0) as client:
            client.models.list()
            with pytest.raises(openai.RateLimitError):
                client.models.list()


def test_a_failure_within_a_stream_is_an_error_of_the_client(tmp_path):
    encoder = WaitingEncoder()
    dragoman = Dragoman.open(tmp_path / "held", encoder)
    dragoman.add([{"title": "Grain", "text": "Grain leaves the port on ships."}])
    asked = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}
    with (
        served(create_app(dragoman, ServiceSettings(deadline=0.3))) as port,
        OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="no", max_retries=0) as client,
    ):
        encoder.hold()
        try:
            with pytest.raises(openai.APIError, match="longer than"):
                [*client.chat.completions.create(**asked, stream=True)]
        finally:
            encoder.let_go.set()

import pytest

from dragoman.api.chat_model import chat_model_from
from dragoman.search.errors import ChatModelAddressUnusable, ChatModelTimeoutOutOfRange
from dragoman.search.generation.llm import ChatModel

URL = {"DRAGOMAN_LLM_URL": "http://localhost:11434/v1"}


@pytest.mark.parametrize(
    "environment", [{}, {"DRAGOMAN_LLM_URL": " "}, {"DRAGOMAN_LLM_MODEL": "m"}]
)
def test_without_an_address_there_is_none(environment):
    assert chat_model_from(environment) is None


def test_what_the_environment_says_is_used():
    more = {"DRAGOMAN_LLM_MODEL": "m", "DRAGOMAN_LLM_KEY": "k\n", "DRAGOMAN_LLM_TIMEOUT": "90"}
    assert chat_model_from(URL) == ChatModel("http://localhost:11434/v1")
    assert chat_model_from(URL | more) == ChatModel("http://localhost:11434/v1", "m", "k", 90.0)


@pytest.mark.parametrize("timeout", ["soon", "0", "-3", "nan", "1e9"])
def test_a_timeout_that_is_none(timeout):
    with pytest.raises(ChatModelTimeoutOutOfRange, match="above 0, up to 600"):
        chat_model_from(URL | {"DRAGOMAN_LLM_TIMEOUT": timeout})


def test_an_address_that_is_none():
    with pytest.raises(ChatModelAddressUnusable, match="http://"):
        chat_model_from({"DRAGOMAN_LLM_URL": "localhost:11434"})

"""The examples of docs/chatbots/integrations.md run, and print what is shown below them."""

import pytest

from complete_examples import check_example, complete_examples

for package in ("langchain_core", "llama_index.core", "haystack"):
    pytest.importorskip(package, reason="make test-integrations")


EXAMPLES = {
    name: example
    for name, example in complete_examples().items()
    if name.startswith("integrations")
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_what_is_shown(name, talks, service):
    check_example(*EXAMPLES[name], service, str(talks.folder))


def test_there_is_an_example_for_each():
    assert len(EXAMPLES) == 3

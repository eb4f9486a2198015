"""Question and passage as one sequence of tokens, as the reader takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from ...corpus.article import Article, Span
from ...corpus.splitting import encoder_text
from ...corpus.text.spelling import in_plain_letters

TitledText = tuple[str, str]  # a passage's title, which may be empty, and its text
# The most tokens of a question, and of question, title and text together; the rest is cut.
_QUESTION_TOKENS = 64
MOST_TOKENS = 384


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The tokens of a passage: of its title, and of its text with their offsets."""

    title: list[int]
    text: list[int]
    offsets: list[Span]


@dataclass(frozen=True, slots=True)
class Pair:
    """[CLS] question [SEP] title text [SEP], of which `types` are 0 to the first [SEP], then 1.

    The token at `first` is the text's first; `offsets` are those of the text's tokens, as far as
    it was not cut.
    """

    ids: list[int]
    types: list[int]
    first: int
    offsets: list[Span]


class PairTokenizer:
    """Makes pairs, with the tokenizer in the file `tokenizer.json` of a BERT model."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cls, self._sep = map(self._tokenizer.token_to_id, ("[CLS]", "[SEP]"))

    def question(self, text: str) -> list[int]:
        """Return the tokens of a question, of a long one the first."""
        plain = in_plain_letters(text)
        return self._tokenizer.encode(plain, add_special_tokens=False).ids[:_QUESTION_TOKENS]

    def passages(self, passages: Sequence[TitledText]) -> list[PassageTokens]:
        """Return the tokens of passages."""
        title_lines = [
            encoder_text(Article(id="", title=title, text=""), "") for title, _ in passages
        ]
        titles = self._tokenizer.encode_batch_fast(title_lines, add_special_tokens=False)
        texts = self._tokenizer.encode_batch(
            [in_plain_letters(text) for _, text in passages], add_special_tokens=False
        )
        return [
            PassageTokens(title.ids, text.ids, text.offsets)
            for title, text in zip(titles, texts, strict=True)
        ]

    def pair(self, question: list[int], passage: PassageTokens, most: int = MOST_TOKENS) -> Pair:
        """Join a question and a passage into at most `most` tokens; the rest is cut."""
        head = [self._cls, *question, self._sep]
        title = passage.title[: max(most - len(head) - 1, 0)]
        first = len(head) + len(title)
        room = max(most - first - 1, 0)
        body = [*title, *passage.text[:room], self._sep]
        types = [0] * len(head) + [1] * len(body)
        return Pair(head + body, types, first, passage.offsets[:room])

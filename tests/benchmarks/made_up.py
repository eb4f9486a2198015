"""Articles made up from the sentences of the bundled ones, where there is nothing better."""

import json
import random
from pathlib import Path

from dragoman.corpus.loading import read_articles
from dragoman.corpus.text.sentences import sentence_spans
from dragoman.search.bundled import BUNDLED


def write_made_up_articles(path: Path, articles: int) -> Path:
    """Write a JSONL file of articles of about 1,500 words, the same every time."""
    sentences = [
        article.text[slice(*span)]
        for article in read_articles(BUNDLED)
        if not isinstance(article, Exception)
        for span in sentence_spans(article.text)
    ]
    chance = random.Random(2022)
    with path.open("w") as file:
        for number in range(articles):
            text = "\n\n".join(" ".join(chance.choices(sentences, k=4)) for _ in range(22))
            record = {"id": f"made-up-{number}", "title": chance.choice(sentences), "text": text}
            file.write(json.dumps(record) + "\n")
    return path

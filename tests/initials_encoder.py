"""An encoder whose vectors can be computed in one's head: how many words begin with each letter."""

import threading
from collections.abc import Sequence

import numpy as np

from dragoman.index.encoding.encoder import Vectors


class InitialsEncoder:
    """Counts the words that begin with a to z; a word is a token; vectors have unit length."""

    fingerprint = "initials 26"
    dimension = 26

    def __init__(self, max_tokens: int = 256, fingerprint: str = "initials 26") -> None:
        self.max_tokens = max_tokens
        self.fingerprint = fingerprint
        self.encoded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_question(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        for word in text.lower().split():
            if "a" <= word[0] <= "z":
                vector[ord(word[0]) - ord("a")] += 1
        length = np.linalg.norm(vector)
        return vector / length if length else np.full(26, 26**-0.5, np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return np.stack([self.encode_question(text) for text in texts])


class WaitingEncoder(InitialsEncoder):
    """Keeps every question waiting from `hold()` until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.let_go.set()

    def hold(self) -> None:
        self.let_go.clear()
        self.entered = threading.Semaphore(0)

    def encode_question(self, text):
        if not self.let_go.is_set():
            self.entered.release()
            self.let_go.wait(timeout=30)
        return super().encode_question(text)


class HeldEncoder(InitialsEncoder):
    """Keeps every article waiting until it is let go; fails once it is broken."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.broken = False

    def encode_passages(self, texts):
        self.let_go.wait(timeout=30)
        if self.broken:
            raise RuntimeError("no memory")
        return super().encode_passages(texts)

"""Copying an archive to another place."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from milvus_server import VARIABLE

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.fetching.visit import Visit
from dragoman.index import copying
from dragoman.index.archive import BUNDLED_SETTING, ArchiveWriter, EncodedArticle
from dragoman.index.copying import contents_of, copy_archive
from dragoman.index.errors import (
    ArchiveMissing,
    CopiedMeanwhile,
    CopyDiffers,
    CopyOfOtherEncoder,
    CopyOntoItself,
    NothingToCopy,
    TargetHoldsOthers,
)
from dragoman.index.local.writer import LocalWriter
from dragoman.index.opening import open_archive, writing
from initials_encoder import InitialsEncoder

ENCODER = InitialsEncoder()
FULL = Article(
    "a/1", "Talks", "They met.\n\nThey left.", "Gazete Doğu", "https://example.org/1",
    date(2022, 3, 29), date(2022, 3, 28), "digest", ("A. Yazar",), ("barış", "Talks"), (),
    datetime(2022, 3, 29, 9, tzinfo=UTC), "address",
)  # fmt: skip
NUMBERED = [Article(f"n{n}", "", f"apple {'bear ' * n}") for n in range(7)]


@pytest.fixture
def addresses(tmp_path) -> Iterator[str]:
    numbers = iter(range(10**6))
    return (str(tmp_path / f"archive {number}") for number in numbers)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(copying, "_AT_ONCE", 2)


def encoded(article: Article, encoder: InitialsEncoder = ENCODER) -> EncodedArticle:
    texts = article.text.split("\n\n")
    starts = [article.text.index(text) for text in texts]
    passages = [
        Passage(article.id, n, (start, start + len(text)), text, cut=n == 1)
        for n, (start, text) in enumerate(zip(starts, texts, strict=True))
    ]
    return article, passages, encoder.encode_passages(texts)


def put(address: str, *articles: Article, encoder: InitialsEncoder = ENCODER) -> None:
    with writing(address, encoder) as writer:
        for article in articles:
            writer.put([encoded(article, encoder)])


def ids(address: str) -> list[str]:
    with closing(open_archive(address)) as archive:
        return [article.id for article in archive.articles()]


def contents(address: str) -> copying.Contents:
    with closing(open_archive(address)) as archive:
        return contents_of(archive)


@pytest.fixture(params=["local", "milvus-lite", "milvus"])
def elsewhere(request, tmp_path, monkeypatch) -> str:
    """An address of a new archive of each kind."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if request.param == "milvus-lite":
        return f"milvus+lite:{tmp_path / 'elsewhere'}"
    if request.param == "milvus":
        if VARIABLE not in os.environ:
            pytest.skip("there is no server: make test-milvus starts one")
        return f"{os.environ[VARIABLE]}/t{uuid4().hex}"
    return str(tmp_path / "elsewhere")


def test_all_of_an_archive_is_copied_there_and_back(addresses, elsewhere):
    source, target = next(addresses), elsewhere
    put(source, replace(FULL, text="They meet."), replace(FULL, title="Talks?"), FULL, *NUMBERED)
    visit, file = Visit("https://example.org/1", "a/1", "e", "m", "s"), Path("/news/a.txt")
    with writing(source) as writer:
        writer.note_visits([visit])
        writer.note_files({file: {"a/1", "n1"}})
        writer.put_setting(BUNDLED_SETTING, "yes")
    done = copy_archive(source, target)
    assert (done.copied, done.removed) == (8, 0)
    assert (done.contents.articles, done.contents.versions) == (8, 2)
    with closing(open_archive(source)) as old, closing(open_archive(target)) as new:
        assert [*new.articles()] == [*old.articles()] == [FULL, *NUMBERED]
        assert new.versions("a/1") == old.versions("a/1")
        assert [one.passage for one in new.passages_of("a/1")] == encoded(FULL)[1]
        (number, *_) = [one.number for one in new.passages_of("a/1")]
        assert np.array_equal(new.vectors([number])[number], encoded(FULL)[2][0])
        assert new.remembered() == old.remembered() == ([visit], {file: {"a/1", "n1"}})
        assert new.setting(BUNDLED_SETTING) == "yes"
        assert new.summary().encoder == ENCODER.fingerprint
        assert len(new.snapshot().matching("bear", 10)) == 6
        assert len(new.snapshot().nearest(ENCODER.encode_question("bear"), 20)) == 9
    back = next(addresses)
    assert copy_archive(target, back).contents == contents(source)
    put(source, replace(FULL, text="They met again."))
    updated = copy_archive(source, target, update=True)
    assert (updated.copied, updated.removed) == (1, 1)


ARTICLES = st.builds(
    Article,
    st.sampled_from(["a", "b", "ç/1", "d"]),
    st.sampled_from(["", "Talks", "Görüşme"]),
    st.sampled_from(["apple", "bear\n\ncat", "dog\n\negg\n\nfox", "𝒶 astral"]),
    source=st.sampled_from([None, "Post"]),
    published=st.sampled_from([None, date(2022, 3, 29)]),
    tags=st.sampled_from([(), ("a", "b")]),
    dated_by=st.sampled_from([None, "address"]),
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(articles=st.lists(ARTICLES, min_size=1, max_size=8))
def test_there_and_back_it_is_the_same(addresses, articles):
    first, second, third = next(addresses), next(addresses), next(addresses)
    put(first, *articles)
    there, back = copy_archive(first, second), copy_archive(second, third)
    assert there == back
    assert contents(third) == contents(first) == there.contents


class Killed(BaseException):
    """Ends a copying as a kill would, but for the process."""


def test_a_copy_that_is_interrupted_goes_on(addresses, small_parts):
    source, target = next(addresses), next(addresses)
    put(source, replace(NUMBERED[3], text="former"), *NUMBERED)

    def stop(done: int, _total: int) -> None:
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        copy_archive(source, target, on_copied=stop)
    assert ids(target) == ids(source)[:4]
    done = copy_archive(source, target)
    assert done.copied == 3
    assert copy_archive(source, target).copied == 0
    assert contents(target) == contents(source)


def test_versions_are_there_before_their_article(addresses, small_parts, monkeypatch):
    """So that what is killed between the two is copied again, not passed over."""
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED[:4], replace(NUMBERED[1], text="new"))
    whole = LocalWriter.put

    def killed_at_the_second(self: ArchiveWriter, articles: list[EncodedArticle]) -> None:
        if any(article.id == "n1" for article, _, _ in articles):
            raise Killed
        whole(self, articles)

    monkeypatch.setattr(LocalWriter, "put", killed_at_the_second)
    with pytest.raises(Killed):
        copy_archive(source, target)
    monkeypatch.setattr(LocalWriter, "put", whole)
    assert copy_archive(source, target).contents == contents(source)


def test_a_killed_process_loses_nothing_that_it_had_copied(addresses):
    source, target = next(addresses), next(addresses)
    articles = [replace(NUMBERED[n % 7], id=str(n)) for n in range(420)]
    with writing(source, ENCODER) as writer:
        writer.put(map(encoded, articles))
    code = (
        "import os, sys; from dragoman.index.copying import copy_archive;"
        "copy_archive(*sys.argv[1:], on_copied=lambda done, _: done < 200 or os._exit(9))"
    )
    killed = subprocess.run([sys.executable, "-c", code, source, target], check=False)
    assert killed.returncode == 9
    assert copy_archive(source, target).copied == 220
    assert ids(target) == ids(source)


def test_what_the_target_holds_besides_is_kept_unless_it_may_be_removed(addresses):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED)
    put(target, NUMBERED[0], FULL, NUMBERED[1])
    before = contents(target)
    with pytest.raises(TargetHoldsOthers, match=r"\(1, such as 'a/1'\)"):
        copy_archive(source, target)
    assert contents(target) == before
    done = copy_archive(source, target, update=True)
    assert (done.copied, done.removed) == (5, 1)
    assert contents(target) == contents(source)


def test_what_changed_since_the_last_copy_is_brought_over(addresses):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED)
    copy_archive(source, target)
    put(source, replace(NUMBERED[2], text="corrected"))
    with writing(source) as writer:
        writer.remove(["n5"])
    with pytest.raises(TargetHoldsOthers, match=r"\(2, such as 'n2'\)"):
        copy_archive(source, target)
    done = copy_archive(source, target, update=True)
    assert (done.copied, done.removed) == (1, 2)
    assert contents(target) == contents(source)


def test_more_articles_need_no_permission(addresses):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED[:4])
    copy_archive(source, target)
    put(source, *NUMBERED[4:])
    assert copy_archive(source, target).copied == 3


def test_the_order_is_the_sources(addresses):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED)
    put(target, NUMBERED[4], NUMBERED[0])
    copy_archive(source, target)
    assert ids(target) == ids(source)


def test_what_changes_while_it_is_copied_is_brought_over(addresses, small_parts):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED)
    changes = iter([replace(NUMBERED[0], text="corrected"), FULL])

    def change(_done: int, _total: int) -> None:
        for article in changes:
            put(source, article)
            return

    copy_archive(source, target, on_copied=change)
    assert contents(target) == contents(source)
    assert contents(target).articles == 8


def test_a_source_that_never_rests_is_told(addresses):
    source, target = next(addresses), next(addresses)
    put(source, *NUMBERED)
    texts = iter(range(100))
    with pytest.raises(CopiedMeanwhile, match="Leave it alone meanwhile"):
        copy_archive(
            source,
            target,
            on_copied=lambda *_: put(source, replace(FULL, text=f"again {next(texts)}")),
        )


def test_another_encoder_is_refused_by_both_names(addresses):
    source, target = next(addresses), next(addresses)
    put(source, FULL)
    put(target, FULL, encoder=InitialsEncoder(fingerprint="other 26"))
    with pytest.raises(CopyOfOtherEncoder, match=r"\[other 26\].*\[initials 26\].*new place"):
        copy_archive(source, target, update=True)


def test_other_vectors_of_the_same_article_are_told(addresses):
    source, target = next(addresses), next(addresses)
    put(source, FULL)
    article, passages, vectors = encoded(FULL)
    with writing(target, ENCODER) as writer:
        writer.put([(article, passages, vectors[::-1])])
    with pytest.raises(CopyDiffers, match="differ in vectors"):
        copy_archive(source, target)


def test_nothing_and_itself_are_not_copied(addresses, tmp_path):
    source, target = next(addresses), next(addresses)
    with pytest.raises(ArchiveMissing):
        copy_archive(source, target)
    put(source)
    with pytest.raises(NothingToCopy):
        copy_archive(source, target)
    (tmp_path / "link").symlink_to(source)
    with pytest.raises(CopyOntoItself):
        copy_archive(source, tmp_path / "link")
    assert not Path(target).exists()

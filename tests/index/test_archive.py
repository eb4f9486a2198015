"""What every implementation of an archive must do, through the protocol alone."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.text.stems import stems_of
from dragoman.index.archive import Archive, ArticleRef, Days, EncodedArticle, PassageText, Snapshot
from dragoman.index.errors import ArchiveBusy, ArchiveMissing, EncoderMismatch
from dragoman.index.opening import has_archive, open_archive, writing
from dragoman.index.restricted import RestrictedArchive
from initials_encoder import InitialsEncoder

ENCODER = InitialsEncoder()
OTHER = InitialsEncoder(fingerprint="other 26")
WORDS = ["apple", "bear", "cat", "dog", "egg", "fox"]
REPRINTED = " ".join(f"word{n}" for n in range(60))


def in_a_folder(tmp_path: Path) -> Generator[str]:
    """Return addresses of new archives in folders."""
    numbers = iter(range(10**6))
    return (str(tmp_path / f"archive {number}") for number in numbers)


def in_milvus_lite(tmp_path: Path) -> Generator[str]:
    """Return addresses of new archives in Milvus Lite."""
    return (f"milvus+lite:{path}" for path in in_a_folder(tmp_path))


def on_milvus(_: Path) -> Generator[str]:
    """Return addresses of new archives on the server milvus://HOST:PORT that a variable names."""
    from pymilvus import MilvusClient  # it takes half a second

    server = os.environ["DRAGOMAN_TEST_MILVUS"]
    run = f"t{uuid4().hex}"
    try:
        yield from (f"{server}/{run}n{number}" for number in range(10**6))
    finally:
        client = MilvusClient(server.replace("milvus", "http"))
        for name in client.list_collections():
            if name.startswith(run):
                client.drop_collection(name)


# A further implementation is one more entry here: what returns addresses of new archives.
IMPLEMENTATIONS: dict[str, Callable[[Path], Generator[str]]] = {
    "local": in_a_folder,
    "milvus-lite": in_milvus_lite,
}
if "DRAGOMAN_TEST_MILVUS" in os.environ:
    IMPLEMENTATIONS["milvus"] = on_milvus


@pytest.fixture(params=IMPLEMENTATIONS)
def addresses(request, tmp_path, monkeypatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = IMPLEMENTATIONS[request.param](tmp_path)
    yield found
    found.close()


@pytest.fixture
def address(addresses) -> str:
    return next(addresses)


@pytest.fixture
def filled(address) -> str:
    put(address, article("a", "apple apple"), article("b", "bear bear", source="Post"))
    return address


def article(id: str, text: str, **fields) -> Article:
    return Article(id=id, title="", text=text, **fields)


def encoded(article: Article, encoder: InitialsEncoder = ENCODER) -> EncodedArticle:
    """Return an article with each of its paragraphs as a passage."""
    passages, start = [], 0
    for position, text in enumerate(article.text.split("\n\n")):
        passages.append(Passage(article.id, position, (start, start + len(text)), text))
        start += len(text) + 2
    return article, passages, encoder.encode_passages([passage.text for passage in passages])


def put(address: str, *articles: Article) -> None:
    with writing(address, ENCODER) as writer:
        writer.put(map(encoded, articles))


def remove(address: str, *ids: str) -> list[str]:
    with writing(address) as writer:
        return writer.remove(ids)


def ids_of(archive: Archive, passages: dict[int, float]) -> list[str]:
    """Return the articles of passages that were found, those left out that are gone."""
    stored = archive.passages(list(passages))
    return [stored[number].article.id for number in passages if number in stored]


def nearest(archive: Archive, question: str, snapshot: Snapshot | None = None) -> list[str]:
    vector = ENCODER.encode_question(question)
    return ids_of(archive, (snapshot or archive.snapshot()).nearest(vector, 10))


def matching(archive: Archive, question: str, snapshot: Snapshot | None = None) -> list[str]:
    return ids_of(archive, (snapshot or archive.snapshot()).matching(question, 10))


def first_passage(archive: Archive, word: str) -> int:
    return next(iter(archive.snapshot().matching(word, 1)))


# What is put is found


def test_what_is_put_is_found_by_both_indexes_and_by_its_id(filled):
    archive = open_archive(filled)
    assert nearest(archive, "bear")[0] == "b"
    assert matching(archive, "apple") == ["a"]
    assert archive.article("b") == article("b", "bear bear", source="Post")
    assert archive.article("never") is archive.article("\ud800") is None


def test_every_field_comes_back(address):
    full = Article(
        "a/1", "Talks", "They met.\n\nThey left.", "Gazete Doğu", "https://example.org/1",
        date(2022, 3, 29), date(2022, 3, 28), "digest", ("A. Yazar", "B. Автор"),
    )  # fmt: skip
    put(address, full)
    archive = open_archive(address)
    assert list(archive.articles()) == [full]
    number = first_passage(archive, "left")
    stored = archive.passages([number, number + 10**6])
    assert list(stored) == [number]
    assert stored[number].article == full
    assert stored[number].passage == Passage("a/1", 1, (11, 21), "They left.")
    assert archive.texts([number]) == {
        number: PassageText(
            "Talks", "They left.", "Gazete Doğu", date(2022, 3, 29), date(2022, 3, 28)
        )
    }
    assert archive.days([number, number + 10**6]) == {
        number: Days(date(2022, 3, 29), date(2022, 3, 28))
    }


def test_stems_are_those_of_the_title_and_the_text(address):
    put(address, replace(article("a", "apple\n\nTwo bears."), title="Talks"))
    archive = open_archive(address)
    first, second = first_passage(archive, "apple"), first_passage(archive, "bears")
    stems = archive.stems([first, second, second + 10**6])
    assert {number: found.tolist() for number, found in stems.items()} == {
        first: stems_of("Talks", "apple").tolist(),
        second: stems_of("Talks", "Two bears.").tolist(),
    }


def test_stems_are_gone_with_their_passages_and_kept_when_encoded_again(filled):
    archive = open_archive(filled)
    apple, bear = first_passage(archive, "apple"), first_passage(archive, "bear")
    remove(filled, "a")
    assert [*archive.stems([apple, bear])] == [bear]
    with writing(filled) as writer:
        writer.reencode(OTHER, [[encoded(one, OTHER) for one in writer.articles()]])
    again = first_passage(open_archive(filled), "bear")
    assert again != bear
    assert archive.stems([again])[again].tolist() == stems_of("", "bear bear").tolist()


def test_places_name_the_position_and_the_first_passage(address):
    put(address, article("a", "apple\n\nbear\n\ncat"))
    archive = open_archive(address)
    lead, third = first_passage(archive, "apple"), first_passage(archive, "cat")
    places = archive.places([lead, third])
    assert (places[lead].position, places[third].position) == (0, 2)
    assert places[lead].lead == places[third].lead == lead


def test_articles_come_in_the_order_they_were_added(address):
    put(address, *(article(id, "apple") for id in "cabd"))
    archive = open_archive(address)
    assert [found.id for found in archive.articles()] == list("cabd")
    assert [found.id for found in archive.articles(offset=1, limit=2)] == ["a", "b"]


def test_the_scores_are_exact_cosines_best_first(filled):
    archive = open_archive(filled)
    vector = ENCODER.encode_question("apple apple bear")
    found = archive.snapshot().nearest(vector, 10)
    numbers = {word: first_passage(archive, word) for word in ("apple", "bear")}
    assert list(found) == [numbers["apple"], numbers["bear"]]
    assert found == pytest.approx({numbers["apple"]: 2 / 5**0.5, numbers["bear"]: 1 / 5**0.5})
    bear = [numbers["bear"], numbers["bear"] + 10**6]
    assert archive.snapshot().similarities(vector, bear) == {bear[0]: found[bear[0]]}


def test_matching_ranks_by_words_and_never_reads_a_query(filled):
    snapshot = open_archive(filled).snapshot()
    assert all(score > 0 for score in snapshot.matching("apple", 5).values())
    assert snapshot.matching("zeppelin", 5) == snapshot.matching('a:b^2 [* TO "', 5) == {}


def test_a_rare_stem_has_the_greater_idf(address):
    put(address, *(article(str(n), "talks" if n else "talks in Izmir") for n in range(9)))
    snapshot = open_archive(address).snapshot()
    assert snapshot.idf("never") >= snapshot.idf("izmir") > snapshot.idf("talk") > 0


def test_a_name_is_found_in_any_spelling(address):
    put(address, article("a", "Zelenskyy in Kiev"), article("b", "the UN"), article("c", "Nations"))
    archive = open_archive(address)
    for asked in ("Zelensky", "Kyiv"):
        assert matching(archive, asked) == ["a"]
    assert matching(archive, "United Nations") == ["b"]
    assert archive.snapshot().spellings.known_names("Kyiv") == ("Kyiv",)


def test_it_knows_its_words_in_any_inflection_and_counts_them(address):
    put(address, article("a", "Talks in Şirince. Talks!"), article("b", "A talk at O'Hara's"))
    snapshot = open_archive(address).snapshot()
    assert all(map(snapshot.knows, ["talking", "TALK", "Sirince", "şirince", "O’Hara", "Hara’s"]))
    assert not any(map(snapshot.knows, ["taxi", "Hare", "O'Talks'n"]))
    words = ("talks", "talk", "sirince", "hara", "taxi")
    assert [snapshot.vocabulary.get(word) for word in words] == [1, 1, 1, 1, None]
    put(address, article("c", "Talks by taxi"))
    later = open_archive(address).snapshot().vocabulary
    assert (later["talks"], later["taxi"]) == (2, 1)


# What is removed never returns


def test_what_is_removed_is_gone_at_once_and_after_reopening(filled):
    early = open_archive(filled)
    before = early.snapshot()
    with writing(filled) as writer:
        assert writer.remove(["a", "never", "\ud800"]) == ["a"]
        # Not published yet, and the snapshot is as it was: still nothing is shown.
        assert "a" not in nearest(early, "apple", before)
        assert matching(early, "apple", before) == []
    for archive in (early, open_archive(filled)):
        assert archive.article("a") is None
        assert nearest(archive, "apple") == ["b"]
        assert matching(archive, "apple") == []


def test_an_emptied_archive_finds_nothing_and_can_be_filled_again(filled):
    remove(filled, "a", "b")
    archive = open_archive(filled)
    assert nearest(archive, "apple") == matching(archive, "apple") == []
    put(filled, article("c", "cat"))
    assert nearest(archive, "cat") == matching(archive, "cat") == ["c"]


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abcd"), st.sampled_from(WORDS)),
        st.tuples(st.just("remove"), st.sampled_from("abcd"), st.just("")),
        st.tuples(st.sampled_from(["publish", "leave"]), st.just(""), st.just("")),
    ),
    max_size=14,
)


@pytest.fixture
def examples(request) -> int:
    return 15 if request.node.callspec.params["addresses"] == "local" else 3  # each takes seconds


def test_after_any_changes_an_archive_holds_what_a_dict_would(addresses, examples):
    @settings(max_examples=examples, deadline=None)
    @given(changes=CHANGES)
    def holds(changes):
        assert_holds_after(next(addresses), changes)

    holds()


def assert_holds_after(address: str, changes: list[tuple[str, str, str]]) -> None:
    expected: dict[str, str] = {}
    while changes:
        with writing(address, ENCODER) as writer:
            while changes and (change := changes.pop(0))[0] != "leave":
                verb, id, word = change
                if verb == "put":
                    writer.put([encoded(article(id, word))])
                    expected[id] = word
                elif verb == "remove":
                    assert writer.remove([id]) == [id] * (expected.pop(id, None) is not None)
                else:
                    writer.publish()
                    assert_holds(address, expected)
    if has_archive(address):
        assert_holds(address, expected)


def assert_holds(address: str, expected: dict[str, str]) -> None:
    archive = open_archive(address)
    assert {found.id: found.text for found in archive.articles()} == expected
    for word in WORDS:
        holders = {id for id, text in expected.items() if text == word}
        assert sorted(matching(archive, word)) == sorted(holders)
        found = nearest(archive, word)
        assert sorted(found) == sorted(expected)
        assert set(found[: len(holders)]) == holders
    assert np.all(np.diff(archive.article_numbers()) > 0)
    assert archive.summary().passages == archive.summary().articles == len(expected)
    archive.close()


# Replacing


def test_putting_again_replaces_the_article_with_all_its_passages(filled):
    archive = open_archive(filled)
    before = first_passage(archive, "apple")
    put(filled, article("a", "zebra\n\nyak"))
    assert archive.passages([before]) == archive.texts([before]) == archive.places([before]) == {}
    assert archive.days([before]) == {}
    assert archive.snapshot().similarities(ENCODER.encode_question("apple"), [before]) == {}
    assert matching(archive, "apple") == []
    assert matching(archive, "yak") == ["a"]
    assert archive.summary().articles == 2


def test_a_put_that_fails_changes_nothing(filled):
    broken = (article("b", "bee"), [Passage("b", 0, (0, 3), "bee")], np.zeros((2, 26), np.float32))
    with writing(filled, ENCODER) as writer, pytest.raises(ValueError, match="zip"):
        writer.put([encoded(article("c", "cat")), encoded(article("a", "ant")), broken])
    archive = open_archive(filled)
    assert matching(archive, "cat ant bee") == []
    assert (matching(archive, "apple"), matching(archive, "bear")) == (["a"], ["b"])


def test_hashes_tell_which_articles_are_unchanged(filled):
    with writing(filled) as writer:
        kept = article("a", "apple apple")
        assert writer.hashes(["a", "never"]) == {"a": kept.content_hash}


# Filters


def test_articles_are_found_by_their_exact_title(address):
    titled = [Article(id, title, "Words.") for id, title in (("1", "A"), ("2", "B"), ("3", "A"))]
    put(address, *titled)
    with writing(address) as writer:
        assert sorted(writer.titled("A")) == ["1", "3"]
        assert writer.titled("a") == []


def test_renaming_changes_the_id_and_nothing_else(filled):
    archive = open_archive(filled)
    before = archive.article("b")
    numbers = archive.article_numbers().tolist()
    with writing(filled) as writer:
        writer.rename({"b": "c", "nothing": "d"})
        renamed = archive.article("c")
        assert renamed
        assert writer.hashes(["b", "c", "d"]) == {"c": renamed.content_hash}
    assert archive.article("b") is None
    assert replace(renamed, id="b") == before
    assert archive.article_numbers().tolist() == numbers
    assert nearest(archive, "bear")[0] == "c"
    assert matching(archive, "bear") == ["c"]


@pytest.fixture
def dated(address) -> str:
    days = {"early": date(2022, 3, 1), "late": date(2022, 4, 1), "undated": None}
    tags = {"early": ("barış", "Barış"), "late": ("Barış", "late"), "undated": ()}
    put(
        address,
        *(
            article(id, "apple", source="Gazete Doğu", published=days[id], tags=tags[id])
            for id in days
        ),
    )
    put(address, *(article(f"n{n}", "apple apple", source="Post") for n in range(40)))
    return address


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        ({"since": date(2022, 3, 1)}, {"early", "late"}),
        ({"until": date(2022, 3, 1)}, {"early"}),
        ({"since": date(2022, 3, 2), "until": date(2022, 3, 31)}, set()),
        ({"sources": ["GAZETE  DOGU"]}, {"early", "late", "undated"}),
        ({"sources": ["gazete doğu", "Sun"], "since": date(2022, 4, 1)}, {"late"}),
        ({"sources": ["Sun"]}, set()),
        ({"tags": ["BARIS"]}, {"early", "late"}),
        ({"tags": ["war", "Late"]}, {"late"}),
        ({"tags": ["barış"], "sources": ["gazete doğu"], "until": date(2022, 3, 1)}, {"early"}),
        ({"tags": ["war"]}, set()),
    ],
)
def test_filters_hold_before_ranking(dated, filters, passing):
    archive = open_archive(dated)
    numbers = archive.article_numbers(**filters)
    snapshot, vector = archive.snapshot(), ENCODER.encode_question("apple")
    for limit in (1, 10):
        wanted = min(limit, len(passing))
        for found in (
            snapshot.nearest(vector, limit, numbers),
            snapshot.matching("apple", limit, numbers),
        ):
            assert len(found) == wanted
            assert set(ids_of(archive, found)) <= passing


def test_with_a_filter_as_many_are_found_as_are_asked_for(dated):
    archive = open_archive(dated)
    numbers = archive.article_numbers(sources=["Post"])
    snapshot, vector = archive.snapshot(), ENCODER.encode_question("apple")
    for found in (snapshot.nearest(vector, 30, numbers), snapshot.matching("apple", 30, numbers)):
        assert len(found) == 30
        assert {id[0] for id in ids_of(archive, found)} == {"n"}


def test_tags_are_of_the_article_as_it_is_now(dated):
    archive = open_archive(dated)
    before = archive.article("late")
    assert before
    assert before.tags == ("Barış", "late")
    put(dated, article("late", "apple", tags=("new",)))
    remove(dated, "early")
    assert archive.article_numbers(tags=["barış", "late"]).tolist() == []
    assert len(archive.article_numbers(tags=["new"])) == 1


def test_outlets_and_tags_are_told_with_their_days(dated):
    archive = open_archive(dated)
    march, april = date(2022, 3, 1), date(2022, 4, 1)
    assert archive.sources() == [("Post", 40, None, None), ("Gazete Doğu", 3, march, april)]
    put(dated, article("more", "apple", source="GAZETE DOGU", tags=("LATE",)))
    assert archive.sources()[1] == ("Gazete Doğu", 4, march, april)
    counted = {folded_name.casefold(): n for folded_name, n, _, _ in archive.tags()}
    assert counted["late"] == 2


def test_an_articles_passages_come_in_order_with_their_vectors(address):
    put(address, article("a", "bear\n\napple"), article("b", "cat"))
    archive = open_archive(address)
    found = archive.passages_of("a")
    assert [stored.passage.text for stored in found] == ["bear", "apple"]
    numbers = [stored.number for stored in found]
    assert (
        archive.vectors(numbers)[numbers[1]].tolist() == ENCODER.encode_question("apple").tolist()
    )
    first = archive.article_numbers().tolist()[0]
    assert archive.articles_of(numbers) == dict.fromkeys(numbers, first)
    assert archive.passages_of("c") == archive.passages_of("\ud800") == []


def test_articles_are_read_as_they_are_put(address):
    articles = [article("a", "bear\n\napple"), article("b", "cat"), article("c", "dog\n\negg")]
    put(address, *articles)
    archive = open_archive(address)
    numbers = archive.article_numbers().tolist()
    found = archive.encoded([numbers[2], numbers[0], numbers[0] - 1])
    assert [held for held, _, _ in found] == [articles[0], articles[2]]
    for held, passages, vectors in found:
        _, expected, expected_vectors = encoded(held)
        assert passages == expected
        assert vectors.tolist() == expected_vectors.tolist()
    remove(address, "a")
    assert [held.id for held, _, _ in archive.encoded(numbers)] == ["b", "c"]


def test_articles_are_read_by_their_numbers_ascending(filled):
    archive = open_archive(filled)
    numbers = archive.article_numbers().tolist()
    assert [found.id for found in archive.articles_numbered(numbers[::-1])] == ["a", "b"]
    remove(filled, "a")
    assert [found.id for found in archive.articles_numbered(numbers)] == ["b"]


# Snapshots


def test_a_snapshot_does_not_change_under_a_reader(filled):
    archive = open_archive(filled)
    snapshot, vector = archive.snapshot(), ENCODER.encode_question("apple")
    near, words = snapshot.nearest(vector, 10), snapshot.matching("apple cat", 10)
    with writing(filled, ENCODER) as writer:
        writer.put([encoded(article("c", "cat"))])
        assert archive.snapshot() is snapshot
        writer.publish()
    assert snapshot.nearest(vector, 10) == near
    assert snapshot.matching("apple cat", 10) == words
    assert archive.snapshot() is not snapshot
    assert matching(archive, "cat") == ["c"]


def test_readers_see_what_is_published_and_nothing_before(filled):
    with writing(filled, ENCODER) as writer:
        writer.put([encoded(article("c", "cat"))])
        archive = open_archive(filled)
        assert matching(archive, "cat") == []
        assert matching(archive, "bear") == ["b"]
        writer.publish()
        for _ in range(500):  # it is opened beside the present one, which is searched meanwhile
            if matching(archive, "cat") == ["c"]:
                return
            time.sleep(0.02)
    raise AssertionError("what was published is not found")


def test_publishing_afresh_gives_the_same(filled):
    with writing(filled) as writer:
        writer.publish(afresh=True)
    assert_holds_both(filled)


def assert_holds_both(address: str) -> None:
    archive = open_archive(address)
    assert nearest(archive, "bear") == ["b", "a"]
    assert matching(archive, "apple") == ["a"]


def test_threads_search_while_another_writes(filled):
    archive = open_archive(filled)
    faults: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert nearest(archive, "bear")[0] == "b"
                assert matching(archive, "bear") == ["b"]
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(6):
        put(filled, article(f"n{n}", "zoo"))
        remove(filled, f"n{n - 1}")
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert archive.summary().articles == 3


# One writer, one encoder


def test_only_one_may_write(filled):
    with writing(filled), pytest.raises(ArchiveBusy, match="Another process is writing"):
        put(filled, article("c", "cat"))
    put(filled, article("c", "cat"))
    assert matching(open_archive(filled), "cat") == ["c"]


def test_there_is_no_archive_before_the_first_writer(address):
    assert not has_archive(address)
    with pytest.raises(ArchiveMissing, match="adding articles"):
        open_archive(address)
    with pytest.raises(ArchiveMissing), writing(address):
        pass
    put(address)
    assert has_archive(address)


def test_another_encoder_is_refused_by_both_names(filled):
    with pytest.raises(EncoderMismatch, match=r"initials 26.*other 26.*encode it again"):
        open_archive(filled).use(OTHER)
    with pytest.raises(EncoderMismatch, match=r"initials 26.*other 26"), writing(filled, OTHER):
        pass
    open_archive(filled).use(ENCODER)


# Re-encoding


def test_reencoding_replaces_all_at_once(filled):
    reader = open_archive(filled)
    reader.use(ENCODER)
    reader.snapshot()
    passages_meanwhile = []

    def batches() -> Iterator[list[EncodedArticle]]:
        for id, text in (("a", "ant\n\nasp"), ("b", "bee")):
            yield [encoded(article(id, text), OTHER)]
            passages_meanwhile.append(reader.summary().passages)

    with writing(filled) as writer:
        writer.reencode(OTHER, batches())
        with pytest.raises(EncoderMismatch):  # rather than find nothing until it is published
            reader.snapshot()
    assert passages_meanwhile == [2, 2]
    assert reader.summary().passages == 3
    assert reader.summary().encoder == OTHER.fingerprint
    archive = open_archive(filled)
    archive.use(OTHER)
    assert nearest(archive, "bear") == ["b", "a", "a"]
    with pytest.raises(EncoderMismatch):
        reader.snapshot()


def test_reencoding_that_is_interrupted_changes_nothing(filled):
    def batches() -> Iterator[list[EncodedArticle]]:
        yield [encoded(article("a", "ant"), OTHER)]
        raise RuntimeError("power cut")

    with writing(filled) as writer:
        with pytest.raises(RuntimeError, match="power cut"):
            writer.reencode(OTHER, batches())
        assert writer.summary().encoder == ENCODER.fingerprint
    open_archive(filled).use(ENCODER)
    assert_holds_both(filled)
    with writing(filled) as writer:  # and what it left behind is not taken for more
        writer.reencode(OTHER, [[encoded(held, OTHER)] for held in writer.articles()])
        assert writer.summary().passages == 2


# Counts, sources, duplicates, settings


def test_the_summary_is_of_what_is_there(dated):
    archive = open_archive(dated)
    held = archive.summary()
    assert (held.articles, held.passages, held.encoder) == (43, 43, ENCODER.fingerprint)
    assert (held.first_published, held.last_published) == (date(2022, 3, 1), date(2022, 4, 1))
    assert held.sources == [("Post", 40), ("Gazete Doğu", 3)]
    remove(dated, "early", "late")
    put(dated, article("none", "bear\n\nbear"))
    held = archive.summary()
    assert (held.articles, held.passages) == (42, 43)
    assert (held.first_published, held.last_published) == (None, None)
    assert Counter(dict(held.sources)) == {"Post": 40, "Gazete Doğu": 1, None: 1}


def test_reprints_are_one_group_with_the_earliest_first(address):
    days = {"undated": None, "late": date(2022, 4, 1), "early": date(2022, 3, 1)}
    put(address, *(article(id, REPRINTED, published=days[id]) for id in days))
    put(address, article("other", " ".join(f"else{n}" for n in range(60))), article("stub", "Look"))
    archive = open_archive(address)
    found = [first_passage(archive, word) for word in ("word1", "else1", "look")]
    groups = archive.duplicate_groups(found)
    assert list(groups) == found[:1]  # the others have no duplicates
    named = archive.duplicates([groups[found[0]].group])
    assert [ref.id for _, ref in named] == ["early", "late", "undated"]
    assert named[0][1] == ArticleRef("early", "", None, None, date(2022, 3, 1))
    assert {member.article for member, _ in named} == set(archive.article_numbers()[:3].tolist())
    assert groups[found[0]] in [member for member, _ in named]
    assert archive.summary().duplicate_groups == 1
    remove(address, "early", "late")
    assert archive.summary().duplicate_groups == 0


def test_settings_are_kept(filled):
    archive = open_archive(filled)
    assert archive.setting("colour") is None
    for value in ("red", "blue"):
        with writing(filled) as writer:
            writer.put_setting("colour", value)
        assert archive.setting("colour") == value


def test_of_some_sources_outlets_and_days_are_told_as_if_there_were_no_others(dated):
    archive = open_archive(dated)
    for names in (["gazete dogu"], ["Gazete Doğu", "none"]):
        restricted = RestrictedArchive(archive, names)
        held = list(restricted.articles())
        first, last = date(2022, 3, 1), date(2022, 4, 1)
        assert restricted.sources() == [("Gazete Doğu", len(held), first, last)]
        told = restricted.summary()
        assert (told.articles, told.sources) == (3, [("Gazete Doğu", 3)])
        assert (told.first_published, told.last_published) == (first, last)
    nothing = RestrictedArchive(archive, ["none"])
    assert (nothing.sources(), nothing.summary().articles) == ([], 0)
    assert nothing.summary().first_published is None

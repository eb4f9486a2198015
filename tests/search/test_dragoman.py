"""The library's face: open, add, search, remove."""

import asyncio
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import NotAnArticle, PathMissing
from dragoman.index.errors import (
    ArchiveClosed,
    ArchiveMissing,
    ArticleMissing,
    EncoderMismatch,
)
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import (
    DateNotUnderstood,
    DragomanClosed,
    FiltersNotUnderstood,
    PeriodReversed,
)
from dragoman.search.question import Filters
from dragoman.search.results import SearchResult
from initials_encoder import InitialsEncoder

NEWS = {
    "talks.md": "---\nid: talks\ntitle: Talks\nsource: Gazete Doğu\npublished: 2022-03-29\n---\n"
    "Delegations met in Istanbul for talks.",
    "straits.md": "---\nid: straits\ntitle: Straits\nsource: Daily\npublished: 2022-03-01\n---\n"
    "Turkey closed the straits to warships.",
    "undated.md": "---\nid: undated\ntitle: Undated\n---\nSomebody spoke of talks somewhere.",
}


@pytest.fixture
def news(tmp_path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in NEWS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def dragoman(tmp_path, encoder, news):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(news)
        yield dragoman


def ids(dragoman: Dragoman, question: str, **options) -> list[str]:
    return [found.article.id for found in dragoman.search(question, **options).passages]


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_each_mode_finds_the_article_and_says_how(dragoman, mode):
    best = dragoman.search("talks in Istanbul", mode=mode).passages[0]
    assert (best.rank, best.id, best.article.title) == (1, "talks#0", "Talks")
    assert best.article.text[slice(*best.passage.span)] == best.passage.text
    parts = {
        "dense": best.scores.dense,
        "lexical": best.scores.lexical,
        "hybrid": sum(part.contribution for part in best.parts),
    }
    assert best.score == parts[mode]
    used = {"hybrid": 3, "dense": 1, "lexical": 1}[mode]
    assert sum(score is not None for score in best.scores) == used


def test_dense_scores_are_the_cosines_of_the_vectors(dragoman, encoder):
    question = "Turkey straits"
    for found in dragoman.search(question, mode="dense").passages:
        text = f"{found.article.title}\n{found.passage.text}"
        cosine = encoder.encode_question(question) @ encoder.encode_question(text)
        assert found.score == pytest.approx(float(cosine), abs=1e-6)


def test_scores_never_rise_down_the_list(dragoman):
    for mode in ("hybrid", "dense", "lexical"):
        scores = [found.score for found in dragoman.search("talks Turkey", mode=mode).passages]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_filters_hold_in_every_mode(dragoman, mode):
    def passing(**fields) -> set[str]:
        return set(ids(dragoman, "talks straits spoke", mode=mode, filters=Filters(**fields)))

    assert passing() == {"talks", "straits", "undated"}
    assert passing(sources=("gazete dogu",)) == {"talks"}
    assert passing(sources=("GAZETE DOĞU", "daily")) == {"talks", "straits"}
    assert passing(sources=("nobody",)) == set()
    assert passing(since=date(2022, 3, 29)) == {"talks"}
    assert passing(since=date(2022, 3, 30)) == set()
    assert passing(until=date(2022, 3, 1)) == {"straits"}
    assert passing(until=date(2022, 2, 28)) == set()
    assert passing(since=date(2022, 3, 1), until=date(2022, 3, 1)) == {"straits"}
    assert passing(as_of=date(2022, 3, 28)) == {"straits"}
    assert passing(as_of=date(2022, 3, 29)) == {"talks", "straits"}


def test_a_reversed_period_is_refused(dragoman):
    with pytest.raises(PeriodReversed):
        Filters(since=date(2022, 5, 1), until=date(2022, 3, 1))


def test_a_removed_article_is_gone_and_can_be_added_again(dragoman, news):
    assert dragoman.remove("talks") == ["talks"]
    assert dragoman.remove(["talks", "nothing"]) == []
    assert "talks" not in ids(dragoman, "talks in Istanbul")
    with pytest.raises(ArticleMissing, match="talks"):
        dragoman.article("talks")
    assert dragoman.add(news).added == ("talks",)
    assert ids(dragoman, "talks in Istanbul")[0] == "talks"


def test_adding_again_encodes_only_what_changed(dragoman, encoder, news):
    before = encoder.encoded
    again = dragoman.add(news)
    assert (again.added, again.replaced, len(again.unchanged)) == ((), (), 3)
    assert encoder.encoded == before
    (news / "talks.md").write_text(NEWS["talks.md"].replace("Istanbul", "Antalya"))
    assert dragoman.add(news).replaced == ("talks",)
    assert encoder.encoded == before + 1
    assert "Antalya" in dragoman.article("talks").text


def test_a_long_article_fills_no_more_than_two_of_the_first_five(tmp_path, encoder):
    folder = tmp_path / "long"
    folder.mkdir()
    sentence = "The talks about talks went on and on in the talks hall. "
    (folder / "long.txt").write_text(sentence * 80)
    for n in range(4):
        (folder / f"short{n}.txt").write_text(f"Somebody mentioned talks, {n}.")
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(folder)
        spread = ids(dragoman, "talks", limit=6)
        assert max(spread[:5].count(id) for id in spread) == 2
        filled = ids(dragoman, "talks", limit=5, per_article=None)
        assert len(set(filled)) == 1


def test_paths_that_do_not_exist_stop_it_before_anything_is_added(tmp_path, encoder, news):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        with pytest.raises(PathMissing):
            dragoman.add([news, tmp_path / "nowhere"])
        with pytest.raises(ArchiveMissing):
            dragoman.search("talks")


def test_progress_reaches_the_whole(tmp_path, encoder, news):
    seen = []
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(news, lambda done, total: seen.append((done.articles, total)))
    assert seen[-1] == (3, 3)


def test_info_says_what_there_is(dragoman, encoder):
    info = dragoman.info()
    assert (info.articles, info.passages, info.encoder) == (3, 3, encoder.fingerprint)
    assert (info.first_published, info.last_published) == (date(2022, 3, 1), date(2022, 3, 29))
    assert dict(info.sources) == {None: 1, "Daily": 1, "Gazete Doğu": 1}


def test_rebuilding_with_another_encoder_makes_the_archive_its_own(dragoman, tmp_path):
    other = InitialsEncoder(fingerprint="other 26")
    with Dragoman.open(tmp_path / "archive", other) as renewed:
        with pytest.raises(EncoderMismatch, match=r"encode it again"):
            renewed.search("talks")
        assert renewed.rebuild().passages == 3
        assert ids(renewed, "talks in Istanbul")[0] == "talks"
    with pytest.raises(EncoderMismatch):
        dragoman.search("talks")


def test_rebuilding_with_the_same_encoder_encodes_nothing(dragoman, encoder):
    before = encoder.encoded
    assert dragoman.rebuild().passages == 0
    assert encoder.encoded == before
    assert ids(dragoman, "talks in Istanbul")[0] == "talks"


def test_without_a_path_the_bundled_articles_are_there_once(encoder):
    with Dragoman.open(encoder=encoder) as dragoman:
        count = dragoman.info().articles
        assert count >= 8
        dragoman.remove("who-is-who-in-the-talks")
    encoded = encoder.encoded
    with Dragoman.open(encoder=encoder) as dragoman:
        assert dragoman.info().articles == count - 1
        assert encoder.encoded == encoded


def test_two_libraries_on_one_archive_see_each_others_changes(dragoman, tmp_path, encoder, news):
    with Dragoman.open(tmp_path / "archive", encoder) as other:
        assert ids(other, "zebra")[0] != "zebra"
        (news / "zebra.md").write_text("---\nid: zebra\n---\nzebra zebra zebra")
        dragoman.add(news)
        assert ids(other, "zebra")[0] == "zebra"
        other.remove("zebra")
        assert "zebra" not in ids(dragoman, "zebra")


def test_accents_typed_apart_are_the_same_as_together(dragoman):
    apart, together = "Dog\u0306u Gu\u0308n", "Doğu Gün"
    (first,), (second,) = (
        [found.score for found in dragoman.search(q, limit=1).passages] for q in (apart, together)
    )
    assert first == second


def test_the_same_file_given_twice_is_read_once(tmp_path, encoder, news):
    with Dragoman.open(tmp_path / "twice", encoder) as dragoman:
        added = dragoman.add([news, news / "talks.md"])
        assert (len(added.added), added.unchanged, added.problems) == (3, (), ())


# From a program


def test_what_is_closed_says_so(dragoman):
    dragoman.close()
    dragoman.close()
    for call in (
        lambda: dragoman.search("Who?"),
        lambda: dragoman.ask("Who?"),
        lambda: dragoman.add("."),
        lambda: dragoman.remove("ship"),
        lambda: list(dragoman.articles()),
        dragoman.info,
        dragoman.rebuild,
        lambda: asyncio.run(dragoman.aask("Who?")),
    ):
        with pytest.raises(DragomanClosed, match=r"Dragoman\.open"):
            call()


def test_filters_that_are_none_of_ours_are_refused(dragoman):
    with pytest.raises(FiltersNotUnderstood):
        dragoman.search("ships", filters="Press TV")


def test_an_event_loop_gets_the_same_and_goes_on_meanwhile(dragoman):
    questions = ["Which ships sail?", "Who stops?", "peace talks", "What of grain?"] * 5

    async def together():
        ticking = asyncio.create_task(ticks())
        searches = [dragoman.asearch(question, limit=3) for question in questions]
        asks = [dragoman.aask(question, mode="lexical") for question in questions]
        found = await asyncio.gather(*searches, *asks)
        ticking.cancel()
        return found, ticked

    ticked: list[None] = []

    async def ticks():
        while True:
            ticked.append(None)
            await asyncio.sleep(0)

    found, ticked = asyncio.run(together())
    assert len(ticked) > 10
    half = len(questions)
    for question, result in zip(questions, found[:half], strict=True):
        assert result.passages == dragoman.search(question, limit=3).passages
    for question, answer in zip(questions, found[half:], strict=True):
        assert answer.answer == dragoman.ask(question, mode="lexical").answer


# What may be added


def test_articles_records_and_paths_are_added_together(tmp_path, encoder, news):
    given = [
        Article("a", "A", "Ships sail."),
        {"id": "b", "text": "Trains stand."},
        news / "talks.md",
    ]
    with Dragoman.open(tmp_path / "mixed", encoder) as dragoman:
        added = dragoman.add(given, source="Daily Post", published="2022-03-29", tags="sea")
        assert set(added.added) == {"a", "b", "talks"}
        assert dragoman.article("a").source == "Daily Post"
        assert dragoman.article("b").published == date(2022, 3, 29)
        assert dragoman.article("talks").tags == ("sea",)
        assert dragoman.add(Article("c", "C", "Planes fly.")).added == ("c",)


def test_what_is_no_article_or_no_day_is_refused_before_anything_is_added(tmp_path, encoder):
    with Dragoman.open(tmp_path / "none", encoder) as dragoman:
        with pytest.raises(NotAnArticle, match="3: articles are not read from this"):
            dragoman.add([Article("a", "A", "Ships sail."), 3])
        with pytest.raises(DateNotUnderstood, match="published is 'today'"):
            dragoman.add(Article("a", "A", "Ships sail."), published="today")
    assert not (tmp_path / "none").exists()


def test_files_of_other_kinds_are_counted(tmp_path, encoder):
    for name in ("a.txt", "b.mp3", "c.mp3", ".hidden.mp3"):
        (tmp_path / "news").mkdir(exist_ok=True)
        (tmp_path / "news" / name).write_text("Ships sail.")
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        assert dragoman.add(tmp_path / "news").skipped == {".mp3": 2}


# A folder that was moved


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "before"
    (folder / "deep").mkdir(parents=True)
    for name in ("ships.txt", "deep/ships.txt", "Стамбул.txt"):
        (folder / name).write_text("Ships sail\n\nThey sail through the strait today.")
    (folder / "trains.md").write_text("# Trains\n\nThey stand still today.")
    return folder


def held(dragoman: Dragoman) -> set[str]:
    return {article.id for article in dragoman.articles()}


def test_the_articles_of_a_moved_folder_are_not_doubled(tmp_path, encoder, folder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(folder)
        moved = folder.rename(tmp_path / "after")
        added = dragoman.add(moved)
        assert (added.added, added.replaced, len(added.unchanged)) == ((), (), 4)
        assert held(dragoman) == set(added.unchanged)
        assert len(dragoman.search("ships", limit=9, all_copies=True).passages) == 4

        (moved / "ships.txt").write_text("Ships sail\n\nThey do not sail any more.")
        changed = dragoman.add(moved)
        assert (changed.added, len(changed.replaced), len(changed.unchanged)) == ((), 1, 3)
        assert len(held(dragoman)) == 4


def test_a_copy_that_is_read_with_its_original_is_an_article_of_its_own(tmp_path, encoder, folder):
    copied = tmp_path / "copied"
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        first = dragoman.add(folder)
        shutil.copytree(folder, copied)
        assert len(dragoman.add([copied, folder]).added) == 4
        assert len(held(dragoman)) == 8
        assert set(first.added) < held(dragoman)


def test_a_moved_file_that_has_changed_is_a_new_article(tmp_path, encoder, folder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(folder)
        moved = folder.rename(tmp_path / "after")
        (moved / "trains.md").write_text("# Trains\n\nThey run again.")
        added = dragoman.add(moved)
        assert (len(added.added), len(added.unchanged)) == (1, 3)


def test_an_id_that_an_article_states_is_never_taken_for_a_moved_file(tmp_path, encoder, folder):
    text = (folder / "ships.txt").read_text()
    stated = {"id": "ships", "title": "Ships sail", "text": text.split("\n\n")[1]}
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(stated)
        assert len(dragoman.add(folder / "ships.txt").added) == 1
        assert "ships" in held(dragoman)


def test_closing_while_others_search_is_clean(tmp_path, encoder, news):
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add(news)
    started = threading.Barrier(5)

    def search_on() -> int:
        started.wait()
        for number in range(10_000):
            try:
                dragoman.search("peace talks", mode="lexical")
            except (DragomanClosed, ArchiveClosed):
                return number
        return -1

    with ThreadPoolExecutor(4) as pool:
        searching = [pool.submit(search_on) for _ in range(4)]
        started.wait()
        time.sleep(0.05)
        dragoman.close()
        assert all(one.result() >= 0 for one in searching)


def test_what_is_still_being_read_is_told_that_it_is_closed(tmp_path, encoder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add({"id": str(number), "text": f"Ship {number} sails."} for number in range(600))
        articles = dragoman.articles()
        assert next(articles).id == "0"
    with pytest.raises(ArchiveClosed, match="Open it again"):
        list(articles)


def test_what_waits_in_the_pool_is_told_that_it_is_closed(dragoman):
    async def closed_meanwhile():
        asked = [asyncio.create_task(dragoman.asearch("talks")) for _ in range(30)]
        await asyncio.sleep(0)
        dragoman.close()
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(closed_meanwhile())
    assert {type(one) for one in found} <= {SearchResult, DragomanClosed, ArchiveClosed}
    assert DragomanClosed in {type(one) for one in found}


@pytest.mark.parametrize("id", [None, 5, ["talks"]])
def test_what_is_no_id_names_no_article(dragoman, id):
    with pytest.raises(ArticleMissing):
        dragoman.article(id)
    with pytest.raises(ArticleMissing):
        dragoman.remove([id] if isinstance(id, list) else id)
    assert dragoman.info().articles == 3


def test_an_empty_path_is_not_the_current_folder(dragoman):
    with pytest.raises(PathMissing):
        dragoman.add("")


def test_the_archive_stays_the_same_in_whatever_folder_the_process_works(
    tmp_path, encoder, news, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with Dragoman.open("archive", encoder) as dragoman:
        dragoman.add(news)
        monkeypatch.chdir(news)
        with ThreadPoolExecutor(1) as another:
            assert another.submit(dragoman.search, "straits").result().passages
        dragoman.remove(["straits"])
    assert sorted(file.name for file in news.iterdir()) == sorted(NEWS)

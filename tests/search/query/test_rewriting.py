"""Follow-up questions about the talks: what is asked, after what, and how it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.errors import QuestionNotText, UnknownRole
from dragoman.search.query.rewriting import standalone_question
from dragoman.search.question import MOST_CHARACTERS, ROLES, Turn


def said(*texts: str) -> list[Turn]:
    """A conversation of a user and the assistant, who speak by turns."""
    return [Turn(ROLES[number % 2], text) for number, text in enumerate(texts)]


DELEGATION = said(
    "Who led Russia's delegation?",
    "Vladimir Medinsky led Russia's delegation in Istanbul on 29 March 2022 [1].",
)
KALIN = said(
    "What did Kalın say about Mariupol?",
    "Kalın called for a humanitarian corridor, so that civilians can be taken out [1].",
)
KILLED = said(
    "How many civilians were killed by 2 May?",
    "At least 3,153 civilians were killed and 3,316 injured, by the count of the UN [1].",
)
DIED = said("How many civilians have died?", "At least 3,153 [1].")
STRAITS = said(
    "Did Turkey close the straits?",
    "Turkey closed the Bosporus and the Dardanelles under a pact of 1936 [1].",
)
ANTALYA = said(
    "Where did the foreign ministers meet?",
    "The foreign ministers of Russia and Ukraine met in Antalya on 10 March 2022 [1].",
)
CALL = said("Who did Erdoğan speak to by phone?", "He spoke with Vladimir Putin on Sunday [1].")
AKAR = said("What did Hulusi Akar ask of Shoigu?", "Akar asked for an immediate cease-fire [1].")
NAMES = said("Who leads the president's staff?", "Andriy Yermak [1]")
DOLMABAHCE = said(
    "Where were the talks held?", "The talks were held in Istanbul, in an office [1]."
)
BOTH = said("What did Russia and Ukraine agree on?", "Nothing was agreed [1].")
CONVERSATIONS = [DELEGATION, KALIN, KILLED, STRAITS, ANTALYA, CALL, AKAR, NAMES, DOLMABAHCE, BOTH]

FOLLOW_UPS = [
    # another one of the same kind
    (DELEGATION, "And Ukraine's?", "Who led Ukraine's delegation?"),
    (DELEGATION, "and ukraine's", "Who led ukraine's delegation?"),
    (DELEGATION, "What about Ukraine’s?", "Who led Ukraine’s delegation?"),
    (DELEGATION, "And the Ukrainian one?", "Who led the Ukrainian delegation?"),
    (DELEGATION, "What about the Ukrainian delegation?", "Who led the Ukrainian delegation?"),
    (DELEGATION, "No, I meant Ukraine's.", "Who led Ukraine's delegation?"),
    (KALIN, "And Akar?", "What did Akar say about Mariupol?"),
    (KALIN, "And Çavuşoğlu?", "What did Çavuşoğlu say about Mariupol?"),
    (KALIN, "How about Bucha?", "What did Kalın say about Bucha?"),
    (KALIN, "And about Bucha?", "What did Kalın say about Bucha?"),
    (KILLED, "And by 29 March?", "How many civilians were killed by 29 March?"),
    (KILLED, "And on 1 May 2022?", "How many civilians were killed on 1 May 2022?"),
    (KILLED, "And the injured?", "How many civilians were injured by 2 May?"),
    (KILLED, "And wounded?", "How many civilians were wounded by 2 May?"),
    (KILLED, "And the wounded by 29 March?", "How many civilians were wounded by 29 March?"),
    (KILLED, "And soldiers?", "How many soldiers were killed by 2 May?"),
    (KILLED, "And refugees?", "How many refugees by 2 May?"),
    (KILLED, "And wounded soldiers?", "How many wounded soldiers by 2 May?"),
    (DIED, "And the injured?", "How many civilians have been injured?"),
    (said("How many people died?", "Ten."), "And the missing?", "How many people were missing?"),
    (said("How many were hurt?", "Ten."), "And the dead?", "How many were dead?"),
    (said("How many injured men came?", "5."), "And the dead?", "How many dead men came?"),
    (
        said("How many men were killed as of May?", "5."),
        "And women?",
        "How many women were killed as of May?",
    ),
    (KILLED, "And wounded civilians?", "How many wounded civilians by 2 May?"),
    (KILLED, "And then?", "And then? (civilians were killed by 2 May)"),
    (
        said("How many were killed and injured?", "Ten."),
        "And the missing?",
        "How many were missing?",
    ),
    (said("How many ships came?", "Ten."), "And the dead?", "How many dead? (ships came)"),
    (KILLED, "And a month earlier?", "How many civilians were killed by 2 May a month earlier?"),
    (KILLED, "And in Mariupol?", "How many civilians were killed by 2 May in Mariupol?"),
    (ANTALYA, "And the defence ministers?", "Where did the defence ministers meet?"),
    (CALL, "And in April?", "Who did Erdoğan speak to by phone in April?"),
    (KALIN, "And sanctions?", "What did Kalın say about sanctions?"),
    # another question about the same
    (STRAITS, "When?", "When did Turkey close the straits?"),
    (STRAITS, "Why is that so?", "Why did Turkey close the straits?"),
    (ANTALYA, "When was that?", "When did the foreign ministers meet?"),
    (ANTALYA, "When was that exactly?", "When did the foreign ministers meet?"),
    (STRAITS, "And why?", "Why did Turkey close the straits?"),
    (ANTALYA, "When?", "When did the foreign ministers meet?"),
    (DELEGATION, "Why?", "Why? (led Russia's delegation)"),
    (DELEGATION, "When was that?", "When was that? (led Russia's delegation)"),
    (CALL, "When was that?", "When was that? (Erdoğan speak to by phone)"),
    # people
    (KALIN, "What did he say about it?", "What did Kalın say about it? (Mariupol)"),
    (KALIN, "Whose spokesman is he?", "Whose spokesman is Kalın?"),
    (KALIN, "Who did he meet in Kyiv?", "Who did Kalın meet in Kyiv?"),
    (KALIN, "Who met him in Kyiv?", "Who met Kalın in Kyiv?"),
    (KALIN, "Did his visit help?", "Did Kalın's visit help?"),
    (CALL, "What did he reply in public?", "What did Vladimir Putin reply in public?"),
    (AKAR, "Which town did he visit?", "Which town did Hulusi Akar visit?"),
    (NAMES, "Who met him in Kyiv?", "Who met Andriy Yermak in Kyiv?"),
    (said("Who is Hulusi Akar?", "An ally of Erdoğan [1]."), "And Shoigu?", "Who is Shoigu?"),
    (said("Who is Akar?", "A friend of Erdoğan [1]."), "Is he a soldier?", "Is Akar a soldier?"),
    (
        said("Who is Hanna Malyar?", "A deputy."),
        "What did she warn of in her post?",
        "What did Hanna Malyar warn of in her post?",
    ),
    (said("Who is Hanna Malyar?", "A deputy."), "Who wrote to her?", "Who wrote to Hanna Malyar?"),
    (
        said("Who is Hanna Malyar?", "A deputy."),
        "Who is her minister?",
        "Who is Hanna Malyar's minister?",
    ),
    (said("Who called\n\nKalın?", "Yermak\ncalled."), "Who met him?", "Who met Yermak?"),
    # groups and places
    (KILLED, "How many of them were children?", "How many of the civilians were children?"),
    (ANTALYA, "What did they decide?", "What did the foreign ministers decide?"),
    (ANTALYA, "What was their aim?", "What was the foreign ministers' aim?"),
    (BOTH, "Where did they negotiate?", "Where did Russia and Ukraine negotiate?"),
    (CALL, "Which city did they choose?", "Which city did Vladimir Putin and Erdoğan choose?"),
    (DOLMABAHCE, "Which of the ministers was there?", "Which of the ministers was in Istanbul?"),
    (ANTALYA, "Why did Lavrov go there?", "Why did Lavrov go to Antalya?"),
    (ANTALYA, "Who flew from there to Kyiv?", "Who flew from Antalya to Kyiv?"),
]

INDEPENDENT = [
    "Who led the Ukrainian delegation?",
    "How many civilians were killed by 1 May?",
    "Where were the talks of 29 March held?",
    "What did Kalın say about a humanitarian corridor?",
    "When did Zelenskyy say that he would meet Putin?",
    "Did Akar visit Şanlıurfa this week?",
    "Is it true that Turkey closed the straits?",
    "Was there a cease-fire in Mariupol?",
    "Did Russia and Ukraine say what they want?",
    "Which pact lets Turkey close the straits?",
    "How long did it take Medinsky to reach Istanbul?",
    "Who are the negotiators of Ukraine?",
    "And who led the Ukrainian delegation?",
    "What about sanctions, which of the countries oppose sanctions against Russia?",
]


@pytest.mark.parametrize(("history", "asked", "meant"), FOLLOW_UPS)
def test_a_follow_up_is_understood_by_what_was_said_before(history, asked, meant):
    assert standalone_question(asked, history) == meant


@pytest.mark.parametrize("question", INDEPENDENT)
@pytest.mark.parametrize("history", CONVERSATIONS, ids=lambda turns: turns[0].content)
def test_a_question_that_depends_on_nothing_is_left_as_it_is(history, question):
    assert standalone_question(question, history) == question


@pytest.mark.parametrize("question", [asked for _, asked, _ in FOLLOW_UPS])
def test_without_a_history_every_question_is_left_as_it_is(question):
    assert standalone_question(question, []) == question


def test_a_follow_up_of_a_follow_up_is_understood_too():
    history = [
        *DELEGATION,
        *said("And Ukraine's?", "David Arakhamia led it [1]."),
        *said("What did he say?", "Arakhamia named three days for the talks [1]."),
    ]
    assert standalone_question("And Podolyak?", history).startswith("What did Podolyak say?")
    assert standalone_question("Who is he?", history).startswith("Who is David Arakhamia?")


def test_every_spelling_of_a_name_is_put_as_it_was_written():
    for name in ("Zelenskyy", "Zelensky", "Zelenskiy", "İbrahim Kalın", "Ibrahim Kalin"):
        history = said(f"What did {name} say on Sunday?", "A peace is near [1].")
        assert standalone_question("Who did he visit?", history) == f"Who did {name} visit?"


def test_what_was_cited_long_ago_or_late_in_an_answer_is_not_looked_at():
    late = said("Where did the ministers meet?", f"{'In a hotel. ' * 100}Hulusi Akar said so.")
    assert "Akar" not in standalone_question("Who did he visit?", late)
    past = [*AKAR, *said("Is it raining?", "No.") * 20]
    assert "Akar" not in standalone_question("Who did he visit?", past)


@pytest.mark.parametrize(
    ("history", "asked", "answer"),
    [
        (KILLED, "And by 29 March?", "1,151"),
        (KILLED, "And the injured?", "3,316"),
        (ANTALYA, "When?", "10 March 2022"),
        (CALL, "When was that?", "27 March"),
        (DELEGATION, "Who else was in it?", "Alexander Fomin"),
        (DOLMABAHCE, "And before that?", "Antalya"),
        (
            said("How many people fled by 1 May?", "Over 5.4 million [1]."),
            "And by 29 March?",
            "3.87",
        ),
    ],
)
def test_what_is_asked_for_is_found_first_by_what_was_understood(talks, history, asked, answer):
    def first(question: str) -> str:
        return talks.search(question, limit=1).passages[0].passage.text

    assert answer in first(standalone_question(asked, history))
    assert answer not in first(asked)


COURTESIES = [
    *("Thanks!", "thank you very much", "OK", "Ok, thanks.", "okay then", "Good morning", "Bye!"),
    *("Hello there!", "Good evening.", "Great, thanks a lot!", "Yes.", "I see.", "Cool!"),
    *("Many thanks for your help", "Got it, thank you!", "All right."),
]


@pytest.mark.parametrize("words", COURTESIES)
@pytest.mark.parametrize("history", CONVERSATIONS, ids=lambda turns: turns[0].content)
def test_courtesy_is_left_alone_and_nothing_follows_on_it(history, words):
    assert standalone_question(words, history) == words
    since = [*history, *said(words, "You are welcome.")]
    assert standalone_question("And Akar?", since) == standalone_question(
        "And Akar?", [*history, since[-1]]
    )


def test_what_only_begins_politely_is_understood():
    assert standalone_question("Thanks! And Akar?", KALIN) == "What did Akar say about Mariupol?"
    assert standalone_question("OK, why?", STRAITS) != "OK, why?"
    assert standalone_question("Good morning! " * 100 + "why?", STRAITS).startswith("Why did")
    assert standalone_question("Thanks! And who is Kalın?", STRAITS) == "And who is Kalın?"


REFUSED = "The articles here do not answer this."
FERRY = said("When will the electric ferry sail?", "From 2026 the ferry will be electric [1].")
TAX = said("How high is the tax on second homes?", "It amounts to 0.8 per cent [1].")
VISITORS = said("How many visitors came in April?", "9,000 came [1].")
CHIEF = said("Who is the fire chief?", "Bruno Lass is the fire chief [1].")


@pytest.mark.parametrize(
    ("history", "asked", "meant"),
    [
        # a refusal is no context, but a fragment needs the question
        (
            [*CHIEF, *said("What is the capital of Mongolia?", REFUSED)],
            "When was he elected?",
            "When was Bruno Lass elected?",
        ),
        (
            [*FERRY, *said("What is the capital of Mongolia?", REFUSED)],
            "What does it cost?",
            "What does it cost? (electric ferry)",
        ),
        (said("Who is the king of Spain?", REFUSED), "What did he say?", "What did he say?"),
        (
            said("Who is the chief of Lenz?", REFUSED),
            "And of Tolk?",
            "Who is the chief of Tolk?",
        ),
        # "it" over two turns
        (
            [*FERRY, *said("How many cars does it carry?", "120 cars [1].")],
            "And what does it cost?",
            "And what does it cost? (electric ferry)",
        ),
        (TAX, "How much does it bring in?", "How much does it bring in? (tax on second homes)"),
        # a part of what was asked
        (STRAITS, "Under which pact?", "Under which pact did Turkey close the straits?"),
        (FERRY, "At what time?", "At what time will the electric ferry sail?"),
        (VISITORS, "How many in March?", "How many visitors came in March?"),
        (VISITORS, "According to whom?", "Who said how many visitors came in April?"),
        # doubts and corrections
        (CHIEF, "Are you sure?", "Who is the fire chief?"),
        (CHIEF, "Really?", "Who is the fire chief?"),
        (TAX, "No, I meant the ferry. What does it cost?", "What does the ferry cost?"),
        (said("What does it cost?", "0.8 %."), "I meant the ferry", "What does the ferry cost?"),
    ],
)
def test_short_replies_are_understood(history, asked, meant):
    assert standalone_question(asked, history) == meant


@pytest.mark.parametrize("asked", ["And the wounded?", "And injured?"])
def test_the_wounded_asked_after_the_dead_are_not_the_dead(talks, asked):
    history = said("How many civilians were killed?", "At least 3,153 [1].")
    answer = talks.ask(asked, history)
    assert [figure.text for figure in answer.figures] == ["3,316", "3,235", "1,824"]
    assert "3,316" in answer.answer


# What is bad input


def test_other_roles_are_refused_with_the_known_ones():
    for role in ("system", "", "User", None):
        with pytest.raises(UnknownRole, match="Choose one of user, assistant for each turn"):
            Turn(role, "Who?")  # pyright: ignore[reportArgumentType]


def test_half_a_character_is_refused():
    with pytest.raises(QuestionNotText, match=r"U\+D800"):
        Turn("user", "Who\ud800?")


def test_a_very_long_history_is_no_more_than_its_end():
    long = [*said("x" * 1000, "The y. " * 150) * 500, *KALIN]
    assert sum(len(turn.content) for turn in long) > 1_000_000
    assert standalone_question("And Akar?", long) == standalone_question("And Akar?", long[-20:])
    assert standalone_question("And Akar?", long) == "What did Akar say about Mariupol?"


@pytest.mark.parametrize("question", ["", "   ", "?!", "…"])
def test_what_is_no_question_stays_none(question):
    assert standalone_question(question, KALIN) == question


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(
        st.sampled_from(
            "And Who What about when why he his they their there it that is was the one two Kalın "
            "Ukraine's Russian delegation(s) in Istanbul on 29 March ? . , ( ) [1] 's İ ı ß ſ "
            "killed wounded How many".split()
        ),
        max_size=12,
    ).map(" ".join),
)
TURNS = st.lists(st.builds(Turn, st.sampled_from(ROLES), TEXTS), max_size=6)


@given(TEXTS, TURNS)
def test_any_history_gives_a_question_that_can_be_asked_and_always_the_same(question, history):
    told = standalone_question(question, history)
    assert told == standalone_question(question, list(history))
    assert len(told) <= MOST_CHARACTERS
    assert any(map(str.isalnum, told)) == any(map(str.isalnum, question))


@given(st.text("ab he.?", min_size=MOST_CHARACTERS - 20, max_size=MOST_CHARACTERS), TURNS)
def test_a_question_never_grows_beyond_what_may_be_asked(question, history):
    assert len(standalone_question(question, history)) <= MOST_CHARACTERS


@given(st.sampled_from(INDEPENDENT), TURNS)
def test_what_depends_on_nothing_is_left_alone_after_any_history(question, history):
    assert standalone_question(question, history) == question

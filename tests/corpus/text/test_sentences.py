import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.text import language
from dragoman.corpus.text.language import language_of
from dragoman.corpus.text.sentences import is_heading, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The war began on Feb. 24.", "It goes on."],
        ["It started at 10.30 a.m. local time (0730GMT).", "They sat down."],
        ["He left at 5 p.m.", "She stayed."],
        ["The plan was dropped in May.", "Pensioners had marched."],
        ['Mrs. May said "I go in May. Then I rest" and went in May.', "He stayed."],
        ["Data of the U.N. refugee agency shows it.", "The U.N. Security Council met."],
        ["Mr. Kalın spoke to Gen. Shoigu.", "Both agreed."],
        ["He met Dr. Ş. Yılmaz in Ankara.", "Then he left."],
        ["He met her.", "Ş. Yılmaz was there too.", "So was J. P. Smith."],
        ["Prof. Dr. Ahmet Yılmaz came.", "Cumhurbaşkanı T. Erdoğan konuştu."],
        ["At least 1,151 died.", "Some 3.87 million fled.", "It was No. 5."],
        ["Is it over?", "No!", "He left."],
        ["Переговори відбулися 29 березня.", "Президент В. Зеленський задоволений."],
        ["Виїхали 3 млн. людей і 5 тис. дітей.", "Він пішов."],
        ["It will lose approx. 400 of its men, Lt. Col. R. J. Hume said.", "He left."],
        ["He sued Smith & Sons Ltd. over the noise.", "He won."],
        ["Es gilt ab dem 1. Juli bis 6 Uhr.", "Der 2. Weltkrieg war vorbei."],
        ["Toplantı 29. Mart günü yapıldı.", "O gitti."],
        ["he left.", "she stayed."],
        ["He left.", "al-Assad stayed."],
        ["1. Anna Berg won.", "She is from Holt."],
        ["Talks were held (they say so.) in Istanbul.", "He left."],
        ["On the other hand, Ms. Ellis said so.", "The vote for Ms. Warren came late."],
        ["The envoy, Amb. Lee, left at 5 p.m. Monday for Springfield, Mass. Council members."],
        ["He went to Ft. Worth at 9 a.m. EST.", "She lives in Boston, Mass.", "He left."],
        ["The parade on Fifth Ave. Tuesday was long, approx. 400 came.", "It rained."],
        ["Liman 20. yüzyılın başında kuruldu.", "Kale M.Ö. 5. yüzyıldan kalmadır."],
        ["Doç. Dr. Ali Kaya 3. sırada konuştu.", "Yrd. Doç. Dr. Can 2. Dünya Savaşı'nı anlattı."],
        ["Это было в 1945 г. в Москве.", "На ул. Ленина жил проф. Иванов.", "Он уехал."],
        ["Це було у 1945 р. в Києві.", "На вул. Хрещатик ім. Шевченка.", "Він пішов."],
        ["Переговоры прошли в Стамбуле 29 марта 2022 г.", "Стороны вышли к прессе."],
        ["В марте 2022 г. Турция приняла делегации.", "Они встретились."],
        ["Зустріч делегацій відбулася у Стамбулі 29 березня 2022 р.", "Сторони домовилися."],
        ["У березні 2022 р. Туреччина прийняла делегації."],
        ["С 2014 по 2022 гг. Киев и Москва спорили.", "Он живёт в г. Москва."],
        ["Убытки порта за год выросли до 3 млн.", "Россия это отрицает."],
        ["M. Dupont et Mme. Durand sont venus.", "Il y a env. 5 km."],
    ],
)
def test_where_sentences_end(expected):
    assert sentences(" ".join(expected)) == expected


def test_the_language_is_recognised_or_given():
    german = [
        "Die Firma hat ihren Sitz seit z.T. acht Jahren bei Gießen.",
        "Hr. Meier schrieb das.",
    ]
    text = " ".join(german)
    assert [text[start:end] for start, end in sentence_spans(text, "de")] == german
    long = " ".join([*german, "Sie wird von den Leuten in der Stadt als große Firma gesehen."] * 3)
    assert language_of(long) == "de"
    assert sentences(long) == [long[start:end] for start, end in sentence_spans(long, "de")]


@pytest.mark.parametrize(
    "expected",
    [
        ["Die Fähre kostet 2,4 Mio. Kronen.", "Das sagte Dr. Horn am Montag."],
        ["Atatürk Cad. No. 5 adresinde buluştular.", "Kararı Irak'a.", "Bkz. 3. sayfa."],
        ["Про це він сказав в інтерв'ю.", "Ціна становила 5 тис. грн. за тонну."],
        ["It was the government's.", "La Dra. Pérez habló."],
    ],
)
def test_abbreviations_end_no_sentence_and_endings_behind_an_apostrophe_do(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“We go on,” he said.", "He left."],
        ['"There will be no winner. Both will lose," he said.', "He left."],
        ["“There will be no winner. Both will lose,” he said.", "He left."],
        ["Він сказав: «Ми готові. Ми чекаємо».", "Він поїхав."],
        ["“Really? Yes!” she asked.", "He left."],
    ],
)
def test_quoted_speech_stays_in_the_sentence_that_quotes_it(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_line_end_ends_a_sentence_whatever_stands_there():
    assert sentences("CONTACTS WITH RUSSIA\nMr.\n\nKalın said so.") == [
        "CONTACTS WITH RUSSIA",
        "Mr.",
        "Kalın said so.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\n "])
def test_no_text_has_no_sentences(text):
    assert sentence_spans(text) == []


PIECES = st.sampled_from(
    [*" \n\t\xa0\u2028.!?…,;:\"'“”«»()", "Mr.", "Ş.", " 😀", " U.N.", " т.", "и"]
)


@given(st.lists(st.one_of(PIECES, st.characters(exclude_categories=["Cs"]))).map("".join))
def test_every_character_lies_in_exactly_one_sentence(text):
    spans = sentence_spans(text)
    covered = [number for start, end in spans for number in range(start, end)]
    assert covered == sorted(set(covered))
    assert {n for n, c in enumerate(text) if not c.isspace()} <= set(covered)
    for start, end in spans:
        assert start < end
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]


@pytest.mark.parametrize("line", ["CONTACTS WITH RUSSIA", "“I expect little”", "No winner", "Why"])
def test_what_reads_as_a_heading(line):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    ["He left.", "“He left.”", "Is it over?", "Figures:", "However,", "", " ".join(["word"] * 15)],
)
def test_what_reads_as_no_heading(line):
    assert not is_heading(line)


def test_without_space_for_a_temporary_file_a_language_is_taken_for_english(monkeypatch, tmp_path):
    text = "Der Hafen wurde am Montag nach dem Sturm wieder für alle Schiffe freigegeben. " * 4
    language._identifier.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
        assert language_of(text) == "en"
    assert language_of(text) == "de"

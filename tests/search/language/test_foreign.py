"""Which questions are told to be in another language than English."""

import pytest

from dragoman.search.language.foreign import foreign


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Ab wann gilt das Fahrverbot in Grünau?", "German"),
        ("Wie hoch ist der Schaden am Rathaus?", "German"),
        ("wer hat den Preis gewonnen", "German"),
        ("WER IST DER BÜRGERMEISTER?", "German"),
        ("Combien ont coûté les travaux du pont ?", "French"),
        ("Qui est le maire de Vaucey ?", "French"),
        ("¿Quién ganó las elecciones en Loja?", "Spanish"),
        ("cuando abre el museo de la ciudad", "Spanish"),
        ("Quem é o presidente da câmara?", "Portuguese"),
        ("Quando apre il museo della città?", "Italian"),
        ("Wanneer gaat het museum open?", "Dutch"),
        ("Hvornår åbner det nye museum?", "Danish"),
        ("Hva koster det å reise med båten?", "Norwegian"),
        ("Vad kostar det att åka med båten?", "Swedish"),
        ("Kto jest burmistrzem i co się stało?", "Polish"),
        ("Müze ne zaman açılacak ve bilet kaç lira?", "Turkish"),
        ("Когда открывается библиотека в Заречном?", "Russian"),
        ("Коли відкриється бібліотека?", "Ukrainian"),
        ("Πότε ανοίγει το μουσείο;", "Greek"),
        ("博物馆什么时候开门？", "Chinese"),
        ("博物館はいつ開きますか？", "Japanese"),
        ("متى يفتح المتحف؟", "another language"),
    ],
)
def test_other_languages_are_told(question, language):
    assert foreign(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "When does the lorry ban in Grünau begin?",
        "Who is the mayor of Rio de Janeiro?",
        "What did Charles de la Tour say about the Los Angeles of old?",
        "who won in los angeles and las vegas",
        "who is die toten hosen",
        "wat did greta oberlin anounce",
        "grain deal istanbul july",
        "Fahrverbot Lastwagen",
        "pont de Vaucey",
        "los angeles las vegas",
        "mayor tolk",
        "TELL ME ABOUT THE FERRY",
        "wo is the mayor",
        "hwo many hives were lost",
        "x",
        "of the",
        "2022",
        "🙂",
        "",
    ],
)
def test_english_and_what_may_be_english_is_not(question):
    assert foreign(question) is None

from pipeline.measure.vocabulary_training import count_shared, learn_vocabulary

FRENCH = ["Hier le conseil a voté avec Merkel", "Le Conseil et le conseil"] * 4
GERMAN = ["Heute hat die Polizei mit Merkel gesprochen"] * 3


def test_words_in_lower_case_are_vocabulary_and_names_are_not():
    words = learn_vocabulary("fr", FRENCH)
    assert {"conseil", "vote", "avec"} <= set(words)
    assert "merkel" not in words
    assert words == sorted(words)


def test_what_is_seen_once_is_no_vocabulary():
    assert "conseil" not in learn_vocabulary("fr", FRENCH[:1])


def test_german_nouns_are_vocabulary_unless_the_french_beside_them_writes_them_so_too():
    shared = count_shared([("La police a parlé avec Merkel", sentence) for sentence in GERMAN])
    words = learn_vocabulary("de", GERMAN, shared)
    assert "polizei" in words
    assert "merkel" not in words

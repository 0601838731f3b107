import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.breaks import cut_at_word
from pipeline.summarize.compress import shorten
from pipeline.summarize.quotations import is_balanced

LEAD = (
    "Une opération coordonnée par INTERPOL, visant les réseaux criminels responsables d’affaires de « sextorsion » "
    "dans le monde entier, a abouti à l’arrestation de 58 personnes dont trois hommes liés au groupe."
)


def at_most(limit):
    return lambda text: len(text) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        (LEAD, 500, LEAD),
        (
            LEAD,
            120,
            "Une opération coordonnée par INTERPOL a abouti à l’arrestation de 58 personnes dont trois hommes liés au "
            "groupe.",
        ),
        (LEAD, 90, "Une opération coordonnée par INTERPOL a abouti à l’arrestation de 58 personnes."),
        (
            "Dans le cadre de l’opération Strikeback, une série d’interventions ont été menées par la Police nationale "
            "des Philippines à Bicol et Taguig les 30 avril et 1er mai.",
            120,
            "Une série d’interventions ont été menées par la Police nationale des Philippines à Bicol et Taguig.",
        ),
        (
            "Elles ont donné lieu à la saisie de 250 éléments de preuve, notamment des téléphones portables.",
            70,
            "Elles ont donné lieu à la saisie de 250 éléments de preuve.",
        ),
        (
            "Le Département de la sécurité (DHS) a versé des fonds à la police de Hong Kong.",
            75,
            "Le Département de la sécurité a versé des fonds à la police de Hong Kong.",
        ),
        (
            "La police – aidée par la douane – a saisi 250 téléphones à Manille.",
            50,
            "La police a saisi 250 téléphones à Manille.",
        ),
        (
            "La police a ouvert une enquête à Manille ; des criminels proposent des images.",
            50,
            "La police a ouvert une enquête à Manille.",
        ),
    ],
)
def test_what_can_go_goes_and_no_more(text, limit, expected):
    assert shorten(text, at_most(limit), "fr") == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "The operation, which was led by Europol, has resulted in 58 arrests.",
            "The operation has resulted in 58 arrests.",
        ),
        (
            "es",
            "La operación, que fue dirigida por Europol, ha permitido 58 detenciones.",
            "La operación ha permitido 58 detenciones.",
        ),
        (
            "ca",
            "L’operació, que fou dirigida per Europol, ha permès 58 detencions.",
            "L’operació ha permès 58 detencions.",
        ),
        (
            "pt",
            "A operação, que foi dirigida pela Europol, permitiu 58 detenções.",
            "A operação permitiu 58 detenções.",
        ),
        (
            "pt-BR",
            "A operação, que foi dirigida pela Europol, permitiu 58 detenções.",
            "A operação permitiu 58 detenções.",
        ),
        (
            "it",
            "L’operazione, che è stata diretta da Europol, ha portato a 58 arresti.",
            "L’operazione ha portato a 58 arresti.",
        ),
        (
            "de",
            "Die Operation (Strikeback) führte weltweit zu 58 Festnahmen.",
            "Die Operation führte weltweit zu 58 Festnahmen.",
        ),
        ("zh", "国际刑警组织（总部位于里昂）在菲律宾逮捕五十八名嫌疑人。", "国际刑警组织在菲律宾逮捕五十八名嫌疑人。"),
    ],
)
def test_every_language_is_cut_at_its_own_words(lang, text, expected):
    assert shorten(text, at_most(len(expected)), lang) == expected


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        # The subordinate clause has no verb left.
        ("Le ministre a indiqué que 28 établissements ainsi que 262 classes étaient fermés.", 60),
        # What was said would go.
        ("Le Premier ministre a prévenu, lundi soir, qu’il n’accepterait aucun report.", 45),
        # Whose claim it is would go.
        ("Trois hommes ont été tués par la police dans la nuit, selon leur avocat.", 55),
        # What is denied would go.
        ("Les victimes n’ont pas été identifiées par la police dans les archives.", 55),
        # The exception would go.
        ("Le service a été ouvert à tous les habitants, notamment le soir, sauf aux mineurs.", 55),
        # The object would go.
        ("La police a découvert jeudi soir lors d’une perquisition trois kilos de drogue.", 40),
        # The name would be cut.
        ("Le projet a été financé par le Fonds européen INTERPOL pour l’innovation à Singapour.", 60),
        # « heures après » would lose its second half.
        ("Les chaînes ont cessé toute émission quelques heures après la décision du gouvernement.", 55),
        # The subject, not an insertion.
        ("Selon France 3, une scène étrange, a eu lieu dans un bureau de tabac de Poitiers.", 60),
        # Reported speech in front of its verb.
        ("Mardi matin, des plongeurs devaient sonder les rochers, a précisé la gendarmerie.", 50),
        # No verb that is known.
        ("Strikeback : trois pays, quatre polices, cinq arrestations et douze perquisitions lors du week-end.", 60),
        ("« Un adolescent est mort dans la nuit, notamment à cause de ces activités.", 40),
    ],
)
def test_where_the_rest_would_be_wrong_nothing_is_cut(text, limit):
    assert shorten(text, at_most(limit), "fr") is None


def test_an_insertion_with_a_quotation_inside_stays_verbatim_or_goes_whole():
    text = "Le réseau « Sextorsion (Asie), dit le Club » a été démantelé par la police (PNP) lors d’une opération."
    for limit in range(40, len(text)):
        short = shorten(text, at_most(limit), "fr")
        assert short is None or "« Sextorsion (Asie), dit le Club »" in short


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Opération d’INTERPOL contre la sextorsion (communiqué)", 45, "Opération d’INTERPOL contre la sextorsion"),
        ("Cybercriminalité : INTERPOL arrête 58 personnes", 35, "INTERPOL arrête 58 personnes"),
        ("58 arrestations aux Philippines lors d’une opération mondiale", 40, "58 arrestations aux Philippines"),
    ],
)
def test_a_headline_needs_no_verb(text, limit, expected):
    assert shorten(text, at_most(limit), "fr", sentence=False) == expected


def test_a_text_that_is_no_sentence_is_not_worked_on():
    text = "a, dont (b) " * 200_000
    assert shorten(text, at_most(100), "fr") is None
    assert cut_at_word(text, at_most(100), "fr") == ""


def test_the_longest_sentences_cost_little_more_than_their_length():
    def work(size):
        for number in range(20):
            text = f"La police a saisi {number} armes" + ", dont (b) des cartes" * size + "."
            shorten(text, at_most(60), "fr")

    assert growth(work, 15, 60) < 16 * 2.5  # places to cut times what is left: quadratic at most, up to LONGEST


@pytest.mark.parametrize(
    ("lang", "text", "limit", "expected"),
    [
        (
            "fr",
            "La police a saisi une somme totale de 15 000 dollars à Manille",
            46,
            "La police a saisi une somme totale…",
        ),
        ("fr", "La police a arrêté un homme nommé Daniel Perry hier", 42, "La police a arrêté un homme nommé…"),
        ("fr", "La police a parlé « d’un réseau mondial » à tous", 35, ""),
        ("fr", "Trois pays, quatre polices et cinq arrestations en deux nuits", 40, ""),
        ("de", "Die Polizei hat gestern drei Personen festgenommen", 30, "Die Polizei hat gestern…"),
        ("zh", "警方逮捕了三人，并缴获了大量现金和手机。", 12, "警方逮捕了三人…"),
        ("zh", "警方逮捕了三人并缴获了大量现金和手机。", 12, ""),
    ],
)
def test_the_last_resort_cuts_between_words_only(lang, text, limit, expected):
    assert cut_at_word(text, at_most(limit), lang) == expected


WORDS = [
    "La police",
    "a",
    "saisi",
    "15 000",
    "dollars",
    "dont",
    "« trois mois »",
    "(PNP)",
    ",",
    "qui",
    "ont",
    "lors de",
    "Daniel Perry",
    ";",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=25), st.integers(20, 90), st.sampled_from(["fr", "en", "de"])
)
def test_whatever_comes_out_fits_and_is_made_of_whole_parts(words, limit, lang):
    text = " ".join(words).replace(" ,", ",") + "."
    for short in (shorten(text, at_most(limit), lang), cut_at_word(text, at_most(limit), lang)):
        if short:
            assert len(short) <= limit
            assert is_balanced(short)
            assert short.count("15 000") == short.count("15")
            assert short.count("Daniel Perry") == short.count("Daniel")
            assert short.count("« trois mois »") == short.count("«")

from itertools import count

import pytest

from pipeline.check.hedges import HEDGES, hedges
from pipeline.check.negation import NEGATION, denials
from pipeline.check.speakers import SPEAKERS, speaker
from pipeline.facts.names import find_names
from tests.growth import growth

DENIALS = [
    ("Aucune victime n’a été identifiée.", 1),
    ("Il n’est pas venu.", 1),
    ("Ne pas ouvrir cette porte.", 1),
    ("Ces réseaux n’ont qu’une idée en tête.", 0),
    ("Partons avant qu’il ne parte.", 0),
    ("Il craint qu’elle ne parte.", 0),
    ("Plus de 200 personnes sont arrivées.", 0),
    ("Il ne dort plus et elle ne mange jamais.", 2),
]
NEGATION_PASSES = [
    ("Aucune victime n’a été identifiée hier.", "No victim was identified yesterday.", "en"),
    ("Ces réseaux n’ont qu’une idée en tête.", "These networks have one idea in mind.", "en"),
    ("Il faut partir avant qu’il ne parte lui-même.", "We must leave before he leaves.", "en"),
    ("Les policiers ne sont pas venus.", "La policía no vino.", "es"),
    ("Les policiers ne sont pas venus.", "Die Polizei kam nicht.", "de"),
    ("Le chef de la Police nationale est venu.", "El cap de la Policia nacional ha vingut.", "ca"),
    ("Aucune victime n’a été vue ici.", "Cap víctima no ha estat vista aquí.", "ca"),
]
NEGATION_FAILS = [
    ("Les policiers ne sont pas venus ici.", "The police came here.", "en", "major"),
    ("Les policiers sont venus ce matin.", "The police did not come this morning.", "en", "major"),
    ("Les policiers ne sont pas venus ici.", "La policía vino aquí.", "es", "major"),
    ("Les policiers ne sont pas venus ici.", "Die Polizei kam hierher.", "de", "major"),
    ("Les policiers sont venus ce matin.", "La polizia non è venuta stamattina.", "it", "major"),
    ("Le chef de la Police nationale est venu.", "El cap de la Policia no ha vingut pas.", "ca", "major"),
    ("Ils se trouvent n’importe où dans le monde.", "Están no importa dónde en el mundo.", "es", "minor"),
    ("Les policiers ne sont pas venus ici.", "The police failed to come.", "en", "minor"),
    ("Les policiers sont venus sans armes.", "The police did not come with arms.", "en", "minor"),
    ("Les frais ne changent pas cette année.", "The fees remain as they were this year.", "en", "minor"),
    ("Les policiers sont venus ce matin.", "The police came not far from here this morning.", "en", "minor"),
    (
        "Les policiers sont venus ce matin à la gare de la ville, où deux hommes attendaient sans rien dire.",
        "The police did not come this morning to the station of the town, where two men waited in silence.",
        "en",
        "major",
    ),
    ("Il ne dort pas et elle ne mange pas.", "He does not sleep and she eats.", "en", "minor"),
]
HEDGE_PASSES = [
    ("Il aurait versé 3 M€ ; il est mis en examen.", "He allegedly paid €3m; he is under investigation.", "en"),
    ("Il est soupçonné de vol.", "He is suspected of theft.", "en"),
    ("Il est soupçonné de vol.", "Es sospechoso de robo.", "es"),
    ("L’homme aurait été arrêté.", "Der Mann soll festgenommen worden sein.", "de"),
    ("Le présumé voleur", "Il presunto ladro", "it"),
    ("S’il avait su, il serait venu.", "If he knew he came.", "en"),
    ("Il a été condamné après sa mise en examen ; il est mis en examen.", "He was convicted, then charged.", "en"),
    ("Il a versé 3 M€.", "He paid €3m.", "en"),
    ("Il aurait versé 3 M€, et il est soupçonné.", "According to the police he paid €3m.", "en"),
    ("Il est mis en examen.", "He is under investigation.", "en"),
    ("Il aurait golpé.", "Golpearía.", "es"),
]
HEDGE_FAILS = [
    ("Il est mis en examen.", "He was convicted.", "en", "blocker"),
    ("Il est mis en examen.", "Fue condenado.", "es", "blocker"),
    ("Il aurait versé 3 M€.", "He paid €3m.", "en", "major"),
    ("L’homme aurait été arrêté.", "El hombre fue detenido.", "es", "major"),
    ("Le présumé voleur a fui.", "The thief fled.", "en", "major"),
    ("Le présumé voleur a fui.", "Der Dieb floh.", "de", "major"),
    ("Selon la police, il aurait versé 3 M€.", "According to the police he paid €3m.", "en", "major"),
    ("Il aurait volé au secrétariat.", "Robó en la secretaría.", "es", "major"),
]
SPEAKING = [
    ("« Oui », a déclaré Sanjay Virmani, Directeur du CICN.", "Sanjay Virmani"),
    ("Alan Purisima, chef de la police, a affirmé que tout va bien.", "Alan Purisima"),
    ("selon Noboru Nakatani, tout va bien", "Noboru Nakatani"),
    ("Noboru Nakatani est arrivé à Manille.", None),
    ("« Non », a déclaré Daniel Perry ; « oui », a répondu Malcolm Graham.", None),
]
SPEAKER_PASSES = [
    ("« C’est une réussite », a dit Noboru Nakatani.", "“It is a success,” Noboru Nakatani said."),
    ("Il a dit que tout va bien aujourd’hui.", "He said all is well today."),
    ("Le film Bat Out Of Hell passe ce soir.", "The film “Bat Out Of Hell” is on tonight."),
    ("« Tout va bien ici ce soir »", "“All is well here tonight”"),
]
SPEAKER_FAILS = [
    (
        "« C’est une réussite pour Alan Purisima et toute la police », a dit Noboru Nakatani.",
        "“It is a success for everybody in the police of Noboru Nakatani and for all,” said Alan Purisima.",
        "major",
    ),
    (
        "« C’est une réussite », a dit Noboru Nakatani après avoir longuement rencontré à huis clos Alan Purisima.",
        "“It is a success,” said Alan Purisima after a long meeting behind closed doors with Noboru Nakatani.",
        "major",
    ),
    ("La police cherche deux hommes.", "The police “looks for two armed men”.", "major"),
    (
        "« C’est une réussite », a dit Noboru Nakatani.",
        "“It is a success,” said Malcolm Graham.",
        "major",
    ),
    (
        "« C’est une réussite », a dit Noboru Nakatani, chef de Purisima.",
        "“It is a success,” said Purisima, head of the team of Noboru Nakatani.",
        "major",
    ),
    ("La police a déclaré chercher deux hommes.", "Police said: “We look for two armed men.”", "minor"),
]


@pytest.mark.parametrize(("text", "number"), DENIALS)
def test_french_denials_are_counted(text, number):
    assert len(denials(text)) == number


@pytest.mark.parametrize(("source", "target", "lang"), NEGATION_PASSES)
def test_kept_negations_pass(make_pair, source, target, lang):
    assert list(NEGATION.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "severity"), NEGATION_FAILS)
def test_changed_negations_are_found(make_pair, source, target, lang, severity):
    assert [defect.severity for defect in NEGATION.find(make_pair(source, target, lang))] == [severity]


@pytest.mark.parametrize(("source", "target", "lang"), HEDGE_PASSES)
def test_kept_allegations_pass(make_pair, source, target, lang):
    assert list(HEDGES.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "severity"), HEDGE_FAILS)
def test_allegations_stated_as_facts_are_found(make_pair, source, target, lang, severity):
    assert [defect.severity for defect in HEDGES.find(make_pair(source, target, lang))] == [severity]


def test_a_hedge_is_found_where_it_stands():
    text = "Il aurait versé 3 M€ ; il est mis en examen."
    assert [text[span.start : span.end] for span in hedges(text)] == ["aurait versé", "mis en examen"]


@pytest.mark.parametrize(("text", "name"), SPEAKING)
def test_the_speaker_is_the_name_beside_a_verb_of_saying(text, name):
    who = speaker(text, find_names(text))
    assert (who and who.surface) == name


@pytest.mark.parametrize(("source", "target"), SPEAKER_PASSES)
def test_quotations_with_their_speaker_pass(make_pair, source, target):
    assert list(SPEAKERS.find(make_pair(source, target))) == []


@pytest.mark.parametrize(("source", "target", "severity"), SPEAKER_FAILS)
def test_changed_speakers_and_invented_quotations_are_found(make_pair, source, target, severity):
    assert [defect.severity for defect in SPEAKERS.find(make_pair(source, target))] == [severity]


@pytest.mark.parametrize("check", [NEGATION, HEDGES, SPEAKERS])
@pytest.mark.parametrize("piece", ["n'", "ne a, ", "ne ", "aurait pas ", "a déclaré X ", ", ", "aucun a "])
def test_a_hostile_text_costs_no_more_than_its_length(make_pair, check, piece):
    fresh = count()

    def work(size):
        list(check.find(make_pair(f"{next(fresh)} {piece * size}", f"{next(fresh)} {'a ' * size}")))

    assert growth(work, 2_500, 10_000) < 8


def test_languages_without_a_table_are_not_checked():
    for check in (NEGATION, HEDGES, SPEAKERS):
        assert check.applies("pt-BR")
        assert not check.applies("ru")

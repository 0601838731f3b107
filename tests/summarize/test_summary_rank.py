import pytest
from growth import growth

from pipeline.summarize import rank_segments

LEAD = "Une opération coordonnée par INTERPOL contre la fraude a abouti à l’arrestation de 58 personnes à Manille."
SECOND = "La police de Manille a saisi 250 téléphones lors de cette opération contre la fraude en ligne."
THIRD = "Le ministre a salué la coopération entre la police des Philippines et celle de Singapour."


def test_the_lead_of_a_release_comes_first(prepare):
    release = prepare(("headline", ["INTERPOL : 58 arrestations"]), ("lead", [LEAD]), ("paragraph", [SECOND, THIRD]))
    ranking = rank_segments(release)
    assert ranking[0] == "s1"
    assert sorted(ranking) == ["s1", "s2", "s3"]


@pytest.mark.parametrize("kind", ["headline", "date", "heading", "boilerplate", "contact", "note", "embargo", "other"])
def test_what_is_not_running_text_is_never_ranked(prepare, kind):
    assert rank_segments(prepare((kind, [LEAD]), ("paragraph", [SECOND]))) == ("s1",)


@pytest.mark.parametrize("layout", ["cell", "header", "footer", "footnote", "textbox", "attribute", "heading"])
def test_what_stands_outside_the_flow_is_never_ranked(prepare, layout):
    assert rank_segments(prepare(("paragraph", [LEAD]), layout=layout)) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "MANILLE (Philippines) ‒",
        "Contact presse : Mme Dupont répond à toutes les questions.",
        "Écrivez à presse@example.org pour toute demande d’information.",
        "Le dossier complet est sur www.example.org depuis hier soir.",
        "Le standard répond au 01 23 45 67 89 pendant toute la journée.",
        "Ce communiqué est sous embargo jusqu’à demain matin à huit heures.",
        "Pour diffusion immédiate à tous les médias de la région.",
        "À propos d’INTERPOL, organisation internationale de police criminelle.",
        "Les mesures prises sont les suivantes :",
        "Qui sont donc ces nouveaux maîtres chanteurs ?",
        "Trois mots seulement.",
    ],
)
def test_notices_contacts_datelines_and_questions_are_never_ranked(prepare, sentence):
    assert rank_segments(prepare(("paragraph", [LEAD, sentence, SECOND]))) == ("s0", "s2")


def test_pieces_of_a_quotation_are_never_ranked(prepare):
    quotation = [
        "Il a déclaré : « Un adolescent est mort à cause de ces activités.",
        "Personne ne peut imaginer les conséquences pour toute sa famille.",
        "Notre priorité est la sécurité de tous les citoyens de ce pays ».",
    ]
    assert rank_segments(prepare(("lead", [LEAD]), ("quote", quotation), ("paragraph", [SECOND]))) == ("s0", "s4")


def test_a_whole_quotation_ranks_behind_the_same_statement(prepare):
    said = "« La police des Philippines a démantelé un réseau de fraude à Manille », a déclaré le directeur."
    stated = "La police des Philippines a démantelé un réseau de fraude à Manille, rappelle le directeur."
    assert rank_segments(prepare(("paragraph", [said, stated])))[0] == "s1"


def test_a_repetition_ranks_behind_what_is_new(prepare):
    again = LEAD.replace("a abouti à", "a conduit à")
    ranking = rank_segments(prepare(("lead", [LEAD]), ("paragraph", [again, SECOND, THIRD])))
    assert ranking[-1] == "s1"


def test_fragments_come_last(prepare):
    fragment = "arrestation de 58 personnes à Manille par la police contre la fraude"
    assert rank_segments(prepare(("paragraph", [fragment, SECOND, THIRD])))[-1] == "s0"


def test_a_release_without_running_text_has_no_ranking(prepare):
    assert rank_segments(prepare(("headline", ["INTERPOL : 58 arrestations"]))) == ()


def test_equal_sentences_keep_their_order(prepare):
    assert rank_segments(prepare(*[("paragraph", [SECOND])] * 3)) == ("s0", "s1", "s2")


def test_a_very_long_release_is_ranked_without_growing_dear(prepare):
    def work(size):
        release = prepare(
            *[("paragraph", [f"La police de la ville {number} a saisi {number} téléphones."]) for number in range(size)]
        )
        assert len(rank_segments(release)) == size

    assert growth(work, 750, 3000) < 10

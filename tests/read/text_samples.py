"""One release in three text formats, and the way there and back that each of them must come through."""

import codecs
import re
from collections.abc import Callable

from pipeline.read.base import Format, Limits
from pipeline.records import Block, TargetBlock

TEXT = """\
Opération coordonnée contre les réseaux de « sextorsion »

2 mai 2014

MANILLE – Une opération visant les réseaux criminels responsables d’affaires de
« sextorsion » dans le monde entier a abouti à l’arrestation de 58\u00a0personnes,
dont trois hommes liés au groupe qui avait harcelé un adolescent.  Elles seront
jugées en juillet.

« Notre message est clair : il n’existe aucun endroit – au monde – où trouver
refuge », a déclaré M.\u00a0Purisima. « Ces “réseaux” sont étendus. »

Les saisies de l’opération

Ont été saisis à Bicol et à Taguig, au cours de perquisitions menées le 30 avril :
- 250 téléphones portables, des ordinateurs portables, des équipements et des
  munitions ;
  * dont douze volés,
- 15\u202f000 dollars.

Contact presse
Marie Exemple
Tél. : +33 1 23 45 67 89
presse@example.org
"""

MARKDOWN = """\
---
title: "Opération \\"coordonnée\\""
description: 'L''opération de mai'
subtitle: Un succès
date: 2014-05-02
---

# Opération *coordonnée* contre la « sextorsion » #

2 mai 2014

**MANILLE** – Une opération visant les _réseaux_ d’affaires de « sextorsion »,
a abouti à l’arrestation de [58\u00a0**personnes**](https://example.org/a_(b) "Liste")
dont trois hommes.[^1] Voir <https://example.org> et https://example.org/a_b?x=1&y=2.
Prix : 3 \\* 4 = 12, R&D, 5&nbsp;%, a < b, `code *pur*` fini.

Les saisies
-----------

- 250 téléphones
  portables ;
  * dont ~~douze~~ onze
    1. à Taguig
- [x] des munitions

> « Ces “réseaux” sont étendus »,\u0020\u0020
> a déclaré M.&nbsp;Purisima\\
> de Manille.
> > Encore

| Type | Nombre *total* |
|------|---:|
| Téléphones \\| portables | 250 |
| ![Photo du monde](a.jpg) | `a\\|b` texte |

![La *carte* du
monde](carte.png "titre") Légende de [référence][ref], [raccourci].

H<sub>2</sub>O et <u>souligné</u><br>ligne <!-- note --> fin

```
code intact
```

<div>HTML intact</div>

[ref]: https://example.org/ref
[raccourci]: https://example.org/court

[^1]: Note.
"""

HTML = """\
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>Op&eacute;ration coordonn&eacute;e &amp; r&eacute;ussie</title>
  <meta name="description" content="58 personnes arr&ecirc;t&eacute;es">
  <style>p { color: red }</style>
  <script>var a = "<p>texte intact</p>";</script>
</head>
<body class=page>
<header><nav><ul><li><a href="/">Accueil</a></li></ul></nav></header>
<main>
 <h1>Opération coordonnée par <em>INTERPOL</em></h1>
 <p class="date">2&nbsp;mai 2014</p>
 <p>
    <strong>MANILLE</strong> – Une opération, visant les réseaux
    d’affaires de «&nbsp;sextorsion&nbsp;», a abouti à
\tl’arrestation de <a href="/a?b=1&copy=2" title="Voir la liste">58
    personnes<sup><a href="#fn1">1</a></sup></a> dont <b>trois <i>hommes</i></b>.<sup>2</sup>
 </p>
 <ul>
   <li>250 téléphones
   <li>des munitions<ul><li>12 volées</li></ul> et plus
 </ul>
 <table><caption>Saisies</caption><tr><th>Type<th>Nombre<tr><td>Téléphones</td><td>250</td></tr></table>
 <p><img src="a.jpg" alt="La carte &quot;du monde&quot;"> Légende <br>
    deuxième ligne<br/>troisième, R&D, a < b <!-- note --> fin de <code>pip install</code>.</p>
 <blockquote>« Ces “réseaux” sont étendus », a déclaré <span translate="no">M. Purisima</span> hier.</blockquote>
 <div>Texte direct<p>para <b>mal <i>emboîté</b> suite</i> et fin</p>queue<br><br>autre para</div>
 <pre>code intact</pre>
 <p><b></b><b> </b>15 m<sup>2</sup> et le 1<sup>er</sup> <input placeholder=Votre&#32;nom> H<sub>2</sub>O</p>
</main>
<footer><p>Service de presse</p></footer>
</body></html>
"""

NO_LIMITS = Limits(max_blocks=10**6, max_block_chars=10**7)


def rot13(text: str) -> str:
    return codecs.encode(text, "rot13")


def targets(blocks: tuple[Block, ...], change: Callable[[str], str] = str) -> dict[str, TargetBlock]:
    return {block.block_id: TargetBlock(block.block_id, change(block.text), block.markup) for block in blocks}


def round_trip(file_format: Format, data: bytes) -> tuple[bytes, bytes, bytes]:
    """Write a file with its own text, with a pseudo-translation, and with that one translated back."""
    blocks = file_format.read(data, NO_LIMITS)
    same = file_format.write(data, targets(blocks), "x-same")
    there = file_format.write(data, targets(blocks, rot13), "x-rot13")
    back = file_format.write(there, targets(file_format.read(there, NO_LIMITS), rot13), "x-rot13")
    return same, there, back


def texts(file_format: Format, source: str) -> list[str]:
    return [block.text for block in file_format.read(source.encode(), NO_LIMITS)]


def translate(file_format: Format, source: str, *words: str, lang: str = "en") -> str:
    """Write a source with other text in its first blocks, markup left where it was."""
    blocks = file_format.read(source.encode(), NO_LIMITS)
    chosen = {
        block.block_id: TargetBlock(block.block_id, word, block.markup)
        for block, word in zip(blocks, words, strict=False)
    }
    return file_format.write(source.encode(), chosen, lang).decode()


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)

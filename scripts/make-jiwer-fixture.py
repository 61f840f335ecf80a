"""Writes pairs of reference and hypothesis with the figures of jiwer, to check src/evaluation against.

    pip install jiwer
    python scripts/make-jiwer-fixture.py > test/fixtures/evaluation/jiwer.json

Half of the pairs are written by hand, the others are drawn from a small vocabulary (so that there are many equally
cheap alignments to choose from) with a fixed seed: the file is the same at every run.
"""

import json
import random
import sys
import unicodedata
from importlib.metadata import version

import jiwer

WRITTEN = [
    ("Patienten söker för ont i bröstet sedan två dagar.", "patienten söker för ont i bröstet sedan två dagar"),
    ("Återbesök om sex veckor.", "Otörbesök om sex, veckor."),
    ("Återbesök om sex veckor, med prover en vecka innan.", "Återbesök om sex veckor med provaren vecka innan"),
    ("På 1980-talet rådde oroliga tider.", "På 1980 talet rådde det oroliga tider!"),
    ("Blodtryck 140/85, puls 72.", "blodtryck 140 85 puls 72"),
    ("37,5 °C på morgonen", "37.5 °C på morgonen"),
    ("Hon betalade 200 $ + moms", "hon betalade 200 moms"),
    ("Vi ses — imorgon … kanske", "Vi ses i morgon, kanske."),
    ("”Kom in”, sade läkaren; ’sitt ner’.", '"Kom in" sade läkaren. Sitt ned!'),
    ("ett två tre fyra fem", "två tre fyra fem sex"),
    ("ett två tre", "tre två ett"),
    ("ja", "ja ja ja ja ja ja"),
    ("ja ja ja ja", "ja"),
    ("hej", ""),
    ("Kalle  åt\tglass\n vid   kiosken ", " kalle åt  glass vid kiosken"),
    ("ÅÄÖ åäö É é ü", "åäö ÅÄÖ e é u"),
    ("kallakriget vakuaeras", "kalla kriget evakueras"),
]


def drawn_pairs(generator: random.Random, count: int) -> list[tuple[str, str]]:
    words = ["och", "att", "det", "är", "en"]
    pairs = []
    for _ in range(count):
        reference = [generator.choice(words) for _ in range(generator.randint(1, 12))]
        hypothesis = []
        for word in reference:
            chance = generator.random()
            if chance < 0.15:
                continue
            hypothesis.append(generator.choice(words) if chance < 0.4 else word)
            if chance > 0.85:
                hypothesis.append(generator.choice(words))
        pairs.append((" ".join(reference), " ".join(hypothesis)))
    return pairs


def normalisation() -> list[jiwer.AbstractTransform]:
    symbols = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)).startswith("S")]
    return [
        jiwer.ToLowerCase(),
        jiwer.RemovePunctuation(),
        jiwer.transforms.BaseRemoveTransform(symbols),
        jiwer.RemoveWhiteSpace(replace_by_space=True),
        jiwer.RemoveMultipleSpaces(),
        jiwer.Strip(),
    ]


def main() -> None:
    words = jiwer.Compose([*normalisation(), jiwer.ReduceToListOfListOfWords()])
    characters = jiwer.Compose([*normalisation(), jiwer.ReduceToListOfListOfChars()])
    pairs = WRITTEN + drawn_pairs(random.Random(3), 60)
    rows = []
    for reference, hypothesis in pairs:
        by_word = jiwer.process_words(reference, hypothesis, words, words)
        by_character = jiwer.process_characters(reference, hypothesis, characters, characters)
        rows.append(
            {
                "reference": reference,
                "hypothesis": hypothesis,
                "wer": by_word.wer,
                "cer": by_character.cer,
                "hits": by_word.hits,
                "substitutions": by_word.substitutions,
                "deletions": by_word.deletions,
                "insertions": by_word.insertions,
            }
        )
    references, hypotheses = [list(side) for side in zip(*pairs)]
    together = {
        "wer": jiwer.wer(references, hypotheses, words, words),
        "cer": jiwer.cer(references, hypotheses, characters, characters),
    }
    json.dump({"madeBy": f"jiwer {version('jiwer')}", "together": together, "pairs": rows}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()

"""similarity_ranking.py [--json] [--draws D] [--queries Q]: which similarity finds the stored image
under noise and under a mask, on synthetic images. One step, separation max; a query succeeds if its
own image wins (identity), not if some pixel error is small.

Images of D = 784 pixels: x = clip(m + 0.25 g, 0, 1), g standard normal, with a brightness m of each
image uniform in [0.2, 0.8]; as a control, all of m = 0.5. K = 100 and 1000 are stored, and the
first 100 of them are queries. Cues:

abs_noise  clip(|x + 0.5 g|, 0, 1), as the code of Universal Hopfield Networks has it
noise      clip(x + 0.5 g, 0, 1)
half_mask  the last half of the pixels zeroed

Cells: percent of queries, mean+-standard error over 8 draws.
"""
import argparse
import json
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy

import draws
import separations
from similarities import SIMILARITIES

DIMENSION = 784
COUNTS = (100, 1000)
BRIGHTNESS = ("varied", "equal")
NOISE = 0.5
RANKED = ("dot", "cosine", "uhn_normalized_dot", "negative_squared_euclidean",
          "negative_manhattan", "inverse_kullback_leibler", "inverse_reverse_kullback_leibler",
          "uhn_jensen_shannon")


def images(random, count, brightness):
    means = random.uniform(0.2, 0.8, (count, 1)) if brightness == "varied" else 0.5
    return numpy.clip(means + 0.25 * random.standard_normal((count, DIMENSION)), 0, 1)


def cues_of(random, originals):
    """{cue: [Q, D]}; the two kinds of noise share their draw."""
    noisy = originals + NOISE * random.standard_normal(originals.shape)
    masked = originals.copy()
    masked[:, DIMENSION // 2:] = 0
    return {"abs_noise": numpy.clip(numpy.abs(noisy), 0, 1), "noise": numpy.clip(noisy, 0, 1),
            "half_mask": masked}


def found(memories, cues, similarity):
    """Share of the cues whose own memory has the largest score; cue q is of memory q."""
    weights = separations.maximum(SIMILARITIES[similarity](memories, cues))
    return (weights.argmax(axis=1) == numpy.arange(len(cues))).mean()


def measure(count, brightness, draw, queries):
    """One draw: {"similarity cue": percent}."""
    random = draws.generator(count, BRIGHTNESS.index(brightness), draw)
    memories = images(random, count, brightness)
    cues = cues_of(random, memories[:queries])
    return {f"{similarity} {cue}": 100 * found(memories, cues[cue], similarity)
            for similarity in RANKED for cue in cues}


def table(count, brightness, numbers):
    cues = dict.fromkeys(name.split()[1] for name in numbers)
    lines = [f"{count} images of {brightness} brightness",
             " ".join([f"{'similarity':32}", *(f"{cue:>14}" for cue in cues)])]
    for similarity in RANKED:
        cells = (draws.cell(numbers[f"{similarity} {cue}"]) for cue in cues)
        lines.append(" ".join([f"{similarity:32}", *cells]))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--draws", type=int, default=draws.DRAWS)
    parser.add_argument("--queries", type=int, default=100)
    arguments = parser.parse_args()
    rankings = []
    for count in COUNTS:
        for brightness in BRIGHTNESS:
            numbers = draws.mean_and_error(
                [measure(count, brightness, draw, arguments.queries)
                 for draw in range(arguments.draws)])
            rankings.append({"images": count, "brightness": brightness, "percent_found": numbers})
            if not arguments.json:
                print(table(count, brightness, numbers), flush=True)
    if arguments.json:
        print(json.dumps({"draws": arguments.draws, "queries": arguments.queries,
                          "rankings": rankings}, indent=1))


if __name__ == "__main__":
    main()

"""regime_map.py [--json] [--draws D]: in which regime softmax recall ends on random unit vectors.

K random unit vectors in N dimensions are stored, and recall with softmax(beta dot)
starts at the first 100 of them and goes on until it converges. For each beta a row of, over 8
draws, mean+-standard error:

k90=1, between, >K/2       share of the queries by k90: single, metastable, global
median_k90                 over the queries
unique                     distinct states that the 100 queries ended in
single_exact and so on     how many of the 100 queries are of this class of states.py
blend                      mean exp(entropy), over the queries
steps                      mean number of updates
"""
import argparse
import functools
import json
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy

import draws
import recall
import separations
import similarities
import states

SIZES = ((100, 16), (100, 64), (1000, 16), (1000, 64))
BETAS = (0.1, 1, 2, 4, 6, 8, 10, 12, 16, 20, 30, 50, 100)
QUERIES = 100


def measure(memories, beta):
    """One draw at one beta: {name: number}."""
    softmax = functools.partial(separations.softmax, beta=beta)
    ended = recall.recall(memories, memories[:QUERIES], similarities.dot, softmax)
    k90 = states.mass_size(ended.weights)
    classes, _ = states.classify(memories, ended)
    return {
        "k90=1": (k90 == 1).mean(),
        "between": ((k90 > 1) & (k90 <= len(memories) / 2)).mean(),
        ">K/2": (k90 > len(memories) / 2).mean(),
        "median_k90": numpy.median(k90),
        "unique": states.clusters(ended.states, 1e-6).max() + 1,
        **{name: classes.count(name) for name in states.CLASSES},
        "blend": states.entropy_size(ended.weights).mean(),
        "steps": ended.steps.mean(),
    }


def table(count, dimension, rows):
    lines = [f"{count} unit vectors in {dimension} dimensions",
             " ".join(["  beta", *(f"{name:>14}" for name in rows[0]["numbers"])])]
    for row in rows:
        cells = map(draws.cell, row["numbers"].values())
        lines.append(" ".join([f"{row['beta']:6g}", *cells]))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--draws", type=int, default=draws.DRAWS)
    arguments = parser.parse_args()
    maps = []
    for count, dimension in SIZES:
        drawn = [draws.unit_vectors(count, dimension, draw) for draw in range(arguments.draws)]
        rows = [{"beta": beta, "numbers": draws.mean_and_error(
            [measure(memories, beta) for memories in drawn])} for beta in BETAS]
        maps.append({"patterns": count, "dimension": dimension, "rows": rows})
        if not arguments.json:
            print(table(count, dimension, rows), flush=True)
    if arguments.json:
        print(json.dumps({"draws": arguments.draws, "queries": QUERIES, "maps": maps}, indent=1))


if __name__ == "__main__":
    main()

"""Runs the presets `regimes` and `similarities` in Basin and holds them against the NumPy oracle.

    agreement.py BASIN regimes|similarities [--draws D]

Both draw their own memories, so numbers agree within their standard errors and a margin. Prints what
differs and exits with 1; with 77 if NumPy is not there.
"""

import csv
import io
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MARGIN = 3.0  # of 100 probes, beside four standard errors
PERCENT_MARGIN = 6.0  # validation target V11

REGIMES = {  # of the oracle, of Basin: those that nobody classes have no class of their own there
    "unique": ["unique_states"],
    "single_exact": ["single_exact_count"],
    "single_blended": ["single_blended_count"],
    "global": ["global_count"],
    "not_converged": ["not_converged_count"],
}

SIMILARITIES = {
    "dot": "dot",
    "cosine": "cosine",
    "uhn_normalized_dot": "mean_normalized_dot",
    "negative_squared_euclidean": "negative_squared_euclidean",
    "negative_manhattan": "negative_manhattan",
    "inverse_kullback_leibler": "inverse_kullback_leibler",
    "inverse_reverse_kullback_leibler": "inverse_reverse_kullback_leibler",
    "uhn_jensen_shannon": "published_jensen_shannon",
}


CUES = {  # of the oracle; corruption and cue_bound of the preset
    "abs_noise": ("gaussian", "reflect"),
    "noise": ("gaussian", "clip"),
    "half_mask": ("erase", "clip"),
}


def basin_rows(basin, preset, metrics, overrides):
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        settings = [word for override in overrides for word in ("--set", override)]
        subprocess.run([basin, "run", preset, "--store", store, "--quiet", *settings], check=True)
        words = [basin, "export", store, "--format", "csv", "--metrics", ",".join(metrics)]
        text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(io.StringIO(text)))


def oracle(script, draws):
    words = [sys.executable, os.path.join(HERE, script), "--json", "--draws", str(draws)]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def mean_and_error(values):
    mean = sum(values) / len(values)
    if len(values) < 2:
        return mean, 0.0
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values))


def differing(what, ours, theirs, margin):
    allowed = margin + 4 * math.hypot(ours[1], theirs[1])
    if abs(ours[0] - theirs[0]) <= allowed:
        return []
    return [f"{what}: {ours[0]:.2f} here, {theirs[0]:.2f} by the oracle, allowed {allowed:.2f}"]


def regimes(basin, draws):
    metrics = sorted({name for names in REGIMES.values() for name in names})
    rows = basin_rows(basin, "regimes", metrics, [f"replicates={draws}"])
    found = []
    compared = 0
    for size in oracle("regime_map.py", draws)["maps"]:
        for row in size["rows"]:
            cells = [cell for cell in rows
                     if int(cell["pattern_count"]) == size["patterns"]
                     and int(cell["dimension"]) == size["dimension"]
                     and float(cell["beta"]) == row["beta"]]
            for name, own in REGIMES.items():
                ours = mean_and_error([sum(float(cell[metric]) for metric in own) for cell in cells])
                what = f"K={size['patterns']} N={size['dimension']} beta={row['beta']} {name}"
                found += differing(what, ours, row["numbers"][name], MARGIN)
                compared += 1
    return compared, found


def similarities(basin, draws):
    rows = basin_rows(basin, "similarities", ["identity_recall"], [
        f"replicates={draws}", "similarity=" + json.dumps(sorted(set(SIMILARITIES.values())))])
    found = []
    compared = 0
    for ranking in oracle("similarity_ranking.py", draws)["rankings"]:
        spread = {"varied": 0.3, "equal": 0.0}[ranking["brightness"]]
        for column, numbers in ranking["percent_found"].items():
            name, cue = column.split()
            compared += 1
            cells = [cell for cell in rows
                     if int(cell["pattern_count"]) == ranking["images"]
                     and float(cell["brightness_spread"]) == spread
                     and cell["similarity"] == SIMILARITIES[name] and matches(cell, cue)]
            ours = mean_and_error([100 * float(cell["identity_recall"]) for cell in cells])
            found += differing(f"K={ranking['images']} spread={spread} {column}", ours, numbers,
                               PERCENT_MARGIN)
    return compared, found


def matches(cell, cue):
    corruption, bound = CUES[cue]
    return cell["corruption"] == corruption and cell["cue_bound"] == bound


def main():
    try:
        import numpy  # noqa: F401
    except ImportError:
        print("skipped: NumPy is not installed (harness/install peers)")
        return 77
    draws = int(sys.argv[4]) if "--draws" in sys.argv else 8
    compare = {"regimes": regimes, "similarities": similarities}[sys.argv[2]]
    compared, found = compare(sys.argv[1], draws)
    print("\n".join([*found, f"{compared} numbers compared, {len(found)} differ"]))
    return 1 if found or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

"""ground_truths.py [--json]: what is known of continuous recall, exactly or in closed form, against
the measurement: a line for each claim, expected, measured and verdict. Exit code 1 if any is off.

clusters     G = 20 clusters of c = 5 memories sqrt(rho) u_g + sqrt(1 - rho) v_gk, all u and v
             orthonormal, rho = 0.9; recall starts at the memories. Distinct states, k90 and
             exp(entropy) by beta; the beta at which cluster means, then single memories are kept
saddle_node  beta_c(K), from which recall keeps a memory among K orthonormal ones, and its own
             weight m there; by bisection, and as the least beta at which m is a fixed point
white_image  100 images uniform in [0, 1] and a white one: by dot product it is the answer to each
distance     softmax(S / |z - x|^2) on 100 images of 3072 pixels of deviation 62, cues of noise 5:
             weight p of the true one by S, and p = 1 / (1 + 99 exp(S / d_w^2 - S / (25 D)))
"""
import argparse
import functools
import json
import math
import os
import sys

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy

import draws
import recall
import separations
import similarities
import states

CLUSTERS, MEMBERS, SHARED = 20, 5, 0.9
CLUSTER_BETAS = {  # beta: distinct states, k90 and exp(entropy), None where nothing is claimed
    4: (1, 90, 100), 5: (1, 90, 100), 5.95: (1, 90, 100),
    6.0: (20, 44, 12.9), 6.2: (20, 13, 9.7), 6.5: (20, 5, 7.9), 8: (20, 5, 5.58),
    10: (20, 5, 5.10), 20: (20, 5, 5.00), 35.6: (20, 5, None),
    35.7: (100, None, None), 36: (100, 4, 2.56), 40: (100, 2, 1.68), 60: (100, 1, 1.08)}
SADDLE_NODES = {3: (2.745644, .58480), 5: (3.564502, .65989), 10: (4.559779, .72940),
                20: (5.478778, .77677), 50: (6.625001, .81949), 100: (7.458675, .84245),
                1000: (10.11074, .88884), 10_000: (12.66282, .91357), 60_000: (14.61005, .92609)}
SCALES = {1e5: .036, 3e5: .33, 1e6: .99977, 3e6: 1.0}


def claim(name, expected, measured, tolerance):
    return {"claim": name, "expected": expected, "measured": measured, "tolerance": tolerance,
            "holds": bool(abs(measured - expected) <= tolerance)}


def ended(memories, beta):
    """Recall with softmax(beta dot) from the memories."""
    return recall.recall(memories, memories, similarities.dot,
                         functools.partial(separations.softmax, beta=beta))


def distinct(memories, beta):
    return int(states.clusters(ended(memories, beta).states, 1e-6).max() + 1)


def bisect(holds, low, high, width):
    """Where holds(x), false at low and true at high, changes, to the width."""
    while high - low > width:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return (low + high) / 2


def clusters():
    axes = numpy.eye(CLUSTERS + CLUSTERS * MEMBERS)
    memories = (math.sqrt(SHARED) * numpy.repeat(axes[:CLUSTERS], MEMBERS, axis=0)
                + math.sqrt(1 - SHARED) * axes[CLUSTERS:])
    for beta, (unique, k90, blend) in CLUSTER_BETAS.items():
        end = ended(memories, beta)
        yield claim(f"clusters: distinct states at beta {beta}", unique,
                    int(states.clusters(end.states, 1e-6).max() + 1), 0)
        if k90:
            yield claim(f"clusters: k90 at beta {beta}", k90,
                        float(numpy.median(states.mass_size(end.weights))), 0)
        if blend:  # to the digits it is given in
            yield claim(f"clusters: exp(entropy) at beta {beta}", blend,
                        float(numpy.median(states.entropy_size(end.weights))),
                        0.0501 if blend in (12.9, 9.7, 7.9) else 0.00501)
    yield claim("clusters: beta from which cluster means are kept", 5.9552,
                bisect(lambda beta: distinct(memories, beta) >= CLUSTERS, 5, 7, 1e-4), 1e-3)
    yield claim("clusters: beta from which single memories are kept", 35.645,
                bisect(lambda beta: distinct(memories, beta) > CLUSTERS, 30, 40, 1e-3), 1e-2)


def own_weight(count, beta, own):
    """The memory's own weight after recall among orthonormal memories, others sharing the rest
    equally, until it moves by 1e-12 or less."""
    for _ in range(10**6):
        advantage = own - (1 - own) / (count - 1)
        after = 1 / (1 + (count - 1) * math.exp(-beta * advantage))
        if abs(after - own) <= 1e-12:
            break
        own = after
    return after


def least_beta(count):
    """(beta_c, m): m is a fixed point at beta = ln(m (K - 1) / (1 - m)) / (m - (1 - m) / (K - 1)),
    which has one minimum over 1/2 < m < 1: ternary search."""
    def beta_of(m):
        return math.log(m * (count - 1) / (1 - m)) / (m - (1 - m) / (count - 1))
    low, high = 0.5, 1 - 1e-9
    while high - low > 1e-12:
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if beta_of(left) < beta_of(right) else (left, high)
    return beta_of(low), low


def saddle_node():
    for count, (beta_c, own) in SADDLE_NODES.items():
        kept = bisect(lambda beta: own_weight(count, beta, 1.0) > 0.55, 1.0, 20.0, 1e-6)
        least, there = least_beta(count)
        yield claim(f"saddle_node: beta_c of {count}, by bisection", beta_c, kept, 1e-4)
        # to the seven digits it is given in
        yield claim(f"saddle_node: beta_c of {count}, least", beta_c, least, beta_c * 1e-6)
        yield claim(f"saddle_node: own weight of {count}", own, there, 1e-5)
        if count <= 20:  # all of the vectors, not the two weights they come down to
            axes = numpy.eye(count)
            whole = bisect(lambda beta: ended(axes, beta).states[0, 0] > 0.55, 1.0, 20.0, 1e-5)
            yield claim(f"saddle_node: beta_c of {count}, whole vectors", beta_c, whole, 1e-4)


def white_image():
    random = draws.generator(10)
    memories = numpy.vstack([random.random((100, 784)), numpy.ones((1, 784))])
    asked = memories[:100]
    for beta in (1e-3, 0.1, 1, 10, 1000):
        by_dot = separations.softmax(similarities.dot(memories, asked), beta).argmax(axis=1)
        by_distance = separations.softmax(
            similarities.negative_squared_euclidean(memories, asked), beta).argmax(axis=1)
        yield claim(f"white_image: answers by dot at beta {beta}", 100,
                    int((by_dot == 100).sum()), 0)
        yield claim(f"white_image: answers by -distance^2 at beta {beta}", 0,
                    int((by_distance == 100).sum()), 0)
        yield claim(f"white_image: own answers by -distance^2 at beta {beta}", 100,
                    int((by_distance == numpy.arange(100)).sum()), 0)


def logit(p):
    return math.log(p / (1 - p))


def distance():
    random = draws.generator(12)
    memories = 127.5 + 62 * random.standard_normal((100, 3072))
    asked = memories + 5 * random.standard_normal(memories.shape)
    scores = similarities.inverse_squared_euclidean(memories, asked, delta=0.0)
    wrong = 3072 * (2 * 62**2 + 25)
    others = ~numpy.eye(len(memories), dtype=bool)
    for scale, weight in SCALES.items():
        weights = separations.softmax(scores, scale)
        own = numpy.diag(weights)
        # ln p / (1 - p), 1 - p from the other weights: p rounds to 1 at the largest scale.
        measured = float(numpy.log(own / weights.sum(axis=1, where=others)).mean())
        formula = -math.log(99) - scale / wrong + scale / (25 * 3072)
        yield claim(f"distance: mean logit of p at S = {scale:g}, formula", formula, measured,
                    0.05 * abs(formula))
        if weight < 1:
            yield claim(f"distance: logit of p = {weight} at S = {scale:g}", logit(weight),
                        measured, 0.05 * abs(logit(weight)))
    yield claim("distance: p at S = 3e6", 1.0, float(own.mean()), 1e-12)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    arguments = parser.parse_args()
    claims = [one for part in (clusters, saddle_node, white_image, distance) for one in part()]
    if arguments.json:
        print(json.dumps(claims, indent=1))
    else:
        for one in claims:
            print(f"{one['claim']:54} expected {one['expected']:<12.7g} measured "
                  f"{one['measured']:<12.7g} {'ok' if one['holds'] else 'OFF'}")
    return 0 if all(one["holds"] for one in claims) else 1


if __name__ == "__main__":
    sys.exit(main())

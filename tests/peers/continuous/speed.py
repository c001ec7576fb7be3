"""Times one update of a softmax network by Basin and by PyTorch, side by side on one core.

    speed.py SOFTMAX_PEER [--quick]

The same memories and cues, float32; the final states are compared. PyTorch: softmax(beta * scores)
@ memories, scores by a matrix product, after normalisation, or by torch.cdist. "updates" is the same
work by Basin; "walks" has the sizes of the weights of every probe (k90, entropy, ...), energies and
paths too. Prints CPU milliseconds and ratios, and the rate beside a matrix product of PyTorch's;
exits with 1 if states differ.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(1)
REPETITIONS = 5

# similarity, dimension, memories, cues, betas: such that the own memory has about half of the weight
CASES = [
    ("dot", 64, 10000, 1024, [0.14]),
    ("dot", 784, 1000, 256, [0.009]),
    ("dot", 784, 10000, 256, [0.012]),
    ("dot", 3072, 1000, 256, [0.0023]),
    ("cosine", 784, 10000, 256, [9.6]),
    ("negative_squared_euclidean", 64, 10000, 1024, [0.072]),
    ("negative_squared_euclidean", 784, 10000, 256, [0.006]),
    ("negative_manhattan", 64, 10000, 256, [0.155]),
    ("negative_manhattan", 784, 1000, 256, [0.0095]),
    ("dot", 784, 1000, 256, list(np.geomspace(0.0001, 0.1, 64))),
    ("dot", 64, 10000, 256, list(np.geomspace(0.001, 1.0, 64))),
]


def scores(similarity, cues, memories):
    if similarity == "dot":
        return cues @ memories.T
    if similarity == "cosine":
        return torch.nn.functional.normalize(cues, dim=1) @ torch.nn.functional.normalize(memories, dim=1).T
    if similarity == "negative_squared_euclidean":
        return -torch.cdist(cues, memories) ** 2
    return -torch.cdist(cues, memories, p=1)


def torch_update(similarity, beta, cues, memories):
    return torch.softmax(beta * scores(similarity, cues, memories), dim=1) @ memories


def best_seconds(work):
    best = float("inf")
    for _ in range(REPETITIONS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def compare(peer, folder, case):
    similarity, dimension, count, batch, betas = case
    generator = np.random.default_rng(1)
    memories = generator.standard_normal((count, dimension), dtype=np.float32)
    picked = memories[np.arange(batch) % count]
    cues = picked + 0.3 * generator.standard_normal((batch, dimension), dtype=np.float32)
    path = os.path.join(folder, "data")
    with open(path, "wb") as file:
        file.write(memories.tobytes())
        file.write(cues.tobytes())
    words = [peer, path, count, dimension, batch, similarity, REPETITIONS, *betas]
    ours = json.loads(subprocess.run([str(word) for word in words], check=True, capture_output=True).stdout)
    states = np.fromfile(path + ".states").reshape(batch, dimension)
    t_memories, t_cues = torch.from_numpy(memories), torch.from_numpy(cues)
    theirs = best_seconds(lambda: [torch_update(similarity, beta, t_cues, t_memories) for beta in betas])
    exact = torch_update(similarity, betas[-1], t_cues.double(), t_memories.double()).numpy()
    error = np.abs(states - exact).max()
    product = best_seconds(lambda: t_cues @ t_memories.T)
    rate = 2.0 * dimension * count * batch / product
    flops = 2.0 * dimension * count * batch * (1 + len(betas))
    updates, walks = ours["updates_s"], ours["together_s"]
    print(
        f"{similarity:28} d={dimension:5} K={count:6} B={batch:5} betas={len(betas):3}"
        f"  PyTorch {1e3 * theirs:8.1f} ms  updates {1e3 * updates:8.1f} ms {theirs / updates:6.2f}x"
        f"  walks {1e3 * walks:8.1f} ms {theirs / walks:6.2f}x"
        f"  of sgemm {flops / updates / rate:5.2f}  apart / together {ours['apart_s'] / walks:5.2f}"
        f"  largest error {error:.1e}",
        flush=True,
    )
    return error < 2e-3


def main():
    cases = CASES[:2] if "--quick" in sys.argv else CASES
    with tempfile.TemporaryDirectory() as folder:
        same = [compare(sys.argv[1], folder, case) for case in cases]
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What a recalled state is: one memory, a blend of some, or the mean of all. The counts in use for
metastable states, and the classifier that tells them apart. An oracle to compare Basin with.

memories [K, N], states [Q, N] converged, weights [Q, K] of the memories at them; rows sum to 1.
"""
import numpy

CLASSES = ("single_exact", "single_blended", "metastable", "global", "unclassified",
           "not_converged")


def mass_size(weights, mass=0.9):
    """k90 of Ramsauer et al. 2020: how many of the largest weights sum to the mass. Sums 1e-12
    below it count as it, so that K equal weights give ceil(0.9 K) whatever their rounding."""
    sums = -numpy.sort(-weights, axis=1).cumsum(axis=1)
    return (sums < mass - 1e-12).sum(axis=1) + 1


def support_size(weights, threshold=0.0):
    """How many weights exceed the threshold: 0.01 for softmax, 0 for sparse separations."""
    return (weights > threshold).sum(axis=1)


def entropy_size(weights):
    """exp(-sum p ln p), in [1, K]"""
    logarithms = numpy.log(numpy.where(weights > 0, weights, 1))
    return numpy.exp(-(weights * logarithms).sum(axis=1))


def participation_ratio(weights):
    """1 / sum p^2, in [1, K]"""
    return 1 / (weights ** 2).sum(axis=1)


def clusters(states, tolerance):
    """[Q] the number of each state's cluster, counted from 0 as they first appear. A state belongs
    to the first earlier cluster whose first state is within the tolerance."""
    firsts, labels = [], []
    for state in states:
        near = [label for label, first in enumerate(firsts)
                if numpy.linalg.norm(state - first) <= tolerance]
        if not near:
            near = [len(firsts)]
            firsts.append(state)
        labels.append(near[0])
    return numpy.array(labels)


def relative_rank(memories, states, tolerance=1e-6):
    """Rank of the converged states over the rank of the memories; singular values up to the
    tolerance times the largest count as 0."""
    def rank(rows):
        values = numpy.linalg.svd(rows, compute_uv=False)
        return (values > tolerance * values[0]).sum()
    return rank(states) / rank(memories)


def classify(memories, recalled):
    """For each query, its class and how many memories its state blends, round(exp entropy). First
    that holds, with M the largest |x|, eps = 0.01 M and two states the same within 1e-6 M:

    not_converged   recall stopped at its limit
    single_exact    within eps of the nearest memory
    single_blended  no other query ends here, and one memory has more than half of the weight
    metastable      other queries end here, and it blends 2 ... K/2 memories
    global          within eps of the memories' mean, or it blends more than K/2
    unclassified    none of these: such as an own state of several memories, none of them dominant
    """
    states, weights = recalled.states, recalled.weights
    unit = numpy.linalg.norm(memories, axis=1).max()
    mean = memories.mean(axis=0)
    labels = clusters(states, 1e-6 * unit)
    company = numpy.bincount(labels)[labels]
    blended = numpy.rint(entropy_size(weights)).astype(int)

    def class_of(q):
        if not recalled.converged[q]:
            return "not_converged"
        if numpy.linalg.norm(memories - states[q], axis=1).min() <= 0.01 * unit:
            return "single_exact"
        if company[q] == 1 and weights[q].max() > 0.5:
            return "single_blended"
        if company[q] > 1 and 1 < blended[q] <= len(memories) / 2:
            return "metastable"
        if (numpy.linalg.norm(states[q] - mean) <= 0.01 * unit
                or blended[q] > len(memories) / 2):
            return "global"
        return "unclassified"
    return [class_of(q) for q in range(len(states))], blended

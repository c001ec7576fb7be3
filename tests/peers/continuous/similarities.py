"""How alike memories and queries are: every similarity of the continuous associative memories, as
its formula reads. An oracle to compare Basin with, not a fast program.

    similarity(memories, queries) -> scores

memories  [K, N] float64, one row x a memory
queries   [Q, N] float64, one row z a query
scores    [Q, K]; larger means more alike, but where the docstring says otherwise

Distances are summed over differences, one query at a time, so that they are exactly 0 between
equal rows. Divergences are in nats, between rows divided by their sum: a negative entry or a row
without a positive sum raises ValueError. delta > 0 keeps inverses finite; without it a perfect
match is inf.

`uhn_...` are the forms of the code published with Millidge et al. 2022, "Universal Hopfield
Networks" (BerenMillidge/Theory_Associative_Memory), whatever they are worth as similarities;
`euclidean` and `manhattan` are the un-negated distances that the code of U-Hop+ separates
(MAGICS-LAB/UHop), which retrieves the farthest memory.
"""
import numpy

UHN_EPSILON = 1e-4  # of the published code, inside the logarithms


def each_query(formula, memories, queries):
    """Scores of formula(memories, query), a query at a time."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.array([formula(memories, query) for query in queries])


def squared_distance(memories, query):
    differences = memories - query
    return numpy.einsum("kn,kn->k", differences, differences)


def absolute_distance(memories, query):
    return numpy.abs(memories - query).sum(axis=1)


def shares(rows):
    """Rows divided by their sums: distributions."""
    sums = rows.sum(axis=1, keepdims=True)
    if (rows < 0).any() or not (sums > 0).all():
        raise ValueError("rows of no negative entry and a positive sum are needed")
    return rows / sums


def dot(memories, queries):
    """x . z"""
    return queries @ memories.T


def cosine(memories, queries):
    """x . z / (|x| |z|), of each memory by itself"""
    lengths = numpy.outer(numpy.linalg.norm(queries, axis=1), numpy.linalg.norm(memories, axis=1))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return dot(memories, queries) / lengths


def mean_normalized_dot(memories, queries):
    """(x / sum x) . (z / sum z)"""
    return dot(shares(memories), shares(queries))


def negative_euclidean(memories, queries):
    """-|z - x|_2"""
    return -euclidean(memories, queries)


def negative_squared_euclidean(memories, queries):
    """-|z - x|_2^2"""
    return -each_query(squared_distance, memories, queries)


def negative_manhattan(memories, queries):
    """-|z - x|_1"""
    return -manhattan(memories, queries)


def inverse_squared_euclidean(memories, queries, delta=1.0):
    """1 / (|z - x|_2^2 + delta)"""
    return each_query(lambda x, z: 1 / (squared_distance(x, z) + delta), memories, queries)


def inverse_manhattan(memories, queries, delta=1.0):
    """1 / (|z - x|_1 + delta)"""
    return each_query(lambda x, z: 1 / (absolute_distance(x, z) + delta), memories, queries)


def inverse_kullback_leibler(memories, queries):
    """1 / sum x' (log(x' + 1e-4) - log(z' + 1e-4)), x' and z' the shares; as published.

    The sum is no divergence: it can be negative, and its inverse then ranks below all others."""
    x, z = shares(memories), shares(queries)
    log_x = numpy.log(x + UHN_EPSILON)
    return each_query(lambda _, log_z: 1 / numpy.einsum("kn,kn->k", x, log_x - log_z),
                      x, numpy.log(z + UHN_EPSILON))


def inverse_reverse_kullback_leibler(memories, queries):
    """1 / sum z' (log(z' + 1e-4) - log(x' + 1e-4)); as published."""
    x, z = shares(memories), shares(queries)
    log_x = numpy.log(x + UHN_EPSILON)
    return each_query(lambda _, q: 1 / ((numpy.log(q + UHN_EPSILON) - log_x) @ q), x, z)


def divergence(p, q):
    """Kullback-Leibler divergence of each row of p from that of q, with 0 log 0 = 0."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(p > 0, p * numpy.log(p / q), 0).sum(axis=1)


def jensen_shannon(p, q):
    """Jensen-Shannon divergence of each row of p and the one distribution q, in [0, ln 2]."""
    middle = (p + q) / 2
    return (divergence(p, middle) + divergence(numpy.broadcast_to(q, p.shape), middle)) / 2


def inverse_jensen_shannon(memories, queries, delta=1.0):
    """1 / (JS(x', z') + delta) of the true Jensen-Shannon divergence"""
    return each_query(lambda x, z: 1 / (jensen_shannon(x, z) + delta),
                      shares(memories), shares(queries))


def uhn_normalized_dot(memories, queries):
    """mean_normalized_dot over its sum over all memories: the published "Dot Product" """
    scores = mean_normalized_dot(memories, queries)
    return scores / scores.sum(axis=1, keepdims=True)


def uhn_cosine(memories, queries):
    """x . z / (|X|_F |z|) with the norm of the whole matrix of memories: ranks as dot does"""
    lengths = numpy.linalg.norm(memories) * numpy.linalg.norm(queries, axis=1)
    return dot(memories, queries) / lengths[:, None]


def uhn_jensen_shannon(memories, queries):
    """1 / ((KL similarity + reverse KL similarity) / 2), from the inverses, not from divergences.

    Equals 2 / (1/D + 1/D'), a mean of the divergences: larger means LESS alike, 0 at a match."""
    with numpy.errstate(divide="ignore"):
        return 1 / (0.5 * inverse_kullback_leibler(memories, queries)
                    + 0.5 * inverse_reverse_kullback_leibler(memories, queries))


def euclidean(memories, queries):
    """|z - x|_2; larger means less alike"""
    return numpy.sqrt(each_query(squared_distance, memories, queries))


def manhattan(memories, queries):
    """|z - x|_1; larger means less alike"""
    return each_query(absolute_distance, memories, queries)


SIMILARITIES = {similarity.__name__: similarity for similarity in (
    dot, cosine, mean_normalized_dot, negative_euclidean, negative_squared_euclidean,
    negative_manhattan, inverse_squared_euclidean, inverse_manhattan, inverse_kullback_leibler,
    inverse_reverse_kullback_leibler, inverse_jensen_shannon, uhn_normalized_dot, uhn_cosine,
    uhn_jensen_shannon, euclidean, manhattan)}

#pragma once
// The real values of an exact model, to any number of bits, and true signs of their sums.
//
// Nodes: contrastive has N + 1, node k the overlap h = 2 k - N of k agreeing units; gradient has N,
// node k the overlap h_out = 2 k - (N - 1) of the other units.

#include "models/arithmetic/big_float.hpp"
#include "models/bipolar/exact/exact_model.hpp"

#include <cstdint>
#include <span>

namespace basin {

/// A node that occurs `count` times in a sum; negative if it is subtracted.
struct CountedNode {
    std::uint32_t node;
    std::int64_t count;
};

class ExactValues {
public:
    ExactValues(const ExactModel& model, std::uint32_t dimension);

    std::uint32_t node_count() const { return node_count_; }
    std::int64_t overlap(std::uint32_t node) const {
        return 2 * std::int64_t{node} - (std::int64_t{node_count_} - 1);
    }

    /// out <- V of the node (V' for gradient) to a relative error below 2^-(bits of out - 64); 0
    /// only if the value is 0. The exponential is taken relative to node 0, and where neighbours
    /// are more than a factor e^256 apart they are brought that near: no sum of fewer than 2^300 of
    /// them changes its sign, since the factors grow with the node.
    void value(BigFloat& out, std::uint32_t node) const;

    /// -1, 0 or +1: the sign of the sum of count * V over distinct nodes, never guessed. A ladder
    /// of precisions with an error bound comes first; sums that it leaves open are done in
    /// integers. An exponential sum is 0 only if all counts are (Lindemann-Weierstrass: the
    /// exponentials of distinct algebraic numbers are linearly independent), so there the ladder
    /// goes on to an end; past 4 million bits it throws std::runtime_error.
    int sign(std::span<const CountedNode> terms) const;

private:
    void argument(BigFloat& out, std::uint32_t node) const;
    void exponent(BigFloat& out, std::uint32_t node) const;
    int sign_in_bits(std::span<const CountedNode> terms, mpfr_prec_t bits) const;
    int sign_in_integers(std::span<const CountedNode> terms) const;
    int sign_of_fractions(std::span<const CountedNode> terms) const;

    ExactModel model_;
    std::uint32_t dimension_;
    std::uint32_t node_count_;
    std::uint32_t steep_from_ = 0; ///< exponential: nodes from here on are e^256 above the last one
};

} // namespace basin

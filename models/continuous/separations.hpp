#pragma once
// Weights of similarities.

#include "models/continuous/scorer.hpp"
#include "models/functions/separation_list.hpp"
#include "models/scene/outcome.hpp"

#include <cstdint>
#include <limits>
#include <span>

namespace basin {

struct SeparationRule {
    Choice<Separations> separation;
    double beta = 1.0;
    std::uint32_t vertex = 2; ///< of `power`
    Choice<Exponentials> exponential;
};

/// What became of the weights of one query.
struct Separated {
    Flags flags = 0;
    bool is_defined = true; ///< no weight is NaN
    // Of softmax; NaN where they are not known.
    double total = unknown;         ///< of its exponentials (softmax_terms.hpp)
    double log_partition = unknown; ///< ln of the sum of exp(beta s)
    double entropy = unknown;       ///< of the weights, in nats
    double squares = unknown;       ///< sum of the weights' squares

    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
};

/// Replaces similarities [K][Q], which have these extremes, by weights, query by query; `made`:
/// [Q]. Each operation is that of T, but for sums over memories: they are made in double, in the
/// order of the memories (of exponentials by fours, real_weighing.hpp), and rounded once.
template <class T>
void separate(const SeparationRule& rule, Block<T>& scores, const Extremes<T>& extremes,
              std::span<Separated> made);

} // namespace basin

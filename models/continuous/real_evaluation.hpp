#pragma once
// What is added up over the probes of a continuous network.

#include "models/bipolar/evaluation/attribution.hpp"
#include "models/continuous/real_ends.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <span>

namespace basin {

/// Sums over the probes of a cell, in probe order.
struct RealEvaluation {
    std::uint64_t dimension = 0;
    std::uint64_t probes = 0;
    std::uint64_t duplicates = 0;
    double range_width = 1.0;
    double squared_error = 0.0; ///< |x - target|^2
    double distance = 0.0;      ///< |x - target|
    double cosine = 0.0;        ///< of final state and target
    double dissimilarity = 0.0; ///< 1 - SSIM; NaN if the patterns are no images
    std::uint64_t retrieved = 0;
    std::uint64_t below_threshold = 0; ///< |x - target|^2 <= error_threshold
    double identified = 0.0; ///< the target had the largest weight, or its share of m such ones
    std::uint64_t steps = 0;
    std::array<std::uint64_t, stop_count> stops{};
    std::array<std::uint64_t, real_attractor_count> attractors{};
    std::array<std::uint64_t, verdict_count> verdicts{}; ///< all 0 if nothing was attributed
    bool attributed = false;
    std::uint64_t unique_states = 0;
    std::uint64_t metastable = 0; ///< distinct fixed points that are at no memory
    std::uint64_t sized = 0;      ///< probes with weights: what sizes are averaged over
    std::uint64_t k90 = 0;
    std::uint64_t support = 0;
    double effective = 0.0;
    double participation = 0.0;
    double largest = 0.0;
    double embedding_cosine = 0.0; ///< of the target and the memory nearest to the final state
    std::uint64_t embedded = 0; ///< probes that this is of: with a target, if there are embeddings
    double relative_rank = 0.0; ///< relative_rank()
    double energy = 0.0;
    std::uint64_t energy_rises = 0;
    DecisionCounts counts;

    double per_probe(double total) const { return total / static_cast<double>(probes); }
    double per_sized(double total) const { return total / static_cast<double>(sized); }
    double per_decision(std::uint64_t total) const {
        return static_cast<double>(total) / static_cast<double>(counts.decisions);
    }
    double share(Stop stop) const {
        return per_probe(static_cast<double>(stops[static_cast<std::size_t>(stop)]));
    }
    double share(Verdict verdict) const {
        return attributed
                   ? per_probe(static_cast<double>(verdicts[static_cast<std::size_t>(verdict)]))
                   : std::numeric_limits<double>::quiet_NaN();
    }
    std::uint64_t number(RealAttractor kind) const {
        return attractors[static_cast<std::size_t>(kind)];
    }
};

/// Largest distance of a final state from its reference's that is the same: same_state_radius(), or
/// 4 M times the rounding error of the format that states are stored in where that is larger.
/// Rounding moves memories and state by one such error each at most, and what memories the state
/// is made of by as much again.
double same_end_radius(const RealScene& scene, const Setting& setting);

/// A probe without a target is judged by the memory nearest to its final state. `reference`: the
/// paths of reference_of(setting) (setting_batch.hpp), or none. Throws as ends_of().
RealEvaluation add_up(const RealScene& scene, const Setting& setting,
                      std::span<const RealPath> paths, std::span<const RealPath> reference = {});

} // namespace basin

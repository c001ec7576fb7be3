#pragma once
// Contenders that go as one: whose tables raise the same flags in every state, so that nothing
// tells them apart where all are certain to follow the exact network.

#include "models/standing.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// A number format's network beside the exact one; without a table, the exact one itself.
struct Contender {
    const DecisionTable* table = nullptr;
    const Closeness* closeness = nullptr; ///< of the table; null only with it
};

/// Contenders of one shape.
struct Bundle {
    Contender first;                    ///< stands for all where flags are concerned
    std::vector<std::uint32_t> members; ///< among the contenders
    // Bounds for all members; of the exact one they mean nothing. Ratios, floor and ceiling as
    // Closeness has them.
    std::vector<double> least_ratios; ///< [N + 2]; empty for a single member: its own
    std::vector<double> most_ratios;  ///< [N + 2]; likewise
    double floor = 0.0;
    double ceiling = 0.0;

    double least_ratio(std::uint32_t step) const {
        return (least_ratios.empty() ? first.closeness->ratios : least_ratios)[step];
    }
    double most_ratio(std::uint32_t step) const {
        return (most_ratios.empty() ? first.closeness->ratios : most_ratios)[step];
    }
};

/// One bundle a contender, in their order.
std::vector<Bundle> each_alone(std::span<const Contender> contenders);

/// As few bundles as there are shapes, in the order of their first members.
std::vector<Bundle> bundled(std::span<const Contender> contenders);

} // namespace basin

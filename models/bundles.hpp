#pragma once
// Contenders that go as one: whose tables raise the same flags in every state, so that nothing
// tells them apart where all are certain to follow the exact network.

#include "models/closeness.hpp"
#include "models/scaled_number.hpp"

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
    // Bounds for all members, as Closeness has them; of the exact one they mean nothing.
    std::vector<double> least_ratios; ///< [N + 2]; empty for a single member: its own
    std::vector<double> most_ratios;  ///< [N + 2]; likewise
    ScaledNumber floor;
    ScaledNumber ceiling;
    double spread = 0.0; ///< no ratio of any step is off another one by more

    bool is_calm() const { return !first.table || first.closeness->calm; }

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

#pragma once
// Contenders that go as one: whose tables raise the same flags in every state, so that nothing
// tells them apart where all are certain to follow the exact network.

#include "models/arithmetic/scaled_number.hpp"
#include "models/bipolar/shared/rounding_error.hpp"

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
    std::vector<double> own_deviations; ///< [N + 2] largest; empty for a single member
    std::vector<double> own_ratios;     ///< [N + 2] largest; likewise
    ScaledNumber floor;
    ScaledNumber ceiling;
    double largest_count = 0.0; ///< smallest of the tables'
    double spread = 0.0;        ///< of calm ones: no ratio is off another one by more

    bool is_one() const { return members.size() == 1; }
    bool is_calm() const { return !first.table || first.closeness->calm; }

    /// [N + 2] No member's ratio is further from 1.
    const double* deviations() const {
        return (own_deviations.empty() ? first.closeness->deviations : own_deviations).data();
    }
    /// [N + 2] No member's ratio is larger.
    const double* most_ratios() const {
        return (own_ratios.empty() ? first.closeness->ratios : own_ratios).data();
    }
};

/// One bundle a contender, in their order.
std::vector<Bundle> each_alone(std::span<const Contender> contenders);

/// As few bundles as there are shapes, in the order of their first members.
std::vector<Bundle> bundled(std::span<const Contender> contenders);

/// Who takes part.
struct Contenders {
    Contenders() = default;
    explicit Contenders(std::span<const Contender> contenders)
        : together(bundled(contenders)), each(each_alone(contenders)) {}

    std::size_t count() const { return each.size(); }

    std::vector<Bundle> together; ///< as one as far as that goes
    std::vector<Bundle> each;     ///< [contender] alone
};

} // namespace basin

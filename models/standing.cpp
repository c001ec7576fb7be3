#include "models/standing.hpp"

#include "models/addends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Steps a memory of `matches` matches can use: one if it agrees with the state in no unit or in
/// all of them, else two.
struct Usable {
    std::array<std::uint32_t, 2> steps;
    std::size_t count;
    std::span<const std::uint32_t> span() const { return {steps.data(), count}; }
};

Usable usable(std::uint32_t matches, std::uint32_t dimension) {
    if (matches == 0) return {{1, 1}, 1};
    if (matches == dimension) return {{matches, matches}, 1};
    return {{matches, matches + 1}, 2};
}

/// What the steps that may occur have in common.
struct Survey {
    unsigned sure = 0; ///< flags of every decision
    unsigned possible = 0;
    bool nan = false;           ///< some memory's steps are all NaN
    double magnitude = 0.0;     ///< bound on the sum of the terms' magnitudes
    double largest_sure = 0.0;  ///< every decision has a term at least this large
    double largest = 0.0;       ///< and none larger
    double smallest = infinity; ///< of those that are not 0
    double deviation = 0.0;     ///< from the exact sum, at the field's scale
};

Survey survey(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
              const ExactField& field) {
    Survey all;
    for (const MatchCount& entry : overlaps.histogram()) {
        unsigned both = ~0U;
        bool nan = true;
        double low = infinity;
        double high = 0.0;
        double deviation = 0.0;
        const Usable steps = usable(entry.matches, overlaps.dimension());
        for (const std::uint32_t k : steps.span()) {
            const double size = std::abs(table.steps[k]);
            both &= table.step_flags[k];
            all.possible |= table.step_flags[k];
            nan = nan && std::isnan(size);
            low = std::min(low, size);
            high = std::max(high, size);
            if (size > 0.0) all.smallest = std::min(all.smallest, size);
            const double off = closeness.deviation[k] * field.size(k);
            deviation = off <= deviation ? deviation : off; // NaN wins
        }
        all.sure |= both;
        all.nan = all.nan || nan;
        all.magnitude += high * entry.memories;
        all.largest_sure = std::max(all.largest_sure, low);
        all.largest = std::max(all.largest, high);
        all.deviation += deviation * entry.memories;
    }
    return all;
}

/// Whether some memory is absorbed in every decision of the state; `magnitude` gets the total of
/// all that is absorbed in some.
bool surely_absorbed(const DecisionTable& table, const Overlaps& overlaps, const Survey& all,
                     double& magnitude) {
    bool sure = false;
    for (const MatchCount& entry : overlaps.histogram()) {
        bool always = true;
        double sometimes = 0.0;
        const Usable steps = usable(entry.matches, overlaps.dimension());
        for (const std::uint32_t k : steps.span()) {
            const double size = std::abs(table.steps[k]);
            always = always && absorbed(table, size, all.largest_sure);
            if (absorbed(table, size, all.largest)) sometimes = std::max(sometimes, size);
        }
        sure = sure || always;
        magnitude += sometimes * entry.memories;
    }
    return sure;
}

} // namespace

Closeness compare(const DecisionTable& table, const ExactTable& exact) {
    Closeness closeness{{0.5, 1}, std::vector<double>(table.steps.size(), infinity)};
    std::size_t largest = 0;
    for (std::size_t k = 0; k < table.steps.size(); ++k)
        if (std::isfinite(table.steps[k]) && exact.steps[k].fraction != 0.0 &&
            std::abs(table.steps[k]) > std::abs(table.steps[largest]))
            largest = k;
    if (table.steps[largest] == 0.0) return closeness;
    const ScaledNumber step = ScaledNumber::of(table.steps[largest]);
    const ScaledNumber& true_step = exact.steps[largest];
    closeness.factor = {step.fraction / true_step.fraction, step.exponent - true_step.exponent};
    if (!(closeness.factor.fraction > 0.0)) return closeness;

    for (std::size_t k = 0; k < table.steps.size(); ++k) {
        const double value = table.steps[k];
        const ScaledNumber& truth = exact.steps[k];
        if (truth.fraction == 0.0) {
            closeness.deviation[k] = value == 0.0 ? 0.0 : infinity;
            continue;
        }
        const ScaledNumber ideal{truth.fraction * closeness.factor.fraction,
                                 truth.exponent + closeness.factor.exponent};
        // The margin covers the roundings of factor, quotient and exact step.
        closeness.deviation[k] = std::abs(ratio(ScaledNumber::of(value), ideal) - 1.0) + 0x1p-48;
        if (!std::isfinite(value)) closeness.deviation[k] = infinity;
    }
    return closeness;
}

Standing stand(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
               const ExactField& field) {
    using Kind = Standing::Kind;
    const Standing open{Kind::open, 0.0, 0};
    if (!table.values.empty()) return open; // two sums: each decision on its own
    const Survey all = survey(table, closeness, overlaps, field);
    if (all.sure != all.possible) return open;
    unsigned flags = all.sure | table.beta_flags;
    if (all.nan) return {Kind::nan, 0.0, static_cast<Flags>(flags | flag::nan_inf_minus_inf)};
    if (all.possible & flag::pow_overflow) return open;

    const double b = table.outside;
    if (all.largest == 0.0)
        return std::isfinite(b)
                   ? Standing{Kind::zero, 0.0, static_cast<Flags>(flags | flag::all_zero)}
                   : open;
    if (b == 0.0 || !(all.magnitude < table.ceiling)) return open;
    double unclear = table.floor;
    if (absorbed(table, all.smallest, all.largest)) {
        // Terms that outweigh everything absorbed keep their sign without it.
        if (!surely_absorbed(table, overlaps, all, unclear)) return open;
        flags |= flag::absorb;
    }
    double margin = all.deviation;
    if (unclear > 0.0) {
        const double to_field = ScaledNumber{1.0 / closeness.factor.fraction, 0}.at_scale(
            field.scale() - closeness.factor.exponent);
        if (!(to_field >= std::numeric_limits<double>::min())) return open;
        margin += 2.0 * unclear * to_field;
    }
    if (!std::isfinite(margin)) return open;
    return {Kind::like_exact, 1.001 * margin, static_cast<Flags>(flags)};
}

} // namespace basin

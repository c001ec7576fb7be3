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

/// What the finite steps that may occur have in common.
struct Survey {
    bool nan = false;           ///< some memory's steps are all NaN
    double magnitude = 0.0;     ///< bound on the sum of the terms' magnitudes
    double largest_sure = 0.0;  ///< every finite decision has a term at least this large
    double largest = 0.0;       ///< and none larger
    double smallest = infinity; ///< of those that are not 0
    double ratio = 1.0;         ///< of the step that weighs most in the exact sum
};

Survey survey(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
              const ExactField& field) {
    Survey all;
    double heaviest = 0.0;
    for (const MatchCount& entry : overlaps.histogram()) {
        bool nan = true;
        double low = infinity;
        double high = 0.0;
        const Usable steps = usable(entry.matches, overlaps.dimension());
        for (const std::uint32_t k : steps.span()) {
            const double size = std::abs(table.steps[k]);
            nan = nan && std::isnan(size);
            if (!std::isfinite(size)) continue;
            low = std::min(low, size);
            high = std::max(high, size);
            if (size > 0.0) all.smallest = std::min(all.smallest, size);
            if (field.size(k) > heaviest && closeness.ratios[k] > 0.0) {
                heaviest = field.size(k);
                all.ratio = closeness.ratios[k];
            }
        }
        all.nan = all.nan || nan;
        all.magnitude += high * entry.memories;
        if (low < infinity) all.largest_sure = std::max(all.largest_sure, low);
        all.largest = std::max(all.largest, high);
    }
    return all;
}

/// The flags of a step beside terms of which the largest is at least `largest`.
unsigned flags_of(const DecisionTable& table, std::uint32_t step, double largest) {
    const double size = table.steps[step];
    const bool invisible = std::isfinite(size) && absorbed(table, size, largest);
    return table.step_flags[step] | (invisible ? flag::absorb : 0U);
}

/// Distance of a multiple of the exact sum from the table's, and what is in doubt.
struct Comparison {
    double deviation = 0.0;
    double invisible = 0.0;  ///< total magnitude of all that is absorbed in some decision
    unsigned sure = 0;       ///< flags of every finite decision
    unsigned possible = 0;   ///< flags of some
    bool finite = true;      ///< every decision is
    bool borderline = false; ///< what is absorbed depends on the decision's largest term
};

Comparison compare_all(const DecisionTable& table, const Closeness& closeness,
                       const Overlaps& overlaps, const ExactField& field, const Survey& all) {
    Comparison sum;
    for (const MatchCount& entry : overlaps.histogram()) {
        unsigned both = ~0U;
        double deviation = 0.0;
        double invisible = 0.0;
        const Usable steps = usable(entry.matches, overlaps.dimension());
        for (const std::uint32_t k : steps.span()) {
            const double size = std::abs(table.steps[k]);
            const unsigned flags = flags_of(table, k, all.largest_sure);
            both &= flags;
            sum.possible |= flags;
            sum.finite = sum.finite && std::isfinite(size);
            if (!std::isfinite(size)) continue;
            const double off = std::abs(closeness.ratios[k] / all.ratio - 1.0) * field.size(k);
            deviation = off <= deviation || std::isnan(deviation) ? deviation : off; // NaN stays
            const bool ever = absorbed(table, size, all.largest);
            if (ever) invisible = std::max(invisible, size);
            sum.borderline = sum.borderline || (ever && !(flags & flag::absorb));
        }
        sum.sure |= both;
        sum.deviation += deviation * entry.memories;
        sum.invisible += invisible * entry.memories;
    }
    return sum;
}

/// The memories whose steps raise other flags than `sure`, one or the other, or are not finite.
void list_doubts(const DecisionTable& table, const Overlaps& overlaps, unsigned sure,
                 double largest, std::vector<Doubt>& doubts) {
    std::vector<std::uint32_t> doubtful;
    for (const MatchCount& entry : overlaps.histogram()) {
        const Usable steps = usable(entry.matches, overlaps.dimension());
        for (const std::uint32_t k : steps.span()) {
            const bool more = (flags_of(table, k, largest) & ~sure) != 0;
            if (!more && std::isfinite(table.steps[k])) continue;
            doubtful.push_back(entry.matches);
            break;
        }
    }
    const auto matches = overlaps.matches();
    for (std::uint32_t mu = 0; mu < matches.size(); ++mu)
        if (std::ranges::find(doubtful, matches[mu]) != doubtful.end())
            doubts.push_back({mu, matches[mu]});
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
        const ScaledNumber ideal{truth.fraction * closeness.factor.fraction,
                                 truth.exponent + closeness.factor.exponent};
        if (truth.fraction != 0.0)
            closeness.ratios[k] = ratio(ScaledNumber::of(value), ideal);
        else if (value == 0.0)
            closeness.ratios[k] = 1.0;
    }
    return closeness;
}

void stand(const DecisionTable& table, const Closeness& closeness, const Overlaps& overlaps,
           const ExactField& field, Standing& standing) {
    using Kind = Standing::Kind;
    standing.kind = Kind::open;
    standing.doubts.clear();
    if (!table.values.empty()) return; // two sums: each decision on its own
    const Survey all = survey(table, closeness, overlaps, field);
    const Comparison sum = compare_all(table, closeness, overlaps, field, all);
    standing.flags = static_cast<Flags>(sum.sure | table.beta_flags);
    standing.largest = all.largest_sure;

    const double b = table.outside;
    const unsigned in_doubt = sum.sure ^ sum.possible;
    if (all.nan && (in_doubt & ~unsigned{flag::absorb}) == 0) {
        standing.kind = Kind::nan;
        standing.flags = static_cast<Flags>((standing.flags & ~unsigned{flag::absorb}) |
                                            flag::nan_inf_minus_inf);
        return;
    }
    if (all.largest == 0.0) {
        if (!sum.finite || in_doubt != 0 || !std::isfinite(b)) return;
        standing.kind = Kind::zero;
        standing.flags = static_cast<Flags>(standing.flags | flag::all_zero);
        return;
    }
    // Finite sums and b times them stay finite, and b times a sum beyond the floor is not 0.
    if (b == 0.0 || !(all.magnitude < table.ceiling) || sum.borderline) return;
    // Terms that outweigh everything absorbed keep their sign without it.
    const double unclear = table.floor + sum.invisible;
    double margin = sum.deviation;
    if (unclear > 0.0) {
        const double to_field = ScaledNumber{1.0 / closeness.factor.fraction, 0}.at_scale(
            field.scale() - closeness.factor.exponent);
        if (!(to_field >= std::numeric_limits<double>::min())) return;
        margin += 2.0 * unclear * to_field / all.ratio;
    }
    // The last part covers the roundings of ratios, factor and exact steps.
    margin = 1.001 * margin + field.magnitude() * 0x1p-46;
    if (!std::isfinite(margin)) return;
    standing.kind = Kind::like_exact;
    standing.margin = margin;
    if (!sum.finite || in_doubt != 0)
        list_doubts(table, overlaps, sum.sure, all.largest_sure, standing.doubts);
}

Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit) {
    unsigned flags = standing.flags;
    double infinite = 0.0;
    for (const Doubt& doubt : standing.doubts) {
        const Word aligned =
            (overlaps.aligned_word(unit, doubt.memory / 64) >> (doubt.memory % 64)) & 1U;
        const std::uint32_t k = aligned ? doubt.matches : doubt.matches + 1;
        flags |= flags_of(table, k, standing.largest);
        if (!std::isfinite(table.steps[k])) infinite += aligned ? table.steps[k] : -table.steps[k];
    }
    if (infinite == 0.0) return {0.0, static_cast<Flags>(flags)};
    flags &= ~unsigned{flag::absorb};
    flags |= std::isnan(infinite) ? flag::nan_inf_minus_inf : flag::benign_overflow;
    return {table.outside * infinite, static_cast<Flags>(flags)};
}

} // namespace basin

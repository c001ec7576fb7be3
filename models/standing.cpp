#include "models/standing.hpp"

#include "models/addends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What the steps that may occur have in common.
struct Survey {
    unsigned sure = 0;                 ///< marks of every decision
    unsigned possible = 0;             ///< marks of some
    double magnitude = 0.0;            ///< bound on the sum of the finite terms' magnitudes
    double largest_sure = 0.0;         ///< every decision has a term at least this large
    double largest = 0.0;              ///< and no finite one is larger
    double smallest = infinity;        ///< of those that are not 0
    double ratio = 1.0;                ///< of table and exact one, where that weighs most
    std::array<double, 2> deviation{}; ///< [side] of ratio * exact sum from the table's
};

Survey survey(const Closeness& close, const Overlaps& overlaps, const ExactField& field) {
    Survey all;
    const std::uint32_t top = field.top_matches();
    const std::uint32_t heaviest = field.size(top) >= field.size(top + 1) ? top : top + 1;
    if (close.ratios[heaviest] > 0.0) all.ratio = close.ratios[heaviest];
    const double scale = 1.0 / all.ratio;
    const auto off = [&](std::uint32_t k) {
        return std::abs(close.ratios[k] * scale - 1.0) * field.size(k);
    };
    double rest = 0.0;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t m = entry.matches;
        const double size = close.sizes[m];
        const double next = close.sizes[m + 1];
        all.sure |= unsigned{close.marks[m]} & close.marks[m + 1];
        all.possible |= unsigned{close.marks[m]} | close.marks[m + 1];
        all.magnitude += entry.memories * std::max(size, next);
        all.largest_sure = std::max(all.largest_sure, std::min(size, next));
        all.largest = std::max(all.largest, std::max(size, next));
        if (size > 0.0) all.smallest = std::min(all.smallest, size);
        if (next > 0.0) all.smallest = std::min(all.smallest, next);
        if (m != top || !field.has_top()) rest += entry.memories * std::max(off(m), off(m + 1));
    }
    all.deviation = {rest, rest};
    if (field.has_top()) all.deviation = {rest + off(top + 1), rest + off(top)};
    return all;
}

/// The flags of a step beside terms of which the largest is at least `largest`.
unsigned flags_of(const DecisionTable& table, std::uint32_t step, double largest) {
    const double size = table.steps[step];
    const bool invisible = std::isfinite(size) && absorbed(table, size, largest);
    return table.step_flags[step] | (invisible ? flag::absorb : 0U);
}

/// Adds what is absorbed: whether some memory is in every decision, or in some. Returns the total
/// magnitude of all that is, or nothing if it depends on a decision's largest term.
std::optional<double> add_absorbed(const DecisionTable& table, const Closeness& close,
                                   const Overlaps& overlaps, Survey& all) {
    if (!absorbed(table, all.smallest, all.largest)) return 0.0;
    double magnitude = 0.0;
    for (const MatchCount& entry : overlaps.histogram()) {
        unsigned both = flag::absorb;
        double largest = 0.0;
        for (const std::uint32_t k : {entry.matches, entry.matches + 1}) {
            const double size = close.sizes[k];
            const bool surely = absorbed(table, size, all.largest_sure);
            if (!surely && absorbed(table, size, all.largest)) return std::nullopt;
            if (surely) {
                all.possible |= flag::absorb;
                largest = std::max(largest, size);
            } else {
                both = 0;
            }
        }
        all.sure |= both;
        magnitude += largest * entry.memories;
    }
    return magnitude;
}

/// The memories whose steps raise other flags than `sure`, one or the other, or are not finite.
void list_doubts(const DecisionTable& table, const Overlaps& overlaps, unsigned sure,
                 double largest, std::vector<Doubt>& doubts) {
    std::vector<std::uint32_t> doubtful;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t first = std::max(entry.matches, 1U);
        const std::uint32_t last = std::min(entry.matches + 1, overlaps.dimension());
        for (std::uint32_t k = first; k <= last; ++k) {
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
    const std::size_t count = table.steps.size();
    Closeness close{{0.5, 1}, std::vector<double>(count, 1.0), std::vector<double>(count, 0.0), {}};
    close.marks.assign(table.step_flags.begin(), table.step_flags.end());
    std::size_t largest = 0;
    for (std::size_t k = 1; k + 1 < count; ++k) {
        const double step = table.steps[k];
        if (std::isnan(step)) close.marks[k] |= mark::nan;
        if (!std::isfinite(step)) continue;
        close.sizes[k] = std::abs(step);
        if (exact.steps[k].fraction != 0.0 && close.sizes[k] > close.sizes[largest]) largest = k;
    }
    if (largest > 0) {
        const ScaledNumber step = ScaledNumber::of(table.steps[largest]);
        const ScaledNumber& truth = exact.steps[largest];
        close.factor = {step.fraction / truth.fraction, step.exponent - truth.exponent};
    }
    for (std::size_t k = 1; k + 1 < count; ++k) {
        const ScaledNumber& truth = exact.steps[k];
        if (!std::isfinite(table.steps[k])) continue;
        if (truth.fraction == 0.0 && table.steps[k] == 0.0) continue;
        const ScaledNumber ideal{truth.fraction * close.factor.fraction,
                                 truth.exponent + close.factor.exponent};
        const double quotient = ratio(ScaledNumber::of(table.steps[k]), ideal);
        if (close.factor.fraction > 0.0 && std::isfinite(quotient))
            close.ratios[k] = quotient;
        else
            close.marks[k] |= mark::incomparable;
    }
    const auto repeat_ends = [count](auto& list) {
        list[0] = list[1];
        list[count - 1] = list[count - 2];
    };
    repeat_ends(close.ratios);
    repeat_ends(close.sizes);
    repeat_ends(close.marks);
    return close;
}

void stand(const DecisionTable& table, const Closeness& close, const Overlaps& overlaps,
           const ExactField& field, Standing& standing) {
    using Kind = Standing::Kind;
    standing.kind = Kind::open;
    standing.doubts.clear();
    if (!table.values.empty()) return; // two sums: each decision on its own
    Survey all = survey(close, overlaps, field);
    standing.largest = all.largest_sure;
    const auto in_doubt = [&] { return (all.sure ^ all.possible) & ~mark::any; };
    const bool finite = (all.possible & flag::pow_overflow) == 0;

    if ((all.sure & mark::nan) != 0 && in_doubt() == 0) {
        standing.kind = Kind::nan;
        standing.flags = static_cast<Flags>((all.sure & ~mark::any) | table.beta_flags |
                                            flag::nan_inf_minus_inf);
        return;
    }
    if (all.largest == 0.0) {
        if (!finite || in_doubt() != 0 || !std::isfinite(table.outside)) return;
        standing.kind = Kind::zero;
        standing.flags =
            static_cast<Flags>((all.sure & ~mark::any) | table.beta_flags | flag::all_zero);
        return;
    }
    // Finite sums and b times them stay finite, and b times a sum beyond the floor is not 0.
    if ((all.possible & mark::incomparable) != 0 || table.outside == 0.0 ||
        !(all.magnitude < table.ceiling))
        return;
    const auto invisible = add_absorbed(table, close, overlaps, all);
    if (!invisible) return;
    // Terms that outweigh everything absorbed keep their sign without it.
    double unclear = 2.0 * (table.floor + *invisible);
    if (unclear > 0.0) {
        const double to_field = ScaledNumber{1.0 / close.factor.fraction, 0}.at_scale(
            field.scale() - close.factor.exponent);
        if (!(to_field >= std::numeric_limits<double>::min())) return;
        unclear *= to_field / all.ratio;
    }
    for (const std::size_t side : {0U, 1U}) {
        // The last part covers the roundings of ratios, factor and exact steps.
        standing.margin[side] =
            1.001 * (all.deviation[side] + unclear) + field.magnitude(side) * 0x1p-46;
        if (!std::isfinite(standing.margin[side])) return;
    }
    standing.kind = Kind::like_exact;
    const unsigned sure = all.sure & ~mark::any;
    standing.flags = static_cast<Flags>(sure | table.beta_flags);
    if (!finite || in_doubt() != 0)
        list_doubts(table, overlaps, sure, all.largest_sure, standing.doubts);
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

#include "models/standing.hpp"

#include "models/addends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What the steps that may occur have in common.
struct Survey {
    unsigned sure = 0;                    ///< marks of every decision
    unsigned possible = 0;                ///< marks of some
    double magnitude = 0.0;               ///< bound on the sum of the finite terms' magnitudes
    std::array<double, 2> largest_sure{}; ///< [side] every decision has a term at least this large
    std::array<double, 2> largest{};      ///< [side] and no finite one is larger
    double smallest = infinity;           ///< of those that are not 0
    double ratio = 1.0;                   ///< of table and exact one, where that weighs most
    std::array<double, 2> deviation{};    ///< [side] of ratio * exact sum from the table's
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
    double rest_sure = 0.0; // of largest_sure and largest, without the top memory
    double rest_largest = 0.0;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t m = entry.matches;
        const double size = close.sizes[m];
        const double next = close.sizes[m + 1];
        all.sure |= unsigned{close.marks[m]} & close.marks[m + 1];
        all.possible |= unsigned{close.marks[m]} | close.marks[m + 1];
        all.magnitude += entry.memories * std::max(size, next);
        if (size > 0.0) all.smallest = std::min(all.smallest, size);
        if (next > 0.0) all.smallest = std::min(all.smallest, next);
        if (m == top && field.has_top()) continue;
        rest += entry.memories * std::max(off(m), off(m + 1));
        rest_sure = std::max(rest_sure, std::min(size, next));
        rest_largest = std::max(rest_largest, std::max(size, next));
    }
    for (const std::size_t side : {0U, 1U}) {
        const std::uint32_t k = side == 1 ? top : top + 1;
        const double own = field.has_top() ? close.sizes[k] : 0.0;
        all.deviation[side] = rest + (field.has_top() ? off(k) : 0.0);
        all.largest_sure[side] = std::max(rest_sure, own);
        all.largest[side] = std::max(rest_largest, own);
    }
    return all;
}

/// The flags of a step beside terms of which the largest is at least `largest`.
unsigned flags_of(const DecisionTable& table, std::uint32_t step, double largest) {
    const double size = table.steps[step];
    const bool invisible = std::isfinite(size) && absorbed(table, size, largest);
    return table.step_flags[step] | (invisible ? flag::absorb : 0U);
}

/// What is absorbed on one side.
struct Absorbed {
    unsigned sure = 0;      ///< flag::absorb if some memory is in every decision
    unsigned possible = 0;  ///< flag::absorb if some memory is in some decision
    double magnitude = 0.0; ///< total of all that is
};

/// Nothing if it depends on the decision's largest term.
std::optional<Absorbed> survey_absorbed(const DecisionTable& table, const Closeness& close,
                                        const Overlaps& overlaps, const Survey& all,
                                        std::size_t side) {
    Absorbed sum;
    if (!absorbed(table, all.smallest, all.largest[side])) return sum;
    for (const MatchCount& entry : overlaps.histogram()) {
        unsigned both = flag::absorb;
        double largest = 0.0;
        for (const std::uint32_t k : {entry.matches, entry.matches + 1}) {
            const double size = close.sizes[k];
            if (absorbed(table, size, all.largest_sure[side])) {
                sum.possible = flag::absorb;
                largest = std::max(largest, size);
            } else if (absorbed(table, size, all.largest[side])) {
                return std::nullopt;
            } else {
                both = 0;
            }
        }
        sum.sure |= both;
        sum.magnitude += largest * entry.memories;
    }
    return sum;
}

/// Whether some decision of the side raises more than `sure` by this step, or is not finite.
bool is_doubtful(const DecisionTable& table, const Standing& standing,
                 const std::array<unsigned, 2>& sure, std::uint32_t step) {
    if (!std::isfinite(table.steps[step])) return true;
    for (const std::size_t side : {0U, 1U})
        if ((flags_of(table, step, standing.largest[side]) & ~sure[side]) != 0) return true;
    return false;
}

/// The memories of which a step is doubtful.
void list_doubts(const DecisionTable& table, const Overlaps& overlaps,
                 const std::array<unsigned, 2>& sure, Standing& standing) {
    std::vector<std::uint32_t> doubtful;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t first = std::max(entry.matches, 1U);
        const std::uint32_t last = std::min(entry.matches + 1, overlaps.dimension());
        if (is_doubtful(table, standing, sure, first) || is_doubtful(table, standing, sure, last))
            doubtful.push_back(entry.matches);
    }
    overlaps.visit_matches([&](auto matches) {
        for (std::uint32_t mu = 0; mu < matches.size(); ++mu)
            if (std::ranges::find(doubtful, matches[mu]) != doubtful.end())
                standing.doubts.push_back({mu, matches[mu]});
    });
}

/// The state's flags of a kind that makes no difference between sides.
void settle_at(Standing& standing, Standing::Kind kind, unsigned flags) {
    standing.kind = kind;
    standing.flags = {static_cast<Flags>(flags), static_cast<Flags>(flags)};
}

/// Sets what `close` says of all steps together.
void survey_all(const DecisionTable& table, Closeness& close) {
    double smallest = infinity;
    for (const double size : close.sizes) {
        close.largest = std::max(close.largest, size);
        if (size > 0.0) smallest = std::min(smallest, size);
    }
    const auto [least, most] = std::ranges::minmax(close.ratios);
    close.spread = most / least - 1.0;
    close.calm = table.values.empty() && table.outside != 0.0 && close.largest > 0.0 &&
                 !absorbed(table, smallest, close.largest) && least > 0.5 && most < 2.0 &&
                 std::ranges::all_of(close.marks, [](unsigned marks) { return marks == 0; });
}

/// Number of the shortest beginning of `ordered` that has all steps invisible beside one of this
/// size.
std::uint16_t hidden_beside(const DecisionTable& table, std::span<const double> ordered,
                            double size) {
    const auto seen = std::ranges::partition_point(
        ordered, [&](double x) { return x == 0.0 || absorbed(table, x, size); });
    return static_cast<std::uint16_t>(seen - ordered.begin());
}

/// What the flags of all states follow from: the steps' marks, which are 0, and which are invisible
/// beside which.
std::optional<Key> shape_of(const DecisionTable& table, const Closeness& close,
                            const ExactTable& exact) {
    if (!table.values.empty()) return std::nullopt; // two sums
    std::vector<double> ordered;
    for (const std::uint32_t k : exact.by_size) {
        if (!std::isfinite(table.steps[k])) return std::nullopt;
        ordered.push_back(close.sizes[k]);
    }
    if (!std::ranges::is_sorted(ordered) || ordered.size() > 0xFFFF) return std::nullopt;
    std::vector<std::uint16_t> shape(close.marks.begin(), close.marks.end());
    shape.push_back(table.beta_flags);
    shape.push_back(static_cast<std::uint16_t>(std::ranges::count(ordered, 0.0)));
    for (const double size : ordered)
        shape.push_back(hidden_beside(table, ordered, size));
    return key_of({reinterpret_cast<const char*>(shape.data()), 2 * shape.size()});
}

/// Sets what stands for the table where it is compared with the exact network's dominance.
void relate(const DecisionTable& table, Closeness& close, const ExactTable& exact) {
    close.shape = shape_of(table, close, exact);
    const auto related = [&](double x) {
        if (!std::isfinite(x) || x == 0.0) return x;
        const ScaledNumber number = ScaledNumber::of(x);
        return ScaledNumber{number.fraction / close.factor.fraction, number.exponent}.at_scale(
            exact.dominance_scale - close.factor.exponent);
    };
    close.floor = table.floor > 0.0
                      ? std::max(related(table.floor), std::numeric_limits<double>::min())
                      : 0.0;
    close.ceiling = related(table.ceiling);
}

/// Factor from the table's sums to the field's scale, where the ratio of both is `ratio`.
double to_field_of(const Closeness& close, const ExactField& field, double ratio) {
    return ScaledNumber{1.0 / close.factor.fraction, 0}.at_scale(field.scale() -
                                                                 close.factor.exponent) /
           ratio;
}

/// A calm table in a state that has terms other than 0. False if it has to be looked at closely.
bool stand_calmly(const DecisionTable& table, const Closeness& close, const Overlaps& overlaps,
                  const ExactField& field, Standing& standing) {
    const bool some_term = std::max(field.magnitude(0), field.magnitude(1)) > 0.0;
    if (!some_term || !(overlaps.pattern_count() * close.largest < table.ceiling)) return false;
    double unclear = 0.0;
    if (table.floor > 0.0) {
        const double to_field = to_field_of(close, field, 0.5); // calm ratios are larger
        if (!(to_field >= std::numeric_limits<double>::min())) return false;
        unclear = 2.0 * table.floor * to_field;
    }
    for (const std::size_t side : {0U, 1U}) {
        standing.flags[side] = table.beta_flags;
        standing.margin[side] = 1.001 * (close.spread * field.magnitude(side) + unclear) +
                                field.magnitude(side) * 0x1p-46;
        if (!std::isfinite(standing.margin[side])) return false;
    }
    standing.kind = Standing::Kind::like_exact;
    return true;
}

/// By all that occurs in this state.
void stand_here(const DecisionTable& table, const Closeness& close, const Overlaps& overlaps,
                const ExactField& field, Standing& standing) {
    using Kind = Standing::Kind;
    const Survey all = survey(close, overlaps, field);
    standing.largest = all.largest_sure;
    const unsigned sure = (all.sure & ~mark::any) | table.beta_flags;
    const bool doubtful = ((all.sure ^ all.possible) & ~mark::any) != 0;
    const bool finite = (all.possible & flag::pow_overflow) == 0;

    if ((all.sure & mark::nan) != 0 && !doubtful) {
        settle_at(standing, Kind::nan, sure | flag::nan_inf_minus_inf);
        return;
    }
    if (all.magnitude == 0.0) {
        if (finite && !doubtful && std::isfinite(table.outside))
            settle_at(standing, Kind::zero, sure | flag::all_zero);
        return;
    }
    // Finite sums and b times them stay finite, and b times a sum beyond the floor is not 0.
    if ((all.possible & mark::incomparable) != 0 || table.outside == 0.0 ||
        !(all.magnitude < table.ceiling))
        return;
    const double to_field = to_field_of(close, field, all.ratio);
    std::array<unsigned, 2> sure_on{};
    bool some_doubt = !finite || doubtful;
    for (const std::size_t side : {0U, 1U}) {
        const auto hidden = survey_absorbed(table, close, overlaps, all, side);
        if (!hidden) return;
        // Terms that outweigh everything absorbed keep their sign without it.
        const double unclear = 2.0 * (table.floor + hidden->magnitude);
        if (unclear > 0.0 && !(to_field >= std::numeric_limits<double>::min())) return;
        // The last part covers the roundings of ratios, factor and exact steps.
        standing.margin[side] =
            1.001 * (all.deviation[side] + unclear * to_field) + field.magnitude(side) * 0x1p-46;
        if (!std::isfinite(standing.margin[side])) return;
        sure_on[side] = sure | hidden->sure;
        standing.flags[side] = static_cast<Flags>(sure_on[side]);
        some_doubt = some_doubt || hidden->sure != hidden->possible;
    }
    standing.kind = Kind::like_exact;
    if (some_doubt) list_doubts(table, overlaps, sure_on, standing);
}

} // namespace

Closeness compare(const DecisionTable& table, const ExactTable& exact) {
    const std::size_t count = table.steps.size();
    Closeness close;
    close.factor = {0.5, 1};
    close.ratios.assign(count, 1.0);
    close.sizes.assign(count, 0.0);
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
    survey_all(table, close);
    relate(table, close, exact);
    return close;
}

bool stand(const DecisionTable& table, const Closeness& close, const Overlaps& overlaps,
           const ExactField& field, Standing& standing) {
    standing.kind = Standing::Kind::open;
    standing.doubts.clear();
    if (!table.values.empty()) return false; // two sums: each decision on its own
    if (close.calm && stand_calmly(table, close, overlaps, field, standing)) return true;
    stand_here(table, close, overlaps, field, standing);
    return false;
}

Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit, std::size_t side) {
    unsigned flags = standing.flags[side];
    double infinite = 0.0;
    for (const Doubt& doubt : standing.doubts) {
        const Word aligned =
            (overlaps.aligned_word(unit, doubt.memory / 64) >> (doubt.memory % 64)) & 1U;
        const std::uint32_t k = aligned ? doubt.matches : doubt.matches + 1;
        flags |= flags_of(table, k, standing.largest[side]);
        if (!std::isfinite(table.steps[k])) infinite += aligned ? table.steps[k] : -table.steps[k];
    }
    if (infinite == 0.0) return {0.0, static_cast<Flags>(flags)};
    flags &= ~unsigned{flag::absorb};
    flags |= std::isnan(infinite) ? flag::nan_inf_minus_inf : flag::benign_overflow;
    return {table.outside * infinite, static_cast<Flags>(flags)};
}

} // namespace basin

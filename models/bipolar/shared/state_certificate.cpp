#include "models/bipolar/shared/state_certificate.hpp"

#include "models/bipolar/shared/addends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace basin {

namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

/// What the steps that may occur have in common.
struct Survey {
    unsigned sure = 0;     ///< marks of every decision
    unsigned possible = 0; ///< marks of some
    // In units of the first member's table.
    std::array<double, 2> largest_sure{}; ///< [side] every decision has a term at least this large
    std::array<double, 2> largest{};      ///< [side] and no finite one is larger
    double smallest = no_bound;           ///< of those that are not 0; infinite if there is none
    // At the field's scale, as if the tables' factors were 1.
    double magnitude = 0.0;            ///< no sum of the finite terms' magnitudes is larger
    std::array<double, 2> deviation{}; ///< [side] of a table's sum from the exact one
};

/// What a bundle's tables say at the field's scale, as if their factors were 1.
struct Weights {
    Weights(const Bundle& bundle, const ExactField& field_here)
        : sizes(bundle.first.closeness->sizes.data()), most_ratios(bundle.most_ratios()),
          deviations(bundle.deviations()), field(field_here) {}

    const double* sizes;
    const double* most_ratios;
    const double* deviations;
    const ExactField& field;

    /// The largest magnitude of a step that is not 0 and finite.
    double most(std::uint32_t k) const {
        return sizes[k] > 0.0 ? most_ratios[k] * field.size(k) : 0.0;
    }

    /// How far a step of any member can be from the exact one.
    double off(std::uint32_t k) const { return deviations[k] * field.size(k); }
};

Survey survey(const Closeness& close, const Weights& weights, const Overlaps& overlaps,
              const ExactField& field) {
    const std::uint32_t top = field.top_matches();
    unsigned sure = 0;
    unsigned possible = 0;
    double magnitude = 0.0;
    double smallest = no_bound;
    double rest = 0.0; // of deviation, largest_sure and largest, without the top memory
    double rest_sure = 0.0;
    double rest_largest = 0.0;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t m = entry.matches;
        const double size = weights.sizes[m];
        const double next = weights.sizes[m + 1];
        sure |= unsigned{close.marks[m]} & close.marks[m + 1];
        possible |= unsigned{close.marks[m]} | close.marks[m + 1];
        magnitude += entry.memories * std::max(weights.most(m), weights.most(m + 1));
        smallest = std::min({smallest, size > 0.0 ? size : no_bound, next > 0.0 ? next : no_bound});
        if (m == top && field.has_top()) continue;
        rest += entry.memories * std::max(weights.off(m), weights.off(m + 1));
        rest_sure = std::max(rest_sure, std::min(size, next));
        rest_largest = std::max(rest_largest, std::max(size, next));
    }
    Survey all{sure, possible, {}, {}, smallest, magnitude, {}};
    for (const std::size_t side : {0U, 1U}) {
        const std::uint32_t k = side == 1 ? top : top + 1;
        const double own = field.has_top() ? close.sizes[k] : 0.0;
        all.deviation[side] = rest + (field.has_top() ? weights.off(k) : 0.0);
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
    double magnitude = 0.0; ///< total of all that is, at the field's scale
    bool known = true;      ///< nothing depends on a decision's largest term
};

Absorbed survey_absorbed(const DecisionTable& table, const Weights& weights,
                         const Overlaps& overlaps, const Survey& all, std::size_t side) {
    Absorbed sum;
    if (!absorbed(table, all.smallest, all.largest[side])) return sum;
    unsigned any = 0;
    unsigned any_sure = 0;
    unsigned any_open = 0;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t m = entry.matches;
        const std::array<double, 2> size{weights.sizes[m], weights.sizes[m + 1]};
        std::array<unsigned, 2> hidden{};
        std::array<double, 2> weight{};
        for (const std::size_t j : {0U, 1U}) { // without branches: they would be mispredicted
            const double beside = size[j] * table.largest_count;
            const unsigned counts = size[j] > 0.0 ? 1 : 0;
            const unsigned sure = beside < all.largest_sure[side] ? 1 : 0;
            const unsigned maybe = beside < all.largest[side] ? 1 : 0;
            hidden[j] = counts & sure;
            any_open |= counts & (sure ^ 1U) & maybe;
            weight[j] = hidden[j] != 0 ? weights.most(m + static_cast<std::uint32_t>(j)) : 0.0;
        }
        any |= hidden[0] | hidden[1];
        any_sure |= hidden[0] & hidden[1];
        sum.magnitude += std::max(weight[0], weight[1]) * entry.memories;
    }
    sum.sure = any_sure != 0 ? flag::absorb : 0U;
    sum.possible = any != 0 ? flag::absorb : 0U;
    sum.known = any_open == 0;
    return sum;
}

/// What some decision raises by this step beyond what is sure; all bits if it is not finite.
unsigned doubts_of(const DecisionTable& table, std::uint32_t step, Standing& standing) {
    unsigned doubts = 0;
    for (const std::size_t side : {0U, 1U}) {
        const unsigned more =
            flags_of(table, step, standing.largest[side]) & ~unsigned{standing.flags[side]};
        standing.possible[side] = static_cast<Flags>(standing.possible[side] | more);
        doubts |= more;
    }
    if (std::isfinite(table.steps[step])) return doubts;
    standing.all_finite = false;
    return ~0U;
}

/// How many doubtful memories of each flag are still to be listed.
class Wanted {
public:
    void add(unsigned flags, std::size_t memories) {
        for (std::size_t f = 0; f < left_.size(); ++f)
            if ((flags >> f) & 1U) left_[f] += memories;
        flags_ |= flags & 0xFFFFU;
    }

    /// At most so many of each. Returns the flags of which there are more.
    unsigned limit(std::size_t most) {
        unsigned more = 0;
        for (std::size_t f = 0; f < left_.size(); ++f) {
            if (left_[f] > most) more |= 1U << f;
            left_[f] = std::min(left_[f], most);
        }
        return more;
    }

    /// Takes a memory off the list of each of its flags. Whether it was on some.
    bool take(unsigned flags) {
        const unsigned wanted = flags & flags_;
        for (std::size_t f = 0; f < left_.size(); ++f)
            if (((wanted >> f) & 1U) != 0 && --left_[f] == 0) flags_ &= ~(1U << f);
        return wanted != 0;
    }

    bool is_done() const { return flags_ == 0; }

private:
    std::array<std::size_t, 16> left_{};
    unsigned flags_ = 0; ///< of which some are left
};

/// The memories of which a step is doubtful: all, or the first few of every flag if what they raise
/// is all that matters.
void list_doubts(const DecisionTable& table, const Overlaps& overlaps, Standing& standing) {
    constexpr std::size_t few = 64;
    standing.possible = standing.flags;
    standing.all_finite = true;
    standing.unlisted = 0;
    standing.doubtful.assign(overlaps.dimension() + 1, 0);
    Wanted wanted;
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t m = entry.matches;
        const unsigned doubts = doubts_of(table, std::max(m, 1U), standing) |
                                doubts_of(table, std::min(m + 1, overlaps.dimension()), standing);
        standing.doubtful[m] = static_cast<Flags>(doubts);
        wanted.add(doubts, entry.memories);
    }
    if (standing.all_finite) standing.unlisted = static_cast<Flags>(wanted.limit(few));
    overlaps.visit_matches([&](auto matches) {
        for (std::uint32_t mu = 0; mu < matches.size() && !wanted.is_done(); ++mu)
            if (const unsigned doubts = standing.doubtful[matches[mu]];
                doubts != 0 && wanted.take(doubts))
                standing.doubts.push_back({mu, matches[mu]});
    });
}

/// The step that the memory of a doubt uses.
std::uint32_t step_of(const Doubt& doubt, const Overlaps& overlaps, std::uint32_t unit) {
    return overlaps.agrees(doubt.memory, unit) ? doubt.matches : doubt.matches + 1;
}

/// Adds what all doubtful memories raise, as far as `possible` is not there.
unsigned flags_of_all(const DecisionTable& table, const Standing& standing,
                      const Overlaps& overlaps, std::uint32_t unit, std::size_t side,
                      unsigned flags) {
    overlaps.visit_matches([&](auto matches) {
        for (std::uint32_t mu = 0; mu < matches.size(); ++mu)
            if ((standing.doubtful[matches[mu]] & standing.possible[side] & ~flags) != 0)
                flags |= flags_of(table, step_of({mu, matches[mu]}, overlaps, unit),
                                  standing.largest[side]);
    });
    return flags;
}

/// The state's flags of a kind that makes no difference between sides.
void settle_at(Standing& standing, Standing::Kind kind, unsigned flags) {
    standing.kind = kind;
    standing.flags = {static_cast<Flags>(flags), static_cast<Flags>(flags)};
}

/// A bundle's floor at the field's scale: not 0 if it is not.
double floor_of(const Bundle& bundle, const ExactField& field) {
    if (bundle.floor.fraction == 0.0) return 0.0;
    return std::max(bundle.floor.at_scale(field.scale()), std::numeric_limits<double>::min());
}

/// Calm tables in a state that has terms other than 0. False if it has to be looked at closely.
bool stand_calmly(const Bundle& bundle, const ExactField& field, Standing& standing) {
    const double magnitude = std::max(field.magnitude(0), field.magnitude(1));
    // Calm ratios lie between 0.5 and 2.
    if (!(magnitude > 0.0) || !(2.001 * magnitude < bundle.ceiling.at_scale(field.scale())))
        return false;
    const double unclear = 2.0 * floor_of(bundle, field) / 0.5;
    for (const std::size_t side : {0U, 1U}) {
        standing.flags[side] = bundle.first.table->beta_flags;
        standing.margin[side] = 1.001 * (bundle.spread * field.magnitude(side) + unclear) +
                                field.magnitude(side) * 0x1p-46;
        if (!std::isfinite(standing.margin[side])) return false;
    }
    standing.kind = Standing::Kind::like_exact;
    return true;
}

/// The largest of a range's steps, at the field's scale.
struct Most {
    double weight = 0.0;
    double off = 0.0;
};

Most most_of(const Weights& weights, const MatchRange& range, std::uint32_t dimension) {
    Most most;
    if (range.is_empty()) return most;
    for (std::uint32_t k = std::max(range.lowest, 1U); k <= std::min(range.highest + 1, dimension);
         ++k) {
        most.weight = std::max(most.weight, weights.most(k));
        most.off = std::max(most.off, weights.off(k));
    }
    return most;
}

/// By all that can occur as long as the field's wide bounds hold. False if it takes a closer look.
/// The flags are all that may be raised: they hold where every decision raises them.
bool stand_widely(const Bundle& bundle, const Overlaps& overlaps, const ExactField& field,
                  Standing& standing) {
    const DecisionTable& table = *bundle.first.table;
    const Weights weights(bundle, field);
    const std::uint32_t first = std::max(field.range().lowest, 1U);
    const std::uint32_t last = std::min(field.range().highest + 1, overlaps.dimension());
    unsigned possible = 0;
    double smallest = no_bound; // as in Survey
    double largest = 0.0;
    double deviation = 0.0;
    for (std::uint32_t k = first; k <= last; ++k) {
        const double size = weights.sizes[k];
        possible |= bundle.first.closeness->marks[k];
        largest = std::max(largest, size);
        smallest = std::min(smallest, size > 0.0 ? size : no_bound);
        deviation = std::max(deviation, weights.deviations[k]);
    }
    const Most others = most_of(weights, field.others(), overlaps.dimension());
    const Most apart = most_of(weights, field.apart(), overlaps.dimension());
    const double magnitude = field.magnitude(0);
    const double memories = overlaps.pattern_count();
    if ((possible & (mark::any | flag::pow_overflow)) != 0 || smallest == no_bound ||
        table.outside == 0.0 ||
        !(1.001 * (1.0 + deviation) * magnitude < bundle.ceiling.at_scale(field.scale())))
        return false;
    const bool hides = absorbed(table, smallest, largest);
    // What is hidden is smaller than the largest step by the format's digits.
    const double all = std::max(others.weight, apart.weight);
    const double hidden = hides ? memories * std::min(others.weight, all / bundle.largest_count) +
                                      std::min(apart.weight, all / bundle.largest_count)
                                : 0.0;
    const double unclear = 2.0 * (floor_of(bundle, field) + hidden);
    const double margin =
        1.001 * (memories * others.off + apart.off + unclear) + magnitude * 0x1p-46;
    if (!std::isfinite(margin)) return false;
    const auto flags =
        static_cast<Flags>(table.beta_flags | possible | (hides ? flag::absorb : 0U));
    standing.margin = {margin, margin};
    standing.flags = {flags, flags};
    standing.kind = Standing::Kind::like_exact;
    return true;
}

/// By all that occurs in this state.
void stand_here(const Bundle& bundle, const Overlaps& overlaps, const ExactField& field,
                Standing& standing) {
    using Kind = Standing::Kind;
    const DecisionTable& table = *bundle.first.table;
    const Weights weights(bundle, field);
    const Survey all = survey(*bundle.first.closeness, weights, overlaps, field);
    standing.largest = all.largest_sure;
    const unsigned sure = (all.sure & ~mark::any) | table.beta_flags;
    const bool doubtful = ((all.sure ^ all.possible) & ~mark::any) != 0;
    const bool finite = (all.possible & flag::pow_overflow) == 0;

    if ((all.sure & mark::nan) != 0 && !doubtful) {
        settle_at(standing, Kind::nan, sure | flag::nan_inf_minus_inf);
        return;
    }
    if (all.smallest == no_bound) { // no term but 0 and what is not finite
        if (finite && !doubtful && std::isfinite(table.outside))
            settle_at(standing, Kind::zero, sure | flag::all_zero);
        return;
    }
    // Finite sums and b times them stay finite, and b times a sum beyond the floor is not 0.
    if ((all.possible & mark::incomparable) != 0 || table.outside == 0.0 ||
        !(1.001 * all.magnitude < bundle.ceiling.at_scale(field.scale())))
        return;
    bool some_doubt = !finite || doubtful;
    for (const std::size_t side : {0U, 1U}) {
        const Absorbed hidden = survey_absorbed(table, weights, overlaps, all, side);
        if (!hidden.known) return;
        // Terms that outweigh everything absorbed keep their sign without it.
        const double unclear = 2.0 * (floor_of(bundle, field) + hidden.magnitude);
        // The last part covers the roundings of ratios, factor and exact steps.
        standing.margin[side] =
            1.001 * (all.deviation[side] + unclear) + field.magnitude(side) * 0x1p-46;
        if (!std::isfinite(standing.margin[side])) return;
        standing.flags[side] = static_cast<Flags>(sure | hidden.sure);
        some_doubt = some_doubt || hidden.sure != hidden.possible;
    }
    standing.kind = Kind::like_exact;
    if (some_doubt) list_doubts(table, overlaps, standing);
}

} // namespace

bool stand(const Bundle& bundle, const Overlaps& overlaps, const ExactField& field,
           Standing& standing) {
    standing.kind = Standing::Kind::open;
    standing.doubts.clear();
    if (!bundle.first.table->values.empty()) return false; // two sums: each decision on its own
    if (bundle.is_calm() && stand_calmly(bundle, field, standing)) return true;
    if (field.is_wide()) return stand_widely(bundle, overlaps, field, standing);
    stand_here(bundle, overlaps, field, standing);
    return false;
}

Decision resolve(const DecisionTable& table, const Standing& standing, const Overlaps& overlaps,
                 std::uint32_t unit, std::size_t side) {
    unsigned flags = standing.flags[side];
    double infinite = 0.0;
    for (const Doubt& doubt : standing.doubts) {
        if (standing.all_finite && flags == standing.possible[side]) break;
        const std::uint32_t k = step_of(doubt, overlaps, unit);
        flags |= flags_of(table, k, standing.largest[side]);
        if (!std::isfinite(table.steps[k]))
            infinite += k == doubt.matches ? table.steps[k] : -table.steps[k];
    }
    const unsigned missing = standing.possible[side] & ~flags;
    if (standing.all_finite && (missing & standing.unlisted) != 0)
        flags = flags_of_all(table, standing, overlaps, unit, side, flags);
    if (infinite == 0.0) return {0.0, static_cast<Flags>(flags)};
    flags &= ~unsigned{flag::absorb};
    flags |= std::isnan(infinite) ? flag::nan_inf_minus_inf : flag::benign_overflow;
    return {table.outside * infinite, static_cast<Flags>(flags)};
}

} // namespace basin

#include "models/company.hpp"

#include "models/direct_decision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace basin {

namespace {

/// Adds `times` decisions that all raised `flags`.
void count_flags(DecisionCounts& counts, unsigned flags, std::uint64_t times) {
    if (flags == 0 || times == 0) return;
    counts.flags = static_cast<Flags>(counts.flags | flags);
    if (flags & flag::any_overflow) counts.overflows += times;
    for (std::size_t i = 0; i < all_flags.size(); ++i)
        if (flags & all_flags[i].mask) counts.flagged[i] += times;
}

} // namespace

Company::Company(const Scene& scene, std::uint32_t probe, const ExactTable& exact, Choice<Ties> tie,
                 std::vector<Walker> walkers)
    : probe_(probe), tie_(tie), scene_(&scene), overlaps_(scene), field_(exact),
      walkers_(std::move(walkers)) {
    overlaps_.move_to(scene.cues.row(probe));
    field_.refresh(overlaps_);
    arrive();
}

/// Begins a stay.
void Company::arrive() {
    strictest_ = 0.0;
    any_like_exact_ = any_nan_ = any_alone_ = false;
    for (Walker& walker : walkers_) {
        const Contender& contender = walker.contender;
        walker.standing = contender.table
                              ? stand(*contender.table, *contender.closeness, overlaps_, field_)
                              : Standing{Standing::Kind::like_exact, 0.0, 0};
        switch (walker.standing.kind) {
        case Standing::Kind::like_exact:
            any_like_exact_ = true;
            strictest_ = std::max(strictest_, walker.standing.margin);
            break;
        case Standing::Kind::nan:
            any_nan_ = true;
            break;
        case Standing::Kind::zero:
        case Standing::Kind::open:
            any_alone_ = true;
            break;
        }
    }
}

Wish Company::ask(std::uint32_t unit, std::uint32_t sweep, std::uint32_t decision) {
    ++asked_;
    counted_ = exact_known_ = false;
    exact_sum_ = field_.sum(overlaps_, unit);
    const double clear = std::abs(exact_sum_) - field_.error();
    const bool like_exact = exact_sum_ < 0.0;
    const bool all_clear = clear > strictest_;
    if (!any_alone_ && (all_clear || !any_like_exact_)) {
        // NaN walkers stay where they are.
        const bool flip = any_like_exact_ && like_exact;
        if (!flip) return Wish::all_stay;
        if (!any_nan_) return Wish::all_flip;
    }
    wishes_.assign(walkers_.size(), 0);
    std::size_t flips = 0;
    for (std::size_t w = 0; w < walkers_.size(); ++w) {
        Walker& walker = walkers_[w];
        bool flip = false;
        if (walker.standing.kind == Standing::Kind::like_exact && clear > walker.standing.margin)
            flip = like_exact;
        else if (walker.standing.kind != Standing::Kind::nan)
            flip = decide_alone(walker, unit, sweep, decision);
        wishes_[w] = flip;
        flips += flip;
    }
    if (flips == 0) return Wish::all_stay;
    return flips == walkers_.size() ? Wish::all_flip : Wish::divided;
}

const StepCounts& Company::counts(std::uint32_t unit) {
    if (!counted_) overlaps_.count_steps(unit, counts_);
    counted_ = true;
    return counts_;
}

int Company::exact_sign(std::uint32_t unit) {
    if (exact_known_) return exact_sign_;
    exact_known_ = true;
    const bool clear = std::abs(exact_sum_) > field_.error();
    exact_sign_ = clear                   ? (exact_sum_ > 0.0 ? 1 : -1)
                  : field_.error() == 0.0 ? 0
                                          : field_.sign(counts(unit));
    return exact_sign_;
}

/// One decision of one walker, counted. Whether it wants a flip.
bool Company::decide_alone(Walker& walker, std::uint32_t unit, std::uint32_t sweep,
                           std::uint32_t decision) {
    ++walker.own_decisions;
    const int truth = exact_sign(unit);
    Decision own;
    if (!walker.contender.table) {
        own.value = truth;
        if (truth == 0 && field_.all_zero(counts(unit))) own.flags = flag::all_zero;
    } else if (walker.standing.kind == Standing::Kind::zero) {
        own.flags = walker.standing.flags;
    } else {
        own = basin::decide(*walker.contender.table, counts(unit));
    }
    DecisionCounts& counted = walker.counts;
    count_flags(counted, own.flags, 1);
    if (std::isnan(own.value)) {
        ++counted.nans;
        walker.nan_seen = true;
        return false;
    }
    if (own.value != 0.0) {
        counted.numerical_flips += (own.value > 0.0 ? 1 : -1) != truth;
        return own.value < 0.0;
    }
    ++counted.ties;
    counted.numerical_ties += truth != 0;
    return break_tie(unit, sweep, decision);
}

/// Whether the tie rule flips the unit.
bool Company::break_tie(std::uint32_t unit, std::uint32_t sweep, std::uint32_t decision) const {
    if (tie_.is<TieKeep>()) return false;
    const bool plus = tie_.is<TiePlus>() ||
                      (tie_.is<TieRandom>() && tie_coin(scene_->key, probe_, sweep, decision));
    return plus != overlaps_.unit(unit);
}

void Company::settle() {
    for (Walker& walker : walkers_) {
        const std::uint64_t together = asked_ - walker.own_decisions;
        walker.counts.decisions += asked_;
        walker.own_decisions = 0;
        count_flags(walker.counts, walker.standing.flags, together);
        if (walker.standing.kind == Standing::Kind::nan && together > 0) {
            walker.counts.nans += together;
            walker.nan_seen = true;
        }
    }
    asked_ = 0;
}

void Company::flip(std::span<const std::uint32_t> units) {
    settle();
    for (Walker& walker : walkers_)
        walker.counts.flips += units.size();
    overlaps_.flip(units);
    field_.refresh(overlaps_);
    arrive();
}

void Company::forget_nans() {
    settle();
    for (Walker& walker : walkers_)
        walker.nan_seen = false;
}

Company Company::split(std::span<const std::uint8_t> leaves) {
    settle();
    Company other = *this;
    const auto keep = [&](std::vector<Walker>& walkers, bool leavers) {
        std::vector<Walker> kept;
        for (std::size_t w = 0; w < walkers.size(); ++w)
            if ((leaves[w] != 0) == leavers) kept.push_back(walkers[w]);
        walkers = std::move(kept);
    };
    keep(other.walkers_, true);
    keep(walkers_, false);
    other.arrive();
    arrive();
    return other;
}

} // namespace basin

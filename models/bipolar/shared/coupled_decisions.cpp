// What a company's walkers want of a unit.

#include "models/bipolar/shared/coupled_recall.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

Wish Company::ask(std::span<const std::uint32_t> upcoming, std::uint32_t sweep,
                  std::uint32_t decision) {
    const std::uint32_t unit = upcoming.front();
    if (approaches_) {
        const bool agrees = overlaps_.agrees(sample_.leader(), unit);
        ++asked_[agrees ? 1 : 0];
        return agrees ? Wish::all_stay : Wish::all_flip;
    }
    side_ = field_.side(overlaps_, unit);
    look(upcoming);
    if (!std::ranges::all_of(walkers_, [&](const Walker& walker) { return can_decide(walker); })) {
        unbundle();
        field_.refresh(overlaps_);
        settle_in();
        side_ = field_.side(overlaps_, unit);
        look(upcoming);
    }
    counted_ = exact_known_ = false;
    ++asked_[side_];
    if (!any_alone_ && clear_ > strictest_[side_]) {
        const bool flip = any_like_exact_ && exact_sum_ < 0.0;
        if (!flip || !any_still_) {
            if (any_doubts_) count_doubts(unit, side_);
            return flip ? Wish::all_flip : Wish::all_stay;
        }
    }
    wishes_.assign(walkers_.size(), 0);
    std::size_t flips = 0;
    for (std::size_t w = 0; w < walkers_.size(); ++w) {
        wishes_[w] = wants_flip(walkers_[w], unit, sweep, decision);
        flips += wishes_[w];
    }
    if (flips == 0) return Wish::all_stay;
    return flips == walkers_.size() ? Wish::all_flip : Wish::divided;
}

std::size_t Company::pass(std::span<const std::uint32_t> upcoming) {
    std::size_t stayed = 0;
    if (approaches_) {
        while (stayed < upcoming.size() && overlaps_.agrees(sample_.leader(), upcoming[stayed]))
            ++stayed;
        asked_[1] += stayed;
        return stayed;
    }
    if (any_alone_) return 0;
    for (; stayed < upcoming.size(); ++stayed) {
        const std::uint32_t unit = upcoming[stayed];
        const std::size_t side = field_.side(overlaps_, unit);
        if (!bit_at(known_, unit)) {
            look_on(upcoming.subspan(stayed));
            const double sum = ahead_[ahead_used_].sum;
            const bool clear = std::abs(sum) - field_.quick_error(side) > strictest_[side];
            if (!clear || (any_like_exact_ && sum < 0.0)) return stayed;
            ++ahead_used_;
            set_bit(known_, unit, true);
        }
        ++asked_[side];
        if (any_doubts_) count_doubts(unit, side);
    }
    return stayed;
}

/// Counts what walkers raise who decide as the exact network does, but raise more with some units
/// than with others.
void Company::count_doubts(std::uint32_t unit, std::size_t side) {
    for (Walker& walker : walkers_) {
        const Standing& standing = walker.standing;
        if (standing.kind != Standing::Kind::like_exact || standing.doubts.empty()) continue;
        ++walker.own_decisions[side];
        const Decision own = resolve(*walker.bundle->first.table, standing, overlaps_, unit, side);
        walker.counts.raise(own.flags, 1);
    }
}

/// Whether all members decide alike on the unit at hand, for certain.
bool Company::can_decide(const Walker& walker) const {
    if (walker.bundle->is_one()) return true;
    const Standing& standing = walker.standing;
    if (standing.kind == Standing::Kind::like_exact) return clear_ > standing.margin[side_];
    return standing.kind != Standing::Kind::open;
}

/// The exact sum of the first unit, as exactly as the walkers need it.
void Company::look(std::span<const std::uint32_t> upcoming) {
    look_on(upcoming);
    exact_sum_ = ahead_[ahead_used_++].sum;
    clear_ = std::abs(exact_sum_) - field_.quick_error(side_);
    if (clear_ > strictest_[side_]) return;
    exact_sum_ = field_.fine_sum(overlaps_, upcoming.front());
    clear_ = std::abs(exact_sum_) - field_.fine_error(side_);
    if (clear_ > strictest_[side_]) return;
    exact_sum_ = field_.sum(overlaps_, upcoming.front());
    clear_ = std::abs(exact_sum_) - field_.error(side_);
}

/// Sees to it that the next quick sum is that of the first unit. The others whose sums are made
/// with it are those to be asked next, if nothing moves.
void Company::look_on(std::span<const std::uint32_t> upcoming) {
    if (ahead_used_ < ahead_made_ && ahead_[ahead_used_].unit == upcoming.front()) return;
    std::array<std::uint32_t, 4> units{upcoming.front()};
    std::size_t count = 1;
    for (std::size_t i = 1; i < upcoming.size() && count < units.size(); ++i)
        if (!bit_at(known_, upcoming[i])) units[count++] = upcoming[i];
    const auto sums = field_.quick_sums(overlaps_, std::span(units).first(count));
    for (std::size_t c = 0; c < count; ++c)
        ahead_[c] = {units[c], sums[c]};
    ahead_used_ = 0;
    ahead_made_ = count;
}

/// In a new state.
void Company::know_nothing() {
    ahead_used_ = ahead_made_ = 0;
    std::ranges::fill(known_, Word{0});
}

bool Company::wants_flip(Walker& walker, std::uint32_t unit, std::uint32_t sweep,
                         std::uint32_t decision) {
    const Standing& standing = walker.standing;
    switch (standing.kind) {
    case Standing::Kind::nan:
        return false;
    case Standing::Kind::zero:
        // Where the exact decision is clearly not 0, settle() counts a walker that stays put.
        if (clear_ > 0.0 && stays_put(walker)) return false;
        return decide_alone(walker, {0.0, standing.flags[side_]}, unit, sweep, decision);
    case Standing::Kind::like_exact: {
        const bool clear = clear_ > standing.margin[side_];
        if (standing.doubts.empty()) {
            if (clear) return exact_sum_ < 0.0;
            break;
        }
        Decision own = resolve(*walker.bundle->first.table, standing, overlaps_, unit, side_);
        const bool finite = own.value == 0.0;
        if (finite && !clear) break;
        if (finite) own.value = exact_sum_;
        return decide_alone(walker, own, unit, sweep, decision);
    }
    case Standing::Kind::open:
        break;
    }
    return decide_alone(walker, from_scratch(walker, unit), unit, sweep, decision);
}

Decision Company::from_scratch(const Walker& walker, std::uint32_t unit) {
    if (walker.bundle->first.table) return decide(*walker.bundle->first.table, counts(unit));
    const int truth = exact_sign(unit);
    const bool all_zero = truth == 0 && field_.all_zero(counts(unit));
    return {static_cast<double>(truth), all_zero ? flag::all_zero : Flags{0}};
}

const StepCounts& Company::counts(std::uint32_t unit) {
    if (!counted_) overlaps_.count_steps(unit, counts_);
    counted_ = true;
    return counts_;
}

int Company::exact_sign(std::uint32_t unit) {
    if (exact_known_) return exact_sign_;
    exact_known_ = true;
    exact_sign_ = clear_ > 0.0                 ? (exact_sum_ > 0.0 ? 1 : -1)
                  : field_.error(side_) == 0.0 ? 0
                                               : field_.sign(counts(unit));
    return exact_sign_;
}

/// Counts one decision of one walker. Whether it wants a flip.
bool Company::decide_alone(Walker& walker, const Decision& own, std::uint32_t unit,
                           std::uint32_t sweep, std::uint32_t decision) {
    ++walker.own_decisions[side_];
    const int truth = exact_sign(unit);
    DecisionCounts& counted = walker.counts;
    counted.raise(own.flags, 1);
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

} // namespace basin

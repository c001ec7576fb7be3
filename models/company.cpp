#include "models/company.hpp"

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

bool is_one(const Walker& walker) {
    return walker.bundle->members.size() == 1;
}

} // namespace

Company::Company(const Scene& scene, const ExactTable& exact, Choice<Ties> tie, bool looks_ahead)
    : tie_(tie), scene_(&scene), overlaps_(scene), field_(exact), looks_ahead_(looks_ahead),
      known_(words_for(scene.dimension())) {}

void Company::start(std::uint32_t probe, const Contenders& contenders, const Overlaps& at_cue) {
    probe_ = probe;
    contenders_ = &contenders;
    asked_ = {};
    flips_ = 0;
    walkers_.clear();
    for (const Bundle& bundle : contenders.together)
        walkers_.push_back({.bundle = &bundle});
    overlaps_.move_to(at_cue);
    approaches_ = false;
    gave_up_ = !looks_ahead_;
    arrived_ = false;
}

std::optional<Company> Company::arrive() {
    if (arrived_) return std::nullopt;
    arrived_ = true;
    if (approaches_) { // some are not foreseen any more
        std::optional<Company> others = part();
        if (others) others->gave_up_ = true;
        return others;
    }
    field_.refresh(overlaps_);
    if (look_ahead()) return part();
    settle_in();
    return std::nullopt;
}

/// Looks at the state, of which the field is.
void Company::settle_in() {
    if (may_widen()) {
        if (field_.has_top()) sample_.take(overlaps_, field_.top());
        field_.widen(overlaps_, 2 + overlaps_.dimension() / 20);
    }
    if (stand_all() && (!field_.is_wide() || all_raise())) return;
    if (!field_.is_wide()) return;
    closely_ = 4;
    field_.refresh(overlaps_);
    stand_all();
}

/// Whether there is hope for standings that hold for several flips.
bool Company::may_widen() {
    if (closely_ > 0) {
        --closely_;
        return false;
    }
    return std::ranges::all_of(walkers_, [&](const Walker& walker) {
        const Bundle& bundle = *walker.bundle;
        return bundle.is_calm() || (field_.has_top() && bundle.first.closeness->shape);
    });
}

/// Takes out the walkers whose way is not foreseen.
std::optional<Company> Company::part() {
    if (std::ranges::count(wishes_, 1) == 0) return std::nullopt;
    const std::vector<std::uint8_t> leaves = wishes_;
    Company others = split(leaves);
    others.approaches_ = false;
    others.arrived_ = false;
    return others;
}

/// From here on each goes alone; ends the stay. False if each did already.
bool Company::unbundle() {
    if (std::ranges::all_of(walkers_, is_one)) return false;
    settle();
    std::vector<Walker> alone;
    for (const Walker& walker : walkers_)
        for (const std::uint32_t member : walker.bundle->members) {
            alone.push_back(walker);
            alone.back().bundle = &contenders_->each[member];
        }
    walkers_ = std::move(alone);
    return true;
}

/// Whether all standings hold as long as the field's bounds do.
bool Company::stand_all() {
    bool hold = true;
    know_nothing();
    strictest_ = {0.0, 0.0};
    any_like_exact_ = any_doubts_ = any_still_ = any_alone_ = false;
    for (Walker& walker : walkers_) {
        Standing& standing = walker.standing;
        if (walker.bundle->first.table)
            hold = stand(*walker.bundle, overlaps_, field_, standing) && hold;
        else
            standing.kind = Standing::Kind::like_exact;
        if (stays_put(walker)) {
            any_still_ = true;
        } else if (standing.kind == Standing::Kind::like_exact &&
                   (standing.doubts.empty() || standing.all_finite)) {
            any_like_exact_ = true;
            any_doubts_ = any_doubts_ || !standing.doubts.empty();
            for (const std::size_t side : {0U, 1U})
                strictest_[side] = std::max(strictest_[side], standing.margin[side]);
        } else {
            any_alone_ = true;
        }
    }
    return hold;
}

/// Sets out on an approach if that is certain to lead the exact network to the memory approached,
/// and some format too. wishes_ then says whose way is not foreseen.
bool Company::look_ahead() {
    if (gave_up_ || !field_.has_top()) return false;
    Approach approach{overlaps_.histogram(), overlaps_.dimension(), field_.top_matches()};
    Balance balance = weigh_up(field_.dominance(), approach);
    std::vector<MatchCount> reach;
    if (!balance.is_certain() && balance.is_close) {
        reach = overlaps_.reach_towards(field_.top());
        approach.reach = reach;
        balance = weigh_up(field_.dominance(), approach);
    }
    if (!balance.is_certain()) return false;
    sample_.take(overlaps_, field_.top());
    wishes_.assign(walkers_.size(), 0);
    std::size_t formats = 0;
    std::size_t foreseen = 0;
    for (std::size_t w = 0; w < walkers_.size(); ++w) {
        Standing& standing = walkers_[w].standing;
        standing.kind = Standing::Kind::like_exact;
        standing.doubts.clear();
        standing.flags = {};
        if (!walkers_[w].bundle->first.table) continue;
        ++formats;
        const auto flags = foresee(*walkers_[w].bundle, balance, approach);
        if (flags) standing.flags = {*flags, *flags};
        const bool is_foreseen = flags && raises_its_flags(walkers_[w]);
        wishes_[w] = is_foreseen ? 0 : 1;
        foreseen += is_foreseen;
    }
    approaches_ = formats == 0 || foreseen > 0;
    return approaches_;
}

/// Whether every decision of the present state raises the flags of the walker's standing.
bool Company::raises_its_flags(const Walker& walker) const {
    const Contender& contender = walker.bundle->first;
    if (!contender.table) return true;
    // A few memories mostly show it; all have to be counted first.
    const std::uint32_t leader = sample_.leader_matches();
    const unsigned common = not_raised(walker.standing.flags[0], contender, leader, sample_.near());
    const unsigned rare = not_raised(common, contender, leader, sample_.others());
    return rare == 0 || not_raised(rare, contender, leader, overlaps_.histogram()) == 0;
}

/// Whether few memories raise some flag of the walker's standing.
bool Company::is_fragile(const Walker& walker) const {
    constexpr std::size_t few = 4;
    const Contender& contender = walker.bundle->first;
    return contender.table &&
           !all_raised_often(walker.standing.flags[0], contender, sample_.leader_matches(),
                             overlaps_.histogram(), few);
}

/// Whether standings that hold for several flips hold in the present state too.
bool Company::all_raise() const {
    return std::ranges::all_of(walkers_, [&](const Walker& walker) {
        return walker.bundle->is_calm() || raises_its_flags(walker);
    });
}

/// After a flip on the approach.
void Company::follow() {
    std::size_t left = 0;
    for (std::size_t w = 0; w < walkers_.size(); ++w) {
        wishes_[w] = raises_its_flags(walkers_[w]) ? 0 : 1;
        left += wishes_[w];
    }
    if (left == 0) return;
    // What these raise depends on the unit: back to looking at every memory. Who would follow soon
    // goes with them: one company is less work than two.
    for (std::size_t w = 0; w < walkers_.size(); ++w)
        if (wishes_[w] == 0 && is_fragile(walkers_[w])) wishes_[w] = 1;
    left = static_cast<std::size_t>(std::ranges::count(wishes_, 1));
    settle();
    arrived_ = false;
    if (left < walkers_.size()) return;
    gave_up_ = true;
    approaches_ = false;
}

/// Whether no unit can move the walker in this state.
bool Company::stays_put(const Walker& walker) const {
    return walker.standing.kind == Standing::Kind::nan ||
           (walker.standing.kind == Standing::Kind::zero && tie_.is<TieKeep>());
}

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
        count_flags(walker.counts, own.flags, 1);
    }
}

/// Whether all members decide alike on the unit at hand, for certain.
bool Company::can_decide(const Walker& walker) const {
    if (is_one(walker)) return true;
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
        walker.counts.flips += flips_;
        std::uint64_t together = 0;
        for (const std::size_t side : {0U, 1U}) {
            const std::uint64_t here = asked_[side] - walker.own_decisions[side];
            walker.counts.decisions += asked_[side];
            count_flags(walker.counts, walker.standing.flags[side], here);
            together += here;
        }
        walker.own_decisions = {};
        if (together == 0) continue;
        if (walker.standing.kind == Standing::Kind::nan) {
            walker.counts.nans += together;
            walker.nan_seen = true;
        } else if (walker.standing.kind == Standing::Kind::zero) {
            walker.counts.ties += together;
            walker.counts.numerical_ties += together;
        }
    }
    asked_ = {};
    flips_ = 0;
}

void Company::flip(std::span<const std::uint32_t> units) {
    if (!approaches_) settle(); // on an approach all stays are alike
    flips_ += units.size();
    for (const std::uint32_t unit : units) {
        if (approaches_ || field_.is_wide()) sample_.flip(overlaps_, unit);
        overlaps_.flip({&unit, 1});
    }
    if (approaches_) {
        follow();
        return;
    }
    know_nothing();
    arrived_ = arrived_ && field_.follow(units.size()) && all_raise();
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
    // Those who are left may look further than all together.
    arrived_ = other.arrived_ = approaches_;
    return other;
}

} // namespace basin

#include "models/bipolar/shared/coupled_recall.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace basin {

Company::Company(const Scene& scene, const ExactTable& exact, Choice<Ties> tie, bool looks_ahead)
    : tie_(tie), scene_(&scene), exact_(&exact), overlaps_(scene), field_(exact),
      looks_ahead_(looks_ahead), known_(words_for(scene.dimension())) {}

void Company::start(std::uint32_t probe, const Contenders& contenders, const Overlaps& at_cue) {
    probe_ = probe;
    contenders_ = &contenders;
    asked_ = {};
    flips_ = rises_ = 0;
    walkers_.clear();
    for (const Bundle& bundle : contenders.together)
        walkers_.push_back({.bundle = &bundle});
    overlaps_.move_to(at_cue);
    approaches_ = false;
    gave_up_ = !looks_ahead_;
    samples_ = false;
    closely_ = 0;
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
    samples_ = false;
    if (may_widen()) {
        samples_ = !all_calm();
        if (samples_) sample_.take(overlaps_, field_.top());
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

bool Company::all_calm() const {
    return std::ranges::all_of(walkers_,
                               [](const Walker& walker) { return walker.bundle->is_calm(); });
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
    if (std::ranges::all_of(walkers_, [](const Walker& walker) { return walker.bundle->is_one(); }))
        return false;
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
    samples_ = true;
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
bool Company::raises_its_flags(const Walker& walker) {
    const Contender& contender = walker.bundle->first;
    if (!contender.table) return true;
    // A few memories mostly show it; all have to be counted first.
    const std::uint32_t leader = sample_.leader_matches();
    unsigned missing = walker.standing.flags[0];
    missing = not_raised(missing, contender, leader, sample_.others());
    if (missing != 0) missing = not_raised(missing, contender, leader, sample_.near(overlaps_));
    return missing == 0 || not_raised(missing, contender, leader, overlaps_.histogram()) == 0;
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
bool Company::all_raise() {
    if (!samples_) return true;
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

void Company::settle() {
    for (Walker& walker : walkers_) {
        walker.counts.flips += flips_;
        walker.counts.energy_rises += rises_;
        std::uint64_t together = 0;
        for (const std::size_t side : {0U, 1U}) {
            const std::uint64_t here = asked_[side] - walker.own_decisions[side];
            walker.counts.decisions += asked_[side];
            walker.counts.raise(walker.standing.flags[side], here);
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
    flips_ = rises_ = 0;
}

void Company::flip(std::uint32_t unit) {
    if (!exact_->descends) {
        flip_together({&unit, 1});
        return;
    }
    // What the exact network decides lowers the energy: who goes against it raises it.
    const bool rises = !approaches_ && exact_sign(unit) > 0;
    move({&unit, 1});
    rises_ += rises;
}

void Company::flip_together(std::span<const std::uint32_t> units) {
    const std::span<const MatchCount> now = overlaps_.histogram();
    const std::vector<MatchCount> before(now.begin(), now.end());
    move(units);
    rises_ += exact_->energy.rises(before, overlaps_.histogram());
}

void Company::move(std::span<const std::uint32_t> units) {
    if (!approaches_) settle(); // on an approach all stays are alike
    flips_ += units.size();
    for (const std::uint32_t unit : units) {
        if (samples_) sample_.flip(overlaps_, unit);
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

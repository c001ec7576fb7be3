#include "models/reference/oracle.hpp"

#include "models/reference/oracle_decision.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// A probe on its way.
struct Walk {
    const OracleNetwork& network;
    const Key& scene_key;
    std::uint32_t probe;
    Spins state;
    DecisionCounts counts{};

    std::uint32_t dimension() const { return static_cast<std::uint32_t>(state.size()); }

    /// Decides the unit's next value; the state stays.
    int ask(std::uint32_t unit, std::uint32_t sweep, std::uint32_t decision) {
        const auto [d, flags] = oracle_decide(network, state, unit);
        ++counts.decisions;
        counts.flags |= flags;
        if (flags & flag::any_overflow) ++counts.overflows;
        for (std::size_t f = 0; f < all_flags.size(); ++f)
            if (flags & all_flags[f].mask) ++counts.flagged[f];
        if (std::isnan(d)) {
            ++counts.nans;
            return state[unit];
        }
        const double truth = oracle_decide_exactly(network, state, unit).d;
        if (d != 0) {
            const int value = d > 0 ? +1 : -1;
            if (value != truth) ++counts.numerical_flips;
            return value;
        }
        ++counts.ties;
        if (truth != 0) ++counts.numerical_ties;
        const auto tie = network.setting.tie;
        if (tie.is<TieKeep>()) return state[unit];
        if (tie.is<TiePlus>()) return +1;
        if (tie.is<TieMinus>()) return -1;
        return tie_coin(scene_key, probe, sweep, decision) ? +1 : -1;
    }

    void move(std::uint32_t unit, int value) {
        if (state[unit] != value) ++counts.flips;
        state[unit] = value;
    }

    void note_rise(const Spins& before) {
        if (state != before && oracle_energy_rises(network, before, state)) ++counts.energy_rises;
    }

    void sweep_one_by_one(std::uint32_t sweep) {
        const auto order =
            update_order(network.setting.update, scene_key, probe, sweep, dimension());
        for (std::uint32_t position = 0; position < order.size(); ++position) {
            const Spins before = state;
            move(order[position], ask(order[position], sweep, position));
            note_rise(before);
        }
    }

    void step_together(std::uint32_t step) {
        Spins next;
        for (std::uint32_t unit = 0; unit < dimension(); ++unit)
            next.push_back(ask(unit, step, unit));
        const Spins before = state;
        for (std::uint32_t unit = 0; unit < dimension(); ++unit)
            move(unit, next[unit]);
        note_rise(before);
    }

    /// Asks every unit whether it would move.
    bool any_would_move(std::uint32_t sweep) {
        bool any = false;
        for (std::uint32_t unit = 0; unit < dimension(); ++unit)
            if (ask(unit, sweep, dimension() + unit) != state[unit]) any = true;
        return any;
    }
};

struct Ending {
    Stop stop = Stop::max_sweeps;
    std::uint32_t sweeps = 0;
    std::uint32_t period = 0;
};

Ending run(Walk& walk) {
    const Setting& setting = walk.network.setting;
    const bool together = setting.update.is<Synchronous>() || setting.update.is<OneShot>();
    const bool returns_repeat = setting.update.is<Synchronous>() && !setting.tie.is<TieRandom>();
    const std::uint32_t limit = setting.update.is<OneShot>() ? 1 : setting.max_sweeps;
    std::vector<Spins> visited{walk.state};
    for (std::uint32_t sweep = 0; sweep < limit; ++sweep) {
        const std::uint64_t flips_before = walk.counts.flips;
        std::uint64_t nans_before = walk.counts.nans;
        if (together)
            walk.step_together(sweep);
        else
            walk.sweep_one_by_one(sweep);

        bool quiet = walk.counts.flips == flips_before;
        if (quiet && setting.update.is<AsyncRandom>()) { // units that were not drawn may still move
            nans_before = walk.counts.nans;
            quiet = !walk.any_would_move(sweep);
        }
        if (quiet) {
            const bool some_nan = walk.counts.nans != nans_before;
            return {.stop = some_nan ? Stop::undecided : Stop::fixed_point, .sweeps = sweep + 1};
        }
        const auto last = std::find(visited.rbegin(), visited.rend(), walk.state);
        if (returns_repeat && last != visited.rend()) {
            const auto period = static_cast<std::uint32_t>(last - visited.rbegin()) + 1;
            return {.stop = period == 2 ? Stop::cycle2 : Stop::cycle,
                    .sweeps = sweep + 1,
                    .period = period};
        }
        visited.push_back(walk.state);
    }
    return {.sweeps = limit};
}

} // namespace

Trajectory oracle_recall(const Scene& scene, const Setting& setting, std::uint32_t probe) {
    const OracleNetwork network = make_oracle_network(scene.memories, setting);
    Walk walk{.network = network,
              .scene_key = scene.key,
              .probe = probe,
              .state = spins_of(scene.cues.row(probe), scene.dimension())};
    const Ending ending = run(walk);

    Trajectory trajectory;
    trajectory.state.resize(words_for(scene.dimension()));
    for (std::size_t i = 0; i < walk.state.size(); ++i)
        set_bit(trajectory.state, i, walk.state[i] > 0);
    trajectory.stop = ending.stop;
    trajectory.sweeps = ending.sweeps;
    trajectory.period = ending.period;
    trajectory.counts = walk.counts;
    return trajectory;
}

} // namespace basin

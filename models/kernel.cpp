#include "models/kernel.hpp"

#include "models/field.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace basin {

namespace {

/// One probe on its way: asks units, counts what happened, applies the tie rule.
class Walk {
public:
    Walk(const Scene& scene, std::uint32_t probe, const DecisionTable& table,
         const Dynamics& dynamics)
        : scene_(scene), probe_(probe), dynamics_(dynamics),
          field_(scene, table, scene.cues.row(probe)) {}

    Trajectory run() {
        const bool synchronous =
            dynamics_.update.is<Synchronous>() || dynamics_.update.is<OneShot>();
        if (synchronous)
            run_synchronous();
        else
            run_asynchronous();
        path_.state = field_.state();
        return std::move(path_);
    }

private:
    /// Whether unit i wants to move: the `index`-th decision of the present sweep.
    bool wants_flip(std::uint32_t unit, std::uint32_t index) {
        const Decision decision = field_.ask(unit);
        DecisionCounts& counts = path_.counts;
        ++counts.decisions;
        counts.flags = static_cast<Flags>(counts.flags | decision.flags);
        counts.overflows += (decision.flags & flag::any_overflow) != 0;
        counts.all_zeros += (decision.flags & flag::all_zero) != 0;
        if (std::isnan(decision.value)) {
            ++counts.nans;
            sweep_has_nan_ = true;
            return false;
        }
        if (decision.value != 0.0) return decision.value < 0.0;
        ++counts.ties;
        if (dynamics_.tie.is<TieKeep>()) return false;
        const bool plus =
            dynamics_.tie.is<TiePlus>() ||
            (dynamics_.tie.is<TieRandom>() && tie_coin(scene_.key, probe_, path_.sweeps, index));
        return plus != field_.unit(unit);
    }

    Stop quiet_stop() const { return sweep_has_nan_ ? Stop::undecided : Stop::fixed_point; }

    void run_asynchronous() {
        const std::uint32_t dimension = scene_.dimension();
        while (path_.sweeps < dynamics_.max_sweeps) {
            sweep_has_nan_ = false;
            const auto order =
                update_order(dynamics_.update, scene_.key, probe_, path_.sweeps, dimension);
            std::uint64_t flips = 0;
            for (std::uint32_t index = 0; index < dimension; ++index) {
                if (!wants_flip(order[index], index)) continue;
                field_.flip(order[index]);
                ++flips;
            }
            path_.counts.flips += flips;
            const bool quiet = flips == 0 && (!dynamics_.update.is<AsyncRandom>() || all_stay());
            ++path_.sweeps;
            if (quiet) {
                path_.stop = quiet_stop();
                return;
            }
        }
        path_.stop = Stop::max_sweeps;
    }

    /// Draws with replacement may miss a unit: a quiet sweep is confirmed by asking every one.
    bool all_stay() {
        sweep_has_nan_ = false;
        bool stay = true;
        for (std::uint32_t unit = 0; unit < scene_.dimension(); ++unit)
            if (wants_flip(unit, scene_.dimension() + unit)) stay = false;
        return stay;
    }

    void run_synchronous() {
        const bool once = dynamics_.update.is<OneShot>();
        const bool watch_cycles = !once && !dynamics_.tie.is<TieRandom>();
        remember(field_.state(), 0);
        std::vector<std::uint32_t> movers;
        while (path_.sweeps < dynamics_.max_sweeps) {
            sweep_has_nan_ = false;
            movers.clear();
            for (std::uint32_t unit = 0; unit < scene_.dimension(); ++unit)
                if (wants_flip(unit, unit)) movers.push_back(unit);
            ++path_.sweeps;
            if (movers.empty()) {
                path_.stop = quiet_stop();
                return;
            }
            path_.counts.flips += movers.size();
            field_.flip_all(movers);
            if (once) break;
            if (!watch_cycles) continue;
            if (const auto period = remember(field_.state(), path_.sweeps)) {
                path_.period = period;
                path_.stop = period == 2 ? Stop::cycle2 : Stop::cycle;
                return;
            }
        }
        path_.stop = Stop::max_sweeps;
    }

    /// Steps since this state was seen before, or 0 if it is new (and now remembered).
    std::uint32_t remember(const std::vector<Word>& state, std::uint32_t step) {
        const auto hash = XXH3_64bits(state.data(), state.size() * sizeof(Word));
        const auto [begin, end] = seen_.equal_range(hash);
        for (auto it = begin; it != end; ++it)
            if (visited_[it->second] == state) return step - it->second;
        seen_.emplace(hash, step);
        visited_.push_back(state);
        return 0;
    }

    const Scene& scene_;
    const std::uint32_t probe_;
    const Dynamics& dynamics_;
    Field field_;
    Trajectory path_;
    bool sweep_has_nan_ = false;
    std::unordered_multimap<std::uint64_t, std::uint32_t> seen_; ///< state hash → step
    std::vector<std::vector<Word>> visited_;                     ///< [step]
};

} // namespace

Trajectory run_probe(const Scene& scene, std::uint32_t probe, const DecisionTable& table,
                     const Dynamics& dynamics) {
    return Walk(scene, probe, table, dynamics).run();
}

} // namespace basin

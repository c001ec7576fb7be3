#include "models/continuous/real_network.hpp"

#include "models/continuous/energy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace basin {

namespace {

constexpr std::size_t lanes_for(std::size_t queries) {
    constexpr std::size_t step = RealTile<float>::query_step;
    return (queries + step - 1) / step * step;
}

SeparationRule rule_of(const Setting& setting) {
    SeparationRule rule;
    if (setting.formulation.is<Universal>()) rule.separation = setting.separation;
    rule.beta = setting.beta;
    rule.vertex = setting.interaction_parameters.vertex;
    rule.exponential = setting.exponential;
    return rule;
}

/// One setting on a block of probes.
template <class T>
class Walk {
public:
    Walk(const RealScene& scene, const Setting& setting, const Scorer<T>& scorer)
        : setting_(setting), scorer_(scorer), rule_(rule_of(setting)),
          energy_(scene.memories(), setting), tolerance_(tolerance_of(setting)),
          fixed_steps_(setting.update.is<OneShot>() ? 1 : setting.fixed_steps) {}

    /// `states` are the cues and `scores` their similarities. Fills in paths, [probe].
    void run(Block<T> states, Block<T> scores, std::span<RealPath> paths,
             const Patience& patience) {
        std::vector<std::size_t> lanes(paths.size()); // the probe in each lane
        std::iota(lanes.begin(), lanes.end(), std::size_t{0});
        std::vector<double> energies(paths.size(), std::numeric_limits<double>::quiet_NaN());
        while (true) {
            if (patience && !patience()) throw OutOfPatience();
            std::vector<Separated> made(states.queries);
            separate(rule_, scores, std::span(made));
            Block<T> next(states.rows, states.queries);
            scorer_.project(scores, next);
            std::vector<std::size_t> going_on;
            for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
                RealPath& path = paths[lanes[lane]];
                ++path.steps;
                count(path, made[lane]);
                follow_energy(path, energies[lanes[lane]], states, lane, made[lane]);
                if (has_stopped(path, states, next, lane, made[lane]))
                    finish(path, scores, path.stop == Stop::undecided ? states : next, lane);
                else
                    going_on.push_back(lane);
            }
            if (going_on.empty()) return;
            states = kept(next, going_on);
            for (std::size_t& lane : going_on)
                lane = lanes[lane];
            lanes = std::move(going_on);
            scores = Block<T>(scores.rows, states.queries);
            scorer_.score(states, scores);
        }
    }

private:
    static void count(RealPath& path, const Separated& made) {
        ++path.counts.decisions;
        path.counts.raise(made.flags, 1);
        if (!made.is_defined) ++path.counts.nans;
    }

    void follow_energy(RealPath& path, double& before, const Block<T>& states, std::size_t lane,
                       const Separated& made) const {
        double square = 0.0;
        for (std::size_t i = 0; i < states.rows; ++i)
            square += static_cast<double>(states.row(i)[lane]) * states.row(i)[lane];
        path.energy = energy_.of(made.log_partition, square);
        if (path.energy - before > energy_.slack(made.log_partition, square)) ++path.energy_rises;
        before = path.energy;
    }

    bool has_stopped(RealPath& path, const Block<T>& states, const Block<T>& next, std::size_t lane,
                     const Separated& made) const {
        double square = 0.0;
        double change = 0.0;
        for (std::size_t i = 0; i < states.rows; ++i) {
            const double x = states.row(i)[lane];
            const double difference = next.row(i)[lane] - x;
            square += x * x;
            change += difference * difference;
        }
        if (!made.is_defined || !std::isfinite(change)) {
            path.stop = Stop::undecided;
            return true;
        }
        const bool is_quiet = std::sqrt(change) <= tolerance_ * (1 + std::sqrt(square));
        path.stop = is_quiet ? Stop::fixed_point : Stop::max_sweeps;
        if (fixed_steps_ > 0) return path.steps == fixed_steps_;
        return is_quiet || path.steps == setting_.max_iterations;
    }

    static void finish(RealPath& path, const Block<T>& weights, const Block<T>& states,
                       std::size_t lane) {
        path.state.resize(states.rows);
        for (std::size_t i = 0; i < states.rows; ++i)
            path.state[i] = states.row(i)[lane];
        if (path.stop == Stop::undecided) return;
        std::vector<double> own(weights.rows);
        for (std::size_t mu = 0; mu < weights.rows; ++mu)
            own[mu] = weights.row(mu)[lane];
        path.sizes = sizes_of(own);
    }

    /// The states of these lanes; what fills up the last lanes is one of them.
    static Block<T> kept(const Block<T>& states, std::span<const std::size_t> lanes) {
        Block<T> block(states.rows, lanes_for(lanes.size()));
        for (std::size_t i = 0; i < states.rows; ++i)
            for (std::size_t q = 0; q < block.queries; ++q)
                block.row(i)[q] = states.row(i)[lanes[std::min(q, lanes.size() - 1)]];
        return block;
    }

    const Setting& setting_;
    const Scorer<T>& scorer_;
    SeparationRule rule_;
    Energy energy_;
    double tolerance_;
    std::uint32_t fixed_steps_;
};

template <class T>
std::vector<std::vector<RealPath>> walk_in(const RealScene& scene, const RealGroup& group,
                                           std::uint32_t first, std::uint32_t last,
                                           const Patience& patience) {
    std::vector<std::vector<RealPath>> paths(group.settings.size(),
                                             std::vector<RealPath>(last - first));
    const Scorer<T> scorer(scene.memories(), group.likeness);
    const std::size_t most = queries_abreast(scene.memories().rows);
    for (std::size_t begin = first; begin < last; begin += most) {
        const std::size_t count = std::min<std::size_t>(most, last - begin);
        Block<T> states(scorer.dimension(), lanes_for(count));
        for (std::size_t q = 0; q < states.queries; ++q) {
            const auto cue = scene.cues.row(begin + std::min(q, count - 1));
            for (std::size_t i = 0; i < states.rows; ++i)
                states.row(i)[q] = scorer.stored(static_cast<T>(cue[i]));
        }
        Block<T> scores(scorer.memory_count(), states.queries);
        scorer.score(states, scores);
        for (std::size_t member = 0; member < group.settings.size(); ++member)
            Walk<T>(scene, group.settings[member], scorer)
                .run(states, scores, std::span(paths[member]).subspan(begin - first, count),
                     patience);
    }
    return paths;
}

Likeness likeness_of(const Setting& setting) {
    return {setting.real_similarity, setting.similarity_delta, setting.precision};
}

} // namespace

std::vector<RealGroup> group_real_settings(std::span<const Setting> settings) {
    std::vector<RealGroup> groups;
    for (std::size_t s = 0; s < settings.size(); ++s) {
        if (!is_continuous(settings[s]) || not_applicable(settings[s])) continue;
        const Likeness likeness = likeness_of(settings[s]);
        auto group = std::ranges::find(groups, likeness, &RealGroup::likeness);
        if (group == groups.end()) group = groups.insert(group, RealGroup{{}, likeness, {}});
        group->members.push_back(s);
        group->settings.push_back(settings[s]);
    }
    return groups;
}

double tolerance_of(const Setting& setting) {
    if (setting.tolerance > 0) return setting.tolerance;
    return setting.precision.is<Float64>() ? 1e-10 : 1e-5;
}

std::size_t queries_abreast(std::size_t memory_count) {
    constexpr std::size_t most_scores = std::size_t{1} << 18U;
    constexpr std::size_t step = RealTile<float>::query_step;
    return std::clamp(most_scores / memory_count / step * step, step, std::size_t{256});
}

std::vector<std::vector<RealPath>> walk(const RealScene& scene, const RealGroup& group,
                                        std::uint32_t first, std::uint32_t last,
                                        const Patience& patience) {
    return group.likeness.precision.is<Float64>()
               ? walk_in<double>(scene, group, first, last, patience)
               : walk_in<float>(scene, group, first, last, patience);
}

} // namespace basin

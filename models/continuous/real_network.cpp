#include "models/continuous/real_network.hpp"

#include "models/continuous/energy.hpp"
#include "models/continuous/loops/real_weighing.hpp"
#include "models/continuous/real_update.hpp"

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

/// States, their similarities, and room for what is made of them: large arrays that are used again
/// and again, as the pages of new ones would be cleared.
template <class T>
struct Room {
    Block<T> states{0, 0};
    Block<T> scores{0, 0};
    Extremes<T> extremes;
    Block<T> weights{0, 0};
    Block<T> next{0, 0};
};

/// One setting on a block of probes.
template <class T>
class Walk {
public:
    Walk(const RealScene& scene, const Setting& setting, const Scorer<T>& scorer)
        : setting_(setting), scorer_(scorer), update_(scorer, rule_of(setting)),
          energy_(scene, setting), tolerance_(tolerance_of(setting)),
          fixed_steps_(setting.update.is<OneShot>() ? 1 : setting.fixed_steps) {}

    /// From cues and their similarities. Fills in paths, [probe]; targets: [probe].
    void run(const Block<T>& cues, const Block<T>& first_scores, const Extremes<T>& first_extremes,
             std::span<const std::int32_t> targets, Room<T>& room, std::span<RealPath> paths,
             const Patience& patience) const {
        const Block<T>* states = &cues;
        const Block<T>* scores = &first_scores;
        const Extremes<T>* extremes = &first_extremes;
        std::vector<std::size_t> lanes(paths.size()); // the probe in each lane
        std::iota(lanes.begin(), lanes.end(), std::size_t{0});
        std::vector<double> energies(paths.size(), std::numeric_limits<double>::quiet_NaN());
        while (true) {
            if (patience && !patience()) throw OutOfPatience();
            std::vector<Separated> made(states->queries);
            update_.make(*scores, *extremes, room.weights, room.next, made);
            const Moves moves = moves_of(*states, room.next);
            std::vector<std::size_t> stopped;
            std::vector<std::size_t> going_on;
            for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
                RealPath& path = paths[lanes[lane]];
                ++path.steps;
                count(path, made[lane]);
                follow_energy(path, energies[lanes[lane]], made[lane], moves.squares[lane]);
                stop_if_due(path, made[lane], moves.squares[lane], moves.changes[lane]);
                (is_over(path) ? stopped : going_on).push_back(lane);
            }
            if (!stopped.empty()) {
                std::vector<std::int32_t> own;
                own.reserve(stopped.size());
                for (const std::size_t lane : stopped)
                    own.push_back(targets[lanes[lane]]);
                const std::vector<WeightSizes> sizes = update_.sizes(
                    *scores, *extremes, room.weights, made, stopped, {tie_share(setting_), own});
                for (std::size_t s = 0; s < stopped.size(); ++s) {
                    RealPath& path = paths[lanes[stopped[s]]];
                    if (path.stop != Stop::undecided) path.sizes = sizes[s];
                    path.state =
                        state_in(path.stop == Stop::undecided ? *states : room.next, stopped[s]);
                }
            }
            if (going_on.empty()) return;
            keep(room.next, going_on, room.states);
            for (std::size_t& lane : going_on)
                lane = lanes[lane];
            lanes = std::move(going_on);
            room.scores.resize(scores->rows, room.states.queries);
            room.extremes = scorer_.score(room.states, room.scores);
            states = &room.states;
            scores = &room.scores;
            extremes = &room.extremes;
        }
    }

private:
    /// [query] |x|^2 and |x' - x|^2.
    struct Moves {
        std::vector<double> squares;
        std::vector<double> changes;
    };

    static Moves moves_of(const Block<T>& states, const Block<T>& next) {
        Moves moves{std::vector<double>(states.queries), std::vector<double>(states.queries)};
        weigh_loops_of<T>(simd_path())
            .moves(states.values.data(), next.values.data(), states.rows, states.queries,
                   moves.squares.data(), moves.changes.data());
        return moves;
    }

    static void count(RealPath& path, const Separated& made) {
        ++path.counts.decisions;
        path.counts.raise(made.flags, 1);
        if (!made.is_defined) ++path.counts.nans;
    }

    void follow_energy(RealPath& path, double& before, const Separated& made, double square) const {
        path.energy = energy_.of(made.log_partition, square);
        if (path.energy - before > energy_.slack(made.log_partition, square)) ++path.energy_rises;
        before = path.energy;
    }

    void stop_if_due(RealPath& path, const Separated& made, double square, double change) const {
        const bool is_defined = made.is_defined && std::isfinite(change);
        const bool is_quiet = std::sqrt(change) <= tolerance_ * (1 + std::sqrt(square));
        path.stop = !is_defined ? Stop::undecided : is_quiet ? Stop::fixed_point : Stop::max_sweeps;
    }

    bool is_over(const RealPath& path) const {
        if (path.stop == Stop::undecided) return true;
        if (fixed_steps_ > 0) return path.steps == fixed_steps_;
        return path.stop == Stop::fixed_point || path.steps == setting_.max_iterations;
    }

    static std::vector<double> state_in(const Block<T>& states, std::size_t lane) {
        std::vector<double> state(states.rows);
        for (std::size_t i = 0; i < states.rows; ++i)
            state[i] = static_cast<double>(states.row(i)[lane]);
        return state;
    }

    /// Leaves the states of these lanes in `block`; what fills up the last lanes is one of them.
    static void keep(const Block<T>& states, std::span<const std::size_t> lanes, Block<T>& block) {
        block.resize(states.rows, lanes_for(lanes.size()));
        for (std::size_t i = 0; i < states.rows; ++i)
            for (std::size_t q = 0; q < block.queries; ++q)
                block.row(i)[q] = states.row(i)[lanes[std::min(q, lanes.size() - 1)]];
    }

    const Setting& setting_;
    const Scorer<T>& scorer_;
    RealUpdate<T> update_;
    Energy energy_;
    double tolerance_;
    std::uint32_t fixed_steps_;
};

/// Lays cues first ... first + count - 1 side by side; what fills up the last lanes is one of them.
/// As they are stored.
template <class T>
void lay_out(const Scorer<T>& scorer, const RealMatrix& cues, std::size_t first, std::size_t count,
             Block<T>& block) {
    block.resize(cues.columns, lanes_for(count));
    // Some lanes at a time: rows of the block are far from each other.
    constexpr std::size_t step = RealTile<T>::query_step;
    for (std::size_t lane = 0; lane < block.queries; lane += step)
        for (std::size_t i = 0; i < block.rows; ++i)
            for (std::size_t q = lane; q < lane + step; ++q)
                block.row(i)[q] = static_cast<T>(cues.row(first + std::min(q, count - 1))[i]);
    if (cues.is_rounded()) // numbers that float32 would round first
        for (std::size_t i = 0; i < block.rows; ++i)
            for (std::size_t q = 0; q < block.queries; ++q)
                block.row(i)[q] = scorer.stored(
                    cues.doubles[(first + std::min(q, count - 1)) * cues.columns + i]);
    else
        scorer.store(block);
}

template <class T>
std::vector<std::vector<RealPath>> walk_in(const RealScene& scene, const RealGroup& group,
                                           std::uint32_t first, std::uint32_t last,
                                           const Patience& patience) {
    std::vector<std::vector<RealPath>> paths(group.settings.size(),
                                             std::vector<RealPath>(last - first));
    const Scorer<T> scorer(scene.memories(), group.likeness);
    std::vector<Walk<T>> walks;
    walks.reserve(group.settings.size());
    for (const Setting& setting : group.settings)
        walks.emplace_back(scene, setting, scorer);

    const std::size_t most = queries_abreast(scene.memories().rows);
    Block<T> cues(0, 0);
    Block<T> scores(0, 0);
    Room<T> room;
    for (std::size_t begin = first; begin < last; begin += most) {
        const std::size_t count = std::min<std::size_t>(most, last - begin);
        lay_out(scorer, scene.cues, begin, count, cues);
        scores.resize(scorer.memory_count(), cues.queries);
        const Extremes<T> extremes = scorer.score(cues, scores);
        for (std::size_t member = 0; member < walks.size(); ++member)
            walks[member].run(cues, scores, extremes,
                              std::span(scene.targets).subspan(begin, count), room,
                              std::span(paths[member]).subspan(begin - first, count), patience);
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

double same_share(const Setting& setting) {
    return std::max(1e-6, 100 * tolerance_of(setting));
}

double tie_share(const Setting& setting) {
    return std::min(0.5, same_share(setting));
}

std::size_t queries_abreast(std::size_t memory_count) {
    constexpr std::size_t most_scores = std::size_t{1} << 22U;
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

#include "analysis/capacity/crossing_search.hpp"

#include "analysis/capacity/local_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {
namespace {

/// Where refining cells are wanted, in fitted logit from the threshold: p = .4 and .6 at .5.
constexpr double wanted_offset = 0.4;
/// Cells within this are good enough to go on with.
constexpr double nearest_offset = 0.1;
constexpr double furthest_offset = 0.65;
constexpr std::size_t most_per_side = 2;

class Search {
public:
    Search(const Curve& curve, const CrossingRule& rule)
        : curve_(curve), rule_(rule), steps_(ladder(rule)) {}

    std::vector<SceneRequest> requests(const Crossing& found) const {
        if (steps_.empty()) return {};
        if (curve_.cells.empty()) return {pilot(at_or_below(rule_.start))};
        const std::size_t failing = first_failing(curve_);
        if (failing == curve_.cells.size()) return upwards();
        if (failing == 0) return downwards();
        return between(found);
    }

private:
    /// Index of the last step that is not above K; 0 if none.
    std::size_t at_or_below(std::uint64_t pattern_count) const {
        const auto above = std::ranges::upper_bound(steps_, pattern_count);
        return above == steps_.begin() ? 0 : static_cast<std::size_t>(above - steps_.begin()) - 1;
    }
    std::uint32_t replicates_at(std::size_t step) const {
        for (const CurveCell& cell : curve_.cells)
            if (cell.pattern_count == steps_[step])
                return static_cast<std::uint32_t>(cell.values.size());
        return 0;
    }
    SceneRequest pilot(std::size_t step) const {
        return {steps_[step], std::min(rule_.pilot_replicates, rule_.max_replicates)};
    }

    /// Every mean passes: double K, up to the end of the ladder, which has to be certain.
    std::vector<SceneRequest> upwards() const {
        const std::uint64_t top = curve_.cells.back().pattern_count;
        if (top >= steps_.back()) return settle(steps_.size() - 1, curve_.cells.back());
        const std::size_t here = at_or_below(top);
        return {pilot(std::max(here + 1, at_or_below(2 * top)))};
    }

    /// Every mean fails: halve K.
    std::vector<SceneRequest> downwards() const {
        const std::uint64_t bottom = curve_.cells.front().pattern_count;
        if (bottom <= steps_.front()) return settle(0, curve_.cells.front());
        std::size_t below = at_or_below(bottom);
        if (steps_[below] == bottom) --below;
        return {pilot(std::min(below, at_or_below(bottom / 2)))};
    }

    /// Until the end's mean is significantly on its side.
    std::vector<SceneRequest> settle(std::size_t step, const CurveCell& cell) const {
        if (cell.pattern_count != steps_[step]) return {};
        const std::uint32_t now = replicates_at(step);
        if (now >= rule_.max_replicates) return {};
        if (now < rule_.min_replicates) return {{steps_[step], most(rule_.min_replicates)}};
        std::vector<const CurveCell*> cells;
        for (const CurveCell& each : curve_.cells)
            cells.push_back(&each);
        const double spread = dispersion(cells, curve_.threshold, rule_.unseen_dispersion);
        const double t = standing(cell, curve_.threshold, spread);
        if (std::abs(t) > t_quantile(rule_.confidence, cell.size() - 1.0)) return {};
        return {{steps_[step], most(2 * now)}};
    }

    std::uint32_t most(std::uint32_t replicates) const {
        return std::min(replicates, rule_.max_replicates);
    }

    std::vector<SceneRequest> between(const Crossing& found) const {
        if (found.state == CrossingState::found) return {};
        const LocalFit fit = local_fit(curve_, rule_);
        const std::size_t low = at_or_below(curve_.cells[fit.passing].pattern_count);
        const std::size_t high = at_or_below(curve_.cells[fit.failing].pattern_count);
        if (!fit.resolved && high > low + 1) {
            const std::size_t middle = (low + high) / 2;
            if (replicates_at(middle) == 0) return {pilot(middle)};
        }
        return refine(fit, found);
    }

    /// Steps of one side of the root, best first.
    std::vector<std::size_t> side(const LocalFit& fit, bool below) const {
        const double slope = std::max(-fit.slope, 1e-3);
        struct Candidate {
            std::size_t step;
            double offset;
            std::uint32_t replicates;
        };
        std::vector<Candidate> candidates;
        for (std::size_t j = 0; j < steps_.size(); ++j) {
            const double x = std::log(static_cast<double>(steps_[j]));
            if ((x < fit.interval.root) != below) continue;
            const double offset = std::abs(x - fit.interval.root) * slope;
            candidates.push_back({j, offset, replicates_at(j)});
        }
        if (candidates.empty()) return {};
        const auto nearest = std::ranges::min_element(candidates, {}, &Candidate::offset)->step;
        std::erase_if(candidates, [&](const Candidate& c) {
            return c.step != nearest && c.offset > furthest_offset;
        });
        const auto usable = [](const Candidate& c) { return c.offset >= nearest_offset; };
        std::ranges::sort(candidates, [&](const Candidate& a, const Candidate& b) {
            if (usable(a) != usable(b)) return usable(a);
            if (a.replicates != b.replicates) return a.replicates > b.replicates;
            return std::abs(a.offset - wanted_offset) < std::abs(b.offset - wanted_offset);
        });
        std::vector<std::size_t> best;
        for (const Candidate& candidate : candidates)
            if (best.size() < most_per_side) best.push_back(candidate.step);
        return best;
    }

    std::vector<SceneRequest> refine(const LocalFit& fit, const Crossing& found) const {
        const std::vector<std::size_t> below = side(fit, true);
        const std::vector<std::size_t> above = side(fit, false);
        for (std::size_t rank = 0; rank < most_per_side; ++rank) {
            std::vector<std::size_t> chosen;
            if (rank < below.size()) chosen.push_back(below[rank]);
            if (rank < above.size()) chosen.push_back(above[rank]);
            std::vector<SceneRequest> wanted;
            for (const std::size_t step : chosen)
                if (const std::uint32_t now = replicates_at(step); now < rule_.max_replicates)
                    wanted.push_back({steps_[step], grown(now, found)});
            if (!wanted.empty()) return wanted;
        }
        return {};
    }

    /// As many as the width asks for at the rate of 1 / sqrt, but not more than double: the first
    /// estimates of width are rough.
    std::uint32_t grown(std::uint32_t now, const Crossing& found) const {
        if (now < rule_.min_replicates) return most(rule_.min_replicates);
        double factor = 2.0;
        if (found.state == CrossingState::wide) {
            const double width = (found.upper - found.lower) / found.estimate;
            factor = std::clamp(width * width / (rule_.relative_width * rule_.relative_width), 1.25,
                                2.0);
        }
        return most(static_cast<std::uint32_t>(std::ceil(factor * now)));
    }

    const Curve& curve_;
    const CrossingRule& rule_;
    std::vector<std::uint64_t> steps_;
};

} // namespace

SearchStep next_step(std::span<const Observation> observations, const CrossingRule& rule) {
    SearchStep step{.requests = {}, .crossing = crossing(observations, rule)};
    if (step.crossing.state == CrossingState::not_monotone) return step;
    const Curve curve = curve_of(observations, rule);
    step.requests = Search(curve, rule).requests(step.crossing);
    std::ranges::sort(step.requests, {}, &SceneRequest::pattern_count);
    return step;
}

} // namespace basin

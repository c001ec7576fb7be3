#include "harness/run/capacity_estimate.hpp"

#include "analysis/capacity/crossing_search.hpp"
#include "harness/run/run_estimate.hpp"
#include "models/base/stop_request.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/estimate/cost_classes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace basin {

namespace {

/// d logit(mean) / d ln K of the presets' curves at their thresholds: 2 to 15.
constexpr double usual_slope = 5;

double logit(double p) {
    return std::log(p / (1 - p));
}

/// Where the curve is taken to cross the threshold.
double supposed_crossing(const CapacityCurve& curve) {
    const auto least = static_cast<double>(curve.rule.least);
    const auto most = static_cast<double>(curve.rule.most);
    if (curve.crossing.estimate > 0) return curve.crossing.estimate;
    const TheoreticalCapacity* said = curve.theory ? curve.theory->best() : nullptr;
    return said != nullptr ? said->pattern_count : std::sqrt(least * most);
}

/// A scene's supposed value: means of replicates are near the curve's, and spread as means of the
/// scene's probes do.
double supposed_value(const CapacityCurve& curve, double crossing, double dispersion,
                      std::uint64_t pattern_count, std::uint32_t replicate) {
    constexpr std::array spread{0.8, -0.8, -1.2, 1.2, 0.2, -0.2, 1.0, -1.0};
    const CrossingRule& rule = curve.rule;
    const double steps = std::log(static_cast<double>(pattern_count) / crossing);
    const double way = rule.direction == Direction::falling ? -usual_slope : usual_slope;
    const double mean = 1 / (1 + std::exp(-logit(rule.threshold) - way * steps));
    const double deviation = std::sqrt(mean * (1 - mean) * dispersion);
    return std::clamp(mean + deviation * spread[replicate % spread.size()], 0.0, 1.0);
}

/// Replicates of a mean over units spread less than those of a mean over probes.
double supposed_dispersion(const CapacityCurve& curve, std::string_view metric,
                           std::uint32_t dimension) {
    const bool of_units = metric == "recall_error" || metric == "overlap_absolute";
    return curve.rule.unseen_dispersion / (of_units ? std::max(1U, dimension) : 1U);
}

class Supposed {
public:
    Supposed(const CapacityCurve& curve, std::string_view metric, const CostModel& costs,
             const FileTable& files)
        : curve_(curve), costs_(costs), files_(files), crossing_(supposed_crossing(curve)),
          dispersion_(
              supposed_dispersion(curve, metric, size_of(curve.coordinates, files).dimension)),
          which_(cost_class(bind_setting(curve.coordinates))), asked_(curve.asked),
          observations_(curve.observations) {}

    SearchForecast search() {
        constexpr int most_steps = 200; // a search ends long before
        for (int step = 0; step < most_steps; ++step) {
            heed_stop();
            const SearchStep next = next_step(observations_, curve_.rule);
            const std::size_t before = observations_.size();
            for (const SceneRequest& request : next.requests)
                take(request);
            if (observations_.size() == before) break;
        }
        return forecast_;
    }

private:
    void take(const SceneRequest& request) {
        std::uint32_t& had = asked_[request.pattern_count];
        if (had >= request.replicates) return;
        Coordinates coordinates = curve_.coordinates;
        coordinates[parameter_index("pattern_count").value()] =
            static_cast<std::int64_t>(request.pattern_count);
        SceneSize size = size_of(coordinates, files_);
        size.is_real = size.is_real || which_.index >= CostClass::first_continuous;
        const std::uint32_t scenes = request.replicates - had;
        forecast_.points += scenes;
        forecast_.work_s +=
            scenes * (CostModel::scene_seconds(size) + costs_.seconds(which_, size));
        for (; had < request.replicates; ++had)
            observations_.push_back(
                {request.pattern_count, had,
                 supposed_value(curve_, crossing_, dispersion_, request.pattern_count, had)});
    }

    const CapacityCurve& curve_;
    const CostModel& costs_;
    const FileTable& files_;
    double crossing_;
    double dispersion_;
    CostClass which_;
    std::map<std::uint64_t, std::uint32_t> asked_; ///< replicates, by pattern count
    std::vector<Observation> observations_;
    SearchForecast forecast_;
};

SearchForecast search_forecast(std::span<const CapacityCurve> curves, std::string_view metric,
                               const CostModel& costs, const FileTable& files) {
    // Of many curves some stand for all.
    constexpr std::size_t most_tried = 256;
    const std::size_t step = curves.size() / most_tried + 1;
    SearchForecast sum;
    std::size_t tried = 0;
    for (std::size_t c = 0; c < curves.size(); c += step) {
        ++tried;
        if (curves[c].finished) continue;
        const SearchForecast one = Supposed(curves[c], metric, costs, files).search();
        sum.points += one.points;
        sum.work_s += one.work_s;
    }
    if (tried == 0) return sum;
    const double share = static_cast<double>(curves.size()) / static_cast<double>(tried);
    return {static_cast<std::uint64_t>(share * static_cast<double>(sum.points)),
            share * sum.work_s};
}

} // namespace

SearchForecast search_forecast(const Plan& plan, Inventory inventory) {
    const CostModel costs = measured_costs(plan, inventory);
    constexpr MemoryLimit unlimited{std::numeric_limits<std::size_t>::max(), 1};
    CapacitySearch search(plan, unlimited);
    search.ask(inventory, {});
    return search_forecast(search.curves(), plan.config().capacity->criterion.metric, costs,
                           plan.config().files.known);
}

} // namespace basin

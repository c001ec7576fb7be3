#include "analysis/capacity/capacity_curves.hpp"

#include "analysis/capacity/crossing_rule.hpp"
#include "analysis/cells/joined_cells.hpp"
#include "analysis/cells/row_settings.hpp"
#include "analysis/cells/selectors.hpp"
#include "models/metrics/metric_bounds.hpp"
#include "results/journal/journal.hpp"
#include "results/replicates/summary.hpp"
#include "sweeps/coordinates/binding.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace basin {
namespace {

using Json = nlohmann::json;

/// [capacity] of the config that a file was made by; null if it has none.
Json capacity_of(const std::map<std::string, std::string>& provenance) {
    const auto config = provenance.find("config_resolved");
    if (config == provenance.end()) return nullptr;
    const Json resolved = Json::parse(config->second, nullptr, false);
    if (!resolved.is_object() || !resolved.contains("capacity")) return nullptr;
    return resolved["capacity"];
}

[[noreturn]] void refuse(const std::exception& error) {
    throw StoreError(
        StoreError::Kind::damaged,
        fmt::format("the [capacity] in the result file cannot be read: {}", error.what()));
}

/// How the search was asked for; of a plain grid, as `basin capacity` does by default, with the
/// minimum 0. The range is that of each curve's cells.
CapacityRule asked_of(const Cells& cells, const Criterion& criterion) {
    CapacityRule rule;
    rule.criterion = criterion;
    rule.minimum = 0;
    try {
        if (const Json asked = capacity_of(cells.provenance); !asked.is_null()) {
            rule.minimum = asked.at("minimum").get<decltype(rule.minimum)>();
            rule.relative_width = asked.at("relative_width").get<double>();
            rule.confidence = asked.at("confidence").get<double>();
            rule.min_replicates = asked.at("replicates").at("min").get<std::uint32_t>();
            rule.max_replicates = asked.at("replicates").at("max").get<std::uint32_t>();
        }
    } catch (const Json::exception& error) {
        refuse(error);
    }
    return rule;
}

class Reader {
public:
    Reader(const Cells& cells, const Criterion& criterion)
        : cells_(cells), criterion_(criterion), settings_(cells),
          metric_(cells.measure(criterion.metric)), loads_(cells.axis("pattern_count")) {}

    CapacityOfCurve curve_of(const std::vector<std::uint32_t>& values,
                             const std::vector<std::size_t>& rows, CapacityRule asked) const {
        CapacityOfCurve curve;
        curve.values = values;
        curve.row = rows.front();
        std::vector<Observation> observations;
        for (const std::size_t row : rows) {
            curve.points.push_back(point_at(row));
            observe(row, curve.points.back().pattern_count, observations);
        }
        std::ranges::sort(curve.points, {}, &LoadPoint::pattern_count);
        curve.no_meaning = std::ranges::all_of(curve.points, [](const LoadPoint& point) {
            return point.state == CellState::not_applicable;
        });
        curve.failed = static_cast<std::size_t>(
            std::ranges::count(curve.points, CellState::failed, &LoadPoint::state));
        describe(curve);
        if (curve.no_meaning || curve.points.front().pattern_count == 0) return curve;
        const std::uint32_t probes = fewest_probes(cues_of_least(curve, asked.minimum));
        asked.minimum = curve.points.front().pattern_count;
        asked.maximum = curve.points.back().pattern_count;
        curve.crossing = crossing(observations, crossing_rule(asked, probes));
        return curve;
    }

private:
    LoadPoint point_at(std::size_t row) const {
        LoadPoint point;
        point.pattern_count = pattern_count(row);
        point.state = cells_.state[row];
        point.done = cells_.done[row];
        point.overflowed = cells_.overflowed(row);
        if (metric_ == nullptr || metric_->each.empty()) return point;
        std::vector<double> values;
        for (const double value : replicates(row))
            if (!std::isnan(value)) values.push_back(value);
        const Metric& metric = metrics()[metric_index(criterion_.metric)];
        const MeanInterval interval =
            mean_interval(values, bounds_of(metric, scene_numbers(settings_.scene(row))));
        point.mean = interval.mean;
        point.low = interval.low;
        point.high = interval.high;
        return point;
    }

    std::uint64_t pattern_count(std::size_t row) const {
        if (!loads_) return settings_.scene(row).patterns.pattern_count;
        return static_cast<std::uint64_t>(
            std::max(0.0, cells_.axes[*loads_].numbers[cells_.coordinate[*loads_][row]]));
    }

    std::span<const double> replicates(std::size_t row) const {
        return std::span(metric_->each).subspan(row * cells_.replicates, cells_.replicates);
    }

    void observe(std::size_t row, std::uint64_t pattern_count,
                 std::vector<Observation>& observations) const {
        if (metric_ == nullptr || metric_->each.empty() || pattern_count == 0) return;
        const std::span<const double> values = replicates(row);
        for (std::size_t r = 0; r < values.size(); ++r)
            // NaN, and what is no share although the metric is one: undefined.
            if (values[r] >= 0.0 && values[r] <= 1.0)
                observations.push_back({pattern_count, static_cast<std::uint32_t>(r), values[r]});
    }

    /// Those of the scenes at the least pattern count: the search's, which it need not have come
    /// to, or of a plain grid the curve's.
    CueSpec cues_of_least(const CapacityOfCurve& curve, std::uint64_t minimum) const {
        Coordinates least = settings_.coordinates(curve.row);
        if (const auto place = parameter_index("pattern_count"))
            least[*place] = static_cast<std::int64_t>(
                minimum == 0 ? curve.points.front().pattern_count : minimum);
        return bind_scene(least, 0, 0).cues;
    }

    void describe(CapacityOfCurve& curve) const {
        const Setting setting = settings_.setting(curve.row);
        const SceneSpec scene = settings_.scene(curve.row);
        curve.dimension = scene.patterns.dimension;
        curve.vertex = setting.interaction_parameters.vertex;
        curve.theory = capacity_theory(setting, scene, criterion_);
    }

    const Cells& cells_;
    const Criterion& criterion_;
    RowSettings settings_;
    const Measure* metric_;
    std::optional<std::size_t> loads_;
};

} // namespace

std::uint64_t CapacityOfCurve::last_done() const {
    std::uint64_t last = 0;
    for (const LoadPoint& point : points)
        if (!std::isnan(point.mean)) last = point.pattern_count;
    return last;
}

Criterion criterion_of(const std::map<std::string, std::string>& provenance) {
    try {
        const Json asked = capacity_of(provenance);
        if (asked.is_null()) return {};
        return read_criterion(asked.at("criterion").get<std::string>());
    } catch (const Json::exception& error) {
        refuse(error);
    } catch (const std::invalid_argument& error) {
        refuse(error);
    }
}

namespace {

/// Of each store by itself: what they have in common is compared, not fitted.
std::vector<CapacityLaw> laws_of(const Cells& cells, const CapacityCurves& all) {
    const RowSettings settings(cells);
    const std::optional<std::size_t> stores = cells.axis(store_axis);
    std::map<std::uint32_t, std::vector<std::size_t>> by_store;
    for (std::size_t c = 0; c < all.curves.size(); ++c)
        by_store[stores ? cells.coordinate[*stores][all.curves[c].row] : 0].push_back(c);
    std::vector<CapacityLaw> laws;
    for (const auto& [store, members] : by_store) {
        std::vector<FoundCapacity> found;
        for (const std::size_t c : members)
            found.push_back({settings.coordinates(all.curves[c].row), all.curves[c].crossing,
                             all.curves[c].theory});
        for (CapacityLaw& law : capacity_laws(found, all.rule.confidence)) {
            for (std::size_t& curve : law.curves)
                curve = members[curve];
            laws.push_back(std::move(law));
        }
    }
    return laws;
}

} // namespace

CapacityCurves capacity_curves(const Cells& cells, const Criterion& criterion) {
    CapacityCurves all;
    all.criterion = criterion;
    const CapacityRule asked = asked_of(cells, criterion);
    all.rule = crossing_rule(asked, 1);
    for (const std::size_t axis : varying_axes(cells))
        if (cells.axes[axis].name == "pattern_count")
            all.loads_vary = true;
        else
            all.axes.push_back(axis);
    const Reader reader(cells, criterion);
    for (const auto& [values, rows] : grouped(cells, all.axes))
        all.curves.push_back(reader.curve_of(values, rows, asked));
    all.laws = laws_of(cells, all);
    return all;
}

} // namespace basin

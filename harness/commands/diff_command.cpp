#include "analysis/cells/cube_combinations.hpp"
#include "analysis/cells/cube_difference.hpp"
#include "harness/commands/command.hpp"
#include "results/journal/journal.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

using nlohmann::json;

/// The result file of a store, or the file itself.
std::filesystem::path result_file(const std::filesystem::path& given) {
    return std::filesystem::is_regular_file(given) ? given : given / "results.h5";
}

/// The metrics asked for. Throws UsageError for one that not both files have.
std::vector<std::string> chosen_metrics(const OptionValues& values, const Hypercube& a,
                                        const Hypercube& b) {
    if (!values.count("metric")) return {"recall_error", "exact_recall", "metastable_count"};
    auto chosen = values["metric"].as<std::vector<std::string>>();
    for (const std::string& name : chosen)
        for (const Hypercube* cube : {&a, &b}) {
            const std::vector<std::string> known = metrics_of(*cube);
            if (std::ranges::find(known, name) == known.end())
                throw UsageError(fmt::format("unknown metric '{}'; {} has: {}", name,
                                             cube == &a ? "A" : "B", fmt::join(known, ", ")));
        }
    return chosen;
}

std::string cell_text(const Hypercube& cube, std::uint64_t cell) {
    std::string text;
    for (const auto& [name, label] : labels_of(cube, cell))
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, label);
    return text;
}

json cell_json(const Hypercube& cube, std::uint64_t cell) {
    json coordinates = json::object();
    for (const auto& [name, label] : labels_of(cube, cell))
        coordinates[name] = label;
    return coordinates;
}

json points_json(const Hypercube& cube, const std::vector<std::uint64_t>& points) {
    json list = json::array();
    for (const std::uint64_t point : points)
        list.push_back({{"parameters", cell_json(cube, point / replicates_of(cube))},
                        {"replicate", point % replicates_of(cube)}});
    return list;
}

json test_json(const DifferenceTest& test) {
    return {{"difference", test.difference.mean},
            {"low", test.difference.low},
            {"high", test.difference.high},
            {"effect_size", test.effect_size},
            {"p", test.p_value},
            {"observations_a", test.first_size},
            {"observations_b", test.second_size}};
}

json to_json(const CubeDifference& difference, const Hypercube& a, const Hypercube& b) {
    json text = {{"paired", difference.paired},
                 {"equal", difference.equal},
                 {"different", points_json(a, difference.different)},
                 {"only_a", points_json(a, difference.only_a)},
                 {"only_b", points_json(b, difference.only_b)},
                 {"metrics_only_a", difference.metrics_only_a},
                 {"metrics_only_b", difference.metrics_only_b},
                 {"identity", json::object()},
                 {"metrics", json::object()}};
    for (const CubeDifference::Fact& fact : difference.facts)
        text["identity"][fact.name] = {{"a", fact.a}, {"b", fact.b}};
    for (const MetricDifference& metric : difference.metrics) {
        json& entry = text["metrics"][metric.metric];
        entry = {{"points", metric.points},
                 {"overall", test_json(metric.overall)},
                 {"cells", json::array()}};
        for (const CellDifference& cell : metric.cells) {
            json row = test_json(cell.test);
            row["parameters"] = cell_json(a, cell.cell_a);
            row["points"] = cell.points;
            row["mean_a"] = cell.mean_a;
            row["mean_b"] = cell.mean_b;
            row["adjusted_p"] = cell.adjusted_p;
            entry["cells"].push_back(std::move(row));
        }
    }
    return text;
}

/// "0.12 (95 % interval 0.1 to 0.14, d = 3.1, p = 0.002": without the closing parenthesis.
std::string test_text(const DifferenceTest& test) {
    if (std::isnan(test.p_value))
        return fmt::format("{:.4g} (no interval: fewer than two replicates", test.difference.mean);
    if (std::isinf(test.effect_size))
        return fmt::format("{:.4g} (the same in every replicate", test.difference.mean);
    return fmt::format("{:.4g} (95 % interval {:.4g} to {:.4g}, d = {:.3g}, p = {:.2g}",
                       test.difference.mean, test.difference.low, test.difference.high,
                       test.effect_size, test.p_value);
}

void print_points(std::string_view what, const Hypercube& cube,
                  const std::vector<std::uint64_t>& points, std::size_t most) {
    if (points.empty()) return;
    fmt::print("{} {}\n", counted(points.size(), "point"), what);
    const std::uint64_t replicates = replicates_of(cube);
    for (std::size_t i = 0; i < std::min(most, points.size()); ++i)
        fmt::print("  {} replicate={}\n", shown_plainly(cell_text(cube, points[i] / replicates)),
                   points[i] % replicates);
    if (points.size() > most) fmt::print("  … and {} more\n", points.size() - most);
}

void print(const MetricDifference& metric, const Hypercube& a, std::size_t most) {
    if (metric.points == 0) {
        fmt::print("{}: equal in bits\n", metric.metric);
        return;
    }
    fmt::print("{}: {} with another value, in {}; B - A over all common cells {})\n", metric.metric,
               counted(metric.points, "point"), counted(metric.cells.size(), "cell"),
               test_text(metric.overall));
    for (std::size_t i = 0; i < std::min(most, metric.cells.size()); ++i) {
        const CellDifference& cell = metric.cells[i];
        fmt::print("  {}: {:.4g} → {:.4g}, by {}{})\n", shown_plainly(cell_text(a, cell.cell_a)),
                   cell.mean_a, cell.mean_b, test_text(cell.test),
                   std::isnan(cell.adjusted_p) ? ""
                                               : fmt::format(", adjusted {:.2g}", cell.adjusted_p));
    }
    if (metric.cells.size() > most)
        fmt::print("  … and {} more cells\n", metric.cells.size() - most);
}

void print(const CubeDifference& difference, const Hypercube& a, const Hypercube& b,
           std::size_t most) {
    for (const CubeDifference::Fact& fact : difference.facts)
        fmt::print("{}: {} in A, {} in B\n", fact.name, shown_plainly(fact.a),
                   shown_plainly(fact.b));
    if (!difference.paired)
        fmt::print("the seeds differ, so replicates have no scenes in common: intervals and p are "
                   "Welch's, unpaired\n");
    fmt::print("{} equal in bits, {} different, {} only in A, {} only in B\n",
               counted(difference.equal, "point"), difference.different.size(),
               difference.only_a.size(), difference.only_b.size());
    if (!difference.metrics_only_a.empty())
        fmt::print("metrics only in A: {}\n", fmt::join(difference.metrics_only_a, ", "));
    if (!difference.metrics_only_b.empty())
        fmt::print("metrics only in B: {}\n", fmt::join(difference.metrics_only_b, ", "));
    print_points("only in A:", a, difference.only_a, most);
    print_points("only in B:", b, difference.only_b, most);
    if (difference.different.empty()) return;
    print_points("different:", a, difference.different, most);
    for (const MetricDifference& metric : difference.metrics)
        print(metric, a, most);
}

Exit diff(const OptionValues& values) {
    const auto arguments = values.count("stores") ? values["stores"].as<std::vector<std::string>>()
                                                  : std::vector<std::string>{};
    if (arguments.size() != 2) throw UsageError("diff needs two stores or result files, A and B");
    const auto most = values["max"].as<std::int64_t>();
    if (most < 0) throw UsageError(fmt::format("--max {}: must be 0 or more", most));
    const Hypercube a(result_file(arguments[0]));
    const Hypercube b(result_file(arguments[1]));
    const CubeDifference difference = cube_difference(a, b, chosen_metrics(values, a, b));
    if (values["json"].as<bool>())
        std::cout << to_json(difference, a, b).dump(2) << "\n";
    else
        print(difference, a, b, static_cast<std::size_t>(most));
    return difference.any() ? Exit::difference : Exit::done;
}

} // namespace

Verb diff_verb() {
    po::options_description options("options");
    options.add_options()("metric", po::value<std::vector<std::string>>()->value_name("NAME"),
                          "test its differences; repeatable (recall_error, exact_recall and "
                          "metastable_count if not given)");
    options.add_options()("max", po::value<std::int64_t>()->default_value(10)->value_name("N"),
                          "most lines of a list; --json has all");
    add_json_option(options);
    return {"diff",  "A B",         "compare two stores point by point, also of other code or seed",
            options, {"stores..."}, diff};
}

} // namespace basin

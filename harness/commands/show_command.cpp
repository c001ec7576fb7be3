#include "analysis/cells/shell.hpp"
#include "harness/commands/command.hpp"
#include "harness/commands/final_state_table.hpp"
#include "harness/commands/point_text.hpp"
#include "harness/recompute/point_search.hpp"
#include "harness/run/plan_from_store.hpp"
#include "models/metrics/metrics.hpp"
#include "results/files/json_number.hpp"
#include "results/store/record_reader.hpp"
#include "sweeps/coordinates/input_files.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"
#include "sweeps/plan/applicability.hpp"
#include "sweeps/plan/point_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

using nlohmann::json;

/// Points that a list shows unless all are asked for.
constexpr std::size_t most_listed = 20;

/// A store as the verb looks at it.
struct Stored {
    std::string folder;
    Plan plan;
    Inventory inventory;
};

/// The record of a point, or what stands for one that was not run.
Record record_of(const Stored& store, const FoundPoint& point) {
    if (point.place) return read_record(store.inventory, *point.place);
    Record none;
    none.key = store.plan.point_key(point.cell);
    none.cell = point.cell;
    none.outcome.status = point.status;
    none.outcome.message = Applicability(store.plan).reason(point.cell);
    return none;
}

/// The commands that run the point alone.
std::string command_of(const Stored& store, const FoundPoint& point) {
    return fmt::format("basin show {} {} --config > point.toml && basin run point.toml --store "
                       "point",
                       shell_quoted(shell_path(store.folder)),
                       to_string(store.plan.point_key(point.cell)));
}

std::string flag_names(Flags raised) {
    std::string names;
    for (const Flag& flag : all_flags)
        if (raised & flag.mask) names += (names.empty() ? "" : " ") + std::string(flag.name);
    return names.empty() ? "none" : names;
}

void print_point(const Stored& store, const std::vector<FoundPoint>& replicates) {
    const Coordinates coordinates = store.plan.coordinates_of(replicates[0].cell);
    for (std::size_t p = 0; p < coordinates.size(); ++p)
        fmt::print("{:<28} {}\n", parameters()[p].name, canonical_text(coordinates[p]));
    for (const FileOfPoint& file : files_of_point(coordinates, store.plan.config().files.known))
        fmt::print("{:<28} {} of {}{}\n", file.role.name, to_string(file.facts.content),
                   shown_plainly(file.facts.description),
                   file.facts.values.empty() ? "" : ", values " + file.facts.values);
    for (const FoundPoint& point : replicates) {
        const Record record = record_of(store, point);
        const Outcome& outcome = record.outcome;
        fmt::print("\nreplicate {}  key {}\n", store.plan.replicate_of(point.cell),
                   to_string(record.key));
        fmt::print("  {:<26} {}\n", "status", name_of(outcome.status));
        if (!outcome.message.empty())
            fmt::print("  {:<26} {}\n", "message", shown_plainly(outcome.message));
        if (!point.place) continue;
        fmt::print("  {:<26} {}\n", "overflow_flags", flag_names(outcome.flags));
        for (std::size_t m = 0; m < outcome.values.size(); ++m)
            fmt::print("  {:<26} {}\n", metrics()[m].name, outcome.values[m]);
    }
    fmt::print("\nalone    {}\n", command_of(store, replicates[0]));
}

json point_to_json(const Stored& store, const std::vector<FoundPoint>& replicates) {
    json result = {{"command", command_of(store, replicates[0])}};
    const Coordinates coordinates = store.plan.coordinates_of(replicates[0].cell);
    for (std::size_t p = 0; p < coordinates.size(); ++p)
        std::visit(
            [&](const auto& v) { result["parameters"][std::string(parameters()[p].name)] = v; },
            coordinates[p]);
    for (const FileOfPoint& file : files_of_point(coordinates, store.plan.config().files.known))
        result["files"][std::string(file.role.name)] = {
            {"path", shown_plainly(file.request.path)},
            {"digest", to_string(file.facts.content)},
            {"patterns", file.facts.count},
            {"values", file.facts.values},
            {"rounded_to_float32", file.facts.is_rounded}};
    for (const FoundPoint& point : replicates) {
        const Record record = record_of(store, point);
        const Outcome& outcome = record.outcome;
        json row = {{"replicate", store.plan.replicate_of(point.cell)},
                    {"key", to_string(record.key)},
                    {"status", name_of(outcome.status)},
                    {"flags", outcome.flags},
                    {"message", shown_plainly(outcome.message)},
                    {"elapsed_s", record.elapsed_s}};
        for (std::size_t m = 0; m < outcome.values.size(); ++m)
            row["metrics"][std::string(metrics()[m].name)] = json_number(outcome.values[m]);
        result["replicates"].push_back(row);
    }
    return result;
}

/// The points to list: those with a record, or all that have the status asked for. Throws
/// UsageError for a status that no planned point has.
std::vector<FoundPoint> listed_points(const Stored& store, const OptionValues& values) {
    if (!values.count("status")) return recorded_points(store.inventory);
    const auto wanted = values["status"].as<std::string>();
    const auto found = std::ranges::find(status_names, wanted);
    if (found == status_names.end())
        throw UsageError(
            fmt::format("unknown status '{}'; known: {}", wanted, fmt::join(status_names, ", ")));
    const auto status = static_cast<Status>(found - status_names.begin());
    const bool recorded = status == Status::done || is_failure(status);
    std::vector<FoundPoint> points =
        recorded ? recorded_points(store.inventory) : planned_points(store.plan, store.inventory);
    std::erase_if(points, [&](const FoundPoint& point) { return point.status != status; });
    return points;
}

Exit list_points(const Stored& store, const OptionValues& values) {
    const std::vector<FoundPoint> points = listed_points(store, values);
    const std::size_t shown =
        values["all"].as<bool>() ? points.size() : std::min(most_listed, points.size());
    json list = json::array();
    RecordReader reader(store.inventory);
    for (std::size_t i = 0; i < shown; ++i) {
        const FoundPoint& point = points[i];
        const bool told = point.place && point.status != Status::done;
        const std::string message = told ? reader.read(*point.place).outcome.message : "";
        if (values["json"].as<bool>()) {
            json row = point_json(store.plan, point.cell);
            row["status"] = name_of(point.status);
            row["message"] = shown_plainly(message);
            list.push_back(std::move(row));
            continue;
        }
        fmt::print("{}  {}{}{}\n", to_string(store.plan.point_key(point.cell)),
                   varying_text(store.plan, point.cell),
                   told ? fmt::format("  {}: ", name_of(point.status)) : "",
                   shown_plainly(message));
    }
    if (values["json"].as<bool>())
        std::cout << json{{"count", points.size()}, {"points", list}}.dump(2) << "\n";
    else if (shown < points.size())
        fmt::print("… {} of {}; --all lists all\n", shown, counted(points.size(), "point"));
    else
        fmt::print("{}\n", counted(points.size(), "point"));
    return Exit::done;
}

/// The one replicate whose key starts with `prefix`. Throws UsageError if several do.
const FoundPoint& replicate_named(const Stored& store, const std::vector<FoundPoint>& replicates,
                                  const std::string& prefix) {
    const FoundPoint* named = nullptr;
    for (const FoundPoint& point : replicates) {
        if (!to_string(store.plan.point_key(point.cell)).starts_with(prefix)) continue;
        if (named != nullptr)
            throw UsageError(fmt::format("several replicates have keys that start with '{}'; give "
                                         "more digits",
                                         prefix));
        named = &point;
    }
    return *named; // find_point() looked for it
}

Exit show_clusters(const Stored& store, const FoundPoint& point, const OptionValues& values) {
    bool is_same = true;
    if (values["json"].as<bool>()) {
        const json clusters = clusters_json(store.plan, store.inventory, point);
        std::cout << clusters.dump(2) << "\n";
        is_same = clusters["differing"].empty();
    } else {
        is_same = print_clusters(store.plan, store.inventory, point, values["all"].as<bool>());
    }
    return is_same ? Exit::done : Exit::difference;
}

/// Throws UsageError for options that do not go together.
void check_options(const OptionValues& values, bool has_key) {
    const bool config = values["config"].as<bool>();
    const bool clusters = values["clusters"].as<bool>();
    if (config && !has_key) throw UsageError("--config needs the KEY of a point");
    if (clusters && !has_key) throw UsageError("--clusters needs the KEY of a point");
    if (config && clusters) throw UsageError("--config and --clusters print two things; give one");
    if (config && values["json"].as<bool>())
        throw UsageError("--config prints TOML; give it without --json");
    if (has_key && values.count("status"))
        throw UsageError("--status is for the list; give it without a KEY");
    if (has_key && !clusters && values["all"].as<bool>())
        throw UsageError("--all is for the list and for --clusters; give it without a KEY");
}

Exit show(const OptionValues& values) {
    const auto arguments = values.count("what") ? values["what"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (arguments.empty() || arguments.size() > 2)
        throw UsageError("show needs a store folder DIR, and for one point its KEY");
    check_options(values, arguments.size() == 2);
    Plan plan = plan_of_store(arguments[0]);
    Inventory inventory = Store::existing(arguments[0], plan).inventory(plan);
    const Stored store{arguments[0], std::move(plan), std::move(inventory)};
    if (arguments.size() == 1) return list_points(store, values);

    const std::vector<FoundPoint> replicates =
        find_point(store.plan, store.inventory, arguments[1]);
    if (values["clusters"].as<bool>())
        return show_clusters(store, replicate_named(store, replicates, arguments[1]), values);
    if (values["config"].as<bool>())
        std::cout << point_config(store.plan, replicates[0].cell);
    else if (values["json"].as<bool>())
        std::cout << point_to_json(store, replicates).dump(2) << "\n";
    else
        print_point(store, replicates);
    return Exit::done;
}

} // namespace

Verb show_verb() {
    po::options_description options("options");
    options.add_options()("config", po::bool_switch(),
                          "print a config of this point alone (TOML), with all its replicates");
    options.add_options()("clusters", po::bool_switch(),
                          "recall this point again (of a continuous network) and list its distinct "
                          "final states");
    options.add_options()("all", po::bool_switch(),
                          "list all points, not the first 20, or all final states, not 50");
    options.add_options()("status", po::value<std::string>()->value_name("STATUS"),
                          "list points of this status, such as failed or not_run");
    add_json_option(options);
    return {"show",  "DIR [KEY]", "list points, or show one: parameters, results, how to run it",
            options, {"what..."}, show};
}

} // namespace basin

#include "harness/runner.hpp"
#include "harness/stored_plan.hpp"
#include "harness/verb.hpp"
#include "models/metrics.hpp"
#include "results/hypercube.hpp"
#include "results/store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

/// One replicate of a point, as found in the store.
struct Found {
    std::uint64_t cell;
    Record record;
};

std::uint64_t point_of(const Plan& plan, std::uint64_t cell) {
    return cell / plan.replicates();
}

/// The point (all its replicates) whose key starts with `prefix`. Throws UsageError if none or
/// several.
std::uint64_t find_point(const Plan& plan, const Inventory& inventory, const std::string& prefix) {
    std::vector<std::uint64_t> matches;
    for (const RecordPlace& place : inventory.places) {
        if (!to_string(plan.point_key(place.cell)).starts_with(prefix)) continue;
        const std::uint64_t point = point_of(plan, place.cell);
        if (matches.empty() || matches.back() != point) matches.push_back(point);
    }
    if (matches.empty())
        throw UsageError(fmt::format("no finished point has a key that starts with '{}'", prefix));
    if (matches.size() > 1)
        throw UsageError(fmt::format("{} points have keys that start with '{}'; give more digits",
                                     matches.size(), prefix));
    return matches[0];
}

/// The parameters that vary in the plan, and the replicate: "beta=0.1 interaction_vertex=3
/// replicate=0".
std::string varying_text(const Plan& plan, std::uint64_t cell) {
    const Coordinates coordinates = plan.coordinates_of(cell);
    std::string text;
    for (const Dimension& dimension : plan.dimensions())
        text += fmt::format("{}={} ", parameters()[dimension.parameter].name,
                            canonical_text(coordinates[dimension.parameter]));
    return text + fmt::format("replicate={}", plan.replicate_of(cell));
}

/// The command that runs this point alone.
std::string command_of(const Plan& plan, const Coordinates& coordinates) {
    std::string command = "basin run FILE --store DIR";
    for (const Dimension& dimension : plan.dimensions())
        command += fmt::format(" --set {}={}", parameters()[dimension.parameter].name,
                               canonical_text(coordinates[dimension.parameter]));
    return command;
}

std::string flag_names(Flags raised) {
    std::string names;
    for (const Flag& flag : all_flags)
        if (raised & flag.mask) names += (names.empty() ? "" : " ") + std::string(flag.name);
    return names.empty() ? "none" : names;
}

void print(const Plan& plan, const Coordinates& coordinates, const std::vector<Found>& replicates) {
    for (std::size_t p = 0; p < coordinates.size(); ++p)
        fmt::print("{:<28} {}\n", parameters()[p].name, canonical_text(coordinates[p]));
    for (const Found& found : replicates) {
        const Outcome& outcome = found.record.outcome;
        fmt::print("\nreplicate {}  key {}\n", plan.replicate_of(found.cell),
                   to_string(found.record.key));
        fmt::print("  {:<26} {}\n  {:<26} {}\n", "status",
                   status_names[static_cast<std::size_t>(outcome.status)], "overflow_flags",
                   flag_names(outcome.flags));
        if (!outcome.message.empty()) fmt::print("  {:<26} {}\n", "message", outcome.message);
        for (std::size_t m = 0; m < outcome.values.size(); ++m)
            fmt::print("  {:<26} {}\n", metrics()[m].name, outcome.values[m]);
    }
    fmt::print("\nalone    {}\n", command_of(plan, coordinates));
}

nlohmann::json to_json(const Plan& plan, const Coordinates& coordinates,
                       const std::vector<Found>& replicates) {
    nlohmann::json result = {{"command", command_of(plan, coordinates)}};
    for (std::size_t p = 0; p < coordinates.size(); ++p)
        std::visit(
            [&](const auto& v) { result["parameters"][std::string(parameters()[p].name)] = v; },
            coordinates[p]);
    for (const Found& found : replicates) {
        const Outcome& outcome = found.record.outcome;
        nlohmann::json row = {{"replicate", plan.replicate_of(found.cell)},
                              {"key", to_string(found.record.key)},
                              {"status", status_names[static_cast<std::size_t>(outcome.status)]},
                              {"flags", outcome.flags},
                              {"message", outcome.message},
                              {"elapsed_s", found.record.elapsed_s}};
        for (std::size_t m = 0; m < outcome.values.size(); ++m)
            row["metrics"][std::string(metrics()[m].name)] = outcome.values[m];
        result["replicates"].push_back(row);
    }
    return result;
}

Exit show(const OptionValues& values) {
    const auto arguments = values.count("what") ? values["what"].as<std::vector<std::string>>()
                                                : std::vector<std::string>{};
    if (arguments.empty() || arguments.size() > 2)
        throw UsageError("show needs a store folder DIR and a point KEY");
    const Plan plan = plan_of_store(arguments[0]);
    const Inventory inventory = Store::existing(arguments[0], plan).inventory(plan);
    if (arguments.size() == 1) {
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < std::min(most, inventory.places.size()); ++i)
            fmt::print("{}  {}\n", to_string(plan.point_key(inventory.places[i].cell)),
                       varying_text(plan, inventory.places[i].cell));
        return Exit::done;
    }
    const std::uint64_t point = find_point(plan, inventory, arguments[1]);
    std::vector<Found> replicates;
    for (const RecordPlace& place : inventory.places)
        if (point_of(plan, place.cell) == point)
            replicates.push_back({place.cell, read_record(inventory, place)});
    const Coordinates coordinates = plan.coordinates_of(replicates[0].cell);
    if (values["json"].as<bool>())
        std::cout << to_json(plan, coordinates, replicates).dump(2) << "\n";
    else
        print(plan, coordinates, replicates);
    return Exit::done;
}

} // namespace

Verb show_verb() {
    po::options_description options("options");
    add_json_option(options);
    return {"show",  "DIR [KEY]", "one point: its parameters, results and the command that runs it",
            options, {"what..."}, show};
}

} // namespace basin

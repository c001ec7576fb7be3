#include "harness/commands/capacity_law_table.hpp"
#include "harness/commands/capacity_table.hpp"
#include "harness/commands/command.hpp"
#include "harness/commands/run_options.hpp"
#include "harness/process/threads.hpp"
#include "harness/run/plan_from_store.hpp"
#include "results/files/output_file.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <utility>

namespace basin {

namespace po = boost::program_options;

namespace {

Config config_of(const OptionValues& values, const std::filesystem::path& store) {
    if (!values.count("config")) throw UsageError("capacity needs a config FILE or preset name");
    const auto overrides = values.count("set") ? values["set"].as<std::vector<std::string>>()
                                               : std::vector<std::string>{};
    Config config = load_config(values["config"].as<std::vector<std::string>>()[0], overrides,
                                files_of_store(store));
    if (!config.capacity)
        throw ConfigError({config.source, 0, 0},
                          "there is no [capacity], which tells what is looked for: criterion = "
                          "\"exact_recall >= 0.5\", minimum and maximum of pattern_count");
    return config;
}

Exit exit_of(const Session& session, std::span<const CapacityCurve> curves) {
    if (session.exit != Exit::done) return session.exit;
    const bool all_answered = std::ranges::all_of(curves, [](const CapacityCurve& curve) {
        return curve.is_answered() || !curve.no_meaning.empty();
    });
    return all_answered ? Exit::done : Exit::failed_points;
}

struct Tables {
    std::filesystem::path curves;
    std::filesystem::path laws; ///< "" if there is none
};

/// Writes the tables beside the results.
Tables write_tables(const Plan& plan, const std::filesystem::path& folder,
                    std::span<const CapacityCurve> curves, const FoundLaws& laws) {
    Tables tables{folder / "capacity.csv", folder / "capacity_laws.csv"};
    write_output(tables.curves, capacity_csv(plan, curves));
    if (laws.laws.empty()) {
        std::error_code none_is_fine;
        std::filesystem::remove(tables.laws, none_is_fine); // of another config
        tables.laws.clear();
    } else {
        write_output(tables.laws, law_csv(plan, laws));
    }
    return tables;
}

void tell(const Plan& plan, const Session& session, std::span<const CapacityCurve> curves,
          const FoundLaws& laws, const Tables& tables) {
    const CapacityRule& rule = *plan.config().capacity;
    fmt::print("criterion  {}, pattern_count {} to {}, {:.4g} % confidence\n",
               rule.criterion.text(), rule.minimum, rule.maximum, 100 * rule.confidence);
    fmt::print("{} computed in {}, {} found in the store\n",
               counted(session.summary.computed, "point"), counted(session.rounds, "round"),
               session.before.done());
    for (const std::string& failure : session.summary.first_failures)
        fmt::print("failed: {}\n", shown_plainly(failure));
    if (session.exit == Exit::stopped) fmt::print("stopped: the same command goes on from here\n");
    fmt::print("{}", kept_text(session));
    fmt::print("\n{}\n", capacity_text(plan, curves));
    if (!laws.laws.empty()) fmt::print("{}\n", law_text(plan, laws));
    fmt::print("table      {}\n", tables.curves.string());
    if (!tables.laws.empty()) fmt::print("laws       {}\n", tables.laws.string());
}

Exit capacity(const OptionValues& values) {
    RunRequest request = request_of(values);
    Config config = config_of(values, request.folder);

    Flights flights(most_threads);
    Suspects suspects;
    if (!values["in-process"].as<bool>())
        if (const std::optional<Exit> ended = supervise(flights, suspects)) return *ended;
    request.threads = ready_threads(values["threads"].as<int>());

    const LoadedSweep sweep = load_sweep(std::move(config));
    const Plan& plan = sweep.plan;
    CapacitySearch search(plan, {request.most_memory, request.threads});
    request.search = [&](Inventory& inventory, const Retry& retry) {
        search.ask(inventory, retry);
    };
    const Session session = run_sweep(sweep, request, flights, suspects);
    const FoundLaws laws = laws_of(plan, search.curves());
    const Tables tables = write_tables(plan, request.folder, search.curves(), laws);
    const Exit exit = exit_of(session, search.curves());
    if (values["json"].as<bool>()) {
        nlohmann::json line = to_json(session);
        line["exit"] = static_cast<int>(exit);
        line["criterion"] = plan.config().capacity->criterion.text();
        line["curves"] = capacity_json(plan, search.curves());
        line["laws"] = law_json(plan, laws);
        std::cout << line.dump() << "\n";
    } else if (!values["quiet"].as<bool>()) {
        tell(plan, session, search.curves(), laws, tables);
    }
    return exit;
}

} // namespace

Verb capacity_verb() {
    po::options_description options("options");
    add_run_options(options);
    add_config_options(options);
    add_json_option(options);
    return {"capacity",
            "FILE --store DIR",
            "find the critical pattern count of every curve of a config with a [capacity]",
            options,
            {"config"},
            capacity};
}

} // namespace basin

#include "harness/commands/command.hpp"
#include "harness/commands/run_options.hpp"
#include "harness/process/threads.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/run_sweep.hpp"
#include "models/metrics/metrics.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

namespace basin {

namespace po = boost::program_options;

namespace {

void tell(const Session& session, const Plan& plan, const std::filesystem::path& folder) {
    const RunSummary& summary = session.summary;
    if (session.before.missing() == 0)
        fmt::print("nothing to do: {} {} there\n", counted(session.before.planned, "point"),
                   session.before.planned == 1 ? "is" : "are all");
    else
        fmt::print("{} computed in {} on {}, {} found in the store, {} without meaning\n",
                   counted(summary.computed, "point"), duration_text(session.elapsed_s),
                   counted(static_cast<std::uint64_t>(session.threads), "thread"),
                   session.before.done(), session.before.points[Status::not_applicable]);
    for (const std::string& file : session.absent_files)
        fmt::print("{} is not there: whether it still holds what these results were computed from "
                   "was not checked\n",
                   file);
    for (const std::string& failure : summary.first_failures)
        fmt::print("failed: {}\n", shown_plainly(failure));
    if (const std::uint64_t old = session.before.failed(); old > 0)
        fmt::print("failed before: {}; `--retry all` computes them again\n",
                   failures_text(session.before.points));
    if (plan.config().stopping && session.rounds > 0)
        fmt::print("replicates came in {} rounds, until the stopping rule was met\n",
                   session.rounds);
    if (summary.too_many_failures)
        fmt::print("stopped after {}: the store lacks {}\n",
                   counted(summary.failures.failures(), "failure"), counted(session.left, "point"));
    if (session.exit == Exit::stopped)
        fmt::print("stopped: the store lacks {}{}; the same command goes on from here\n",
                   counted(session.left, "point"),
                   session.unwritten ? ", results.h5 is not up to date" : "");
    for (const LackingMetric& metric : session.lacking)
        fmt::print("metric {} is not in {}, older than it; `--retry lacking` "
                   "computes it\n",
                   metrics()[metric.metric].name, counted(metric.records, "record"));
    for (const std::string& note : session.rounded)
        fmt::print("note: {}\n", note);
    fmt::print("{}", kept_text(session));
    fmt::print("results  {}\n", (folder / "results.h5").string());
}

Exit run(const OptionValues& values) {
    if (!values.count("config")) throw UsageError("run needs a config FILE or preset name");
    const auto overrides = values.count("set") ? values["set"].as<std::vector<std::string>>()
                                               : std::vector<std::string>{};
    RunRequest request = request_of(values);
    Config config = load_config(values["config"].as<std::vector<std::string>>()[0], overrides,
                                files_of_store(request.folder));
    if (config.capacity)
        throw UsageError("this config has a [capacity]: which of its points are to be computed, "
                         "`basin capacity FILE --store DIR` finds out");

    Flights flights(most_threads);
    Suspects suspects;
    if (!values["in-process"].as<bool>())
        if (const std::optional<Exit> ended = supervise(flights, suspects)) return *ended;

    // Not earlier: a process that has OpenMP's runtime in it must not fork.
    request.threads = ready_threads(values["threads"].as<int>());

    const LoadedSweep sweep = load_sweep(std::move(config));
    const Session session = run_sweep(sweep, request, flights, suspects);
    if (values["json"].as<bool>())
        std::cout << to_json(session).dump() << "\n";
    else if (!values["quiet"].as<bool>())
        tell(session, sweep.plan, request.folder);
    return session.exit;
}

} // namespace

Verb run_verb() {
    po::options_description options("options");
    add_run_options(options);
    add_config_options(options);
    add_json_option(options);
    return {"run",   "FILE --store DIR", "compute what is missing and write DIR/results.h5",
            options, {"config"},         run};
}

} // namespace basin

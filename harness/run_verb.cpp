#include "harness/memory.hpp"
#include "harness/run_sweep.hpp"
#include "harness/threads.hpp"
#include "harness/verb.hpp"
#include "models/metrics.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <optional>

namespace basin {

namespace po = boost::program_options;

namespace {

void tell(const Session& session, const Plan& plan, const std::filesystem::path& folder) {
    const RunSummary& summary = session.summary;
    if (session.before.missing() == 0)
        fmt::print("nothing to do: all {} points are there\n", session.before.planned);
    else
        fmt::print("{} points computed in {} on {} threads, {} were there, {} have no meaning\n",
                   summary.computed, duration_text(session.elapsed_s), session.threads,
                   session.before.done(), session.before.points[Status::not_applicable]);
    for (const std::string& failure : summary.first_failures)
        fmt::print("failed: {}\n", failure);
    if (const std::uint64_t old = session.before.failed(); old > 0)
        fmt::print("failed before: {}; `--retry all` computes them again\n",
                   failures_text(session.before.points));
    if (plan.config().stopping && session.rounds > 0)
        fmt::print("replicates came in {} rounds, until the stopping rule was met\n",
                   session.rounds);
    if (summary.too_many_failures)
        fmt::print("stopped after {} failures: {} points are left\n", summary.failures.failures(),
                   session.left);
    if (session.exit == Exit::stopped)
        fmt::print("stopped: {} points are left; the same command goes on from here\n",
                   session.left);
    for (const LackingMetric& metric : session.lacking)
        fmt::print("metric {} is not in {} records: they are older than it, and `--retry lacking` "
                   "computes them again\n",
                   metrics()[metric.metric].name, metric.records);
    fmt::print("results  {}\n", (folder / "results.h5").string());
}

RunRequest request_of(const OptionValues& values) {
    RunRequest request;
    request.folder = values["store"].as<std::string>();
    const std::string memory = values["memory"].as<std::string>();
    request.most_memory = memory == "available" ? available_memory() : memory_size(memory);
    request.shows_progress = !values["quiet"].as<bool>() && !values["json"].as<bool>();
    if (values.count("retry")) request.retry = parse_retry(values["retry"].as<std::string>());
    if (values.count("timeout")) {
        request.timeout_s = values["timeout"].as<double>();
        if (!(*request.timeout_s > 0)) throw UsageError("--timeout takes seconds, more than 0");
    }
    if (values.count("max-failures")) {
        request.most_failures = values["max-failures"].as<std::uint64_t>();
        if (request.most_failures == 0) throw UsageError("--max-failures takes 1 or more");
    }
    try {
        request.sync = parse_sync_policy(values["sync"].as<std::string>());
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("--sync: {}", error.what()));
    }
    if (values["fail-fast"].as<bool>()) request.most_failures = 1;
    return request;
}

Exit run(const OptionValues& values) {
    if (!values.count("config")) throw UsageError("run needs a config FILE or preset name");
    const auto overrides = values.count("set") ? values["set"].as<std::vector<std::string>>()
                                               : std::vector<std::string>{};
    const Plan plan(load_config(values["config"].as<std::vector<std::string>>()[0], overrides));
    RunRequest request = request_of(values);

    Flights flights(most_threads);
    Suspects suspects;
    if (!values["in-process"].as<bool>())
        if (const std::optional<Exit> ended = supervise(flights, suspects)) return *ended;

    // Not earlier: a process that has OpenMP's runtime in it must not fork.
    request.threads = thread_count(values["threads"].as<int>());

    const Session session = run_sweep(plan, request, flights, suspects);
    if (values["json"].as<bool>())
        std::cout << to_json(session).dump() << "\n";
    else if (!values["quiet"].as<bool>())
        tell(session, plan, request.folder);
    return session.exit;
}

} // namespace

Verb run_verb() {
    po::options_description options("options");
    options.add_options()("store", po::value<std::string>()->required()->value_name("DIR"),
                          "folder of the results; created if it is not there");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "OpenMP threads; 0: as many as the process may use");
    options.add_options()("memory",
                          po::value<std::string>()->default_value("available")->value_name("SIZE"),
                          "refuse to start if more is needed: bytes, or a number and K, M, G or T "
                          "(powers of 1024), such as 512M; `available`: what the machine, or the "
                          "process's control group, has left");
    options.add_options()("retry", po::value<std::string>()->value_name("CLASSES"),
                          "compute again what is failed, timed_out, crashed (all: any of these) or "
                          "lacking (metrics that did not exist); separated by commas");
    options.add_options()("sync", po::value<std::string>()->default_value("1")->value_name("WHEN"),
                          "make records durable: each, none, or in groups of so many seconds");
    options.add_options()("timeout", po::value<double>()->value_name("SECONDS"),
                          "of computing that a point may take; one that takes longer is timed_out");
    options.add_options()("max-failures", po::value<std::uint64_t>()->value_name("N"),
                          "begin no more points after N failures");
    options.add_options()("fail-fast", po::bool_switch(), "the same with N = 1");
    options.add_options()("in-process", po::bool_switch(),
                          "no process of its own for the computing: a crash ends the run");
    options.add_options()("quiet,q", po::bool_switch(), "no progress and no summary");
    add_config_options(options);
    add_json_option(options);
    return {"run",   "FILE --store DIR", "compute what is missing and write DIR/results.h5",
            options, {"config"},         run};
}

} // namespace basin

#include "harness/banks.hpp"
#include "harness/provenance.hpp"
#include "harness/runner.hpp"
#include "harness/stop.hpp"
#include "harness/threads.hpp"
#include "harness/verb.hpp"
#include "results/compaction.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace basin {

namespace po = boost::program_options;

namespace {

/// What one run leaves behind in words and as a line of sessions.jsonl.
struct Session {
    std::string start;
    int threads;
    Coverage before;
    RunSummary summary;
    double elapsed_s;
    Exit exit;
};

nlohmann::json to_json(const Session& session) {
    nlohmann::json line = session_facts(session.threads, own_command_line());
    line["start"] = session.start;
    line["end"] = utc_now();
    line["elapsed_s"] = session.elapsed_s;
    line["exit"] = static_cast<int>(session.exit);
    line["planned"] = session.before.planned;
    line["not_applicable"] = session.before.not_applicable;
    line["done_before"] = session.before.done;
    line["computed"] = session.summary.computed;
    line["failed"] = session.before.failed + session.summary.failed;
    return line;
}

Exit exit_of(const Coverage& before, const RunSummary& summary) {
    if (summary.stopped && summary.computed < before.missing()) return Exit::stopped;
    return before.failed + summary.failed > 0 ? Exit::failed_points : Exit::done;
}

void tell(const Session& session, const Store& store) {
    const RunSummary& summary = session.summary;
    const std::uint64_t left = session.before.missing() - summary.computed;
    if (session.before.missing() == 0)
        fmt::print("nothing to do: all {} points are there\n", session.before.planned);
    else
        fmt::print("{} points computed in {} on {} threads, {} were there, {} have no meaning\n",
                   summary.computed, duration_text(session.elapsed_s), session.threads,
                   session.before.done, session.before.not_applicable);
    for (const std::string& failure : summary.first_failures)
        fmt::print("failed: {}\n", failure);
    if (session.exit == Exit::stopped)
        fmt::print("stopped: {} points are left; the same command goes on from here\n", left);
    fmt::print("results  {}\n", store.results_file().string());
}

Exit run(const OptionValues& values) {
    if (!values.count("config")) throw UsageError("run needs a config FILE or preset name");
    const auto overrides = values.count("set") ? values["set"].as<std::vector<std::string>>()
                                               : std::vector<std::string>{};
    const auto start = std::chrono::steady_clock::now();
    const std::string start_time = utc_now();
    const Plan plan(load_config(values["config"].as<std::vector<std::string>>()[0], overrides));
    const Banks banks = load_banks(plan.config());
    const int threads = thread_count(values["threads"].as<int>());

    const StopOnSignal guard; // from here on a stop leaves a store that knows what it has
    const Store store = Store::open(values["store"].as<std::string>(), plan);
    const Applicability applicability(plan);
    Inventory inventory = store.inventory(plan);
    Session session{start_time, threads, coverage(plan, applicability, inventory),
                    {},         0.0,     Exit::done};
    const bool quiet = values["quiet"].as<bool>() || values["json"].as<bool>();
    if (session.before.missing() > 0) {
        Progress progress(std::cerr,
                          quiet ? Progress::Style::none : progress_style_for(STDERR_FILENO),
                          session.before.missing());
        Journal journal = store.new_journal(plan);
        session.summary = run_missing(plan, applicability, inventory, banks, journal, threads,
                                      progress, StopOnSignal::requested());
    }
    if (session.summary.computed > 0) inventory = store.inventory(plan);
    if (session.summary.computed > 0 || !std::filesystem::exists(store.results_file()))
        compact(store, plan, inventory, build_facts());

    session.exit = exit_of(session.before, session.summary);
    session.elapsed_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const nlohmann::json line = to_json(session);
    store.add_session(line.dump());
    if (values["json"].as<bool>())
        std::cout << line.dump() << "\n";
    else if (!values["quiet"].as<bool>())
        tell(session, store);
    return session.exit;
}

} // namespace

Verb run_verb() {
    po::options_description options("options");
    options.add_options()("store", po::value<std::string>()->required()->value_name("DIR"),
                          "folder of the results; created if it is not there");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "OpenMP threads; 0: as many as the process may use");
    options.add_options()("quiet,q", po::bool_switch(), "no progress and no summary");
    add_config_options(options);
    add_json_option(options);
    return {"run",   "FILE --store DIR", "compute what is missing and write DIR/results.h5",
            options, {"config"},         run};
}

} // namespace basin

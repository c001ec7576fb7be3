#include "harness/banks.hpp"
#include "harness/forecast.hpp"
#include "harness/memory.hpp"
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
#include <optional>
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
    line["loop_s"] = session.summary.elapsed_s;
    line["busy_share"] = session.summary.busy_share;
    line["tail_s"] = session.summary.tail_s;
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

/// Throws UsageError if the missing points need more memory than `limit`.
void require_memory(const Forecast& expected, int threads, std::size_t limit) {
    const Memory& memory = expected.memory;
    const std::size_t need = memory.need(threads);
    if (expected.coverage.missing() == 0 || need <= limit) return;
    throw UsageError(fmt::format("this sweep needs about {} of memory on {} threads, more than the "
                                 "{} it may take; `basin plan` tells what for. Give fewer "
                                 "--threads, or allow more with --memory",
                                 memory_text(need), threads, memory_text(limit)));
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

    const std::size_t memory = values["memory"].as<std::string>() == "available"
                                   ? available_memory()
                                   : memory_size(values["memory"].as<std::string>());
    const Applicability applicability(plan);

    const StopOnSignal guard; // from here on a stop leaves a store that knows what it has
    const std::filesystem::path folder = values["store"].as<std::string>();
    // A store that is not there yet is made only when it is clear that there is memory to fill it.
    std::optional<Store> store;
    if (std::filesystem::exists(folder / "journals")) store = Store::open(folder, plan);
    Inventory inventory = store ? store->inventory(plan) : Inventory{};
    const Forecast expected = forecast(plan, applicability, inventory, banks);
    require_memory(expected, threads, memory);
    if (!store) store = Store::open(folder, plan);

    Session session{start_time, threads, expected.coverage, {}, 0.0, Exit::done};
    const bool quiet = values["quiet"].as<bool>() || values["json"].as<bool>();
    if (session.before.missing() > 0) {
        Progress progress(std::cerr,
                          quiet ? Progress::Style::none : progress_style_for(STDERR_FILENO),
                          session.before.missing());
        Journal journal = store->new_journal(plan);
        session.summary = run_missing({plan, applicability, inventory, banks, expected.order},
                                      journal, threads, progress, StopOnSignal::requested());
    }
    if (session.summary.computed > 0) inventory = store->inventory(plan);
    if (session.summary.computed > 0 || !is_compacted(*store, plan, inventory, build_facts()))
        compact(*store, plan, inventory, build_facts());

    session.exit = exit_of(session.before, session.summary);
    session.elapsed_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const nlohmann::json line = to_json(session);
    store->add_session(line.dump());
    if (values["json"].as<bool>())
        std::cout << line.dump() << "\n";
    else if (!values["quiet"].as<bool>())
        tell(session, *store);
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
    options.add_options()("quiet,q", po::bool_switch(), "no progress and no summary");
    add_config_options(options);
    add_json_option(options);
    return {"run",   "FILE --store DIR", "compute what is missing and write DIR/results.h5",
            options, {"config"},         run};
}

} // namespace basin

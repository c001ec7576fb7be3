#include "harness/run/run_sweep.hpp"

#include "harness/process/memory.hpp"
#include "harness/process/provenance.hpp"
#include "harness/process/stop_signal.hpp"
#include "harness/process/usage_error.hpp"
#include "harness/run/kept_plan.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/rounding_notes.hpp"
#include "models/base/stop_request.hpp"
#include "results/cube/compaction.hpp"
#include "sweeps/parameters/counted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <unistd.h>

namespace basin {

namespace {

/// Throws UsageError if the missing points need more memory than `limit`.
void require_memory(const Forecast& expected, int threads, std::size_t limit) {
    const Memory& memory = expected.memory;
    const std::size_t need = memory.need(threads);
    if (expected.coverage.missing() == 0 || need <= limit) return;
    throw UsageError(fmt::format("this sweep needs about {} of memory on {}, more than the "
                                 "{} it may take; `basin plan` tells what for. Give fewer "
                                 "--threads, or allow more with --memory",
                                 memory_text(need),
                                 counted(static_cast<std::uint64_t>(threads), "thread"),
                                 memory_text(limit)));
}

void add(RunSummary& sum, const RunSummary& round) {
    const double elapsed_s = sum.elapsed_s + round.elapsed_s;
    if (elapsed_s > 0)
        sum.busy_share =
            (sum.busy_share * sum.elapsed_s + round.busy_share * round.elapsed_s) / elapsed_s;
    sum.elapsed_s = elapsed_s;
    sum.tail_s += round.tail_s;
    sum.computed += round.computed;
    sum.failures += round.failures;
    sum.stopped = round.stopped;
    sum.too_many_failures = round.too_many_failures;
    for (const std::string& failure : round.first_failures)
        if (sum.first_failures.size() < RunSummary::most_shown)
            sum.first_failures.push_back(failure);
}

class SweepRun {
public:
    SweepRun(const LoadedSweep& sweep, const RunRequest& request, Flights& flights,
             const Suspects& suspects)
        : plan_(sweep.plan), request_(request), flights_(flights), suspects_(suspects),
          banks_(sweep.banks), applicability_(plan_) {}

    Session run() {
        const auto start = std::chrono::steady_clock::now();
        Session session;
        session.start = utc_now();
        session.rounded = rounding_notes(plan_.config(), banks_);
        session.threads = request_.threads;
        // A store that is not there yet is made only when it is clear that there is memory to fill
        // it.
        std::optional<Store> store;
        const bool is_there = std::filesystem::exists(request_.folder / "journals");
        if (is_there && !request_.only && std::filesystem::exists(request_.folder / "store.json"))
            kept_ = kept_plan(request_.folder, plan_);
        if (is_there) store = Store::open(request_.folder, shown());
        look(store ? &*store : nullptr, request_.retry);
        Forecast expected = forecast(plan_, applicability_, inventory_, request_.retry);
        session.absent_files = absent_files(plan_.config(), banks_);
        if (expected.coverage.missing() > 0) require_banks(plan_.config(), banks_);
        if (!request_.search) require_memory(expected, request_.threads, request_.most_memory);
        if (!store) {
            store = Store::open(request_.folder, shown());
            look(&*store, request_.retry);
        }
        session.before = expected.coverage;
        const FinishAfterStop finishing; // a stop leaves a store that knows what it has
        try {
            compute_rounds(*store, std::move(expected), session);
            write_results(*store, session);
        } catch (const Cancelled&) { // results.h5 stays as it was: journals have all
            session.summary.stopped = true;
            session.unwritten = true;
        }
        session.lacking = inventory_.lacking;
        session.exit = exit_of(session);
        session.elapsed_s =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        store->add_session(to_json(session).dump());
        return session;
    }

private:
    void look(const Store* store, const Retry& retry) {
        inventory_ = store != nullptr ? store->inventory(plan_) : Inventory{};
        if (request_.search) request_.search(inventory_, retry);
    }

    /// The plan that results.h5 and store.json are of.
    const Plan& shown() const { return kept_ ? *kept_ : plan_; }

    /// Another run on the store may have asked for other points meanwhile: the last one to end
    /// shows those of both.
    void keep_what_others_asked_for() {
        if (request_.only) return;
        try {
            if (plan_of_store(request_.folder).resolved_json() == shown().resolved_json()) return;
            kept_ = kept_plan(request_.folder, plan_);
        } catch (const UsageError&) { // one file cannot show both: the last one shows its own
            return;
        }
        Store::open(request_.folder, shown());
    }

    void write_results(const Store& store, Session& session) {
        keep_what_others_asked_for();
        // What a search wants and did not get is not written: only it knows.
        if (request_.search) inventory_ = store.inventory(plan_);
        const Inventory all = kept_ ? store.inventory(*kept_) : Inventory{};
        const Inventory& inventory = kept_ ? all : inventory_;
        session.kept =
            std::max(inventory.places.size(), inventory_.places.size()) - inventory_.places.size();
        session.left_out = inventory.elsewhere;
        if (session.summary.computed > 0 || !is_compacted(store, shown(), inventory, build_facts()))
            compact(store, shown(), inventory, build_facts());
    }

    /// One round, or with a stopping rule or a search as many as it asks for. Session::left are the
    /// points that are left, of the rounds that have been, and of the next one after a stop.
    void compute_rounds(const Store& store, Forecast expected, Session& session) {
        Retry retry = request_.retry; // once: what fails again has failed
        if (expected.coverage.missing() == 0) return;
        Journal journal = store.new_journal(plan_, request_.sync);
        while (expected.coverage.missing() > 0) {
            const RunSummary round = compute(expected, journal, retry);
            add(session.summary, round);
            ++session.rounds;
            retry = {};
            session.left = expected.coverage.missing() - round.computed;
            look(&store, retry);
            const bool goes_on = plan_.config().stopping || request_.search;
            if (round.too_many_failures || !goes_on) return;
            expected = forecast(plan_, applicability_, inventory_);
            // A stop may have found the round complete, but not what it was for.
            if (round.stopped) {
                session.left = std::max(session.left, expected.coverage.missing());
                return;
            }
        }
        session.left = 0;
    }

    RunSummary compute(const Forecast& expected, Journal& journal, const Retry& retry) {
        Progress progress(std::cerr,
                          request_.shows_progress ? progress_style_for(STDERR_FILENO)
                                                  : Progress::Style::none,
                          expected.coverage.missing());
        return run_missing({plan_, applicability_, inventory_, banks_, expected.order, retry,
                            request_.timeout_s, request_.most_failures},
                           {journal, flights_, suspects_, progress, StopOnSignal::requested()},
                           request_.threads);
    }

    static Exit exit_of(const Session& session) {
        const RunSummary& summary = session.summary;
        if (summary.stopped && (session.left > 0 || session.unwritten)) return Exit::stopped;
        const bool any_failed = session.before.failed() + summary.failures.failures() > 0;
        return any_failed ? Exit::failed_points : Exit::done;
    }

    const Plan& plan_;
    const RunRequest& request_;
    Flights& flights_;
    const Suspects& suspects_;
    const Banks& banks_;
    Applicability applicability_;
    std::optional<Plan> kept_; ///< what results.h5 is to show, if that is more than the plan
    Inventory inventory_;
};

} // namespace

Session run_sweep(const LoadedSweep& sweep, const RunRequest& request, Flights& flights,
                  const Suspects& suspects) {
    return SweepRun(sweep, request, flights, suspects).run();
}

std::string kept_text(const Session& session) {
    std::string text;
    if (session.kept > 0)
        text += fmt::format("results.h5 also shows {} of other runs on this store that this config "
                            "does not ask for; `--only` leaves them out\n",
                            counted(session.kept, "point"));
    if (session.left_out > 0)
        text += fmt::format("results.h5 leaves out {} of points that were not asked for; the "
                            "journals keep them\n",
                            counted(session.left_out, "record"));
    return text;
}

nlohmann::json to_json(const Session& session) {
    const Coverage& before = session.before;
    const RunSummary& summary = session.summary;
    nlohmann::json line = session_facts(session.threads, own_command_line());
    line["start"] = session.start;
    line["end"] = utc_now();
    line["elapsed_s"] = session.elapsed_s;
    line["exit"] = static_cast<int>(session.exit);
    line["planned"] = before.planned;
    line["not_applicable"] = before.points[Status::not_applicable];
    line["done_before"] = before.done();
    line["computed"] = summary.computed;
    StatusCounts failures = before.points;
    failures += summary.failures;
    for (const Status status : failure_classes)
        line[std::string(name_of(status))] = failures[status];
    line["missing"] = session.left;
    line["kept"] = session.kept;
    line["left_out"] = session.left_out;
    line["rounds"] = session.rounds;
    if (!session.rounded.empty()) line["rounded"] = session.rounded;
    line["loop_s"] = summary.elapsed_s;
    line["busy_share"] = summary.busy_share;
    line["tail_s"] = summary.tail_s;
    return line;
}

} // namespace basin

#include "harness/run/runner.hpp"

#include "harness/run/atomic_bitset.hpp"
#include "harness/run/recall_tasks.hpp"
#include "models/base/stop_request.hpp"
#include "results/store/needed_replicates.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/estimate/memory_estimate.hpp"
#include "sweeps/plan/equal_points.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

namespace basin {

namespace {

using CellIndices = std::vector<std::uint64_t>;

/// Points of a scene that are looked through at a time for those with equal outcomes.
constexpr std::size_t most_looked_through = 16384;

class Runner {
public:
    Runner(const Errand& errand, const Desk& desk, int threads)
        : errand_(errand), plan_(errand.plan), desk_(desk), equal_points_(errand.plan),
          workers_(static_cast<std::size_t>(threads)), settled_(plan_.cell_count()) {
        for (const RecordPlace& place : errand.inventory.places)
            if (!errand.retry.has(place)) settled_.claim(place.cell);
    }

    RunSummary run() {
        const auto start = WorkClock::Clock::now();
        const int threads = static_cast<int>(workers_.size());
        guarded([&] { settle_suspects(); });
        // A thread that gets no job any more waits at the end of the loop, and there takes the
        // batches and pieces that others cut from theirs.
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)
        for (std::uint64_t place = 0; place < errand_.order.count; ++place)
            guarded([&] { run_job(errand_.order[place]); });
        sum_up(start, WorkClock::Clock::now());
        if (error_) std::rethrow_exception(error_);
        desk_.journal.sync();
        return summary_;
    }

private:
    bool is_given_up() const {
        return desk_.stop || broken_ || too_many_failures_;
    }

    /// Nothing may be thrown out of a thread's share: the first exception waits for run().
    template <class Work>
    void guarded(Work&& work) {
        if (is_given_up()) return;
        try {
            work();
        } catch (const Cancelled&) { // the stop is known
            broken_ = true;
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!error_) error_ = std::current_exception();
            broken_ = true;
        }
    }

    /// What earlier workers died of: the proven ones are recorded, the others tried alone.
    void settle_suspects() {
        for (const Crash& crash : desk_.suspects.crashed)
            if (settled_.claim(crash.cell))
                record_failure(
                    crash.cell, Status::crashed,
                    fmt::format("its process was ended by {} twice, the second time with "
                                "no other point in flight",
                                signal_text(crash.signal)));
        for (const std::uint64_t cell : desk_.suspects.alone) {
            if (is_given_up() || !settled_.claim(cell)) continue;
            std::shared_ptr<const Scene> scene;
            const std::string failure =
                make_scene_of(plan_.coordinates_of(cell), plan_.replicate_of(cell), scene);
            if (scene)
                compute(*scene, {cell});
            else
                record_failure(cell, Status::failed, failure);
        }
    }

    Worker& worker() {
        return workers_[static_cast<std::size_t>(omp_get_thread_num())];
    }

    /// A job's scene is made by the thread that runs it, so its memory is near that thread's core;
    /// others only read it.
    void run_job(std::uint64_t job) {
        std::shared_ptr<const Scene> scene;
        std::uint64_t position = 0;
        while (!is_given_up()) {
            const CellIndices cells = gather(job, position, scene);
            if (cells.empty()) return;
            const std::uint64_t most = batch_size(scene_size(*scene));
            const std::vector<CellIndices> batches = batches_of(cells, most);
            for (const CellIndices& batch : batches) {
                const bool is_last =
                    equal_points_.any() ? &batch == &batches.back() : batch.size() < most;
                if (is_last || waiting_ >= workers_.size())
                    compute(*scene, batch);
                else
                    hand_out(scene, batch);
            }
        }
    }

    /// The cells in batches, each with no more than `most` that have to be computed. Those with
    /// equal outcomes are in one.
    std::vector<CellIndices> batches_of(const CellIndices& cells, std::uint64_t most) const {
        if (!equal_points_.any()) return {cells};
        std::unordered_map<std::uint64_t, std::size_t> batch_of; // by first equal
        std::vector<CellIndices> batches;
        std::uint64_t distinct = most;
        for (const std::uint64_t cell : cells) {
            const auto [known, is_new] = batch_of.try_emplace(equal_points_.first_equal(cell));
            if (is_new) {
                if (distinct == most) {
                    batches.emplace_back();
                    distinct = 0;
                }
                ++distinct;
                known->second = batches.size() - 1;
            }
            batches[known->second].push_back(cell);
        }
        return batches;
    }

    /// Leaves a batch to the first thread that has nothing else to do. Nobody waits for it but the
    /// end of the loop: a thread that waits for a batch could not take its pieces.
    void hand_out(const std::shared_ptr<const Scene>& scene, const CellIndices& cells) {
        ++waiting_;
#pragma omp task default(none) firstprivate(scene, cells)
        {
            --waiting_;
            guarded([&] { compute(*scene, cells); });
        }
    }

    /// The next of the job's missing cells, from `position` on; none if there are none left. As
    /// many as make a batch, or if some may have equal outcomes, as are looked through for those.
    /// Makes the scene when it is first needed; if that fails, the cells are recorded as failed.
    CellIndices gather(std::uint64_t job, std::uint64_t& position,
                       std::shared_ptr<const Scene>& scene) {
        const WorkClock::AtWork working(worker().clock);
        CellIndices cells;
        std::string failure;
        position = plan_.visit_points(job, position, [&](std::uint64_t cell) {
            if (!is_asked_for(cell) || !settled_.claim(cell)) return true;
            if (!scene && failure.empty())
                failure = make_scene_of(plan_.scene_of(job), plan_.replicate_of_job(job), scene);
            if (!scene) {
                record_failure(cell, Status::failed, failure);
                return !is_given_up();
            }
            cells.push_back(cell);
            const std::uint64_t most =
                equal_points_.any() ? most_looked_through : batch_size(scene_size(*scene));
            return cells.size() < most && !is_given_up();
        });
        return cells;
    }

    bool is_asked_for(std::uint64_t cell) const {
        return errand_.applicability.applicable(cell) && is_needed(cell, plan_, errand_.inventory);
    }

    /// Returns why it cannot be made, or "".
    std::string make_scene_of(const Coordinates& coordinates, std::uint32_t replicate,
                              std::shared_ptr<const Scene>& scene) const {
        try {
            const SceneSpec spec = bind_scene(coordinates, plan_.config().seed, replicate);
            scene = std::make_shared<const Scene>(
                make_scene(spec, files_for(errand_.banks, coordinates)));
            return "";
        } catch (const std::bad_alloc&) { // no fault of the scene
            throw;
        } catch (const std::exception& error) {
            return error.what();
        }
    }

    std::vector<Setting> settings_of(const CellIndices& cells) {
        const WorkClock::AtWork working(worker().clock);
        std::vector<Setting> settings;
        settings.reserve(cells.size());
        for (const std::uint64_t cell : cells)
            settings.push_back(bind_setting(plan_.coordinates_of(cell)));
        return settings;
    }

    void compute(const Scene& scene, const CellIndices& cells) {
        const std::function<bool()> given_up = [this] { return is_given_up(); };
        std::optional<std::vector<Finding>> findings;
        const Distinct distinct = distinct_of(cells);
        const Flights::Flight flight(desk_.flights, distinct.cells);
        try {
            findings = recall_in_pieces(scene, settings_of(distinct.cells),
                                        {workers_, given_up, errand_.timeout_s});
        } catch (const std::bad_alloc&) { // no fault of the settings
            throw;
        } catch (const std::exception& error) {
            findings.emplace(distinct.cells.size(),
                             Finding{outcome_of_failure(Status::failed, error.what())});
        }
        if (!findings) return;
        const WorkClock::AtWork working(worker().clock);
        std::vector<Record> records;
        records.reserve(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t place = distinct.place[i];
            Finding& finding = (*findings)[place];
            const double share_s = finding.elapsed_s / static_cast<double>(distinct.counts[place]);
            records.push_back(
                {plan_.point_key(cells[i]), cells[i],
                 distinct.counts[place] == 1 ? std::move(finding.outcome) : finding.outcome,
                 share_s});
        }
        keep(records);
    }

    /// The cells that are computed for all.
    struct Distinct {
        CellIndices cells;
        std::vector<std::size_t> place;  ///< [cell] of the one that is computed for it
        std::vector<std::size_t> counts; ///< [computed one] cells that it is computed for
    };

    Distinct distinct_of(const CellIndices& cells) const {
        Distinct distinct;
        if (!equal_points_.any()) {
            distinct = {cells, CellIndices(cells.size()),
                        std::vector<std::size_t>(cells.size(), 1)};
            std::iota(distinct.place.begin(), distinct.place.end(), std::size_t{0});
            return distinct;
        }
        std::unordered_map<std::uint64_t, std::size_t> place_of; // by first equal
        for (const std::uint64_t cell : cells) {
            const auto [known, is_new] =
                place_of.try_emplace(equal_points_.first_equal(cell), distinct.cells.size());
            if (is_new) {
                distinct.cells.push_back(cell);
                distinct.counts.push_back(0);
            }
            distinct.place.push_back(known->second);
            ++distinct.counts[known->second];
        }
        return distinct;
    }

    void record_failure(std::uint64_t cell, Status status, const std::string& message) {
        const Record record{plan_.point_key(cell), cell, outcome_of_failure(status, message), 0.0};
        keep({&record, 1});
    }

    void keep(std::span<const Record> records) {
        const std::lock_guard lock(mutex_);
        desk_.journal.append(records);
        const std::uint64_t failed_before = summary_.failures.failures();
        for (const Record& record : records) {
            const Status status = record.outcome.status;
            if (!is_failure(status)) continue;
            ++summary_.failures[status];
            if (summary_.first_failures.size() < RunSummary::most_shown)
                summary_.first_failures.push_back(
                    fmt::format("{}: {}", plan_.point_text(record.cell), record.outcome.message));
        }
        const std::uint64_t failed = summary_.failures.failures();
        too_many_failures_ = failed >= errand_.most_failures;
        summary_.computed += records.size();
        desk_.progress.advance(records.size(), failed - failed_before);
    }

    void sum_up(WorkClock::Clock::time_point start, WorkClock::Clock::time_point end) {
        summary_.stopped = desk_.stop;
        summary_.too_many_failures = too_many_failures_;
        summary_.elapsed_s = std::chrono::duration<double>(end - start).count();
        double busy_s = 0.0;
        for (const Worker& worker : workers_) {
            busy_s += worker.clock.busy_s();
            summary_.tail_s += worker.clock.idle_at_end_s(start, end);
        }
        summary_.busy_share = busy_s / (static_cast<double>(workers_.size()) * summary_.elapsed_s);
    }

    const Errand& errand_;
    const Plan& plan_;
    const Desk& desk_;
    EqualPoints equal_points_;
    std::vector<Worker> workers_; ///< [thread]
    CellSet settled_;
    std::mutex mutex_; ///< guards the desk, summary_ and error_
    RunSummary summary_;
    std::exception_ptr error_;
    std::atomic<bool> broken_{false};
    std::atomic<bool> too_many_failures_{false};
    std::atomic<std::size_t> waiting_{0}; ///< batches handed out that nobody has begun
};

} // namespace

RunSummary run_missing(const Errand& errand, const Desk& desk, int threads) {
    return Runner(errand, desk, threads).run();
}

} // namespace basin

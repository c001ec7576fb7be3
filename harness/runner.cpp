#include "harness/runner.hpp"

#include "harness/cell_set.hpp"
#include "harness/pieces.hpp"
#include "results/needed_replicates.hpp"
#include "sweeps/binding.hpp"
#include "sweeps/footprint.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace basin {

namespace {

using Cells = std::vector<std::uint64_t>;

class Runner {
public:
    Runner(const Errand& errand, const Desk& desk, int threads)
        : errand_(errand), plan_(errand.plan), desk_(desk),
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
            const Cells cells = gather(job, position, scene);
            if (cells.empty()) return;
            const bool is_last = cells.size() < batch_size(scene_size(*scene));
            if (is_last || waiting_ >= workers_.size())
                compute(*scene, cells);
            else
                hand_out(scene, cells);
        }
    }

    /// Leaves a batch to the first thread that has nothing else to do. Nobody waits for it but the
    /// end of the loop: a thread that waits for a batch could not take its pieces.
    void hand_out(const std::shared_ptr<const Scene>& scene, const Cells& cells) {
        ++waiting_;
#pragma omp task default(none) firstprivate(scene, cells)
        {
            --waiting_;
            guarded([&] { compute(*scene, cells); });
        }
    }

    /// The next batch of the job's missing cells, from `position` on; empty if there are none left.
    /// Makes the scene when it is first needed; if that fails, the cells are recorded as failed.
    Cells gather(std::uint64_t job, std::uint64_t& position, std::shared_ptr<const Scene>& scene) {
        const WorkClock::AtWork working(worker().clock);
        Cells cells;
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
            return cells.size() < batch_size(scene_size(*scene)) && !is_given_up();
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
                make_scene(spec, bank_for(errand_.banks, coordinates),
                           embeddings_for(errand_.banks, coordinates)));
            return "";
        } catch (const std::exception& error) {
            return error.what();
        }
    }

    std::vector<Setting> settings_of(const Cells& cells) {
        const WorkClock::AtWork working(worker().clock);
        std::vector<Setting> settings;
        settings.reserve(cells.size());
        for (const std::uint64_t cell : cells)
            settings.push_back(bind_setting(plan_.coordinates_of(cell)));
        return settings;
    }

    void compute(const Scene& scene, const Cells& cells) {
        const std::function<bool()> given_up = [this] { return is_given_up(); };
        std::optional<std::vector<Finding>> findings;
        const Flights::Flight flight(desk_.flights, cells);
        try {
            findings = recall_in_pieces(scene, settings_of(cells),
                                        {workers_, given_up, errand_.timeout_s});
        } catch (const std::exception& error) {
            findings.emplace(cells.size(),
                             Finding{outcome_of_failure(Status::failed, error.what())});
        }
        if (!findings) return;
        const WorkClock::AtWork working(worker().clock);
        std::vector<Record> records;
        records.reserve(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            Finding& finding = (*findings)[i];
            records.push_back({plan_.point_key(cells[i]), cells[i], std::move(finding.outcome),
                               finding.elapsed_s});
        }
        keep(records);
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

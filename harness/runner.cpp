#include "harness/runner.hpp"

#include "harness/cell_set.hpp"
#include "models/metrics.hpp"
#include "models/recall.hpp"
#include "sweeps/binding.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>

namespace basin {

namespace {

/// Points that go through recall() and into the journal together: large enough to share a scene's
/// work, small enough that an interruption costs little.
constexpr std::size_t batch_size = 256;

/// With fewer scenes than this per thread, a scene's settings are dealt to several threads.
constexpr std::uint64_t parts_per_thread = 8;

/// Part `part` of `parts` of a job: every parts-th run of `run` neighbouring points. Neighbours
/// share most of their work.
struct Task {
    std::uint64_t job;
    std::uint64_t part;
    std::uint64_t parts;
    std::uint64_t run;
};

class Runner {
public:
    Runner(const Plan& plan, const Applicability& applicability, const Inventory& inventory,
           const Banks& banks, Journal& journal, Progress& progress, const std::atomic<bool>& stop)
        : plan_(plan), applicability_(applicability), banks_(banks), journal_(journal),
          progress_(progress), stop_(stop), settled_(plan.cell_count()) {
        for (const RecordPlace& place : inventory.places)
            settled_.claim(place.cell);
    }

    RunSummary run(int threads) {
        const std::uint64_t jobs = plan_.job_count();
        const std::uint64_t wanted = parts_per_thread * static_cast<std::uint64_t>(threads);
        const std::uint64_t parts =
            jobs >= wanted ? 1 : (wanted + jobs - 1) / std::max<std::uint64_t>(jobs, 1);
        const std::uint64_t tasks = jobs * parts;
        const std::uint64_t run = std::clamp<std::uint64_t>(
            plan_.point_bound() / std::max<std::uint64_t>(tasks, 1), 1, batch_size);
        std::vector<TableCache> caches(static_cast<std::size_t>(threads));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(tasks, parts, run, caches)
        for (std::uint64_t task = 0; task < tasks; ++task) {
            if (given_up()) continue;
            try {
                run_task({task / parts, task % parts, parts, run},
                         caches[static_cast<std::size_t>(omp_get_thread_num())]);
            } catch (...) {
                const std::lock_guard lock(mutex_);
                if (!error_) error_ = std::current_exception();
                broken_ = true;
            }
        }
        if (error_) std::rethrow_exception(error_);
        journal_.sync();
        summary_.stopped = stop_;
        return summary_;
    }

private:
    bool given_up() const {
        return stop_ || broken_;
    }

    void run_task(const Task& task, TableCache& cache) {
        std::optional<Scene> scene;
        std::vector<std::uint64_t> cells;
        std::uint64_t ordinal = 0;
        const auto flush = [&] {
            if (cells.empty() || given_up()) return;
            if (!scene) scene = scene_of(task.job, cells);
            if (scene) compute(*scene, cells, cache);
            cells.clear();
        };
        plan_.visit_points(task.job, 0, [&](std::uint64_t cell) {
            if (ordinal++ / task.run % task.parts != task.part) return true;
            if (!applicability_.applicable(cell) || !settled_.claim(cell)) return true;
            cells.push_back(cell);
            if (cells.size() == batch_size) flush();
            return !given_up();
        });
        flush();
    }

    /// The job's scene; if it cannot be made, the cells are recorded as failed and nothing
    /// returned.
    std::optional<Scene> scene_of(std::uint64_t job, const std::vector<std::uint64_t>& cells) {
        const Coordinates coordinates = plan_.scene_of(job);
        try {
            const SceneSpec spec =
                bind_scene(coordinates, plan_.config().seed, plan_.replicate_of_job(job));
            return make_scene(spec, bank_for(banks_, coordinates));
        } catch (const std::exception& error) {
            record_failures(cells, error.what());
            return std::nullopt;
        }
    }

    void compute(const Scene& scene, const std::vector<std::uint64_t>& cells, TableCache& cache) {
        std::vector<Setting> settings;
        settings.reserve(cells.size());
        for (const std::uint64_t cell : cells)
            settings.push_back(bind_setting(plan_.coordinates_of(cell)));
        const auto start = std::chrono::steady_clock::now();
        std::vector<Outcome> outcomes;
        try {
            outcomes = recall(scene, settings, cache);
        } catch (const std::exception& error) {
            record_failures(cells, error.what());
            return;
        }
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        std::vector<Record> records;
        records.reserve(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            records.push_back({plan_.point_key(cells[i]), cells[i], std::move(outcomes[i]),
                               elapsed.count() / static_cast<double>(cells.size())});
        keep(records);
    }

    void record_failures(const std::vector<std::uint64_t>& cells, const std::string& message) {
        std::vector<Record> records;
        for (const std::uint64_t cell : cells) {
            Outcome outcome;
            outcome.status = Status::failed;
            outcome.values.assign(metrics().size(), std::numeric_limits<double>::quiet_NaN());
            outcome.message = message;
            records.push_back({plan_.point_key(cell), cell, std::move(outcome), 0.0});
        }
        keep(records);
    }

    void keep(const std::vector<Record>& records) {
        const std::lock_guard lock(mutex_);
        journal_.append(records);
        std::uint64_t failed = 0;
        for (const Record& record : records) {
            if (record.outcome.status != Status::failed) continue;
            ++failed;
            if (summary_.first_failures.size() < 3)
                summary_.first_failures.push_back(
                    fmt::format("{}: {}", plan_.point_text(record.cell), record.outcome.message));
        }
        summary_.computed += records.size();
        summary_.failed += failed;
        progress_.advance(records.size(), failed);
    }

    const Plan& plan_;
    const Applicability& applicability_;
    const Banks& banks_;
    Journal& journal_;
    Progress& progress_;
    const std::atomic<bool>& stop_;
    CellSet settled_;
    std::mutex mutex_; ///< guards journal_, progress_, summary_ and error_
    RunSummary summary_;
    std::exception_ptr error_;
    std::atomic<bool> broken_{false};
};

} // namespace

Coverage coverage(const Plan& plan, const Applicability& applicability,
                  const Inventory& inventory) {
    Coverage coverage;
    CellSet seen(plan.cell_count());
    for (std::uint64_t job = 0; job < plan.job_count(); ++job)
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            if (!seen.claim(cell)) return true;
            ++coverage.planned;
            coverage.not_applicable += !applicability.applicable(cell);
            return true;
        });
    for (const RecordPlace& place : inventory.places)
        ++(place.status == Status::done ? coverage.done : coverage.failed);
    return coverage;
}

RunSummary run_missing(const Plan& plan, const Applicability& applicability,
                       const Inventory& inventory, const Banks& banks, Journal& journal,
                       int threads, Progress& progress, const std::atomic<bool>& stop) {
    return Runner(plan, applicability, inventory, banks, journal, progress, stop).run(threads);
}

} // namespace basin

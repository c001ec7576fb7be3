#include "harness/run/run_estimate.hpp"

#include "results/store/record_reader.hpp"
#include "sweeps/config/source_check.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/estimate/cost_classes.hpp"
#include "sweeps/estimate/memory_estimate.hpp"
#include "sweeps/plan/equal_points.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <unordered_set>

namespace basin {

namespace {

/// The program and its libraries; and with the blocks in which results.h5 is written.
constexpr std::size_t program_bytes = std::size_t{12} << 20U;
constexpr std::size_t writing_bytes = std::size_t{48} << 20U;

/// Start and file: seconds of a run, and of each point.
constexpr double run_s = 0.03;
constexpr double write_s = 7e-6;

/// Records that are read to fit paces to.
constexpr std::uint64_t most_looked_at = 2000;

/// A job's missing points, by cost class.
struct JobCount {
    std::uint64_t job = 0;
    std::uint64_t points = 0;
    std::array<std::uint64_t, CostClass::count> classes{};
};

class Forecaster {
public:
    Forecaster(const Plan& plan, const CostModel& costs)
        : plan_(plan), costs_(costs), classes_(plan), equal_(plan) {}

    void add(std::uint64_t job, std::uint64_t cell) {
        if (job != count_.job) finish_job();
        count_.job = job;
        const CostClass which = classes_.of(cell);
        // Measured paces are those of points that share what they took, as points to come will.
        if (!costs_.measured(which) && !is_first(cell)) return;
        ++count_.points;
        ++count_.classes[which.index];
    }

    Forecast result() {
        finish_job();
        JobOrder& order = forecast_.order;
        if (jobs_.size() <= JobOrder::most_sorted) {
            std::ranges::stable_sort(jobs_, std::greater{}, &Timed::seconds);
            for (const Timed& job : jobs_)
                order.longest_first.push_back(job.job);
            order.count = jobs_.size();
        } else {
            order.count = plan_.job_count();
        }
        forecast_.source = !measured_  ? CostSource::defaults
                           : !assumed_ ? CostSource::store
                                       : CostSource::both;
        return std::move(forecast_);
    }

private:
    struct Timed {
        std::uint64_t job;
        double seconds;
    };

    /// Whether no point of the job that was added has the same outcome.
    bool is_first(std::uint64_t cell) {
        return !equal_.any() || firsts_.insert(equal_.first_equal(cell)).second;
    }

    void finish_job() {
        firsts_.clear();
        if (count_.points == 0) return;
        // Replicates of a scene are alike.
        const std::uint64_t first_replicate = count_.job - plan_.replicate_of_job(count_.job);
        if (first_replicate != sized_) {
            sized_ = first_replicate;
            size_ = size_of(plan_.scene_of(count_.job), plan_.config().files.known);
        }
        SceneSize size = size_;
        double seconds = CostModel::scene_seconds(size);
        for (std::size_t c = 0; c < CostClass::count; ++c) {
            if (count_.classes[c] == 0) continue;
            (costs_.measured({c}) ? measured_ : assumed_) = true;
            if (c >= CostClass::first_continuous) size.is_real = true;
            seconds += static_cast<double>(count_.classes[c]) * costs_.seconds({c}, size);
        }
        forecast_.work_s += seconds;
        const std::uint64_t most = batch_size(size);
        Memory& memory = forecast_.memory;
        memory.scene = std::max(memory.scene, scene_bytes(size));
        memory.batch = std::max(memory.batch, batch_bytes(size, std::min(count_.points, most)));
        memory.thread = std::max(memory.thread, walk_bytes(size));
        ++memory.scenes;
        memory.batches += (count_.points + most - 1) / most;
        // One more than are sorted tells that there are too many.
        if (jobs_.size() <= JobOrder::most_sorted) jobs_.push_back({count_.job, seconds});
        count_ = {};
    }

    const Plan& plan_;
    const CostModel& costs_;
    CostClasses classes_;
    EqualPoints equal_;
    std::unordered_set<std::uint64_t> firsts_; ///< of the job's points
    JobCount count_;
    std::optional<std::uint64_t> sized_; ///< first replicate of the scene that has size_
    SceneSize size_;
    std::vector<Timed> jobs_;
    bool measured_ = false; ///< some pace is from the store
    bool assumed_ = false;  ///< some pace is a default
    Forecast forecast_;
};

/// Of the files while they are in memory.
std::size_t bank_bytes(const Config& config) {
    std::size_t bytes = 0;
    for (const BankRequest& request : named_files(config))
        if (const auto found = config.files.known.find(request); found != config.files.known.end())
            bytes += bytes_of(found->second);
    return bytes;
}

/// What is known of the file; nothing without one.
const FileFacts* facts_of(const FileTable& files, const BankRequest& request) {
    const auto found = files.find(request);
    return found == files.end() ? nullptr : &found->second;
}

/// Cues of a file that a scene is asked, as many as are to be expected where it stores some of
/// their targets alone; `size` has those that it is asked at most, or 0.
std::uint32_t expected_cues(const FileFacts& file, const FileFacts* targets,
                            const FileFacts* patterns, const SceneSize& size) {
    auto cues = static_cast<double>(file.count);
    if (targets != nullptr && patterns != nullptr)
        cues *= std::min(1.0, size.pattern_count / static_cast<double>(patterns->count));
    const auto count = static_cast<std::uint32_t>(std::ceil(cues));
    return size.probe_count == 0 ? count : std::min(count, size.probe_count);
}

} // namespace

SceneSize size_of(const Coordinates& coordinates, const FileTable& files) {
    const FileFacts* patterns = facts_of(files, bind_bank(coordinates));
    const FileFacts* cues = facts_of(files, bind_cues(coordinates));
    SceneSize size = scene_size(
        coordinates,
        patterns ? dimension_of(*patterns, bind_scene(coordinates, 0, 0).patterns.channels) : 0);
    const auto is_rounded = [](const FileFacts* file) { return file && file->is_rounded; };
    size.is_rounded = is_rounded(patterns) || is_rounded(cues);
    if (const FileFacts* embeddings = facts_of(files, bind_embeddings(coordinates)))
        size.embedding_width = embeddings->units;
    if (cues != nullptr)
        size.probe_count =
            expected_cues(*cues, facts_of(files, bind_targets(coordinates)), patterns, size);
    return size;
}

Memory memory_for(const Plan& plan, const SceneSize& size, std::uint64_t settings) {
    const std::size_t held = bank_bytes(plan.config()) + plan.cell_count() * sizeof(RecordPlace);
    const std::uint64_t most = batch_size(size);
    constexpr std::uint64_t many = 1U << 20U; // scenes: any number of threads has one
    return {.shared = program_bytes + held + plan.cell_count() / 8,
            .writing = writing_bytes + held,
            .scene = scene_bytes(size),
            .batch = batch_bytes(size, std::min(settings, most)),
            .thread = walk_bytes(size),
            .scenes = many,
            .batches = many * ((settings + most - 1) / most)};
}

CostModel measured_costs(const Plan& plan, const Inventory& inventory) {
    CostFit fit;
    RecordReader reader(inventory);
    const std::uint64_t there = inventory.places.size();
    const std::uint64_t looked_at = std::min(there, most_looked_at);
    for (std::uint64_t i = 0; i < looked_at; ++i) {
        const RecordPlace& place = inventory.places[i * there / looked_at];
        if (place.status != Status::done) continue;
        const Coordinates coordinates = plan.coordinates_of(place.cell);
        fit.add(cost_class(bind_setting(coordinates)),
                size_of(coordinates, plan.config().files.known), reader.read(place).elapsed_s);
    }
    return fit.model();
}

std::string_view name_of(CostSource source) {
    constexpr std::array<std::string_view, 3> names{"defaults", "store", "store and defaults"};
    return names[static_cast<std::size_t>(source)];
}

double Forecast::seconds(int threads) const {
    return run_s + write_s * static_cast<double>(coverage.planned) + work_s / threads;
}

std::size_t Memory::need(int threads) const {
    const auto workers = static_cast<std::size_t>(threads);
    // Scenes of several batches may have some that wait for a thread, one for each.
    const std::size_t most_scenes = batches > scenes ? 2 * workers : workers;
    return std::max(writing, shared + std::min<std::size_t>(most_scenes, scenes) * scene +
                                 std::min<std::size_t>(workers, batches) * batch +
                                 workers * thread);
}

Forecast forecast(const Plan& plan, const Applicability& applicability, const Inventory& inventory,
                  const Retry& retry) {
    const CostModel costs = measured_costs(plan, inventory);
    Forecaster forecaster(plan, costs);
    const Coverage covered =
        coverage(plan, applicability, inventory, retry,
                 [&](std::uint64_t job, std::uint64_t cell) { forecaster.add(job, cell); });
    Forecast forecast = forecaster.result();
    forecast.coverage = covered;
    Memory& memory = forecast.memory;
    memory.shared =
        program_bytes + inventory.places.size() * sizeof(RecordPlace) + bank_bytes(plan.config());
    memory.writing =
        memory.shared - program_bytes + writing_bytes + covered.missing() * sizeof(RecordPlace);
    memory.shared += plan.cell_count() / 8;
    return forecast;
}

} // namespace basin

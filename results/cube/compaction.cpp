#include "results/cube/compaction.hpp"

#include "models/base/stop_request.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "results/cube/cube_chunk_reader.hpp"
#include "results/cube/cube_file.hpp"
#include "results/cube/result_cube.hpp"
#include "results/files/key_stream.hpp"
#include "results/hdf5/checksum_trailer.hpp"
#include "results/replicates/combination_scenes.hpp"
#include "results/replicates/summary.hpp"
#include "sweeps/config/source_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <numeric>
#include <span>

namespace basin {

namespace {

/// Numbers of the variables of results.h5.
struct Variables {
    std::vector<std::size_t> metrics; ///< [metric]
    std::size_t flags = 0;
    std::size_t status = 0;
    std::size_t replicates_done = 0;
    std::vector<std::size_t> means; ///< [metric]
    std::vector<std::size_t> lows;
    std::vector<std::size_t> highs;
};

std::size_t add_flags(CubeFile& file) {
    Meanings<Flags> meanings{"flag_masks", {}, ""};
    std::vector<std::string_view> names;
    for (const Flag& flag : all_flags) {
        meanings.values.push_back(flag.mask);
        names.push_back(flag.name);
    }
    meanings.words = fmt::format("{}", fmt::join(names, " "));
    return file.add_codes(
        {"overflow_flags", "1", "what arithmetic did to the unit decisions", "", "status"},
        Over::cells, meanings);
}

std::size_t add_status(CubeFile& file) {
    Meanings<std::uint8_t> meanings{"flag_values", std::vector<std::uint8_t>(status_names.size()),
                                    fmt::format("{}", fmt::join(status_names, " "))};
    std::iota(meanings.values.begin(), meanings.values.end(), std::uint8_t{0});
    return file.add_codes({"status", "1", "state of the cell", "", ""}, Over::cells, meanings);
}

/// The variables in their order in the file: headline first.
Variables add_variables(CubeFile& file) {
    constexpr std::size_t headline = 3; // recall_error, exact_recall, metastable_count
    Variables variables;
    for (const Metric& metric : metrics()) {
        variables.metrics.push_back(
            file.add({std::string(metric.name), std::string(metric.unit), std::string(metric.help),
                      "", "status overflow_flags"},
                     Over::cells));
        if (variables.metrics.size() != headline) continue;
        variables.flags = add_flags(file);
        variables.status = add_status(file);
    }
    variables.replicates_done = file.add_integers<std::uint32_t>(
        {"replicates_done", "1", "replicates with status done", "replicate: sum", ""},
        Over::combinations);
    for (const Metric& metric : metrics()) {
        const std::string name(metric.name);
        const std::string unit(metric.unit);
        variables.means.push_back(file.add(
            {name + "_mean", unit, fmt::format("{}: mean of the replicates", metric.help),
             "replicate: mean", fmt::format("{0}_ci_low {0}_ci_high replicates_done", name)},
            Over::combinations));
        variables.lows.push_back(
            file.add({name + "_ci_low", unit,
                      fmt::format("{}: lower end of the mean's 95 % interval ({})", metric.help,
                                  interval_method),
                      "", ""},
                     Over::combinations));
        variables.highs.push_back(
            file.add({name + "_ci_high", unit,
                      fmt::format("{}: upper end of the mean's 95 % interval ({})", metric.help,
                                  interval_method),
                      "", ""},
                     Over::combinations));
    }
    return variables;
}

bool is_done(std::uint8_t status) {
    return status == static_cast<std::uint8_t>(Status::done);
}

/// Numbers of done replicates of the block's combinations.
std::vector<std::uint32_t> count_done(const Block& block, std::size_t replicates,
                                      const BlockValues& values) {
    std::vector<std::uint32_t> done(block.combinations);
    for (std::size_t i = 0; i < values.status.size(); ++i)
        if (is_done(values.status[i])) ++done[i / replicates];
    return done;
}

/// Mean and interval of one metric over the done replicates of each combination.
struct Summaries {
    std::vector<double> means;
    std::vector<double> lows;
    std::vector<double> highs;
};

/// `scenes`: of each combination.
void sum_up(const Metric& metric, const std::vector<double>& column,
            std::span<const std::uint8_t> status, std::span<const std::uint32_t> done,
            std::span<const SceneNumbers> scenes, Summaries& into) {
    const std::size_t replicates = column.size() / done.size();
    into.means.resize(done.size());
    into.lows.resize(done.size());
    into.highs.resize(done.size());
    std::vector<double> sample;
    for (std::size_t c = 0; c < done.size(); ++c) {
        const std::span<const double> all = std::span(column).subspan(c * replicates, replicates);
        const MetricBounds bounds = bounds_of(metric, scenes[c]);
        MeanInterval interval{};
        if (done[c] == replicates) {
            interval = mean_interval(all, bounds);
        } else {
            sample.clear();
            for (std::size_t r = 0; r < replicates; ++r)
                if (is_done(status[c * replicates + r])) sample.push_back(all[r]);
            interval = mean_interval(sample, bounds);
        }
        into.means[c] = interval.mean;
        into.lows[c] = interval.low;
        into.highs[c] = interval.high;
    }
}

/// Writes every metric and its summaries, which share chunks where there is one replicate.
void write_metrics(CubeFile& file, const Variables& variables, const Block& block,
                   std::size_t replicates, const BlockValues& values, CombinationScenes& known) {
    std::vector<SceneNumbers> scenes;
    for (std::uint64_t c = 0; c < block.combinations; ++c)
        scenes.push_back(known.of(block.first + c));
    const std::vector<std::uint32_t> done = count_done(block, replicates, values);
    file.write<std::uint32_t>(variables.replicates_done, block, done);
    Summaries summaries;
    for (std::size_t m = 0; m < values.metrics.size(); ++m) {
        file.write<double>(variables.metrics[m], block, values.metrics[m]);
        sum_up(metrics()[m], values.metrics[m], values.status, done, scenes, summaries);
        file.write<double>(variables.means[m], block, summaries.means);
        file.write<double>(variables.lows[m], block, summaries.lows);
        file.write<double>(variables.highs[m], block, summaries.highs);
    }
}

/// Which cells have a record, its status and whether it lacks metrics: what the file holds besides
/// what plan and build say, for a point has one result.
std::string records_digest(const Inventory& inventory) {
    KeyStream hash;
    for (const RecordPlace& place : inventory.places) {
        const std::array<std::uint64_t, 3> told{
            place.cell, static_cast<std::uint64_t>(place.status), place.lacking ? 1U : 0U};
        hash.add({reinterpret_cast<const std::uint8_t*>(told.data()), sizeof told});
    }
    return to_string(hash.key());
}

/// What was in the files that the plan reads. Where they were may differ from run to run.
std::string files_text(const Config& config) {
    FileTable read;
    for (const BankRequest& request : named_files(config))
        if (const auto found = config.files.known.find(request); found != config.files.known.end())
            read.insert(*found);
    return to_json_text(read, false);
}

std::vector<std::pair<std::string, std::string>>
provenance(const Plan& plan, const Inventory& inventory, const BuildFacts& build) {
    const Config& config = plan.config();
    std::vector<std::pair<std::string, std::string>> texts{
        {"config_given", config.text},
        {"config_resolved", plan.resolved_json()},
        {"overrides", fmt::format("{}", fmt::join(config.overrides, "\n"))},
        {"plan_digest", to_string(plan.digest())},
        {"records_digest", records_digest(inventory)},
        {"kernel_version", std::to_string(kernel_version)},
        {"sweep_name", config.name},
        {"seed", std::to_string(config.seed)},
        {"interval_method", interval_method},
        {"files", files_text(config)},
    };
    texts.insert(texts.end(), build.begin(), build.end());
    return texts;
}

void write_files(const Store& store, const Plan& plan, const Inventory& inventory,
                 const BuildFacts& build) {
    const CubeLayout layout = cube_layout(plan);
    BlockReader reader(plan, layout, inventory);
    CubeFile results(store.results_file(), layout, plan.config().name);
    CubeFile timing(store.timing_file(), layout, plan.config().name);
    const Variables variables = add_variables(results);
    const std::size_t elapsed =
        timing.add({"elapsed_s", "s", "share of the scene's computing time", "", ""}, Over::cells);

    CombinationScenes scenes(plan);
    BlockValues values;
    for (std::uint64_t index = 0; index < layout.block_count(); ++index) {
        heed_stop();
        const Block block = layout.block(index);
        reader.read(block, values);
        results.write<std::uint8_t>(variables.status, block, values.status);
        if (!values.recorded) continue;
        results.write<Flags>(variables.flags, block, values.flags);
        write_metrics(results, variables, block, layout.replicates, values, scenes);
        timing.write<double>(elapsed, block, values.elapsed_s);
    }
    results.add_provenance(provenance(plan, inventory, build));
    timing.publish();
    results.publish();
}

} // namespace

void compact(const Store& store, const Plan& plan, const Inventory& inventory,
             const BuildFacts& build) {
    try {
        write_files(store, plan, inventory, build);
    } catch (const Hdf5Error& error) {
        throw StoreError(StoreError::Kind::io,
                         fmt::format("cannot write results.h5 and timing.h5 in {}: {}; the files "
                                     "that were there and all that was computed are kept: mend "
                                     "this (on a full disk, free some space) and give the same "
                                     "command again",
                                     store.folder().string(), error.what()));
    }
}

bool is_compacted(const Store& store, const Plan& plan, const Inventory& inventory,
                  const BuildFacts& build) {
    if (!is_sealed(store.timing_file()) || !is_sealed(store.results_file())) return false;
    const auto expected = provenance(plan, inventory, build);
    return provenance_of(store.results_file()) ==
           std::map<std::string, std::string>(expected.begin(), expected.end());
}

} // namespace basin

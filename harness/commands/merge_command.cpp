#include "analysis/cells/shell.hpp"
#include "harness/commands/command.hpp"
#include "harness/commands/point_text.hpp"
#include "harness/process/provenance.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/point_counts.hpp"
#include "results/cube/compaction.hpp"
#include "results/files/file.hpp"
#include "results/store/merge.hpp"
#include "sweeps/parameters/counted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <vector>

namespace basin {

namespace po = boost::program_options;

namespace {

using Folder = std::filesystem::path;

/// Of other points, so many are printed; --json has all.
constexpr std::size_t most_shown = 20;

std::string identity_text(const StoreIdentity& identity) {
    return fmt::format("sweep '{}' (seed {}, kernel version {})", identity.sweep_name,
                       identity.seed, identity.kernel_version);
}

/// Throws StoreError(foreign) unless both are stores of one sweep.
void check_same_sweep(const Folder& first, const Folder& other) {
    const std::string ours = identity_text(read_identity(first));
    const std::string theirs = identity_text(read_identity(other));
    if (ours != theirs)
        throw StoreError(StoreError::Kind::foreign,
                         fmt::format("{} is of {}, {} of {}: only stores of one sweep, seed and "
                                     "kernel version can be merged; `basin diff` compares others",
                                     first.string(), ours, other.string(), theirs));
}

/// The files that were read for the stores. Throws StoreError(foreign) if two of them read another
/// content from a file of one name.
FileTable common_files(const std::vector<Folder>& stores) {
    FileTable files;
    for (const Folder& folder : stores) {
        FileTable theirs = files_of_store(folder);
        for (auto& [request, facts] : theirs) {
            facts.place.clear(); // the same place on two machines is not the same file
            if (const std::string conflict = content_conflict(files, request, facts);
                !conflict.empty())
                throw StoreError(StoreError::Kind::foreign,
                                 fmt::format("{} was computed from another {} than the stores "
                                             "before it ({}): results of both are not mixed, and "
                                             "nothing was merged; `basin diff` compares them",
                                             folder.string(), request.path, conflict));
        }
        files.merge(theirs);
    }
    return files;
}

bool is_store(const Folder& folder) {
    require_regular(folder / "store.json");
    return std::filesystem::exists(folder / "store.json");
}

/// Throws UsageError for a folder that is there and is no store: journals must not be strewn into
/// it. One that a merge has begun holds nothing but their folder.
void check_target(const Folder& out) {
    if (is_store(out) || !std::filesystem::exists(out)) return;
    const auto is_begun = [](const auto& entry) {
        const std::string name = entry.path().filename().string();
        return name == "journals" || name.starts_with("store.json.part-");
    };
    if (std::filesystem::is_directory(out) &&
        std::all_of(std::filesystem::directory_iterator(out), std::filesystem::directory_iterator(),
                    is_begun))
        return;
    throw UsageError(fmt::format("{} is there and is no store; give a store, or a new folder, as "
                                 "the first argument",
                                 out.string()));
}

/// A point of a merged store that the union's config does not ask for.
struct OtherPoint {
    Folder store;
    std::string key;
    std::string text;
};

std::vector<OtherPoint> other_points(const Plan& plan, const Inventory& inventory,
                                     const std::vector<Folder>& stores) {
    std::vector<Key> asked_for;
    for (const RecordPlace& place : inventory.places)
        asked_for.push_back(plan.point_key(place.cell));
    std::ranges::sort(asked_for);
    std::vector<OtherPoint> others;
    for (const Folder& folder : stores) {
        const Plan theirs = plan_of_store(folder);
        for (const RecordPlace& place : Store::existing(folder, theirs).inventory(theirs).places)
            if (const Key key = theirs.point_key(place.cell);
                !std::ranges::binary_search(asked_for, key))
                others.push_back({folder, to_string(key), varying_text(theirs, place.cell)});
    }
    return others;
}

Exit merge(const OptionValues& values) {
    const auto arguments = values.count("stores") ? values["stores"].as<std::vector<std::string>>()
                                                  : std::vector<std::string>{};
    if (arguments.size() < 2)
        throw UsageError("merge needs a folder OUT for the union and at least one store IN");
    const Folder out = arguments[0];
    const std::vector<Folder> in(arguments.begin() + 1, arguments.end());

    // All that can be wrong is found before the first byte is written.
    check_target(out);
    const Folder& first = is_store(out) ? out : in[0];
    for (const Folder& folder : in)
        check_same_sweep(first, folder);
    std::vector<Folder> all = in;
    if (is_store(out)) all.insert(all.begin(), out);
    const Plan plan = plan_of_store(first, common_files(all));
    for (const Folder& folder : in)
        Store::existing(folder, plan).inventory(plan); // refuses journals of other programs
    if (is_store(out)) Store::existing(out, plan).inventory(plan);
    const MergePlan merging = plan_merge(out, in);

    const Store store = Store::open(out, plan);
    copy_journals(merging, out);
    const std::size_t sessions = merge_sessions(store, in);
    const Inventory inventory = store.inventory(plan);
    compact(store, plan, inventory, build_facts());

    const Coverage covered = coverage(plan, Applicability(plan), inventory);
    const std::vector<OtherPoint> others = other_points(plan, inventory, in);
    if (values["json"].as<bool>()) {
        nlohmann::json text = {{"copied", merging.copies.size()},
                               {"present", merging.present},
                               {"sessions", sessions},
                               {"planned", covered.planned},
                               {"done", covered.done()},
                               {"failed", covered.failed()},
                               {"missing", covered.missing()},
                               {"damaged_bytes", inventory.damaged_bytes},
                               {"other_points", nlohmann::json::array()},
                               {"results", store.results_file().string()}};
        for (const OtherPoint& other : others)
            text["other_points"].push_back(
                {{"store", other.store.string()}, {"key", other.key}, {"point", other.text}});
        std::cout << text.dump(2) << "\n";
        return Exit::done;
    }
    fmt::print("{} copied, {} found in the store\n", counted(merging.copies.size(), "journal"),
               merging.present);
    fmt::print("{} of {} done, {} failed, {} missing\n", covered.done(),
               counted(covered.planned, "planned point"), covered.failed(), covered.missing());
    if (inventory.damaged_bytes > 0)
        fmt::print("damaged  {} bytes of the journals; `basin verify {}` tells where\n",
                   inventory.damaged_bytes, shell_quoted(shell_path(out.string())));
    if (!others.empty())
        fmt::print("other points: {} that the config of {} does not ask for are kept in the "
                   "journals:\n",
                   others.size(), first.string());
    for (std::size_t i = 0; i < std::min(most_shown, others.size()); ++i)
        fmt::print("  {}  {}  ({})\n", others[i].key, others[i].text, others[i].store.string());
    if (others.size() > most_shown)
        fmt::print("  … and {} more; --json has all\n", others.size() - most_shown);
    fmt::print("results  {}\n", store.results_file().string());
    return Exit::done;
}

} // namespace

Verb merge_verb() {
    po::options_description options("options");
    add_json_option(options);
    return {"merge", "OUT IN...",   "unite stores of one sweep in the folder OUT",
            options, {"stores..."}, merge};
}

} // namespace basin

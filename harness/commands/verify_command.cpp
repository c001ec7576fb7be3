#include "harness/commands/command.hpp"
#include "harness/commands/option_values.hpp"
#include "harness/commands/point_text.hpp"
#include "harness/process/threads.hpp"
#include "harness/recompute/replay.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/point_counts.hpp"
#include "results/cube/cube_comparison.hpp"
#include "results/files/file.hpp"
#include "results/journal/journal_files.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <limits>
#include <optional>

namespace basin {

namespace po = boost::program_options;

namespace {

using nlohmann::json;

/// Of points and differences, so many are printed; --json has all.
constexpr std::size_t most_lines = 200;

/// Bytes of a journal that hold no record.
struct Damage {
    std::filesystem::path journal;
    ByteRange range;
    bool torn_tail = false; ///< up to the end of the file: its process was killed while it wrote
};

struct Journals {
    std::size_t files = 0;
    std::uint64_t records = 0;
    std::vector<Damage> damage;
    std::vector<std::string> unreadable; ///< why, for journals that cannot be read at all
};

/// results.h5 beside the journals.
struct Results {
    std::string problem; ///< why it is not compared; "" if it is
    bool damaged = false;
    std::optional<Plan> older_plan; ///< the plan it was written for, if that is not the store's
    Inventory older_inventory;      ///< of that plan
    CubeComparison comparison;
};

struct Findings {
    Journals journals;
    Coverage coverage;
    Results results;
    std::optional<Replay> replay;

    bool differs() const {
        return !results.comparison.differences.empty() || (replay && replay->differing > 0);
    }

    /// Something that was there is gone. A torn tail held nothing that a run had counted on; other
    /// damage is of the past once every point is there again.
    bool damaged() const {
        const bool holes =
            std::ranges::any_of(journals.damage, [](const Damage& d) { return !d.torn_tail; });
        return !journals.unreadable.empty() || results.damaged ||
               !results.comparison.lost.empty() || (holes && coverage.missing() > 0);
    }

    Exit exit() const {
        if (differs()) return Exit::difference;
        return damaged() ? Exit::damaged : Exit::done;
    }
};

Journals read_journals(const std::filesystem::path& folder) {
    const std::vector<std::filesystem::path> files = journal_files(folder);
    Journals journals;
    journals.files = files.size();
    for (const std::filesystem::path& file : files) {
        try {
            require_regular(file); // others have no size
            const std::uint64_t size = std::filesystem::file_size(file);
            const JournalScan scan = visit_records(file, [](const RecordView&, std::uint64_t) {});
            journals.records += scan.records;
            for (const ByteRange& range : scan.damage)
                journals.damage.push_back({file, range, range.offset + range.length >= size});
        } catch (const StoreError& error) {
            if (error.kind != StoreError::Kind::damaged) throw;
            journals.unreadable.emplace_back(error.what());
        }
    }
    return journals;
}

std::string text_in(const Hypercube& cube, const std::string& name) {
    const auto found = cube.provenance().find(name);
    return found == cube.provenance().end() ? "" : found->second;
}

/// Compares results.h5 with the journals, by the plan that it was written for: a sweep that was
/// widened since and stopped before its end still has the older file.
Results compare_results(const Store& store, const Plan& plan, const Inventory& inventory) {
    Results results;
    if (!std::filesystem::exists(store.results_file())) {
        results.problem = "there is none; the run command writes it";
        return results;
    }
    try {
        const Hypercube cube(store.results_file());
        if (text_in(cube, "config_resolved") == plan.resolved_json()) {
            results.comparison = compare_with_journals(cube, plan, inventory);
            return results;
        }
        results.older_plan.emplace(plan_of_results(cube.provenance()));
        results.older_inventory = store.inventory(*results.older_plan);
        results.comparison =
            compare_with_journals(cube, *results.older_plan, results.older_inventory);
    } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::damaged) throw;
        results.damaged = true;
        results.problem = error.what();
    } catch (const ConfigError&) {
        results.problem = "it is of another config, which is no longer understood; the next run "
                          "replaces it";
    }
    return results;
}

/// A difference with the point it is of.
json difference_json(const Plan& plan, const Inventory& inventory, const ValueDifference& found) {
    json point = point_json(plan, found.place.cell);
    point["variable"] = found.variable;
    point["journal_value"] = found.journal; // NaN becomes null
    point["other_value"] = found.other;
    point["journal"] = inventory.journals[found.place.journal].string();
    point["offset"] = found.place.offset;
    return point;
}

json differences_json(const Plan& plan, const Inventory& inventory,
                      const std::vector<ValueDifference>& differences) {
    json list = json::array();
    for (const ValueDifference& found : differences)
        list.push_back(difference_json(plan, inventory, found));
    return list;
}

json to_json(const Findings& findings, const Plan& plan, const Inventory& inventory) {
    const Results& results = findings.results;
    const Plan& cube_plan = results.older_plan ? *results.older_plan : plan;
    const Inventory& cube_inventory = results.older_plan ? results.older_inventory : inventory;
    json text = {{"exit", static_cast<int>(findings.exit())},
                 {"journals", findings.journals.files},
                 {"records", findings.journals.records},
                 {"damage", json::array()},
                 {"unreadable", findings.journals.unreadable},
                 {"missing", findings.coverage.missing()},
                 {"results",
                  {{"problem", results.problem},
                   {"compared", results.comparison.compared},
                   {"newer", results.comparison.newer},
                   {"differences",
                    differences_json(cube_plan, cube_inventory, results.comparison.differences)}}},
                 {"lost", json::array()}};
    for (const Damage& damage : findings.journals.damage)
        text["damage"].push_back({{"journal", damage.journal.string()},
                                  {"offset", damage.range.offset},
                                  {"length", damage.range.length},
                                  {"torn_tail", damage.torn_tail}});
    for (const std::uint64_t cell : results.comparison.lost)
        text["lost"].push_back(point_json(cube_plan, cell));
    if (findings.replay)
        text["replay"] = {
            {"points", findings.replay->points},
            {"equal", findings.replay->points - findings.replay->differing},
            {"differences", differences_json(plan, inventory, findings.replay->differences)}};
    return text;
}

void print_rest(std::size_t all) {
    if (all > most_lines) fmt::print("  … and {} more; --json has all\n", all - most_lines);
}

void print_differences(const Plan& plan, const Inventory& inventory, std::string_view other,
                       const std::vector<ValueDifference>& differences) {
    for (std::size_t i = 0; i < std::min(most_lines, differences.size()); ++i) {
        const ValueDifference& found = differences[i];
        fmt::print("  {}  {}\n    {}: {} in {} at byte {}, {} {}\n",
                   to_string(plan.point_key(found.place.cell)),
                   varying_text(plan, found.place.cell), found.variable, found.journal,
                   inventory.journals[found.place.journal].string(), found.place.offset,
                   found.other, other);
    }
    print_rest(differences.size());
}

void print_journals(const Journals& journals) {
    fmt::print("journals  {} read whole, {}\n", journals.files,
               counted(journals.records, "record"));
    for (const std::string& why : journals.unreadable)
        fmt::print("damage    {}\n", shown_plainly(why));
    for (const Damage& damage : journals.damage)
        fmt::print("damage    {}: bytes {} to {}{}\n", damage.journal.string(), damage.range.offset,
                   damage.range.offset + damage.range.length - 1,
                   damage.torn_tail ? ", its end: what was being written when its process ended"
                                    : "");
}

void print_results(const Results& results, const Plan& plan, const Inventory& inventory) {
    if (!results.problem.empty()) {
        fmt::print("results   not compared: {}\n", shown_plainly(results.problem));
        return;
    }
    const CubeComparison& comparison = results.comparison;
    fmt::print("results   {} in results.h5 compared with the journals; numbers that differ: {}\n",
               counted(comparison.compared, "point"), comparison.differences.size());
    print_differences(plan, inventory, "in results.h5", comparison.differences);
    if (!comparison.differences.empty())
        fmt::print("          remove results.h5 and give the run command again: it is made from "
                   "the journals\n");
    if (results.older_plan)
        fmt::print("          results.h5 is of an earlier config of this sweep; the run command "
                   "replaces it\n");
    if (comparison.newer > 0)
        fmt::print("          the journals hold {} newer than results.h5; the run command adds "
                   "what is new\n",
                   counted(comparison.newer, "point"));
    if (comparison.lost.empty()) return;
    fmt::print(
        "lost      {} that results.h5 has and no journal holds any more; the next `basin run` "
        "computes\n          what is lost again:\n",
        counted(comparison.lost.size(), "point"));
    for (std::size_t i = 0; i < std::min(most_lines, comparison.lost.size()); ++i)
        fmt::print("  {}  {}\n", to_string(plan.point_key(comparison.lost[i])),
                   varying_text(plan, comparison.lost[i]));
    print_rest(comparison.lost.size());
}

void print(const Findings& findings, const Plan& plan, const Inventory& inventory) {
    const Results& results = findings.results;
    print_journals(findings.journals);
    print_results(results, results.older_plan ? *results.older_plan : plan,
                  results.older_plan ? results.older_inventory : inventory);
    if (findings.journals.unreadable.empty())
        fmt::print("missing   {} of {} planned points\n", findings.coverage.missing(),
                   findings.coverage.planned);
    if (!findings.replay) return;
    const Replay& replay = *findings.replay;
    fmt::print("replay    {} of {} recomputed with equal bits\n", replay.points - replay.differing,
               counted(replay.points, "point"));
    print_differences(plan, inventory, "computed again", replay.differences);
    if (replay.differing > 0)
        fmt::print("          that journal comes from other code or a damaged machine: move it out "
                   "of the store and\n          give the run command again\n");
}

Exit verify(const OptionValues& values) {
    if (!values.count("store")) throw UsageError("verify needs a store folder DIR");
    const std::filesystem::path folder = values["store"].as<std::vector<std::string>>()[0];
    const auto wanted = values["replay"].as<std::int64_t>();
    if (wanted < 0 || wanted > std::numeric_limits<std::uint32_t>::max())
        throw UsageError(fmt::format("--replay {}: must be a number of points, 0 or more", wanted));
    const int threads = ready_threads(values["threads"].as<int>());
    const Plan plan = plan_of_store(folder);
    const Store store = Store::existing(folder, plan);

    Findings findings;
    findings.journals = read_journals(folder / "journals");
    Inventory inventory;
    if (findings.journals.unreadable.empty()) {
        inventory = store.inventory(plan);
        findings.coverage = coverage(plan, Applicability(plan), inventory);
        findings.results = compare_results(store, plan, inventory);
        if (wanted > 0)
            findings.replay =
                replay(plan, inventory, banks_of(plan), static_cast<std::uint32_t>(wanted),
                       whole_number(values, "seed", 0), threads);
    } else {
        findings.results.problem = "a journal cannot be read";
    }
    if (values["json"].as<bool>())
        std::cout << to_json(findings, plan, inventory).dump(2) << "\n";
    else
        print(findings, plan, inventory);
    return findings.exit();
}

} // namespace

Verb verify_verb() {
    po::options_description options("options");
    options.add_options()("replay", po::value<std::int64_t>()->default_value(0)->value_name("K"),
                          "compute K done points again, drawn at random, and compare them bit for "
                          "bit");
    options.add_options()("seed", po::value<std::string>()->default_value("1")->value_name("S"),
                          "of the draw");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "OpenMP threads; 0: as many as the process may use");
    add_json_option(options);
    return {"verify",
            "DIR [--replay K]",
            "check journals, results.h5 and, computed again, a sample of the points",
            options,
            {"store"},
            verify};
}

} // namespace basin

#include "harness/commands/command.hpp"
#include "harness/commands/separability_tables.hpp"
#include "harness/process/threads.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/plan_from_store.hpp"
#include "models/base/errors.hpp"
#include "results/files/file.hpp"
#include "results/files/output_file.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/parameters/plain_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <set>
#include <system_error>

namespace basin {

namespace po = boost::program_options;

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr const char* table_file = "separability.csv";
constexpr const char* histogram_file = "similarity_histogram.csv";

/// Goes on for so many seconds, or for ever.
Patience patience_for(const OptionValues& values) {
    if (!values.count("limit")) return {};
    const auto seconds = values["limit"].as<double>();
    if (!(seconds > 0.0) || seconds > 1e9)
        throw UsageError(fmt::format("--limit {}: must be seconds, more than 0", seconds));
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(seconds));
    return [end] { return Clock::now() < end; };
}

std::filesystem::path folder_for(const OptionValues& values, const std::string& store) {
    if (!values.count("out")) return store;
    std::filesystem::path folder = values["out"].as<std::string>();
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        errno = failed.value();
        throw_io("create folder", folder);
    }
    return folder;
}

std::vector<SurveyedScene> surveyed(const Plan& plan, int threads, const Patience& patience) {
    const Banks banks = banks_of(plan);
    std::map<std::pair<std::string, Key>, MemoryFacts> facts; // by files and the patterns' keys
    std::vector<SurveyedScene> scenes;
    for (PlannedScene& planned : planned_scenes(plan)) {
        SurveyedScene scene{std::move(planned), {}};
        const std::size_t count = scene.planned.likenesses.size();
        scene.survey.separabilities.resize(count);
        scene.survey.failures.resize(count);
        try {
            if (!patience || patience()) {
                const Scene made =
                    make_scene(scene.planned.spec, files_for(banks, scene.planned.coordinates));
                if (!made.unasked.empty()) throw InputError(made.unasked);
                const auto real = real_scene(made);
                scene.survey =
                    survey(*real, scene.planned.likenesses, threads,
                           facts[{scene.planned.files, scene.planned.spec.patterns.key}], patience);
            }
        } catch (const InputError& error) {
            scene.survey.failures.assign(count, error.what()); // it cannot be made
        }
        scenes.push_back(std::move(scene));
    }
    return scenes;
}

/// From the least to the largest of what is no NaN.
struct Range {
    double least = std::nan("");
    double largest = std::nan("");

    void add(double value) {
        if (std::isnan(value)) return;
        if (!(value >= least)) least = value;
        if (!(value <= largest)) largest = value;
    }
    std::string text() const {
        if (std::isnan(least)) return "none";
        const std::string low = fmt::format("{:.4g}", least);
        const std::string high = fmt::format("{:.4g}", largest);
        return low == high ? low : low + " to " + high;
    }
    json to_json() const {
        const auto number = [](double x) { return std::isfinite(x) ? json(x) : json(nullptr); };
        return {number(least), number(largest)};
    }
};

/// What all scenes together say.
struct Digest {
    struct OfSimilarity {
        std::size_t scenes = 0; ///< done
        Range memories;         ///< of the scenes' least gaps
        Range cues;
    };
    std::map<Likeness, OfSimilarity> similarities;
    Range extreme_share;
    std::size_t undecided = 0; ///< scenes with memories whose place in the hull is not known
    std::size_t failed = 0;    ///< scenes of which a similarity is not known for a reason
    std::size_t timed_out = 0; ///< scenes of which a similarity was not looked at
};

Digest digest_of(const std::vector<SurveyedScene>& scenes) {
    Digest digest;
    for (const SurveyedScene& scene : scenes) {
        bool is_late = false;
        bool has_failed = false;
        for (std::size_t i = 0; i < scene.planned.likenesses.size(); ++i) {
            Digest::OfSimilarity& all = digest.similarities[scene.planned.likenesses[i]];
            is_late = is_late || scene.status(i) == "timed_out";
            has_failed = has_failed || scene.status(i) == "failed";
            if (const auto& found = scene.survey.separabilities[i]) {
                ++all.scenes;
                all.memories.add(found->memory_gaps.least);
                all.cues.add(found->cue_gaps.least);
            }
        }
        digest.failed += has_failed;
        digest.timed_out += is_late;
        digest.undecided += scene.survey.hull.undecided > 0;
        if (scene.survey.hull.looked_at > 0)
            digest.extreme_share.add(scene.survey.hull.extreme_share());
    }
    return digest;
}

json to_json(const Digest& digest, std::size_t scenes, const std::filesystem::path& folder) {
    json told = {{"scenes", scenes},
                 {"failed", digest.failed},
                 {"timed_out", digest.timed_out},
                 {"hull_undecided", digest.undecided},
                 {"extreme_share", digest.extreme_share.to_json()},
                 {"similarities", json::array()},
                 {"files", {(folder / table_file).string(), (folder / histogram_file).string()}}};
    for (const auto& [likeness, all] : digest.similarities)
        told["similarities"].push_back({{"similarity", likeness.similarity.name()},
                                        {"similarity_delta", likeness.delta},
                                        {"scenes", all.scenes},
                                        {"delta_min", all.memories.to_json()},
                                        {"cue_delta_min", all.cues.to_json()}});
    return told;
}

void print(const Digest& digest, std::size_t scenes, const std::filesystem::path& folder) {
    fmt::print("scenes     {}{}{}\n", scenes,
               digest.failed > 0 ? fmt::format(", {} failed", digest.failed) : "",
               digest.timed_out > 0
                   ? fmt::format(", {} not looked at for want of time", digest.timed_out)
                   : "");
    fmt::print("extreme    share of memories outside of the hull of the others: {}{}\n",
               digest.extreme_share.text(),
               digest.undecided > 0
                   ? fmt::format("; undecided in {}", counted(digest.undecided, "scene"))
                   : "");
    std::map<std::string_view, std::size_t> deltas;
    for (const auto& [likeness, all] : digest.similarities)
        ++deltas[likeness.similarity.name()];
    for (const auto& [likeness, all] : digest.similarities) {
        std::string name(likeness.similarity.name());
        if (deltas[likeness.similarity.name()] > 1)
            name += fmt::format(" (δ = {})", likeness.delta);
        fmt::print("{:<33} Δ_min {}, of cues {}\n", name, all.memories.text(), all.cues.text());
    }
    fmt::print("written    {}\n", (folder / table_file).string());
    fmt::print("written    {}\n", (folder / histogram_file).string());
}

/// Each of a scene's once: one that cannot be made fails all its similarities.
void print_failures(const Plan& plan, const std::vector<SurveyedScene>& scenes) {
    for (const SurveyedScene& scene : scenes) {
        const std::vector<std::string>& failures = scene.survey.failures;
        for (const std::string& failure : std::set(failures.begin(), failures.end()))
            if (!failure.empty())
                std::cerr << fmt::format("basin: scene of point {}: {}\n",
                                         to_string(plan.point_key(scene.planned.cell)),
                                         shown_plainly(failure));
    }
}

Exit separability_of_store(const OptionValues& values) {
    if (!values.count("store")) throw UsageError("separability needs a store folder DIR");
    const std::string store = values["store"].as<std::vector<std::string>>()[0];
    const int threads = ready_threads(values["threads"].as<int>());
    const Patience patience = patience_for(values);
    const Plan plan = plan_of_store(store);
    const std::filesystem::path folder = folder_for(values, store);
    const std::vector<SurveyedScene> scenes = surveyed(plan, threads, patience);
    write_output(folder / table_file, separability_csv(plan, scenes));
    write_output(folder / histogram_file, histogram_csv(plan, scenes));

    print_failures(plan, scenes);
    const Digest digest = digest_of(scenes);
    if (values["json"].as<bool>())
        std::cout << to_json(digest, scenes.size(), folder).dump(2) << "\n";
    else
        print(digest, scenes.size(), folder);
    const bool is_late = patience && !patience() && (digest.timed_out + digest.undecided > 0);
    return digest.failed > 0 || is_late ? Exit::failed_points : Exit::done;
}

} // namespace

Verb separability_verb() {
    po::options_description options("options");
    options.add_options()(
        "out", po::value<std::string>()->value_name("FOLDER"),
        "where separability.csv and similarity_histogram.csv go; DIR if not given");
    options.add_options()("limit", po::value<double>()->value_name("SECONDS"),
                          "look at no more scenes after that long; exit code 3 if some are left");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "OpenMP threads; 0: as many as the process may use");
    add_json_option(options);
    return {"separability",
            "DIR [--out FOLDER]",
            "how far apart similarities hold memories, scene by scene",
            options,
            {"store"},
            separability_of_store};
}

} // namespace basin

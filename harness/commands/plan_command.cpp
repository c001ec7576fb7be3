#include "harness/commands/command.hpp"
#include "harness/process/memory.hpp"
#include "harness/process/progress.hpp"
#include "harness/process/threads.hpp"
#include "harness/run/capacity_estimate.hpp"
#include "harness/run/pattern_files.hpp"
#include "harness/run/plan_from_store.hpp"
#include "harness/run/rounding_notes.hpp"
#include "harness/run/run_estimate.hpp"
#include "sweeps/config/source_check.hpp"
#include "sweeps/parameters/counted.hpp"
#include "sweeps/plan/idle_axes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <map>
#include <optional>

namespace basin {

namespace po = boost::program_options;

namespace {

/// Points without meaning, by reason.
/// [reason] points without a meaning, by their parameters or by what their files declare.
std::map<std::string, std::uint64_t>
reasons_of(const Plan& plan, const Applicability& applicability, const Banks& banks) {
    std::map<std::string, std::uint64_t> reasons;
    const bool all_there = absent_files(plan.config(), banks).empty();
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        std::string negative;
        if (!banks.files.empty() && all_there) {
            const Coordinates coordinates = plan.scene_of(job);
            negative =
                negative_values(bind_scene(coordinates, 0, 0), files_for(banks, coordinates));
        }
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            std::string reason = applicability.reason(cell);
            if (reason.empty() && !negative.empty())
                reason =
                    not_applicable(negative, bind_setting(plan.coordinates_of(cell))).value_or("");
            if (!reason.empty()) ++reasons[reason];
            return true;
        });
    }
    return reasons;
}

std::string values_text(const Dimension& dimension) {
    constexpr std::size_t shown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, dimension.values.size()); ++i)
        text += (i ? ", " : "") + canonical_text(dimension.values[i]);
    if (dimension.values.size() > shown)
        text += fmt::format(", … {}", canonical_text(dimension.values.back()));
    return text;
}

std::string replicates_text(const Config& config) {
    if (const auto& search = config.capacity)
        return fmt::format("0 to {} replicates, as `basin capacity` asks for",
                           search->max_replicates);
    const auto& rule = config.stopping;
    if (!rule) return counted(config.replicates, "replicate");
    return fmt::format("{} to {} replicates, until the interval of {} is ±{:.3g}", rule->min,
                       rule->max, rule->metric, rule->half_width);
}

std::string_view text_of(CostSource source) {
    switch (source) {
    case CostSource::store:
        return "the points that are done";
    case CostSource::both:
        return "the points that are done, and defaults";
    case CostSource::defaults:
        break;
    }
    return "defaults";
}

struct PlanView {
    const Plan& plan;
    const Forecast& forecast;
    int threads = 1;
    const std::map<std::string, std::uint64_t>& reasons;
    const IdleAxes& idle;
    std::optional<std::uint64_t> searched; ///< points that a search will ask for
    const Banks& banks;
};

nlohmann::json values_json(std::span<const Value> values) {
    nlohmann::json result = nlohmann::json::array();
    for (const Value& value : values)
        std::visit([&](const auto& v) { result.push_back(v); }, value);
    return result;
}

nlohmann::json to_json(const Plan& plan, const IdleAxes& idle) {
    const auto name = [&](std::size_t dimension) {
        return parameters()[plan.dimensions()[dimension].parameter].name;
    };
    nlohmann::json result = nlohmann::json::array();
    for (const IdleAxis& axis : idle.axes) {
        nlohmann::json where = nlohmann::json::object();
        for (const IdleAxis::Where& other : axis.where)
            where[std::string(name(other.dimension))] = values_json(other.values);
        result.push_back({{"name", name(axis.dimension)}, {"where", where}});
    }
    return result;
}

std::string_view label_of(const Banks& banks, const BankRequest& request) {
    return banks.of_cues.contains(request) ? "cues" : name_of(request.use);
}

nlohmann::json to_json(const PlanView& view) {
    const Memory& memory = view.forecast.memory;
    nlohmann::json result = {{"name", view.plan.config().name},
                             {"seed", view.plan.config().seed},
                             {"replicates", view.plan.replicates()},
                             {"digest", to_string(view.plan.digest())},
                             {"scenes", view.plan.job_count()},
                             {"cells", view.plan.cell_count()},
                             {"points", view.forecast.coverage.planned},
                             {"done", view.forecast.coverage.done()},
                             {"failed", view.forecast.coverage.failed()},
                             {"missing", view.forecast.coverage.missing()},
                             {"not_needed", view.forecast.coverage.points[Status::not_needed]},
                             {"not_applicable", view.reasons},
                             {"no_effect", to_json(view.plan, view.idle)},
                             {"shared", view.idle.shared},
                             {"threads", view.threads},
                             {"predicted_s", view.forecast.seconds(view.threads)},
                             {"predicted_from", name_of(view.forecast.source)},
                             {"memory",
                              {{"need_bytes", memory.need(view.threads)},
                               {"shared_bytes", memory.shared},
                               {"scene_bytes", memory.scene},
                               {"batch_bytes", memory.batch},
                               {"thread_bytes", memory.thread},
                               {"writing_bytes", memory.writing}}},
                             {"rounded", rounding_notes(view.plan.config(), view.banks)},
                             {"config", nlohmann::json::parse(view.plan.resolved_json())}};
    if (view.searched) result["search_points"] = *view.searched;
    for (const auto& [request, bank] : view.banks.files)
        if (request.use != FileUse::embeddings)
            result[label_of(view.banks, request)].push_back(
                {{"file", bank.description},
                 {"value_range", {bank.range.low, bank.range.high}},
                 {"value_range_is", text_of(bank.basis)},
                 {"found", {bank.extent.low, bank.extent.high}}});
    for (const auto& [request, targets] : view.banks.targets)
        result["cue_targets"].push_back({{"file", targets.description}});
    for (const Dimension& dimension : view.plan.dimensions()) {
        result["dimensions"].push_back({{"name", parameters()[dimension.parameter].name},
                                        {"values", values_json(dimension.values)}});
    }
    return result;
}

void print(const PlanView& view) {
    fmt::print("sweep      {} (seed {}, {})\n", view.plan.config().name, view.plan.config().seed,
               replicates_text(view.plan.config()));
    for (const Dimension& dimension : view.plan.dimensions())
        fmt::print("  {:<20} {:>4}  {}\n", parameters()[dimension.parameter].name,
                   dimension.values.size(), values_text(dimension));
    for (const BankRequest& request : named_files(view.plan.config())) {
        const FileFacts& facts = view.plan.config().files.known.at(request);
        fmt::print("{:<10} {}{}\n", label_of(view.banks, request), facts.description,
                   facts.values.empty() ? "" : "; values " + facts.values);
    }
    for (const std::string& note : rounding_notes(view.plan.config(), view.banks))
        fmt::print("rounded    {}\n", note);
    fmt::print("scenes     {}\npoints     {} (cube of {} cells)\n", view.plan.job_count(),
               view.forecast.coverage.planned, view.plan.cell_count());
    for (const auto& [reason, count] : view.reasons)
        fmt::print("no meaning {}: {}\n", counted(count, "point"), reason);
    for (const IdleAxis& axis : view.idle.axes)
        fmt::print("no effect  {}\n", idle_text(view.plan, axis));
    if (view.idle.shared > 0)
        fmt::print("           the result of another, computed once, is that of {}\n",
                   counted(view.idle.shared, "point"));
    fmt::print("done       {}, failed {}, missing {}\n", view.forecast.coverage.done(),
               failures_text(view.forecast.coverage.points), view.forecast.coverage.missing());
    if (view.searched) fmt::print("search     asks for about {} of them\n", *view.searched);
    fmt::print("time       {} on {}, expected from {}\n",
               duration_text(view.forecast.seconds(view.threads)),
               counted(static_cast<std::uint64_t>(view.threads), "thread"),
               text_of(view.forecast.source));
    const Memory& memory = view.forecast.memory;
    fmt::print("memory     about {}: {} shared, {} a scene, {} its settings, {} a thread; {} while "
               "the results are written\n",
               memory_text(memory.need(view.threads)), memory_text(memory.shared),
               memory_text(memory.scene), memory_text(memory.batch), memory_text(memory.thread),
               memory_text(memory.writing));
}

Exit plan(const OptionValues& values) {
    if (!values.count("config")) throw UsageError("plan needs a config FILE or preset name");
    const auto overrides = values.count("set") ? values["set"].as<std::vector<std::string>>()
                                               : std::vector<std::string>{};
    const std::string store = values.count("store") ? values["store"].as<std::string>() : "";
    const LoadedSweep sweep =
        load_sweep(load_config(values["config"].as<std::vector<std::string>>()[0], overrides,
                               store.empty() ? FileTable{} : files_of_store(store)));
    const Plan& the_plan = sweep.plan;
    Inventory inventory;
    if (!store.empty() && std::filesystem::exists(store))
        inventory = Store::existing(store, the_plan).inventory(the_plan);
    const Applicability applicability(the_plan);
    Forecast expected = forecast(the_plan, applicability, inventory);
    const auto reasons = reasons_of(the_plan, applicability, sweep.banks);
    const IdleAxes idle = idle_axes(the_plan, applicability);
    std::optional<std::uint64_t> searched;
    if (the_plan.config().capacity) {
        const SearchForecast search = search_forecast(the_plan, inventory);
        searched = search.points;
        expected.work_s = search.work_s;
    }
    const PlanView view{the_plan,   expected, thread_count(values["threads"].as<int>()),
                        reasons,    idle,     searched,
                        sweep.banks};
    if (values["json"].as<bool>())
        std::cout << to_json(view).dump(2) << "\n";
    else
        print(view);
    return Exit::done;
}

} // namespace

Verb plan_verb() {
    po::options_description options("options");
    options.add_options()("store", po::value<std::string>()->value_name("DIR"),
                          "also tell what is done already in this store");
    options.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"),
                          "for which time and memory are told; 0: as many as the process may use");
    add_config_options(options);
    add_json_option(options);
    return {"plan",  "FILE [--store DIR]", "show the points of a sweep; changes nothing",
            options, {"config"},           plan};
}

} // namespace basin

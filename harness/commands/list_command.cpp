#include "analysis/report_kinds.hpp"
#include "harness/commands/command.hpp"
#include "models/metrics/metrics.hpp"
#include "models/scene/outcome.hpp"
#include "sweeps/config/config.hpp"
#include "sweeps/parameters/parameters.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace basin {

namespace po = boost::program_options;

namespace {

struct Row {
    std::string name;
    std::string help;
};

/// A kind of thing that can be listed, with its rows.
struct Listing {
    std::string kind;
    std::vector<Row> rows;
};

std::string first_comment(std::string_view text) {
    const auto start = text.find_first_not_of("# ");
    return std::string(text.substr(start, text.find('\n', start) - start));
}

std::vector<Listing> listings() {
    std::vector<Listing> all;
    Listing parameter_rows{"parameter", {}};
    for (const Parameter& parameter : parameters()) {
        const std::string key =
            parameter.key == parameter.name ? "" : fmt::format(" {}:", parameter.key);
        const std::string help = fmt::format("[{}]{} {} (default {})", parameter.section, key,
                                             parameter.help, canonical_text(parameter.fallback));
        parameter_rows.rows.push_back({std::string(parameter.name), help});
    }
    all.push_back(std::move(parameter_rows));
    for (const Parameter& parameter : parameters()) {
        if (parameter.kind != Kind::choice) continue;
        Listing choices{std::string(parameter.name), {}};
        for (std::size_t i = 0; i < parameter.choices.size(); ++i)
            choices.rows.push_back(
                {std::string(parameter.choices[i]), std::string(parameter.choice_helps[i])});
        all.push_back(std::move(choices));
    }
    Listing metric_rows{"metric", {}};
    for (const Metric& metric : metrics())
        metric_rows.rows.push_back({std::string(metric.name), std::string(metric.help)});
    all.push_back(std::move(metric_rows));
    Listing flag_rows{"flag", {}};
    for (const Flag& flag : all_flags)
        flag_rows.rows.push_back({std::string(flag.name), std::string(flag.help)});
    all.push_back(std::move(flag_rows));
    Listing preset_rows{"preset", {}};
    for (const Preset& preset : presets())
        preset_rows.rows.push_back({std::string(preset.name), first_comment(preset.text)});
    all.push_back(std::move(preset_rows));
    Listing report_rows{"report", {}};
    for (const ReportKind& kind : report_kinds())
        report_rows.rows.push_back({std::string(kind.name), std::string(kind.help)});
    all.push_back(std::move(report_rows));
    return all;
}

Exit list(const OptionValues& values) {
    const std::string wanted =
        values.count("kind") ? values["kind"].as<std::vector<std::string>>()[0] : "";
    nlohmann::json result = nlohmann::json::object();
    bool found = false;
    std::string kinds;
    for (const Listing& listing : listings()) {
        kinds += " " + listing.kind;
        if (!wanted.empty() && listing.kind != wanted) continue;
        found = true;
        if (!values["json"].as<bool>()) fmt::print("{}\n", listing.kind);
        for (const Row& row : listing.rows) {
            result[listing.kind][row.name] = row.help;
            if (!values["json"].as<bool>()) fmt::print("  {:<28} {}\n", row.name, row.help);
        }
    }
    if (!found) throw UsageError(fmt::format("cannot list '{}'; kinds:{}", wanted, kinds));
    if (values["json"].as<bool>()) std::cout << result.dump(2) << "\n";
    return Exit::done;
}

} // namespace

Verb list_verb() {
    po::options_description options("options");
    add_json_option(options);
    return {
        "list",  "[KIND]", "list parameters, their choices, metrics, flags, presets and reports",
        options, {"kind"}, list};
}

} // namespace basin

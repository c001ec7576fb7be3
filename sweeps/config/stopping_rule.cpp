#include "sweeps/config/stopping_rule.hpp"

#include "models/metrics/metrics.hpp"
#include "sweeps/config/config_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

namespace {

Parameter row(std::string_view name, Kind kind, double minimum) {
    Parameter key{};
    key.name = name;
    key.section = "sweep";
    key.kind = kind;
    key.minimum = minimum;
    if (kind == Kind::integer) key.maximum = most_replicates;
    return key;
}

Parameter half_width_row() {
    Parameter key = row("half_width", Kind::real, 0.0);
    key.minimum_excluded = true;
    return key;
}

Parameter metric_row() {
    Parameter key{};
    key.name = "metric";
    key.section = "sweep";
    key.kind = Kind::choice;
    for (const Metric& metric : metrics())
        key.choices.push_back(metric.name);
    return key;
}

/// The keys, in the shape of parameters so that they are read and checked as those are.
const std::vector<Parameter>& keys() {
    static const std::vector<Parameter> rows{row("min", Kind::integer, 2.0),
                                             row("max", Kind::integer, 2.0), half_width_row(),
                                             row("batch", Kind::integer, 1.0), metric_row()};
    return rows;
}

} // namespace

std::optional<StoppingRule> read_stopping_rule(const ConfigNode& node,
                                               std::vector<Diagnostic>& diagnostics) {
    const std::size_t before = diagnostics.size();
    std::vector<std::string_view> names;
    for (const Parameter& key : keys())
        names.push_back(key.name);
    for (const ConfigEntry& entry : *node.table())
        if (std::ranges::find(names, entry.key) == names.end())
            diagnostics.push_back({entry.place, fmt::format("unknown key \"{}\" of replicates{}",
                                                            entry.key, hint(entry.key, names))});
    const auto read = [&](std::size_t key, std::optional<Value> fallback) -> std::optional<Value> {
        const ConfigNode* given = find(*node.table(), keys()[key].name);
        if (given == nullptr) {
            if (!fallback)
                diagnostics.push_back(
                    {node.place, fmt::format("replicates needs {}: write {{min = 8, max = 64, "
                                             "half_width = 0.005}}, or their number",
                                             keys()[key].name)});
            return fallback;
        }
        const std::vector<Value> values = read_values(keys()[key], *given, diagnostics);
        if (values.size() > 1)
            diagnostics.push_back(
                {given->place, fmt::format("{} takes one value", keys()[key].name)});
        return values.size() == 1 ? std::optional(values[0]) : std::nullopt;
    };
    const auto min = read(0, {});
    const auto max = read(1, {});
    const auto half_width = read(2, {});
    const auto batch = read(3, min ? *min : Value{std::int64_t{1}});
    const auto metric = read(4, Value{std::string("recall_error")});
    if (diagnostics.size() > before) return std::nullopt;
    const auto count = [](const Value& value) {
        return static_cast<std::uint32_t>(std::get<std::int64_t>(value));
    };
    const StoppingRule rule{count(*min), count(*batch), count(*max), number_of(*half_width),
                            std::get<std::string>(*metric)};
    if (rule.max < rule.min) {
        diagnostics.push_back({node.place, fmt::format("replicates: max = {} is less than min = {}",
                                                       rule.max, rule.min)});
        return std::nullopt;
    }
    return rule;
}

} // namespace basin

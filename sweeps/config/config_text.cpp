#include "sweeps/config/config_text.hpp"

#include "sweeps/parameters/toml_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace basin {

namespace {

constexpr std::array<std::string_view, 6> signs{"", "!=", "<", "<=", ">", ">="}; // by Relation

std::string condition_text(const Condition& condition) {
    if (condition.relation == Relation::any_of)
        return fmt::format("{} = {}", parameter_name(condition.parameter),
                           toml_text(condition.values));
    const Value& value = condition.values.front();
    const bool is_name = parameters()[condition.parameter].kind == Kind::choice;
    const std::string compared = is_name ? toml_text(value) : canonical_text(value);
    return fmt::format(
        "{} = {}", parameter_name(condition.parameter),
        toml_string(fmt::format("{} {}", signs.at(static_cast<std::size_t>(condition.relation)),
                                compared)));
}

std::string sweep_text(const Config& config) {
    const std::string text = fmt::format("[sweep]\nname = {}\nseed = {}\n",
                                         toml_string(config.name), toml_seed(config.seed));
    if (const auto& rule = config.capacity)
        return text + fmt::format("\n[capacity]\ncriterion = {}\nminimum = {}\nmaximum = {}\n"
                                  "relative_width = {}\nreplicates = {{ min = {}, max = {} }}\n"
                                  "confidence = {}\n",
                                  toml_string(rule->criterion.text()), rule->minimum, rule->maximum,
                                  toml_text(rule->relative_width), rule->min_replicates,
                                  rule->max_replicates, toml_text(rule->confidence));
    if (const auto& rule = config.stopping)
        return text + fmt::format("replicates = {{ min = {}, batch = {}, max = {}, half_width = "
                                  "{}, metric = {} }}\n",
                                  rule->min, rule->batch, rule->max, toml_text(rule->half_width),
                                  toml_string(rule->metric));
    return text + fmt::format("replicates = {}\n", config.replicates);
}

std::string block_text(const ConfigBlock& block, bool is_searched) {
    std::string text = "\n[[block]]\n";
    std::vector<std::string> zips;
    for (const std::vector<std::size_t>& zip : block.zips) {
        std::vector<std::string> names;
        names.reserve(zip.size());
        for (const std::size_t parameter : zip)
            names.push_back(toml_string(parameter_name(parameter)));
        zips.push_back(fmt::format("[{}]", fmt::join(names, ", ")));
    }
    if (!zips.empty()) text += fmt::format("zip = [{}]\n", fmt::join(zips, ", "));
    std::string_view section;
    for (std::size_t p = 0; p < parameters().size(); ++p) {
        const Parameter& parameter = parameters()[p];
        const auto axis = std::ranges::find(block.axes, p, &Axis::parameter);
        if (axis == block.axes.end()) continue;
        if (is_searched && parameter.name == "pattern_count") continue; // [capacity] says them
        if (section != parameter.section) text += fmt::format("[block.{}]\n", parameter.section);
        section = parameter.section;
        text += fmt::format("{} = {}\n", parameter.name, toml_text(axis->values));
    }
    for (const When& when : block.whens) {
        std::vector<std::string> conditions;
        std::ranges::transform(when.conditions, std::back_inserter(conditions), condition_text);
        text += fmt::format("[[block.when]]\nparameter = {}\nif = {{ {} }}\notherwise = {}\n",
                            toml_string(parameter_name(when.parameter)),
                            fmt::join(conditions, ", "), toml_text(when.otherwise));
    }
    for (const Conditions& exclude : block.excludes) {
        text += "[[block.exclude]]\n";
        for (const Condition& condition : exclude)
            text += condition_text(condition) + "\n";
    }
    return text;
}

} // namespace

std::string config_text(const Config& config) {
    std::string text = sweep_text(config);
    for (const ConfigBlock& block : config.blocks)
        text += block_text(block, config.capacity.has_value());
    return text;
}

} // namespace basin

#include "sweeps/plan/plan_union.hpp"

#include "sweeps/config/config_text.hpp"
#include "sweeps/config/resolved_json.hpp"
#include "sweeps/coordinates/identity.hpp"
#include "sweeps/parameters/axis.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace basin {

namespace {

/// What a config says besides its blocks and how many replicates there are.
std::string rules_of(Config config) {
    config.blocks.clear();
    config.replicates = 1;
    return resolved_json(config);
}

std::string text_of(ConfigBlock block) {
    Config config;
    config.blocks.push_back(std::move(block));
    return resolved_json(config);
}

std::vector<Value> values_of(const ConfigBlock& block, std::size_t parameter) {
    const auto axis = std::ranges::find(block.axes, parameter, &Axis::parameter);
    return axis == block.axes.end() ? std::vector{parameters()[parameter].fallback} : axis->values;
}

ConfigBlock without(ConfigBlock block, std::size_t parameter) {
    std::erase_if(block.axes, [&](const Axis& axis) { return axis.parameter == parameter; });
    return block;
}

bool is_zipped(const ConfigBlock& block, std::size_t parameter) {
    return std::ranges::any_of(block.zips, [&](const std::vector<std::size_t>& zip) {
        return std::ranges::find(zip, parameter) != zip.end();
    });
}

/// One block with the points of both, if they differ in one axis alone.
std::optional<ConfigBlock> joined(const ConfigBlock& a, const ConfigBlock& b) {
    std::set<std::size_t> set;
    for (const ConfigBlock* block : {&a, &b})
        for (const Axis& axis : block->axes)
            set.insert(axis.parameter);
    for (const std::size_t parameter : set) {
        if (is_zipped(a, parameter) ||
            text_of(without(a, parameter)) != text_of(without(b, parameter)))
            continue;
        Axis axis{parameter, values_of(a, parameter), "", {}};
        for (Value& value : values_of(b, parameter))
            axis.values.push_back(std::move(value));
        keep_distinct(axis.values);
        ConfigBlock both = without(a, parameter);
        both.axes.push_back(std::move(axis));
        return both;
    }
    return std::nullopt;
}

/// Adds a block; those that it can be joined with become part of it.
void add(std::vector<ConfigBlock>& blocks, ConfigBlock block) {
    for (std::size_t b = 0; b < blocks.size(); ++b)
        if (auto both = joined(blocks[b], block)) {
            blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(b));
            add(blocks, std::move(*both));
            return;
        }
    blocks.push_back(std::move(block));
}

} // namespace

Key curve_key(const Plan& plan, std::uint64_t cell) {
    const std::size_t pattern_count = parameter_index("pattern_count").value();
    const Coordinates coordinates = plan.coordinates_of(cell);
    std::string text;
    for (const std::size_t parameter : parameters_by_name())
        if (parameter != pattern_count) text += assignment(parameter, coordinates[parameter]);
    return key_of(text);
}

std::vector<Key> combination_keys(const Plan& plan,
                                  const std::function<Key(const Plan&, std::uint64_t cell)>& key) {
    std::vector<Key> keys;
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        if (plan.replicate_of_job(job) != 0) continue;
        plan.visit_points(job, 0, [&](std::uint64_t cell) {
            keys.push_back(key(plan, cell));
            return true;
        });
    }
    std::ranges::sort(keys);
    return keys;
}

bool covers(const Plan& wide, const Plan& narrow) {
    if (wide.replicates() < narrow.replicates()) return false;
    if (rules_of(wide.config()) != rules_of(narrow.config())) {
        const auto& rule = wide.config().stopping;
        if (narrow.config().capacity || (rule && rule->min < narrow.replicates())) return false;
    }
    const std::vector<Key> has = combination_keys(wide);
    return std::ranges::includes(has, combination_keys(narrow));
}

Plan united(const Plan& earlier, const Plan& asked) {
    Config both = asked.config();
    if (rules_of(earlier.config()) != rules_of(both))
        throw ConfigError({both.source, 0, 0},
                          "they differ in [capacity] or in how replicates are taken");
    both.replicates = std::max(both.replicates, earlier.replicates());
    std::vector<ConfigBlock> blocks = earlier.config().blocks;
    for (ConfigBlock& block : both.blocks)
        add(blocks, std::move(block));
    both.blocks = std::move(blocks);
    both.files.known.insert(earlier.config().files.known.begin(),
                            earlier.config().files.known.end());
    both.files.recorded = true; // those of earlier runs need not be there
    return Plan(parse_config("# What several runs on one store asked for.\n\n" + config_text(both),
                             both.source, {}, both.files));
}

} // namespace basin

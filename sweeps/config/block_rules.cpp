#include "sweeps/config/block_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

namespace {

using Part = BlockProblem::Part;

std::string_view name_of(std::size_t parameter) {
    return parameters()[parameter].name;
}

bool contains(const std::vector<std::size_t>& zip, std::size_t parameter) {
    return std::ranges::find(zip, parameter) != zip.end();
}

bool is_zipped(const ConfigBlock& block, std::size_t parameter) {
    return std::ranges::any_of(block.zips,
                               [&](const auto& zip) { return contains(zip, parameter); });
}

/// "pattern_count has 3 values, beta has 2", or "" if all lengths are equal or unknown.
std::string unequal_lengths(const ConfigBlock& block, const std::vector<std::size_t>& zip) {
    std::vector<std::string> lengths;
    bool equal = true;
    std::size_t first = 0;
    for (const std::size_t parameter : zip) {
        const Axis* axis = axis_of(block, parameter);
        if (axis == nullptr || axis->values.empty()) return "";
        if (lengths.empty()) first = axis->values.size();
        equal = equal && axis->values.size() == first;
        lengths.push_back(fmt::format("{} has {}", name_of(parameter), axis->values.size()));
    }
    return equal ? "" : fmt::format("{}", fmt::join(lengths, ", "));
}

void check_zip(const ConfigBlock& block, std::size_t index, std::vector<BlockProblem>& problems) {
    const std::vector<std::size_t>& zip = block.zips[index];
    const auto report = [&](std::string message) {
        problems.push_back({Part::zip, index, std::move(message)});
    };
    if (zip.size() < 2) report("a zip needs at least two parameters");
    for (std::size_t i = 0; i < zip.size(); ++i) {
        if (std::find(zip.begin(), zip.begin() + static_cast<std::ptrdiff_t>(i), zip[i]) !=
            zip.begin() + static_cast<std::ptrdiff_t>(i))
            report(fmt::format("the zip names {} twice", name_of(zip[i])));
        if (axis_of(block, zip[i]) == nullptr)
            report(fmt::format("the zip names {}, which has no values; list them in [{}]",
                               name_of(zip[i]), parameters()[zip[i]].section));
        for (std::size_t earlier = 0; earlier < index; ++earlier)
            if (contains(block.zips[earlier], zip[i]))
                report(fmt::format("{} is in two zips; join them into one", name_of(zip[i])));
    }
    if (const std::string lengths = unequal_lengths(block, zip); !lengths.empty())
        report(fmt::format("axes zipped together need equally many values, but {} (equal values of "
                           "an axis count once)",
                           lengths));
}

void check_when(const ConfigBlock& block, std::size_t index, std::vector<BlockProblem>& problems) {
    const When& when = block.whens[index];
    const std::string_view name = name_of(when.parameter);
    const auto report = [&](std::string message) {
        problems.push_back({Part::when, index, std::move(message)});
    };
    for (std::size_t earlier = 0; earlier < index; ++earlier)
        if (block.whens[earlier].parameter == when.parameter)
            report(fmt::format("two whens for {}; join their conditions", name));
    if (is_zipped(block, when.parameter))
        report(fmt::format("{} is zipped and cannot have a when; use an exclude", name));
    for (const Condition& condition : when.conditions) {
        if (condition.parameter == when.parameter)
            report(fmt::format("the when of {} depends on {} itself", name, name));
        else if (is_scene_parameter(block, when.parameter) &&
                 !is_scene_parameter(block, condition.parameter))
            report(fmt::format("{} belongs to the scene and cannot depend on {}, which varies "
                               "within a scene; use a [[block]] for each case",
                               name, name_of(condition.parameter)));
    }
}

} // namespace

const Axis* axis_of(const ConfigBlock& block, std::size_t parameter) {
    const auto found = std::ranges::find(block.axes, parameter, &Axis::parameter);
    return found == block.axes.end() ? nullptr : &*found;
}

bool is_scene_parameter(const ConfigBlock& block, std::size_t parameter) {
    const auto of_scene = [](std::size_t p) { return parameters()[p].role <= Role::cue; };
    return of_scene(parameter) || std::ranges::any_of(block.zips, [&](const auto& zip) {
               return contains(zip, parameter) && std::ranges::any_of(zip, of_scene);
           });
}

bool meets(const Condition& condition, const Value& value) {
    const std::vector<Value>& values = condition.values;
    switch (condition.relation) {
    case Relation::any_of:
        return std::ranges::find(values, value) != values.end();
    case Relation::not_equal:
        return value != values.front();
    case Relation::less:
        return value < values.front();
    case Relation::less_equal:
        return value <= values.front();
    case Relation::greater:
        return value > values.front();
    case Relation::greater_equal:
        return value >= values.front();
    }
    return false;
}

std::optional<std::vector<std::size_t>> order_of_whens(const ConfigBlock& block) {
    std::vector<std::size_t> order;
    std::vector<bool> placed(block.whens.size());
    const auto is_ready = [&](std::size_t w) {
        return std::ranges::all_of(block.whens[w].conditions, [&](const Condition& condition) {
            const auto other =
                std::ranges::find(block.whens, condition.parameter, &When::parameter);
            return other == block.whens.end() ||
                   placed[static_cast<std::size_t>(other - block.whens.begin())];
        });
    };
    for (std::size_t w = 0; w < block.whens.size();) {
        if (placed[w] || !is_ready(w)) {
            ++w;
            continue;
        }
        placed[w] = true;
        order.push_back(w);
        w = 0; // an earlier one may have waited for this one
    }
    if (order.size() != block.whens.size()) return std::nullopt;
    return order;
}

std::vector<BlockProblem> check_block(const ConfigBlock& block) {
    std::vector<BlockProblem> problems;
    for (std::size_t i = 0; i < block.zips.size(); ++i)
        check_zip(block, i, problems);
    for (std::size_t i = 0; i < block.whens.size(); ++i)
        check_when(block, i, problems);
    if (problems.empty() && !order_of_whens(block))
        problems.push_back(
            {Part::when, block.whens.size() - 1, "the whens depend on each other in a circle"});
    return problems;
}

} // namespace basin

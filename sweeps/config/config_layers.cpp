#include "sweeps/config/config_layers.hpp"

#include "models/draws/cues.hpp"
#include "sweeps/config/block_rules.hpp"
#include "sweeps/config/source_check.hpp"

#include <algorithm>
#include <iterator>

namespace basin {

namespace {

/// Lower layers' items that `replaces(upper, lower)` no upper item, then the upper items.
template <class Item, class Replaces>
std::vector<Item> laid_over(const std::vector<Item>& lower, const std::vector<Item>& upper,
                            const Replaces& replaces) {
    std::vector<Item> result;
    std::ranges::copy_if(lower, std::back_inserter(result), [&](const Item& below) {
        return std::ranges::none_of(upper,
                                    [&](const Item& above) { return replaces(above, below); });
    });
    result.insert(result.end(), upper.begin(), upper.end());
    return result;
}

bool same_axis(const Axis& a, const Axis& b) {
    return a.parameter == b.parameter;
}

bool same_when(const PlacedWhen& a, const PlacedWhen& b) {
    return a.when.parameter == b.when.parameter;
}

bool share_parameter(const PlacedZip& a, const PlacedZip& b) {
    return std::ranges::find_first_of(a.parameters, b.parameters) != a.parameters.end();
}

/// For file sources the file has the last word on the dimension, unless the config gives one.
void default_dimension(ConfigBlock& block, std::vector<Diagnostic>& diagnostics) {
    const std::size_t dimension = parameter_index("dimension").value();
    const Axis* source = axis_of(block, parameter_index("source").value());
    if (source == nullptr || axis_of(block, dimension) != nullptr) return;
    const auto files = std::ranges::count_if(source->values, is_file_source);
    if (files == std::ssize(source->values) && files != 0)
        block.axes.push_back({dimension, {Value(std::int64_t{0})}, "0", source->place});
    else if (files != 0)
        diagnostics.push_back(
            {source->place, "dimension is needed where file sources stand beside others; set it in "
                            "[patterns], or give each kind a [[block]]"});
}

/// The cues of a file are asked as they are, unless the config says otherwise.
void default_corruption(ConfigBlock& block, std::vector<Diagnostic>& diagnostics) {
    const std::size_t corruption = parameter_index("corruption").value();
    const Axis* source = axis_of(block, parameter_index("cue_source").value());
    if (source == nullptr || axis_of(block, corruption) != nullptr) return;
    std::vector<Value> sources = source->values;
    for (const When& when : block.whens)
        if (when.parameter == source->parameter) sources.push_back(when.otherwise);
    const auto files = std::ranges::count_if(sources, is_file_source);
    if (files == std::ssize(sources) && files != 0)
        block.axes.push_back(
            {corruption, {std::string(NoCorruption::name)}, "none", source->place});
    else if (files != 0)
        diagnostics.push_back(
            {source->place, "corruption is needed where the cues of a file stand beside those made "
                            "of memories; set it in [cue], or give each kind a [[block]]"});
}

} // namespace

ConfigBlock overlay(const Layer& file, const Layer& block, const Layer& overrides,
                    std::vector<Diagnostic>& diagnostics) {
    const auto zips = laid_over(file.zips, block.zips, share_parameter);
    const auto whens = laid_over(file.whens, block.whens, same_when);

    ConfigBlock result;
    result.axes = laid_over(laid_over(file.axes, block.axes, same_axis), overrides.axes, same_axis);
    for (const PlacedZip& zip : zips)
        result.zips.push_back(zip.parameters);
    for (const PlacedWhen& placed : whens)
        result.whens.push_back(placed.when);
    std::ranges::copy(file.excludes, std::back_inserter(result.excludes));
    std::ranges::copy(block.excludes, std::back_inserter(result.excludes));

    default_dimension(result, diagnostics);
    default_corruption(result, diagnostics);
    std::ranges::sort(result.axes, {}, &Axis::parameter);
    const std::vector<BlockProblem> problems = check_block(result);
    for (const BlockProblem& problem : problems)
        diagnostics.push_back({problem.part == BlockProblem::Part::zip ? zips[problem.index].place
                                                                       : whens[problem.index].place,
                               problem.message});
    if (problems.empty()) check_sources(result, block.place, diagnostics);
    return result;
}

} // namespace basin

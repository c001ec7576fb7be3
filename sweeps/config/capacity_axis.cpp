#include "sweeps/config/capacity_axis.hpp"

#include <algorithm>

namespace basin {

namespace {

bool depends(const Conditions& conditions, std::size_t parameter) {
    return std::ranges::find(conditions, parameter, &Condition::parameter) != conditions.end();
}

} // namespace

void lay_pattern_counts(const CapacityRule& rule, Layer& file, std::span<const Layer> blocks,
                        const Layer& overrides, std::vector<Diagnostic>& diagnostics) {
    const std::size_t pattern_count = parameter_index("pattern_count").value();
    const auto check = [&](const Layer& layer) {
        for (const Axis& axis : layer.axes)
            if (axis.parameter == pattern_count)
                diagnostics.push_back({axis.place, "pattern_count is what [capacity] looks for: "
                                                   "leave it out, and give [capacity] its minimum "
                                                   "and maximum"});
        for (const PlacedZip& zip : layer.zips)
            if (std::ranges::find(zip.parameters, pattern_count) != zip.parameters.end())
                diagnostics.push_back({zip.place, "with a [capacity] no axis can advance with "
                                                  "pattern_count"});
        for (const PlacedWhen& placed : layer.whens)
            if (placed.when.parameter == pattern_count ||
                depends(placed.when.conditions, pattern_count))
                diagnostics.push_back({placed.place, "with a [capacity] no [[when]] can have to do "
                                                     "with pattern_count"});
        for (const Conditions& exclude : layer.excludes)
            if (depends(exclude, pattern_count))
                diagnostics.push_back({rule.place, "with a [capacity] no [[exclude]] can depend on "
                                                   "pattern_count"});
    };
    check(file);
    std::ranges::for_each(blocks, check);
    check(overrides);

    Axis ladder{pattern_count, {}, rule.criterion.text(), rule.place};
    for (const std::uint64_t count : rule.pattern_counts())
        ladder.values.emplace_back(static_cast<std::int64_t>(count));
    std::erase_if(file.axes, [&](const Axis& axis) { return axis.parameter == pattern_count; });
    file.axes.push_back(std::move(ladder));
}

} // namespace basin

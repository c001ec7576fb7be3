#include "analysis/capacity/capacity_laws.hpp"

#include "sweeps/coordinates/binding.hpp"

#include <algorithm>
#include <map>

namespace basin {

namespace {

std::size_t dimension_parameter() {
    return parameter_index("dimension").value();
}

double dimension_of(const FoundCapacity& found) {
    return static_cast<double>(std::get<std::int64_t>(found.coordinates.at(dimension_parameter())));
}

/// What the curves of a law have in common.
Coordinates company_of(Coordinates coordinates) {
    const Coordinates defaults = default_coordinates();
    for (const std::size_t p : {dimension_parameter(), parameter_index("pattern_count").value()})
        coordinates[p] = defaults[p];
    return coordinates;
}

std::optional<double> large_exponent(const FoundCapacity& found) {
    if (!found.theory) return std::nullopt;
    const Setting setting = bind_setting(found.coordinates);
    return setting.formulation.is<Classical>() ? 1.0 : setting.interaction_parameters.vertex - 1.0;
}

/// The law of theory's values in place of the found ones, each as certain as the found one.
std::optional<double> exponent_here(std::span<const FoundCapacity> found,
                                    std::span<const std::size_t> curves, double confidence) {
    std::vector<CapacityPoint> points;
    for (const std::size_t c : curves) {
        CapacityPoint point{dimension_of(found[c]), found[c].crossing};
        const TheoreticalCapacity* said = found[c].theory ? found[c].theory->best() : nullptr;
        if (said == nullptr) return std::nullopt;
        const double factor = said->pattern_count / point.crossing.estimate;
        point.crossing.estimate *= factor;
        point.crossing.lower *= factor;
        point.crossing.upper *= factor;
        points.push_back(point);
    }
    const PowerLaw law = power_law(points, confidence);
    return law.used < 2 ? std::nullopt : std::optional(law.exponent);
}

} // namespace

std::vector<CapacityLaw> capacity_laws(std::span<const FoundCapacity> found, double confidence) {
    std::map<Coordinates, std::size_t> law_of;
    std::vector<CapacityLaw> laws;
    for (std::size_t c = 0; c < found.size(); ++c) {
        if (dimension_of(found[c]) == 0.0) continue;
        const auto [where, is_new] = law_of.emplace(company_of(found[c].coordinates), laws.size());
        if (is_new) laws.emplace_back();
        laws[where->second].curves.push_back(c);
    }
    std::erase_if(laws, [&](const CapacityLaw& law) {
        return std::ranges::all_of(law.curves, [&](std::size_t c) {
            return dimension_of(found[c]) == dimension_of(found[law.curves.front()]);
        });
    });
    for (CapacityLaw& law : laws) {
        std::ranges::stable_sort(law.curves, {},
                                 [&](std::size_t c) { return dimension_of(found[c]); });
        std::vector<CapacityPoint> points;
        for (const std::size_t c : law.curves)
            points.push_back({dimension_of(found[c]), found[c].crossing});
        law.law = power_law(points, confidence);
        law.theory_exponent = large_exponent(found[law.curves.front()]);
        law.theory_exponent_here = exponent_here(found, law.curves, confidence);
    }
    return laws;
}

} // namespace basin

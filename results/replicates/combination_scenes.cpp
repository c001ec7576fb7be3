#include "results/replicates/combination_scenes.hpp"

#include "sweeps/coordinates/binding.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace basin {

CombinationScenes::CombinationScenes(const Plan& plan) : plan_(plan) {
    // All that scene_numbers() asks for.
    constexpr std::array<std::string_view, 6> deciding{"source",     "dimension",  "pattern_count",
                                                       "cue_source", "corruption", "probe_count"};
    std::uint64_t stride = plan.cell_count() / plan.replicates();
    std::uint64_t places = 1;
    for (const Dimension& dimension : plan.dimensions()) {
        const std::uint64_t size = dimension.values.size();
        stride /= size;
        if (std::ranges::find(deciding, parameters()[dimension.parameter].name) == deciding.end())
            continue;
        deciders_.push_back({stride, size});
        places *= size;
    }
    known_.resize(places, {.independent = 0});
}

const SceneNumbers& CombinationScenes::of(std::uint64_t combination) {
    std::uint64_t place = 0;
    for (const Decider& decider : deciders_)
        place = place * decider.size + combination / decider.stride % decider.size;
    SceneNumbers& numbers = known_[place];
    if (numbers.independent == 0)
        numbers =
            scene_numbers(bind_scene(plan_.coordinates_of(combination * plan_.replicates()), 0, 0));
    return numbers;
}

} // namespace basin

#include "sweeps/plan/applicability.hpp"

#include "models/base/stop_request.hpp"
#include "sweeps/coordinates/binding.hpp"

namespace basin {

namespace {

bool decides(const Dimension& dimension) {
    const Kind kind = parameters()[dimension.parameter].kind;
    return kind == Kind::choice || kind == Kind::text;
}

} // namespace

Applicability::Applicability(const Plan& plan) {
    std::uint64_t stride = plan.replicates();
    const auto dimensions = plan.dimensions();
    for (auto dimension = dimensions.rbegin(); dimension != dimensions.rend(); ++dimension) {
        const std::uint64_t size = dimension->values.size();
        if (decides(*dimension)) digits_.insert(digits_.begin(), {stride, size});
        stride *= size;
    }

    std::size_t combinations = 1;
    for (const Digit& digit : digits_)
        combinations *= digit.size;
    for (std::size_t combination = 0; combination < combinations; ++combination) {
        heed_stop();
        std::uint64_t cell = 0;
        std::size_t rest = combination;
        for (auto digit = digits_.rbegin(); digit != digits_.rend(); ++digit) {
            cell += rest % digit->size * digit->stride;
            rest /= digit->size;
        }
        const Coordinates coordinates = plan.coordinates_of(cell);
        reasons_.push_back(
            not_applicable(bind_scene(coordinates, 0, 0), bind_setting(coordinates)).value_or(""));
    }
}

const std::string& Applicability::reason(std::uint64_t cell) const {
    std::size_t combination = 0;
    for (const Digit& digit : digits_)
        combination = combination * digit.size + cell / digit.stride % digit.size;
    return reasons_[combination];
}

} // namespace basin

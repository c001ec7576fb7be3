#include "sweeps/estimate/cost_classes.hpp"

#include "models/base/stop_request.hpp"
#include "sweeps/coordinates/binding.hpp"

namespace basin {

namespace {

/// Choices and integers of the model decide; what a setting costs does not hang on its real
/// numbers.
bool decides_cost(const Dimension& dimension) {
    const Parameter& parameter = parameters()[dimension.parameter];
    return parameter.role >= Role::model &&
           (parameter.kind == Kind::choice || parameter.kind == Kind::integer);
}

/// Integers from this one on cost alike: an axis may have thousands of them.
constexpr double high = 8;

bool cost_alike(const Value& a, const Value& b) {
    if (a == b) return true;
    return std::holds_alternative<std::int64_t>(a) && number_of(a) >= high && number_of(b) >= high;
}

} // namespace

CostClasses::CostClasses(const Plan& plan) {
    std::uint64_t stride = plan.replicates();
    const auto dimensions = plan.dimensions();
    for (auto dimension = dimensions.rbegin(); dimension != dimensions.rend(); ++dimension) {
        const std::vector<Value>& values = dimension->values;
        if (decides_cost(*dimension)) {
            Digit digit{stride, {}, {}};
            for (std::uint64_t index = 0; index < values.size(); ++index) {
                // Values ascend, so those of one kind stand side by side.
                if (index == 0 || !cost_alike(values[index - 1], values[index]))
                    digit.first.push_back(index);
                digit.kinds.push_back(digit.first.size() - 1);
            }
            digits_.insert(digits_.begin(), std::move(digit));
        }
        stride *= values.size();
    }

    std::size_t combinations = 1;
    for (const Digit& digit : digits_)
        combinations *= digit.first.size();
    for (std::size_t combination = 0; combination < combinations; ++combination) {
        heed_stop();
        std::uint64_t cell = 0;
        std::size_t rest = combination;
        for (auto digit = digits_.rbegin(); digit != digits_.rend(); ++digit) {
            cell += digit->first[rest % digit->first.size()] * digit->stride;
            rest /= digit->first.size();
        }
        classes_.push_back(cost_class(bind_setting(plan.coordinates_of(cell))));
    }
}

CostClass CostClasses::of(std::uint64_t cell) const {
    std::size_t combination = 0;
    for (const Digit& digit : digits_)
        combination = combination * digit.first.size() +
                      digit.kinds[cell / digit.stride % digit.kinds.size()];
    return classes_[combination];
}

} // namespace basin

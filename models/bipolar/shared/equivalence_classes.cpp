#include "models/bipolar/shared/equivalence_classes.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

namespace {

Bundle alone(const Contender& contender, std::uint32_t index) {
    Bundle bundle{contender, {index}, {}, {}, {}, {}, 0.0, 0.0};
    if (contender.table) {
        bundle.floor = contender.closeness->floor;
        bundle.ceiling = contender.closeness->ceiling;
        bundle.largest_count = contender.table->largest_count;
        bundle.spread = contender.closeness->spread;
    }
    return bundle;
}

/// Of numbers that are not negative, or infinite.
bool smaller(const ScaledNumber& a, const ScaledNumber& b) {
    const auto size = [](const ScaledNumber& x) {
        return static_cast<double>(x.exponent) + std::log2(x.fraction);
    };
    return size(a) < size(b);
}

void add(Bundle& bundle, const Contender& contender, std::uint32_t index) {
    const Closeness& close = *contender.closeness;
    if (bundle.members.size() == 1) {
        bundle.own_deviations = bundle.first.closeness->deviations;
        bundle.own_ratios = bundle.first.closeness->ratios;
    }
    for (std::size_t k = 0; k < close.ratios.size(); ++k) {
        bundle.own_deviations[k] = std::max(bundle.own_deviations[k], close.deviations[k]);
        bundle.own_ratios[k] = std::max(bundle.own_ratios[k], close.ratios[k]);
    }
    bundle.floor = std::max(bundle.floor, close.floor, smaller);
    bundle.ceiling = std::min(bundle.ceiling, close.ceiling, smaller);
    bundle.largest_count = std::min(bundle.largest_count, contender.table->largest_count);
    bundle.members.push_back(index);
}

} // namespace

std::vector<Bundle> each_alone(std::span<const Contender> contenders) {
    std::vector<Bundle> bundles;
    for (std::uint32_t c = 0; c < contenders.size(); ++c)
        bundles.push_back(alone(contenders[c], c));
    return bundles;
}

std::vector<Bundle> bundled(std::span<const Contender> contenders) {
    std::vector<Bundle> bundles;
    for (std::uint32_t c = 0; c < contenders.size(); ++c) {
        const Contender& contender = contenders[c];
        const auto same_shape = [&](const Bundle& bundle) {
            return bundle.first.table && contender.table && contender.closeness->shape &&
                   bundle.first.closeness->shape == contender.closeness->shape;
        };
        const auto found = std::ranges::find_if(bundles, same_shape); // there are few shapes
        if (found == bundles.end())
            bundles.push_back(alone(contender, c));
        else
            add(*found, contender, c);
    }
    for (Bundle& bundle : bundles)
        if (bundle.members.size() > 1 && bundle.is_calm()) {
            const double least = 1.0 - std::ranges::max(bundle.own_deviations);
            bundle.spread = std::ranges::max(bundle.own_ratios) / least - 1.0;
        }
    return bundles;
}

} // namespace basin

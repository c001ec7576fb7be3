#include "models/bundles.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {

namespace {

Bundle alone(const Contender& contender, std::uint32_t index) {
    Bundle bundle{contender, {index}, {}, {}, {}, {}, 0.0};
    if (contender.table) {
        bundle.floor = contender.closeness->floor;
        bundle.ceiling = contender.closeness->ceiling;
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
    if (bundle.least_ratios.empty())
        bundle.least_ratios = bundle.most_ratios = bundle.first.closeness->ratios;
    for (std::size_t k = 0; k < close.ratios.size(); ++k) {
        bundle.least_ratios[k] = std::min(bundle.least_ratios[k], close.ratios[k]);
        bundle.most_ratios[k] = std::max(bundle.most_ratios[k], close.ratios[k]);
    }
    bundle.floor = std::max(bundle.floor, close.floor, smaller);
    bundle.ceiling = std::min(bundle.ceiling, close.ceiling, smaller);
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
    std::map<Key, std::size_t> by_shape;
    for (std::uint32_t c = 0; c < contenders.size(); ++c) {
        const Contender& contender = contenders[c];
        const bool has_shape = contender.table && contender.closeness->shape;
        const auto [at, is_new] =
            has_shape ? by_shape.try_emplace(*contender.closeness->shape, bundles.size())
                      : std::pair{by_shape.end(), true};
        if (is_new)
            bundles.push_back(alone(contender, c));
        else
            add(bundles[at->second], contender, c);
    }
    for (Bundle& bundle : bundles)
        if (!bundle.least_ratios.empty())
            bundle.spread = std::ranges::max(bundle.most_ratios) /
                                std::ranges::min(bundle.least_ratios) -
                            1.0;
    return bundles;
}

} // namespace basin

#pragma once
// One update of the states of some queries: weights of similarities, and the memories by weight
// (Ramsauer et al. 2020, eq. 3; Millidge et al. 2022, eq. 2).

#include "models/continuous/effective_number_lanes.hpp"
#include "models/continuous/separations.hpp"
#include "models/scene/setting.hpp"

#include <span>
#include <vector>

namespace basin {

/// What to make of similarities.
SeparationRule rule_of(const Setting& setting);

/// Updates by one rule. T: as in Scorer, which must outlive the object.
template <class T>
class RealUpdate {
public:
    RealUpdate(const Scorer<T>& scorer, const SeparationRule& rule);

    /// next: [N][Q], stored(); made: [Q]. `weights` is room. Stable softmax makes x = sum e z / sum
    /// e memory by memory and a tile of weights at a time; others make x = sum w z of all weights.
    void make(const Block<T>& scores, const Extremes<T>& extremes, Block<T>& weights,
              Block<T>& next, std::span<Separated> made) const;

    /// Of these lanes, after make() with the same arguments.
    std::vector<WeightSizes> sizes(const Block<T>& scores, const Extremes<T>& extremes,
                                   const Block<T>& weights, std::span<const Separated> made,
                                   std::span<const std::size_t> lanes, const LaneTies& ties) const;

private:
    void stream(const Block<T>& scores, const Extremes<T>& extremes, Block<T>& weights,
                Block<T>& next, std::span<Separated> made) const;

    const Scorer<T>* scorer_;
    SeparationRule rule_;
    bool streams_;
};

extern template class RealUpdate<float>;
extern template class RealUpdate<double>;

} // namespace basin

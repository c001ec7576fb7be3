#pragma once
// Which of many points are corners of their convex hull: not in the hull of the others. Only such a
// memory can have a larger dot product with some state than all others have.

#include "models/base/cancellation.hpp"
#include "models/data/real_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

enum class HullPlace : std::uint8_t {
    extreme,   ///< a direction was found that separates the point from all others
    inside,    ///< a convex combination of others was found that is the point. Duplicates are that
    undecided, ///< neither was found, for want of digits or of patience
};

/// How near a combination has to come to a point x to be it, in lengths of x and of the points that
/// it combines: four roundings to float32, which is what points are given in. A direction separates
/// x if all others are farther away than that.
inline constexpr double hull_tolerance = 0x1p-22;

/// [which] the places of those rows among all `points`. Nothing is guessed: both answers come with
/// a proof whose rounding errors are bounded. Each place depends on its point and all others alone,
/// not on who else is asked for. Takes some lengths of `points` for each, and memory for
/// queries_abreast(points.rows) times their count. Out of patience, the rest is undecided.
std::vector<HullPlace> hull_places(const RealMatrix& points, std::span<const std::uint32_t> which,
                                   const Patience& patience = {});

/// How many are where.
struct HullCount {
    std::uint32_t looked_at = 0;
    std::uint32_t extreme = 0;
    std::uint32_t inside = 0;
    std::uint32_t undecided = 0;

    double extreme_share() const { return extreme / static_cast<double>(looked_at); }
    HullCount& operator+=(std::span<const HullPlace> places);
};

} // namespace basin

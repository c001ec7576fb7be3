#pragma once
// How many memories a state is made of: four definitions side by side.

#include <cstddef>
#include <cstdint>
#include <span>

namespace basin {

struct WeightSizes {
    std::uint32_t k90 = 0;     ///< least number of weights with a sum >= 0.9 (Ramsauer et al. 2020)
    std::uint32_t support = 0; ///< weights above 0.01 (Santos et al. 2024, published code)
    double effective = 0.0;    ///< exp of the entropy in nats
    double participation = 0.0; ///< 1 / sum of squares
    double largest = 0.0;       ///< weight
    std::uint32_t leader = 0;   ///< the first memory of that weight
    std::uint32_t ties = 1;     ///< weights that are as large as the largest, up to a tie
    bool target_ties = false;   ///< whether that of the target is
    bool operator==(const WeightSizes&) const = default;
};

/// The least number of these weights with a sum >= enough, or all of them. Reorders them; takes
/// time as their number.
template <class T>
std::uint32_t number_needed(std::span<T> weights, double enough);

/// The least number of these weights with a sum >= 0.9.
std::uint32_t k90_of(std::span<const double> weights);

/// What rounding may take off the sum of so many weights: half a unit in the last place of float32
/// and what additions lose. Nine equal weights of ten are 0.9.
double k90_slack(std::size_t count);

/// exp of an entropy in nats.
double effective_size(double entropy);

/// Which weights are as large as the largest, and whose own is looked for.
struct TieRule {
    double share = 0.0;       ///< so much of the largest one may be lacking; 0.5 at most
    std::int32_t target = -1; ///< the memory that was to be recalled; -1 without one
};

/// Of weights >= 0 with a sum of about 1; no fewer than one. Their order decides nothing but the
/// last bits of sums.
WeightSizes sizes_of(std::span<const double> weights, const TieRule& rule = {});

inline constexpr double support_threshold = 0.01;
inline constexpr double k90_mass = 0.9;

} // namespace basin

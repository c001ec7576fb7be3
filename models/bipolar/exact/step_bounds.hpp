#pragma once
// A memory that outweighs all others together, and goes on to until the network has reached it.
//
// The state matches memory t in M of N units. Let all flips to come turn units towards t: at most
// q = N - M of them. After j of them t matches in M + j, and says at least its step M + j for a
// unit that agrees with it and at most minus that for one that does not, provided that its steps
// rise from M to N. A memory of m matches now has m - j ... m + j then, and says no more than the
// largest step of m - j ... m + j + 1. If step M + j is larger than all these together, for all j,
// then every unit does go where t wants, so the flips are as supposed: the rest of the way is known
// without another look at the memories. Krotov & Hopfield 2016, section 2: a large power lets the
// nearest memory dominate.

#include "models/bipolar/overlaps.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// A table's steps, prepared for weigh_up().
struct Dominance {
    std::vector<double>
        sizes; ///< [N + 2] magnitudes of the steps; infinite where one is not finite
    std::uint32_t rises_from = 0; ///< from here to N steps are > 0 and never fall; N + 1: nowhere
    std::int64_t scale = 0;       ///< the sizes are those of the steps times 2^scale
    bool is_bowl = false; ///< sizes never rise before they fall: a range's largest is at an end
};

/// steps: [N + 2], as tables number them.
Dominance prepare(std::span<const double> steps);

/// The memories of a state, and the way to one of them.
struct Approach {
    std::span<const MatchCount> histogram;
    std::uint32_t dimension = 0;
    std::uint32_t matches = 0; ///< M; exactly one memory has as many
    /// Overlaps::reach_towards() it, for a closer look; empty if it is not known.
    std::span<const MatchCount> reach{};

    std::uint32_t flips() const { return dimension - matches; }
    bool leads(const MatchCount& entry) const { return entry.matches == matches; }
};

/// What holds in every state of an approach.
struct Balance {
    double surplus = 0.0;   ///< the memory's own step is larger than all others by at least this
    double others = 0.0;    ///< which together are at most this, in magnitude
    double own = 0.0;       ///< the memory's own step is at least this
    double largest = 0.0;   ///< and at most this
    std::int64_t scale = 0; ///< all these are times 2^scale
    bool is_close = false;  ///< certain for the first flips: reach may make it so for all
    double share = 1.0;     ///< the others together are at most this share of it
    bool is_certain() const { return surplus > 0.0; }
};

/// Not certain where the steps do not rise or bounds are not known.
Balance weigh_up(const Dominance& dominance, const Approach& approach);

} // namespace basin

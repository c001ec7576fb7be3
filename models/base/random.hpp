#pragma once
// Counter-based randomness (Random123). A stream is a pure function of its key, role and indices:
// no state is shared, so results do not depend on threads, order or interruption.

#include "models/base/key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace basin {

/// What a stream of random numbers is used for. Values are part of the results: never renumber.
enum class StreamRole : std::uint32_t {
    patterns = 1,
    cues = 2,
    update_order = 3,
    ties = 4,
    replay = 5, ///< which points are computed again to verify them
};

/// Threefry4x64-20 (Salmon et al. 2011) keyed by (key, role), counted from (first, second).
class Stream {
public:
    Stream(const Key& key, StreamRole role, std::uint64_t first = 0, std::uint64_t second = 0);

    std::uint64_t next();                     ///< 64 uniform bits
    std::uint64_t below(std::uint64_t bound); ///< uniform in [0, bound), unbiased; bound > 0
    double uniform();                         ///< uniform in [0, 1), 53 bits
    bool bernoulli(double probability);       ///< true with the given probability in [0, 1]

private:
    std::array<std::uint64_t, 4> key_;
    std::array<std::uint64_t, 4> counter_;
    std::array<std::uint64_t, 4> block_{};
    unsigned used_ = 4;
};

/// Fair bits in the first `count` bits of `words` (least significant first), zeros behind them.
/// `words` holds exactly ceil(count / 64) words.
void fill_fair(Stream& stream, std::span<std::uint64_t> words, std::size_t count);

/// As fill_fair, but each bit is 1 with the given probability in [0, 1].
void fill_bernoulli(Stream& stream, std::span<std::uint64_t> words, std::size_t count,
                    double probability);

/// A uniform random permutation of 0 … count − 1 (Fisher–Yates).
std::vector<std::uint32_t> permutation(Stream& stream, std::uint32_t count);

/// `count` distinct numbers below `bound`, in random order. count <= bound. From equal streams, a
/// smaller sample is the beginning of a larger one.
std::vector<std::uint32_t> sample(Stream& stream, std::uint32_t count, std::uint32_t bound);

} // namespace basin

#include "models/random.hpp"

#include <Random123/threefry.h>

#include <numeric>
#include <utility>

namespace basin {

Stream::Stream(const Key& key, StreamRole role, std::uint64_t first, std::uint64_t second)
    : key_{key.high, key.low, static_cast<std::uint64_t>(role), 0}, counter_{0, first, second, 0} {}

std::uint64_t Stream::next() {
    if (used_ == block_.size()) {
        r123::Threefry4x64 generator;
        r123::Threefry4x64::ctr_type counter{{counter_[0], counter_[1], counter_[2], counter_[3]}};
        r123::Threefry4x64::key_type key{{key_[0], key_[1], key_[2], key_[3]}};
        const auto words = generator(counter, key);
        for (unsigned i = 0; i < block_.size(); ++i)
            block_[i] = words[i];
        ++counter_[0];
        used_ = 0;
    }
    return block_[used_++];
}

std::uint64_t Stream::below(std::uint64_t bound) {
    // Draws above the largest multiple of `bound` are rejected, so that every value is equally
    // likely.
    const std::uint64_t reject_below = (0 - bound) % bound;
    for (;;) {
        const std::uint64_t draw = next();
        if (draw >= reject_below) return draw % bound;
    }
}

double Stream::uniform() {
    return static_cast<double>(next() >> 11) * 0x1p-53;
}

bool Stream::bernoulli(double probability) {
    return uniform() < probability;
}

std::vector<std::uint32_t> permutation(Stream& stream, std::uint32_t count) {
    return sample(stream, count, count);
}

std::vector<std::uint32_t> sample(Stream& stream, std::uint32_t count, std::uint32_t bound) {
    std::vector<std::uint32_t> pool(bound);
    std::iota(pool.begin(), pool.end(), 0U);
    for (std::uint32_t i = 0; i < count; ++i)
        std::swap(pool[i], pool[i + static_cast<std::uint32_t>(stream.below(bound - i))]);
    pool.resize(count);
    return pool;
}

} // namespace basin

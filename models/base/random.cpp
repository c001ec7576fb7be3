#include "models/base/random.hpp"

#include <Random123/threefry.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace basin {

namespace {

__extension__ using Wide = unsigned __int128;

/// What Fisher–Yates on a pool 0 … bound − 1 draws, remembering only the places that differ from
/// it.
std::vector<std::uint32_t> sample_sparsely(Stream& stream, std::uint32_t count,
                                           std::uint32_t bound) {
    std::unordered_map<std::uint32_t, std::uint32_t> moved;
    const auto pool = [&](std::uint32_t place) {
        const auto found = moved.find(place);
        return found == moved.end() ? place : found->second;
    };
    std::vector<std::uint32_t> chosen(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto place = i + static_cast<std::uint32_t>(stream.below(bound - i));
        chosen[i] = pool(place);
        moved[place] = pool(i);
    }
    return chosen;
}

} // namespace

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
    // The high word of draw * bound, unbiased once the 2^64 mod bound smallest low words are
    // rejected (Lemire 2019, doi:10.1145/3230636). They lie below `bound`, so the division is rare.
    for (;;) {
        const Wide product = static_cast<Wide>(next()) * bound;
        const auto low = static_cast<std::uint64_t>(product);
        if (low >= bound || low >= (0 - bound) % bound)
            return static_cast<std::uint64_t>(product >> 64);
    }
}

double Stream::uniform() {
    return static_cast<double>(next() >> 11) * 0x1p-53;
}

bool Stream::bernoulli(double probability) {
    return uniform() < probability;
}

void fill_fair(Stream& stream, std::span<std::uint64_t> words, std::size_t count) {
    for (std::uint64_t& word : words)
        word = stream.next();
    if (count % 64 != 0) words.back() &= (std::uint64_t{1} << (count % 64)) - 1;
}

void fill_bernoulli(Stream& stream, std::span<std::uint64_t> words, std::size_t count,
                    double probability) {
    for (std::size_t w = 0; w < words.size(); ++w) {
        std::uint64_t word = 0;
        const std::size_t bits = std::min<std::size_t>(64, count - w * 64);
        for (std::size_t b = 0; b < bits; ++b)
            word |= static_cast<std::uint64_t>(stream.bernoulli(probability)) << b;
        words[w] = word;
    }
}

std::vector<std::uint32_t> permutation(Stream& stream, std::uint32_t count) {
    return sample(stream, count, count);
}

std::vector<std::uint32_t> sample(Stream& stream, std::uint32_t count, std::uint32_t bound) {
    // A hash map entry costs about as much as filling 256 places of a pool.
    if (count < bound / 256) return sample_sparsely(stream, count, bound);
    std::vector<std::uint32_t> pool(bound);
    std::iota(pool.begin(), pool.end(), 0U);
    for (std::uint32_t i = 0; i < count; ++i)
        std::swap(pool[i], pool[i + static_cast<std::uint32_t>(stream.below(bound - i))]);
    pool.resize(count);
    return pool;
}

} // namespace basin

#pragma once
// Random damages of a file.

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace basin::tests {

struct Damaged {
    std::string bytes;
    std::string what; ///< for the message of a failure
};

/// Damages with a pinned sequence, the same on every machine.
class Damager {
public:
    explicit Damager(std::uint64_t seed) : random_(seed) {}

    /// One of ten kinds of damage to a copy of `good`, which has at least 8192 bytes. Some leave it
    /// as it is: zeros over zeros.
    Damaged operator()(const std::string& good) {
        std::string bad = good;
        const std::size_t at = below(bad.size());
        const std::size_t length = 1 + below(std::min<std::size_t>(4096, bad.size() - at));
        const auto described = [&](const char* kind) {
            return Damaged{std::move(bad), fmt::format("{} at {} ({} bytes)", kind, at, length)};
        };
        switch (below(10)) {
        case 0:
            bad[at] = static_cast<char>(bad[at] ^ (1 << below(8)));
            return described("a bit turned");
        case 1:
            bad[at] = static_cast<char>(below(256));
            return described("a byte");
        case 2:
            std::fill_n(bad.begin() + offset(at / 4096 * 4096),
                        std::min<std::size_t>(4096, bad.size() - at / 4096 * 4096), '\0');
            return described("a page of zeros");
        case 3:
            bad.resize(at);
            return described("cut off");
        case 4:
            for (std::size_t i = 0; i < length; ++i)
                bad += static_cast<char>(below(256));
            return described("bytes behind the end");
        case 5: {
            const std::size_t block = 512U << below(4);
            const std::size_t blocks = bad.size() / block;
            const std::size_t a = below(blocks) * block;
            const std::size_t b = below(blocks) * block;
            if (a != b)
                std::swap_ranges(bad.begin() + offset(a), bad.begin() + offset(a + block),
                                 bad.begin() + offset(b));
            return described("blocks swapped");
        }
        case 6:
            for (std::size_t i = 0; i < length; ++i)
                bad[at + i] = static_cast<char>(below(256));
            return described("a range overwritten");
        case 7:
            std::copy_n(good.begin() + offset(below(good.size() - length)), length,
                        bad.begin() + offset(at));
            return described("a range of other bytes of the file");
        case 8:
            bad.erase(at, length);
            return described("a range left out");
        default:
            bad.insert(at, good.substr(below(good.size() - length), length));
            return described("a range put in");
        }
    }

private:
    static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

    /// 0 <= number < limit; the little that this favours small numbers does not matter here.
    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::mt19937_64 random_;
};

} // namespace basin::tests

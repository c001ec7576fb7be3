#pragma once
// The exact network's sums in float, in the machine's widest instructions: soon made, and clear
// most of the time.

#include "models/masked.hpp"
#include "models/overlaps.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

class QuickField {
public:
    /// Whether this machine has what makes it quick.
    bool is_quick() const { return path_ != SimdPath::baseline; }

    /// To be called when the steps have changed.
    void forget_steps() { unit_ = 0.0; }

    /// Turns to the state of `overlaps`. steps: [N + 2]; `left_out`: a memory that does not count.
    /// No step that occurs is larger than `largest`.
    void weigh(const Overlaps& overlaps, std::span<const double> steps,
               std::optional<std::uint32_t> left_out, double largest);

    /// Of one to four units: over memories of m matches the sum of steps[m] where they agree and of
    /// -steps[m + 1] where they do not. Entries past the units mean nothing.
    std::array<double, 4> sums(const Overlaps& overlaps,
                               std::span<const std::uint32_t> units) const;

    /// Bound on what rounding to float adds to the error of a sum in double, as a share of the
    /// total magnitude of twice the steps.
    static double rounding(std::size_t memories) {
        return 0x1p-24 + masked_sum_error(words_for(memories));
    }

private:
    void pair_steps(std::span<const double> steps, double largest);

    // A sum is base + unit * (sum of weights_ over aligned memories); over opposed memories the sum
    // of weights_ is what it lacks of the total.
    std::vector<float> pairs_;   ///< [N + 1] step m and m + 1 together, in units
    std::vector<float> weights_; ///< [pattern_count, filled up with 0 to whole words] their pairs
    double unit_ = 0.0;          ///< a power of 2; 0: pairs are to be made
    double base_ = 0.0;
    double total_ = 0.0; ///< unit * sum of weights_
    SimdPath path_ = simd_path();
};

} // namespace basin

#pragma once
// The exact network's sums in fixed point, in the machine's widest instructions: soon made, and
// clear most of the time.

#include "models/bipolar/exact/fixed_point_steps.hpp"
#include "models/bipolar/overlaps.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

class QuickField {
public:
    /// To be called when the steps have changed.
    void forget_steps() { fixed_.unit = 0.0; }

    /// Turns to the state of `overlaps`. steps: [N + 2]; `left_out`: a memory that does not count;
    /// `range`: has the match counts of all others; `largest`: of their steps' magnitudes.
    void weigh(const Overlaps& overlaps, std::span<const double> steps,
               std::optional<std::uint32_t> left_out, const MatchRange& range, double largest);

    /// Of one to four units: over memories of m matches the sum of steps[m] where they agree and of
    /// -steps[m + 1] where they do not, off by error() at most. Entries past the units mean
    /// nothing.
    std::array<double, 4> sums(const Overlaps& overlaps,
                               std::span<const std::uint32_t> units) const;
    double error() const { return error_; }

    /// The same of one unit, by more of each step's digits: off by fine_error() at most.
    double fine_sum(const Overlaps& overlaps, std::uint32_t unit) const;
    double fine_error() const { return fine_error_; }

private:
    struct Totals {
        std::int64_t pairs = 0; ///< above their lowest one
        std::int64_t low = 0;   ///< of their lowest bytes alone
        std::int64_t opposed = 0;
    };
    Totals look_up(const Overlaps& overlaps);
    Totals look_up_each(const Overlaps& overlaps);
    void leave_out(const Overlaps& overlaps, std::uint32_t memory, Totals& totals);

    /// A unit's sum, from that of the pairs, in units above their lowest one, over the memories
    /// that have +1 in it.
    double sum_of(const Overlaps& overlaps, std::uint32_t unit, std::int64_t over_set_bits) const {
        std::int64_t aligned = overlaps.aligned_count(unit);
        if (left_out_ && overlaps.agrees(*left_out_, unit)) --aligned;
        const std::int64_t above = overlaps.unit(unit) ? over_set_bits : total_ - over_set_bits;
        return fixed_.unit * static_cast<double>(aligned * fixed_.lowest_pair + above - opposed_);
    }

    FixedSteps fixed_;
    std::vector<std::uint8_t> planes_; ///< [3][64 W] bytes of the memories' pairs, highest first
    std::size_t plane_size_ = 0;       ///< 64 W
    std::optional<std::uint32_t> left_out_;
    std::int64_t total_ = 0;    ///< of all pairs above their lowest one
    std::int64_t opposed_ = 0;  ///< of all steps m + 1
    std::int64_t half_low_ = 0; ///< half of the total of the lowest bytes
    double error_ = 0.0;
    double fine_error_ = 0.0;
    const ByteLoops* loops_ = &loops_of(simd_path());

    const std::uint8_t* plane(std::size_t j) const { return planes_.data() + j * plane_size_; }
};

} // namespace basin

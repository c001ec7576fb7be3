#pragma once
// The exact network in one state: what a unit decides, in double with a bound on the error, or for
// certain.

#include "models/exact_table.hpp"
#include "models/overlaps.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace basin {

class ExactField {
public:
    /// The table must outlive the field.
    explicit ExactField(const ExactTable& table);

    /// Turns to the present state of `overlaps`. To be called after every change of it.
    void refresh(const Overlaps& overlaps);

    /// sigma_i d_i at scale(), off by less than error(): < 0 wants a flip.
    double sum(const Overlaps& overlaps, std::uint32_t unit) const;
    double error() const { return error_; }

    /// No decision's terms have a larger total magnitude, at scale().
    double magnitude() const { return magnitude_; }

    /// Numbers of the table are multiplied by 2^scale() in this state.
    std::int64_t scale() const { return scale_; }

    /// Magnitude of a step at scale(), of the match counts that occur and their neighbours. A
    /// number too small for the scale counts as the smallest normal one.
    double size(std::uint32_t step) const { return size_[step]; }

    /// -1, 0 or +1: the sign of sigma_i d_i, for certain.
    int sign(const StepCounts& counts) const;

    /// Whether every term of the decision is 0.
    bool all_zero(const StepCounts& counts) const;

private:
    /// Terms of one memory at its match count: [0] if opposed, [1] if aligned. An array, so that a
    /// decision picks by index: a branch would be mispredicted every other time.
    using Weights = std::array<double, 2>;

    const ExactTable* table_;
    std::vector<double> scaled_; ///< [N + 2] steps at scale(), where they occur
    std::vector<double> size_;   ///< [N + 2]
    std::vector<Weights> weights_;
    std::int64_t scale_ = 0;
    double error_ = 0.0;
    double magnitude_ = 0.0;
};

} // namespace basin

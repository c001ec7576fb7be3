#pragma once
// The exact network in one state: what a unit decides, in double with a bound on the error, or for
// certain.

#include "models/bipolar/exact/exact_table.hpp"
#include "models/bipolar/exact/fixed_point_field.hpp"
#include "models/bipolar/overlaps.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace basin {

/// Weights are made when the first sum of a state asks for them: const members may change them, so
/// an object belongs to one thread.
class ExactField {
public:
    /// The table must outlive the field.
    explicit ExactField(const ExactTable& table);

    /// Turns to the present state of `overlaps`. To be called after every change of it but those
    /// that follow() took.
    void refresh(const Overlaps& overlaps);

    /// Loosens all bounds so that they hold for `flips` more flips, and forgets the top memory.
    void widen(const Overlaps& overlaps, std::uint32_t flips);

    bool is_wide() const { return flips_left_ > 0; }

    /// Turns to a state `flips` flips further if the bounds still hold there; else nothing is true
    /// until refresh(), and false is returned.
    bool follow(std::size_t flips);

    /// sigma_i d_i at scale(), off by less than error(side()): < 0 wants a flip.
    double sum(const Overlaps& overlaps, std::uint32_t unit) const;
    double error(std::size_t side) const { return error_[side]; }

    /// The sums of one to four units, sooner and less exact: off by less than quick_error(side()),
    /// known with the first sums of a state. Entries past the units mean nothing.
    std::array<double, 4> quick_sums(const Overlaps& overlaps,
                                     std::span<const std::uint32_t> units);
    double quick_error(std::size_t side) const { return quick_.error() + rounding_[side]; }

    /// The same of one unit after quick_sums(), by more digits: off by less than
    /// fine_error(side()).
    double fine_sum(const Overlaps& overlaps, std::uint32_t unit) const;
    double fine_error(std::size_t side) const { return quick_.fine_error() + rounding_[side]; }

    /// Near a memory its own two steps can lie far apart, and all others far below. So bounds are
    /// kept apart by which of the two a unit uses: 1 if it agrees with the top memory, else 0; 0
    /// too if there is no single one.
    std::size_t side(const Overlaps& overlaps, std::uint32_t unit) const {
        return top_ && overlaps.agrees(*top_, unit) ? 1 : 0;
    }
    bool has_top() const { return top_.has_value(); }
    std::uint32_t top() const { return *top_; }
    std::uint32_t top_matches() const {
        return top_matches_;
    } ///< of the memory with the largest step

    const Dominance& dominance() const { return table_->dominance; }

    /// No decision's terms have a larger total magnitude, at scale().
    double magnitude(std::size_t side) const { return magnitude_[side]; }

    /// Match counts of all memories, as long as the bounds hold.
    const MatchRange& range() const { return range_; }
    /// Of all but one; empty where there is but one.
    const MatchRange& others() const { return others_; }
    /// Of that one, which weighed most when the bounds were set; empty if none did.
    const MatchRange& apart() const { return apart_range_; }

    /// Numbers of the table are multiplied by 2^scale() in this state.
    std::int64_t scale() const { return scale_; }

    /// Magnitude of a step at scale(). A number too small for the scale counts as the smallest
    /// normal one.
    double size(std::uint32_t step) const { return size_[step]; }

    /// -1, 0 or +1: the sign of sigma_i d_i in the present state, for certain.
    int sign(const StepCounts& counts) const;

    /// Whether every term of the decision is 0.
    bool all_zero(const StepCounts& counts) const;

private:
    /// Terms of one memory at its match count: [0] if opposed, [1] if aligned. An array, so that a
    /// decision picks by index: a branch would be mispredicted every other time.
    using Weights = std::array<double, 2>;

    bool is_in_scale() const;
    std::int64_t scale_of(const Overlaps& overlaps) const;
    void rescale();
    void find_top(const Overlaps& overlaps);
    void bound(const Overlaps& overlaps);
    double larger_size(std::uint32_t m) const { return std::max(size_[m], size_[m + 1]); }
    void set_errors(std::size_t memories);
    void weigh(const Overlaps& overlaps) const;
    double apart_step(const Overlaps& overlaps, std::uint32_t unit) const;
    double error_of(double magnitude, std::size_t terms) const;
    double error_bound(double magnitude, std::size_t terms) const;

    const ExactTable* table_;
    std::vector<double> scaled_;           ///< [N + 2] steps at scale()
    std::vector<double> size_;             ///< [N + 2]
    mutable std::vector<Weights> weights_; ///< made when the first sum() of a state asks for them
    mutable bool weighed_ = false;

    QuickField quick_;
    bool quick_ready_ = false;         ///< quick_ is of the present state
    std::array<double, 2> rounding_{}; ///< [side] what doubles add to the error of a quick sum
    MatchRange range_;                 ///< of all memories, while the bounds hold
    // The memory that weighed most when the bounds were set is left out of quick sums: beside it
    // the others would lose their digits.
    std::optional<std::uint32_t> apart_;
    std::uint32_t apart_matches_ = 0; ///< in the state of the quick sums
    MatchRange apart_range_;          ///< while the bounds hold
    MatchRange others_;               ///< of all others, while the bounds hold
    double largest_ = 0.0;            ///< of their steps' magnitudes
    std::size_t flips_left_ = 0;      ///< for which the bounds hold
    std::int64_t scale_ = 0;
    std::optional<std::uint32_t> top_;
    std::uint32_t top_matches_ = 0;
    double top_size_ = 0.0;
    std::array<double, 2> error_{};
    std::array<double, 2> magnitude_{};
};

} // namespace basin

#include "models/bipolar/exact/local_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

namespace {

/// Index of the first memory with so many matches; there is one. A block without it is passed
/// without a branch for each.
template <class Count>
std::uint32_t first_with(std::span<Count> matches, std::uint32_t wanted) {
    constexpr std::size_t block = 64;
    std::size_t first = 0;
    for (; first + block <= matches.size(); first += block) {
        std::uint32_t found = 0;
        for (std::size_t j = 0; j < block; ++j)
            found |= static_cast<std::uint32_t>(matches[first + j] == wanted);
        if (found != 0) break;
    }
    const auto rest = matches.subspan(first);
    return static_cast<std::uint32_t>(
        first + static_cast<std::size_t>(std::ranges::find(rest, wanted) - rest.begin()));
}

} // namespace

ExactField::ExactField(const ExactTable& table)
    : table_(&table), scaled_(table.steps.size()), size_(table.steps.size()) {
    rescale();
}

void ExactField::refresh(const Overlaps& overlaps) {
    weighed_ = quick_ready_ = false;
    flips_left_ = 0;
    find_top(overlaps);
    if (!is_in_scale()) {
        scale_ = scale_of(overlaps);
        rescale();
        find_top(overlaps);
    }
    bound(overlaps);
}

void ExactField::widen(const Overlaps& overlaps, std::uint32_t flips) {
    if (!dominance().is_bowl) return; // a range's largest step may be anywhere
    const std::uint32_t last = overlaps.dimension();
    double magnitude = 0.0;
    top_size_ = 0.0;
    largest_ = 0.0;
    range_ = others_ = apart_range_ = {last, 0};
    for (const MatchCount& entry : overlaps.histogram()) {
        const std::uint32_t lowest = entry.matches > flips ? entry.matches - flips : 0;
        const std::uint32_t highest = std::min(entry.matches + flips, last);
        const double size =
            std::max(size_[std::max(lowest, 1U)], size_[std::min(highest + 1, last)]);
        magnitude += entry.memories * size;
        top_size_ = std::max(top_size_, size);
        range_.add({lowest, highest});
        if (apart_ && entry.matches == top_matches_) {
            apart_range_ = {lowest, highest};
            continue;
        }
        others_.add({lowest, highest});
        largest_ = std::max(largest_, size);
    }
    if (!is_in_scale()) return refresh(overlaps);
    top_.reset(); // which memory weighs most may change
    magnitude_ = {magnitude, magnitude};
    set_errors(overlaps.pattern_count());
    quick_ready_ = false;
    flips_left_ = flips;
}

bool ExactField::follow(std::size_t flips) {
    if (flips_left_ < flips) return false;
    flips_left_ -= flips;
    weighed_ = quick_ready_ = false;
    return true;
}

/// Terms of every memory, for sum().
void ExactField::weigh(const Overlaps& overlaps) const {
    weights_.resize(overlaps.pattern_count());
    overlaps.visit_matches([&](auto matches) {
        for (std::size_t mu = 0; mu < matches.size(); ++mu)
            weights_[mu] = {-scaled_[matches[mu] + 1U], scaled_[matches[mu]]};
    });
    weighed_ = true;
}

/// The scale at which the largest step that may occur is near 1.
std::int64_t ExactField::scale_of(const Overlaps& overlaps) const {
    std::int64_t largest = std::numeric_limits<std::int64_t>::min();
    for (const MatchCount& entry : overlaps.histogram())
        for (const std::uint32_t k : {entry.matches, entry.matches + 1})
            if (table_->steps[k].fraction != 0.0)
                largest = std::max(largest, table_->steps[k].exponent);
    return -largest;
}

/// Sets steps and sizes at scale().
void ExactField::rescale() {
    const auto& steps = table_->steps;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        scaled_[k] = steps[k].at_scale(scale_);
        size_[k] = steps[k].fraction == 0.0
                       ? 0.0
                       : std::max(std::abs(scaled_[k]), std::numeric_limits<double>::min());
    }
    size_.front() = size_[1];
    size_.back() = size_[size_.size() - 2];
    quick_.forget_steps();
}

/// Whether the largest step that may occur is far from a double's ends.
bool ExactField::is_in_scale() const {
    return top_size_ <= 0.0 || (top_size_ >= 0x1p-256 && top_size_ <= 0x1p256);
}

/// Looks for the memory of the largest step.
void ExactField::find_top(const Overlaps& overlaps) {
    double largest = -1.0;
    MatchCount at{};
    for (const MatchCount& entry : overlaps.histogram()) {
        const double size = larger_size(entry.matches);
        if (size <= largest) continue;
        largest = size;
        at = entry;
    }
    top_size_ = largest;
    top_matches_ = at.matches;
    top_.reset();
    if (at.memories != 1) return;
    top_ = overlaps.visit_matches([&](auto matches) { return first_with(matches, at.matches); });
}

/// Sets the bounds of both sides.
void ExactField::bound(const Overlaps& overlaps) {
    double rest = 0.0;
    double largest = 0.0;
    MatchRange others{overlaps.dimension(), 0};
    for (const MatchCount& entry : overlaps.histogram()) {
        if (top_ && entry.matches == top_matches_) continue;
        const double size = larger_size(entry.matches);
        rest += entry.memories * size;
        largest = std::max(largest, size);
        others.add({entry.matches, entry.matches});
    }
    apart_ = top_;
    others_ = others;
    largest_ = largest;
    range_ = others;
    apart_range_ = top_ ? MatchRange{top_matches_, top_matches_} : MatchRange{1, 0};
    if (top_) range_.add(apart_range_);
    for (const std::size_t side : {0U, 1U}) {
        const double own = top_ ? size_[side == 1 ? top_matches_ : top_matches_ + 1] : 0.0;
        magnitude_[side] = rest + own;
    }
    set_errors(overlaps.pattern_count());
}

/// By the magnitudes.
void ExactField::set_errors(std::size_t memories) {
    for (const std::size_t side : {0U, 1U}) {
        error_[side] = error_of(magnitude_[side], memories);
        // Steps in double, a sum that becomes a double, and the top memory's step.
        rounding_[side] = 3.0 * error_[side];
    }
}

/// Bound on the error of a sum of `terms` doubles of this total magnitude. Integers below 2^53 add
/// up exactly. Else Higham 2002, section 4.2: K 2^-53 of the magnitude; the factor covers second
/// order, the error of `magnitude` itself and terms too small for the scale.
double ExactField::error_of(double magnitude, std::size_t terms) const {
    if (table_->error == 0.0 && magnitude < 0x1p53) return 0.0;
    return error_bound(magnitude, terms);
}

double ExactField::error_bound(double magnitude, std::size_t terms) const {
    return 1.01 * (static_cast<double>(terms) * 0x1p-53 + table_->error) * magnitude;
}

double ExactField::sum(const Overlaps& overlaps, std::uint32_t unit) const {
    if (!weighed_) weigh(overlaps);
    // Eight independent partial sums: the additions do not wait for each other.
    std::array<double, 8> partial{};
    const std::size_t count = weights_.size();
    for (std::size_t first = 0; first < count; first += 64) {
        Word bits = overlaps.aligned_word(unit, first / 64);
        const std::size_t last = std::min(count, first + 64);
        std::size_t mu = first;
        for (; mu + 8 <= last; mu += 8, bits >>= 8U)
            for (std::size_t j = 0; j < 8; ++j)
                partial[j] += weights_[mu + j][(bits >> j) & 1U];
        for (; mu < last; ++mu, bits >>= 1U)
            partial[0] += weights_[mu][bits & 1U];
    }
    return ((partial[0] + partial[1]) + (partial[2] + partial[3])) +
           ((partial[4] + partial[5]) + (partial[6] + partial[7]));
}

std::array<double, 4> ExactField::quick_sums(const Overlaps& overlaps,
                                             std::span<const std::uint32_t> units) {
    if (!quick_ready_) {
        if (apart_) apart_matches_ = overlaps.matches(*apart_);
        // A single memory is apart: then nothing is summed.
        const MatchRange all = others_.is_empty() ? range_ : others_;
        quick_.weigh(overlaps, scaled_, apart_, all, largest_);
    }
    quick_ready_ = true;
    std::array<double, 4> sums = quick_.sums(overlaps, units);
    for (std::size_t c = 0; c < units.size(); ++c)
        sums[c] += apart_step(overlaps, units[c]);
    return sums;
}

double ExactField::fine_sum(const Overlaps& overlaps, std::uint32_t unit) const {
    return quick_.fine_sum(overlaps, unit) + apart_step(overlaps, unit);
}

/// What the memory that is left out of quick sums says; 0 if there is none.
double ExactField::apart_step(const Overlaps& overlaps, std::uint32_t unit) const {
    if (!apart_) return 0.0;
    return overlaps.agrees(*apart_, unit) ? scaled_[apart_matches_] : -scaled_[apart_matches_ + 1];
}

int ExactField::sign(const StepCounts& counts) const {
    std::vector<std::int64_t> net(counts.aligned.size());
    double sum = 0.0;
    double magnitude = 0.0;
    for (const std::uint32_t k : counts.present) {
        net[k] = std::int64_t{counts.aligned[k]} - std::int64_t{counts.opposed[k]};
        sum += static_cast<double>(net[k]) * scaled_[k];
        magnitude += std::abs(static_cast<double>(net[k])) * size_[k];
    }
    if (magnitude == 0.0) return 0; // equal steps cancel
    // What is left in double is often clear where the bound for the whole state was not.
    const double error = error_of(magnitude, counts.present.size() + 1);
    if (error == 0.0) return sum > 0.0 ? 1 : sum < 0.0 ? -1 : 0;
    if (std::abs(sum) > error) return sum > 0.0 ? 1 : -1;
    return table_->sign(net);
}

bool ExactField::all_zero(const StepCounts& counts) const {
    return std::ranges::none_of(counts.present, [&](std::uint32_t k) {
        return counts.aligned[k] + counts.opposed[k] > 0 && table_->steps[k].fraction != 0.0;
    });
}

} // namespace basin

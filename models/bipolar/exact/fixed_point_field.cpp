#include "models/bipolar/exact/fixed_point_field.hpp"

#include <algorithm>

namespace basin {

void QuickField::weigh(const Overlaps& overlaps, std::span<const double> steps,
                       std::optional<std::uint32_t> left_out, const MatchRange& range,
                       double largest) {
    // A table that was made for much larger steps has fewer digits for these.
    const bool fits =
        fixed_.unit > 0.0 && fixed_.range.holds(range) && fixed_.largest <= 4.0 * largest;
    if (!fits) fixed_ = fix(steps, range);
    plane_size_ = 64 * words_for(overlaps.pattern_count());
    planes_.resize(3 * plane_size_);

    const bool narrow = fixed_.tables.entries > 0 && !overlaps.padded_matches().empty();
    Totals totals = narrow ? look_up(overlaps) : look_up_each(overlaps);
    left_out_ = left_out;
    std::int64_t memories = overlaps.pattern_count();
    if (left_out) {
        leave_out(overlaps, *left_out, totals);
        --memories;
    }
    total_ = totals.pairs;
    opposed_ = totals.opposed + memories * fixed_.lowest_opposed;
    // Some of the lowest bytes belong to a sum, so half of their total is off by half at most.
    half_low_ = totals.low / 2;
    fine_error_ = fixed_.exact ? 0.0 : 0.5 * fixed_.unit * static_cast<double>(memories);
    error_ = fine_error_ + fixed_.unit * static_cast<double>(totals.low - half_low_);
}

/// Fills the planes.
QuickField::Totals QuickField::look_up(const Overlaps& overlaps) {
    const std::size_t memories = overlaps.pattern_count();
    const std::size_t words = words_for(memories);
    const Word valid = ~Word{0} >> (64 * words - memories);
    std::uint8_t* const planes[]{planes_.data(), planes_.data() + plane_size_,
                                 planes_.data() + 2 * plane_size_};
    std::array<std::uint64_t, 6> bytes{};
    loops_->look_up(overlaps.padded_matches().data(), words, valid, fixed_.tables, planes,
                    bytes.data());
    const auto number = [&](std::size_t j) {
        return static_cast<std::int64_t>((bytes[j] << 16U) + (bytes[j + 1] << 8U) + bytes[j + 2]);
    };
    return {number(0), static_cast<std::int64_t>(bytes[2]), number(3)};
}

/// Fills the planes where match counts spread too far for tables of bytes.
QuickField::Totals QuickField::look_up_each(const Overlaps& overlaps) {
    Totals totals;
    std::ranges::fill(planes_, std::uint8_t{0});
    overlaps.visit_matches([&](auto matches) {
        for (std::size_t mu = 0; mu < matches.size(); ++mu) {
            if (!fixed_.range.holds(matches[mu])) continue; // left out
            const std::uint32_t pair = fixed_.pair(matches[mu]);
            for (std::size_t j = 0; j < 3; ++j)
                planes_[j * plane_size_ + mu] = static_cast<std::uint8_t>(pair >> (16 - 8 * j));
            totals.pairs += pair;
            totals.low += pair & 0xFFU;
            totals.opposed += fixed_.opposed_to(matches[mu]);
        }
    });
    return totals;
}

/// Takes a memory out of planes and totals.
void QuickField::leave_out(const Overlaps& overlaps, std::uint32_t memory, Totals& totals) {
    const std::uint32_t m = overlaps.matches(memory);
    if (!fixed_.range.holds(m)) return; // it was looked up as 0
    totals.pairs -= fixed_.pair(m);
    totals.low -= fixed_.pair(m) & 0xFFU;
    totals.opposed -= fixed_.opposed_to(m);
    for (std::size_t j = 0; j < 3; ++j)
        planes_[j * plane_size_ + memory] = 0;
}

std::array<double, 4> QuickField::sums(const Overlaps& overlaps,
                                       std::span<const std::uint32_t> units) const {
    std::array<const Word*, 4> columns{};
    for (std::size_t c = 0; c < 4; ++c)
        columns[c] = overlaps.aligned(units[std::min(c, units.size() - 1)]).words.data();
    std::array<std::uint64_t, 4> raw{};
    loops_->sums(plane(0), plane(1), columns.data(), plane_size_ / 64, raw.data());
    std::array<double, 4> sums{};
    for (std::size_t c = 0; c < units.size(); ++c)
        sums[c] = sum_of(overlaps, units[c], static_cast<std::int64_t>(raw[c] << 8U) + half_low_);
    return sums;
}

double QuickField::fine_sum(const Overlaps& overlaps, std::uint32_t unit) const {
    const BitRow column = overlaps.aligned(unit).words;
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < 3; ++j)
        sum = (sum << 8U) + loops_->sum(plane(j), column.data(), column.size());
    return sum_of(overlaps, unit, static_cast<std::int64_t>(sum));
}

} // namespace basin

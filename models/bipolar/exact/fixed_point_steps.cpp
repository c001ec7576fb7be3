#include "models/bipolar/exact/fixed_point_steps.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

namespace {

/// Least and most of some numbers.
struct Span {
    double least = 0.0;
    double most = 0.0;

    void add(double x) {
        least = std::min(least, x);
        most = std::max(most, x);
    }
    double width() const { return most - least; }
};

double larger(std::span<const double> steps, std::uint32_t m) {
    return std::max(std::abs(steps[m]), std::abs(steps[m + 1]));
}

double largest_of(std::span<const double> steps, const MatchRange& range) {
    double largest = 0.0;
    for (std::uint32_t m = range.lowest; m <= range.highest; ++m)
        largest = std::max(largest, larger(steps, m));
    return largest;
}

/// Some match counts more on both sides, where steps are less than twice the range's largest.
MatchRange with_slack(std::span<const double> steps, MatchRange range) {
    constexpr std::uint32_t slack = 4;
    const double limit = 2.0 * largest_of(steps, range);
    const auto last = static_cast<std::uint32_t>(steps.size() - 2); // N
    for (std::uint32_t i = 0; i < slack; ++i) {
        if (range.lowest > 0 && larger(steps, range.lowest - 1) < limit) --range.lowest;
        if (range.highest < last && larger(steps, range.highest + 1) < limit) ++range.highest;
    }
    return range;
}

/// The unit in which pairs and steps have 23 bits above their lowest, and steps less than 2^37:
/// then sums of 2^24 of them fit into 64 bits.
double unit_of(std::span<const double> used, double largest) {
    if (largest == 0.0) return 1.0;
    Span pairs{used[0] + used[1], used[0] + used[1]};
    Span opposed{used[1], used[1]};
    for (std::size_t i = 0; i + 1 < used.size(); ++i) {
        pairs.add(used[i] + used[i + 1]);
        opposed.add(used[i + 1]);
    }
    const double width = std::max(pairs.width(), opposed.width());
    int exponent = std::ilogb(largest) - 36;
    if (width > 0.0) exponent = std::max(exponent, std::ilogb(width) - 22);
    // The ends of a double: far below the scale at which the largest step is near 1.
    return std::scalbn(1.0, std::max(exponent, -1000));
}

void set_bytes(ByteTables& tables, std::size_t entry, std::uint32_t pair, std::uint32_t opposed) {
    for (std::size_t j = 0; j < 3; ++j) {
        tables.bytes[j][entry] = static_cast<std::uint8_t>(pair >> (16 - 8 * j));
        tables.bytes[3 + j][entry] = static_cast<std::uint8_t>(opposed >> (16 - 8 * j));
    }
}

} // namespace

FixedSteps fix(std::span<const double> steps, const MatchRange& needed) {
    const MatchRange range = with_slack(steps, needed);
    const std::span<const double> used = steps.subspan(range.lowest, range.size() + 1);
    FixedSteps fixed;
    fixed.range = range;
    fixed.largest = largest_of(steps, range);
    fixed.unit = unit_of(used, fixed.largest);
    fixed.exact = true;
    std::vector<std::int64_t> whole;
    for (const double step : used) {
        const double units = step / fixed.unit;
        whole.push_back(std::llrint(units));
        fixed.exact = fixed.exact && static_cast<double>(whole.back()) == units;
    }
    const auto pair_of = [&](std::size_t i) { return whole[i] + whole[i + 1]; };
    fixed.lowest_pair = pair_of(0);
    fixed.lowest_opposed = whole[1];
    for (std::size_t i = 0; i < range.size(); ++i) {
        fixed.lowest_pair = std::min(fixed.lowest_pair, pair_of(i));
        fixed.lowest_opposed = std::min(fixed.lowest_opposed, whole[i + 1]);
    }
    const bool fits = range.size() <= ByteTables::most_entries && range.highest <= 255;
    fixed.tables.first = static_cast<std::uint8_t>(fits ? range.lowest : 0);
    fixed.tables.entries = fits ? range.size() : 0;
    for (std::size_t i = 0; i < range.size(); ++i) {
        fixed.pairs.push_back(static_cast<std::uint32_t>(pair_of(i) - fixed.lowest_pair));
        fixed.opposed.push_back(static_cast<std::uint32_t>(whole[i + 1] - fixed.lowest_opposed));
        if (fits) set_bytes(fixed.tables, i, fixed.pairs[i], fixed.opposed[i]);
    }
    return fixed;
}

} // namespace basin

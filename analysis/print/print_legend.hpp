#pragma once
// The legend of a printed chart: strips above the panels. For print sources only.

#include "analysis/print/print_view.hpp"

#include <string>
#include <vector>

namespace basin {

struct LegendItem {
    std::string drawn; ///< as after "keyentry with"
    std::string text;
    double left = 0.0; ///< mm, of its sample
    double down = 0.0; ///< mm, from the strip's top to its middle
};

struct LegendStrip {
    std::string title; ///< or "": in the middle of the first line
    std::vector<LegendItem> items;
    double height = 0.0; ///< mm
};

inline constexpr double legend_line = 3.9; ///< mm

/// What colours mean, then what dashes, marks and signs mean, laid out for a width in mm. None
/// where there is nothing to tell apart.
std::vector<LegendStrip> legend_strips(const PrintView& view, double width);

/// The dash type of a rule, by its place among the rules.
int rule_dash(std::size_t rule);

} // namespace basin

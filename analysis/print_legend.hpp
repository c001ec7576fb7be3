#pragma once
// The legend of a printed chart: strips above the panels. For print sources only.

#include "analysis/print_view.hpp"

#include <string>
#include <vector>

namespace basin {

struct LegendItem {
    std::string drawn; ///< as after "keyentry with"
    std::string text;
};

struct LegendStrip {
    std::string title; ///< or ""
    std::vector<LegendItem> items;
    std::size_t columns = 1;
    double height = 0.0; ///< mm
};

/// What colours mean, then what dashes, marks and signs mean, laid out for a width in mm. None
/// where there is nothing to tell apart.
std::vector<LegendStrip> legend_strips(const PrintView& view, double width);

/// The dash type of a rule, by its place among the rules.
int rule_dash(std::size_t rule);

} // namespace basin

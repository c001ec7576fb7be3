#pragma once
// What one printed file shows of a chart. For print sources only.

#include "analysis/print/chart_print.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

struct PrintRange {
    double low = 0.0;
    double high = 1.0;
    Scale scale = Scale::linear;

    bool holds(double value) const { return value >= low && value <= high; }
};

/// How series are drawn that share a kind.
struct PrintKind {
    std::string name;
    Mark mark = Mark::line;
    Dash dash = Dash::solid;
    bool wide = false;
    std::size_t rank = 0; ///< among kinds that look alike: its colour where colours make no facet
};

struct PrintView {
    const Chart& chart;
    const PrintedFile& file;
    std::vector<std::uint32_t> panels; ///< values of the panel facet that occur; {0} without one
    std::vector<std::uint32_t> colors; ///< values of the colour facet that occur
    std::vector<PrintKind> kinds;      ///< those that occur
    PrintRange x;
    PrintRange y;

    /// Whether something with these facets stands in a panel.
    bool shows(const std::vector<std::uint32_t>& facets, std::uint32_t panel) const;
    const PrintKind& kind_of(const ChartSeries& series) const;
    /// Of its line style, from 1.
    std::size_t style_of(const ChartSeries& series) const;
    std::size_t styles() const; ///< how many there are
    bool is_map() const { return !chart.tiles.empty(); }
};

PrintView print_view(const Chart& chart, const PrintedFile& file);

/// Whether a point can be drawn on these axes; on logarithmic ones only positive ones can.
bool drawable(const PrintView& view, const ChartPoint& point);

/// "interaction vertex n = 3", but of a name the name alone: "normalized".
std::string facet_text(const ChartFacet& facet, std::uint32_t value);

} // namespace basin

#pragma once
// A drawing as data. The page (chart_vega.hpp), print (chart_print.hpp) and CSV (chart_table.hpp)
// are made from it alike.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace basin {

enum class Scale : std::uint8_t { linear, logarithmic };

struct ChartAxis {
    std::string name;                         ///< of the column in the CSV: "pattern_count"
    std::string title;                        ///< with unit: "pattern count K"
    std::vector<Scale> scales{Scale::linear}; ///< to choose from, the first is shown first
    std::optional<double> low;                ///< ends, if they are not those of the data
    std::optional<double> high;
    /// Not empty: value i (0, 1, ...) is this category, in a band of its own; linear.
    std::vector<std::string> categories;
};

/// A parameter by whose values series differ. The reader chooses which one makes panels, which one
/// makes colours, and of all others one value each.
struct ChartFacet {
    std::string name;  ///< "interaction_vertex"
    std::string title; ///< "interaction vertex n"
    std::vector<std::string> values;
    std::size_t initial = 0; ///< value shown first, where one is to be chosen
};

enum class Mark : std::uint8_t {
    points, ///< with their intervals as bars
    line,   ///< with its intervals as a band, if it has some
    steps,  ///< y holds from x to the next x
};

enum class Dash : std::uint8_t { solid, dashed, dotted };

enum class Sign : std::uint8_t { filled, open, arrow_up, arrow_down };

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

struct ChartPoint {
    double x = 0.0;
    double y = 0.0;
    double low = no_number; ///< interval of y (of x where intervals_along_x); NaN: none
    double high = no_number;
    Sign sign = Sign::filled;
    std::string note{}; ///< for the tooltip and the CSV: "12 scenes"
};

struct ChartSeries {
    std::vector<std::uint32_t> facets; ///< value index for each of Chart::facets
    std::string kind;                  ///< "measured", "theory": named in the legend by its dash
    Mark mark = Mark::line;
    Dash dash = Dash::solid;
    bool wide = false;              ///< a broad line, as of a bracket
    std::vector<ChartPoint> points; ///< lines and steps: by x
};

/// A line across every panel: a threshold.
struct ChartRule {
    bool vertical = false; ///< at this x, else at this y
    double at = 0.0;
    std::string text;
};

enum class TileState : std::uint8_t { value, failed, not_run, not_applicable };

/// A coloured cell of a map: both axes have categories.
struct ChartTile {
    std::vector<std::uint32_t> facets;
    std::uint32_t x = 0; ///< category
    std::uint32_t y = 0;
    double value = no_number;
    TileState state = TileState::value;
    bool hatched = false; ///< some number overflowed
    std::string note;
};

struct TileColors {
    std::string name;  ///< of the column in the CSV
    std::string title; ///< "exact recall"
    double low = 0.0;
    double high = 1.0;
    bool diverging = false; ///< 0 in the middle is pale: for differences
};

struct Chart {
    std::string id; ///< for anchors and file names
    std::string title;
    std::string caption;  ///< what is drawn and what to look at
    std::string alt;      ///< the same for those who do not see it
    std::string left_out; ///< the reason, if there is nothing to draw; then the rest is empty
    ChartAxis x;
    ChartAxis y;
    std::vector<ChartFacet> facets;   ///< with two values at least
    std::optional<std::size_t> color; ///< facet that makes colours first
    std::optional<std::size_t> panel; ///< facet that makes panels first
    std::vector<ChartSeries> series;
    std::vector<ChartRule> rules;
    std::vector<ChartTile> tiles;
    TileColors tile_colors;
    bool hatching = true; ///< draw what ChartTile::hatched says
    bool intervals_along_x = false;
};

} // namespace basin

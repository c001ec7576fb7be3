#pragma once
// Pieces of Vega-Lite specifications that several figures share. For figure sources only.

#include "analysis/cells/cells.hpp"
#include "analysis/cells/selectors.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

using Json = nlohmann::json;

/// Fonts, colours and spacing that all figures share: "config".
Json house_style();

/// Which parameters a figure draws, and which it leaves to the reader.
struct Drawn {
    std::optional<std::size_t> x;
    std::optional<std::size_t> y; ///< maps: second axis; lines: one line per value
    std::optional<std::size_t> panel;
    std::optional<std::size_t> panel_row; ///< one row of panels per value
    std::vector<Selector> selectors;
};

/// What a figure draws: x and y are the first of the parameters named that vary (y another than x),
/// panels are formulation, else similarity, else interaction; the rest is left to selectors.
Drawn drawn_over(const Cells& cells, std::initializer_list<std::string_view> x_wanted,
                 std::initializer_list<std::string_view> y_wanted);

/// Metrics among `wanted` that have a value in some cell.
std::vector<const Measure*> measures_with_values(const Cells& cells,
                                                 std::initializer_list<std::string_view> wanted);

/// A specification with the house style, data, one parameter per selector (and one named "quantity"
/// if there are several quantities), and the filter they make.
Json skeleton(const Cells& cells, const Drawn& drawn,
              const std::vector<const Measure*>& quantities);

/// Title expression: the quantity shown and the chosen values.
Json chosen_title(const Cells& cells, const Drawn& drawn,
                  const std::vector<const Measure*>& quantities);

/// Wraps `unit` into panels, one column per value of drawn.panel, one row per value of
/// drawn.panel_row. Neither: `unit` itself.
void add_panels(Json& spec, Json unit, const Cells& cells, const Drawn& drawn);

/// Values of an axis that occur, as the rows hold them: numbers, or texts for people.
Json domain_of(const Cells& cells, std::size_t axis);

/// Tooltip channel: coordinates, replicates, flags and metrics of a row.
Json tooltip(const Cells& cells);

/// A JSON string literal that is also a Vega expression literal.
std::string literal(const std::string& text);

} // namespace basin

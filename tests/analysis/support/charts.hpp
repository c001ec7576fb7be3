#pragma once
// Charts of every kind, small.

#include "analysis/charts/chart.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace basin::tests {

ChartPoint point(double x, double y, double low = no_number, double high = no_number,
                 Sign sign = Sign::filled);
ChartSeries series(std::vector<std::uint32_t> facets, std::string kind, Mark mark,
                   std::vector<ChartPoint> points);

/// "curves": lines with bands, points with bars and arrows, brackets, dashes, rules; two panels,
/// two colours, two values of beta; both scales of x.
Chart curves();

/// "map": tiles in every state, hatched ones, a line over them; two panels.
Chart map_chart();

/// "histogram": steps.
Chart histogram();

/// The map and the curves with texts that would be code, markup or formats, everywhere: they would
/// make a file named "injected".
Chart odd_texts();
Chart odd_texts_of_lines();

/// These, and differences, intervals along x, numbers where they do not fit, and no numbers.
std::vector<Chart> every_kind();

} // namespace basin::tests

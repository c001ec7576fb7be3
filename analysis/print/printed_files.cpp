#include "analysis/print/chart_print.hpp"
#include "analysis/print/print_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace basin {
namespace {

using Selection = std::vector<std::uint32_t>;

std::vector<std::size_t> other_facets(const Chart& chart) {
    std::vector<std::size_t> others;
    for (std::size_t f = 0; f < chart.facets.size(); ++f)
        if (f != chart.panel && f != chart.color) others.push_back(f);
    return others;
}

Selection initial_choice(const Chart& chart) {
    Selection choice;
    for (const ChartFacet& facet : chart.facets)
        choice.push_back(static_cast<std::uint32_t>(facet.initial));
    return choice;
}

/// The combinations that something is drawn at, ascending, but the initial one first.
std::vector<Selection> choices(const Chart& chart) {
    const std::vector<std::size_t> others = other_facets(chart);
    const Selection initial = initial_choice(chart);
    std::set<Selection> found;
    const auto note = [&](const Selection& facets) {
        Selection choice = initial;
        for (const std::size_t f : others)
            if (f < facets.size()) choice[f] = facets[f];
        found.insert(std::move(choice));
    };
    for (const ChartSeries& series : chart.series)
        if (!series.points.empty()) note(series.facets);
    for (const ChartTile& tile : chart.tiles)
        note(tile.facets);
    std::vector<Selection> all(found.begin(), found.end());
    std::stable_partition(all.begin(), all.end(),
                          [&](const Selection& choice) { return choice == initial; });
    return all;
}

struct Scales {
    Scale x = Scale::linear;
    Scale y = Scale::linear;
    std::string suffix;
    std::string said;
};

const char* word(Scale scale) {
    return scale == Scale::linear ? "linear" : "log";
}

std::vector<Scales> scales_of(const Chart& chart) {
    const auto of = [](const ChartAxis& axis) {
        return axis.scales.empty() || !axis.categories.empty() ? std::vector{Scale::linear}
                                                               : axis.scales;
    };
    const std::vector<Scale> xs = of(chart.x);
    const std::vector<Scale> ys = of(chart.y);
    const bool both = xs.size() > 1 && ys.size() > 1;
    std::vector<Scales> all;
    for (const Scale x : xs)
        for (const Scale y : ys) {
            Scales scales{x, y, "", ""};
            const auto add = [&](const char* axis, Scale scale) {
                scales.suffix +=
                    fmt::format("-{}{}", both ? fmt::format("{}-", axis) : "", word(scale));
                scales.said += fmt::format("{}{} {} axis", scales.said.empty() ? "" : ", ",
                                           scale == Scale::linear ? "linear" : "logarithmic", axis);
            };
            if (x != xs.front()) add("x", x);
            if (y != ys.front()) add("y", y);
            all.push_back(std::move(scales));
        }
    return all;
}

std::string name_of(const Chart& chart, const Selection& choice) {
    std::string name = file_name_part(chart.id);
    for (const std::size_t f : other_facets(chart))
        name += fmt::format("-{}_{}", file_name_part(chart.facets[f].name),
                            file_name_part(chart.facets[f].values[choice[f]]));
    return name;
}

std::string said_of(const Chart& chart, const Selection& choice) {
    std::string said;
    for (const std::size_t f : other_facets(chart))
        said += fmt::format("{}{} = {}", said.empty() ? "" : ", ", chart.facets[f].title,
                            chart.facets[f].values[choice[f]]);
    return said;
}

constexpr std::size_t longest_name = 120;

/// gnuplot reads all numbers of a chart once for every line that it draws, in every format: what
/// takes it about a minute in all.
constexpr std::size_t most_numbers_read = 250'000;

std::size_t numbers_of(const Chart& chart) {
    std::size_t numbers = chart.tiles.size();
    for (const ChartSeries& series : chart.series)
        numbers += series.points.size();
    return numbers;
}

} // namespace

PrintedFiles printed_files(const Chart& chart) {
    PrintedFiles printed;
    if (!chart.left_out.empty()) return printed;
    std::vector<Selection> all = choices(chart);
    std::vector<Scales> scaled = scales_of(chart);
    const std::size_t numbers = numbers_of(chart);
    if (all.size() > most_printed_values) {
        std::string facets;
        for (const std::size_t f : other_facets(chart))
            facets += fmt::format("{}{}", facets.empty() ? "" : ", ", chart.facets[f].title);
        printed.left_out = fmt::format("Only one of {} combinations of {} is printed: more than {} "
                                       "would be too many files.",
                                       all.size(), facets, most_printed_values);
        all.resize(1);
    } else if (numbers * all.size() * scaled.size() > most_numbers_read &&
               all.size() * scaled.size() > 1) {
        printed.left_out = fmt::format("Only the first of {} figures is printed: with {} numbers "
                                       "in the chart all would take too long.",
                                       all.size() * scaled.size(), numbers);
        all.resize(1);
    }
    if (numbers * scaled.size() > most_numbers_read / 4) scaled.resize(1);
    std::set<std::string> taken;
    for (const Selection& choice : all)
        for (const Scales& scales : scaled) {
            // The first file of a chart has its plain name.
            const std::string base =
                &choice == all.data() ? file_name_part(chart.id) : name_of(chart, choice);
            std::string name = base.substr(0, longest_name) + scales.suffix;
            for (int i = 2; !taken.insert(name).second; ++i)
                name = fmt::format("{}-{}{}", base.substr(0, longest_name), i, scales.suffix);
            const std::string said = said_of(chart, choice);
            printed.files.push_back({std::move(name), choice, scales.x, scales.y,
                                     said.empty() || scales.said.empty()
                                         ? said + scales.said
                                         : said + "; " + scales.said});
        }
    return printed;
}

Chart shown_in(Chart chart, const PrintedFile& file) {
    const std::vector<std::size_t> others = other_facets(chart);
    const auto elsewhere = [&](const auto& drawn) {
        return std::ranges::any_of(others, [&](std::size_t f) {
            return f < drawn.facets.size() && drawn.facets[f] != file.chosen[f];
        });
    };
    std::erase_if(chart.series, elsewhere);
    std::erase_if(chart.tiles, elsewhere);
    return chart;
}

std::string printed_caption(const Chart& chart, const PrintedFile& file) {
    return fmt::format("{}.{}{}{}\n", chart.title, chart.caption.empty() ? "" : " ", chart.caption,
                       file.said.empty() ? "" : fmt::format(" Here: {}.", file.said));
}

} // namespace basin

#include "analysis/chart_print.hpp"
#include "analysis/chart_table.hpp"
#include "analysis/print_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::TempFolder;

constexpr double infinity = std::numeric_limits<double>::infinity();

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

ChartPoint point(double x, double y, double low = no_number, double high = no_number,
                 Sign sign = Sign::filled) {
    return {x, y, low, high, sign, ""};
}

ChartSeries series(std::vector<std::uint32_t> facets, std::string kind, Mark mark,
                   std::vector<ChartPoint> points) {
    ChartSeries made;
    made.facets = std::move(facets);
    made.kind = std::move(kind);
    made.mark = mark;
    made.points = std::move(points);
    return made;
}

ChartAxis axis(std::string name, std::string title, std::vector<Scale> scales = {Scale::linear}) {
    ChartAxis made;
    made.name = std::move(name);
    made.title = std::move(title);
    made.scales = std::move(scales);
    return made;
}

/// Lines with bands, points with bars and arrows, brackets, dashes, rules; two panels.
Chart curves() {
    Chart chart;
    chart.id = "curves";
    chart.title = "Curves";
    chart.caption = "What they show.";
    chart.x = axis("dimension", "dimension N", {Scale::logarithmic, Scale::linear});
    chart.y = axis("pattern_count", "pattern count K", {Scale::logarithmic});
    chart.facets = {{"interaction_vertex", "interaction vertex n", {"2", "3"}, 0},
                    {"formulation", "formulation", {"original", "normalized"}, 0},
                    {"beta", "β", {"0.5", "2"}, 1}};
    chart.color = 0;
    chart.panel = 1;
    for (std::uint32_t n = 0; n < 2; ++n)
        for (std::uint32_t f = 0; f < 2; ++f)
            for (std::uint32_t b = 0; b < 2; ++b) {
                chart.series.push_back(series({n, f, b}, "measured", Mark::points,
                                              {point(64, 10, 8, 12), point(128, 20, 0, infinity),
                                               point(256, 40, 30, no_number, Sign::open),
                                               point(512, 80, 70, 90, Sign::arrow_up),
                                               point(1024, 9, 8, 10, Sign::arrow_down)}));
                chart.series.push_back(
                    series({n, f, b}, "theory", Mark::line, {point(64, 9), point(1024, 140)}));
                chart.series.back().dash = Dash::dashed;
                chart.series.push_back(series({n, f, b}, "fit", Mark::line,
                                              {point(64, 9, 8, 10), point(1024, 120, 90, 150)}));
                chart.series.push_back(
                    series({n, f, b}, "bracket", Mark::line, {point(90, 5), point(90, 20)}));
                chart.series.back().wide = true;
            }
    chart.rules = {{false, 50.0, "a threshold"}, {true, 300.0, "N = 300"}};
    return chart;
}

Chart map() {
    Chart chart;
    chart.id = "map";
    chart.title = "Map";
    chart.x = axis("interaction_vertex", "interaction vertex n");
    chart.x.categories = {"2", "3", "10", "30"};
    chart.y = axis("beta", "β");
    chart.y.categories = {"0.1", "1", "1.5"};
    chart.facets = {{"precision", "precision", {"float32", "float64"}, 0}};
    chart.panel = 0;
    chart.tile_colors = {"exact_recall", "exact recall", 0.0, 1.0, false};
    for (std::uint32_t p = 0; p < 2; ++p)
        for (std::uint32_t x = 0; x < 4; ++x)
            for (std::uint32_t y = 0; y < 3; ++y) {
                ChartTile tile;
                tile.facets = {p};
                tile.x = x;
                tile.y = y;
                tile.value = (x + y) / 5.0;
                tile.hatched = x > 2;
                if (x == 3) tile.state = static_cast<TileState>(1 + y);
                if (x + y == 0) tile.value = no_number;
                chart.tiles.push_back(tile);
            }
    chart.series.push_back(
        series({0}, "theory: fails from here on", Mark::line, {point(1.5, -0.5), point(1.5, 2.5)}));
    return chart;
}

Chart differences() {
    Chart chart = map();
    chart.id = "differences";
    chart.series.clear();
    chart.tile_colors = {"difference", "difference", -0.2, 1.0, true};
    return chart;
}

Chart histogram() {
    Chart chart;
    chart.id = "histogram";
    chart.x = axis("similarity", "similarity");
    chart.y = axis("share", "share of pairs");
    chart.series = {
        series({}, "self", Mark::steps, {point(-1, 0.2), point(0, 0.5), point(1, 0.5)})};
    return chart;
}

Chart intervals_along_x() {
    Chart chart;
    chart.id = "models";
    chart.x = axis("k", "critical K");
    chart.y = axis("model", "model");
    chart.y.categories = {"original", "a name that is quite long", "normalized"};
    chart.intervals_along_x = true;
    chart.series = {series({}, "measured", Mark::points,
                           {point(10, 0, 8, 12), point(20, 1, 15, 30, Sign::arrow_up),
                            point(5, 2, no_number, no_number, Sign::open)})};
    return chart;
}

/// Numbers where they do not fit.
Chart odd_numbers() {
    Chart chart;
    chart.id = "odd";
    chart.x = axis("x", "x", {Scale::logarithmic, Scale::linear});
    chart.y = axis("y", "y", {Scale::logarithmic, Scale::linear});
    chart.facets = {{"f", "f", {"none", "one", "bad", "same"}, 0}};
    chart.color = 0;
    chart.series = {series({0}, "k", Mark::line, {}), series({1}, "k", Mark::line, {point(1, 1)}),
                    series({2}, "k", Mark::line,
                           {point(-1, 2), point(0, no_number), point(no_number, 1),
                            point(infinity, 1), point(1, -infinity), point(2, -3, -4, 0)}),
                    series({3}, "k", Mark::points, {point(1, 1, 1, 1), point(1, 1, -infinity, 2)})};
    return chart;
}

Chart without_numbers() {
    Chart chart;
    chart.id = "empty";
    chart.x = axis("x", "x", {Scale::logarithmic});
    chart.y = axis("y", "y");
    chart.series = {series({}, "k", Mark::points, {point(-1, 1), point(no_number, no_number)})};
    return chart;
}

const std::string evil = "#1a\"b,c\nd\\e$f@g`touch injected`'%s'.system(\"touch injected\"){^x}_y";

/// Texts that would be code, markup or formats, everywhere.
Chart odd_texts() {
    Chart chart = map();
    chart.id = "texts";
    chart.x.title = chart.y.title = chart.tile_colors.title = evil;
    chart.x.name = "x," + evil;
    chart.tile_colors.name = "`touch injected`";
    chart.x.categories[0] = evil;
    chart.facets[0] = {"f" + evil, evil, {evil, evil + "\t"}, 0};
    chart.series[0].kind = evil;
    return chart;
}

Chart odd_texts_of_lines() {
    Chart chart = curves();
    chart.id = "texts-of-lines";
    for (ChartFacet& facet : chart.facets)
        facet = {facet.name + evil, evil, {evil, "\"" + evil}, 0};
    for (ChartSeries& each : chart.series)
        each.kind += evil;
    chart.rules[0].text = evil;
    return chart;
}

std::vector<Chart> every_kind() {
    return {curves(),
            map(),
            differences(),
            histogram(),
            intervals_along_x(),
            odd_numbers(),
            without_numbers(),
            odd_texts(),
            odd_texts_of_lines()};
}

/// Writes a chart's files and runs gnuplot over them as a user would. What gnuplot said.
std::string draw(const TempFolder& folder, const Chart& given) {
    const Chart chart = printable(given);
    folder.write(chart.id + ".csv", chart_csv(chart));
    for (const PrintedFile& file : printed_files(chart).files) {
        folder.write(file.name + ".gp", gnuplot_script(chart, file, chart.id + ".csv"));
        const std::string command = "cd " + folder.path().string() + " && LC_ALL=C.UTF-8 gnuplot " +
                                    file.name + ".gp >>said 2>&1";
        if (std::system(command.c_str()) != 0) return "failed: " + read_file(folder / "said");
    }
    return read_file(folder / "said");
}

bool has_gnuplot() {
    return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

TEST(ChartPrint, DrawsEveryKindWithoutAWarning) {
    if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    for (const Chart& chart : every_kind()) {
        const TempFolder folder;
        EXPECT_EQ(draw(folder, chart), "") << chart.id;
        for (const PrintedFile& file : printed_files(printable(chart)).files)
            for (const char* format : {".svg", ".pdf", ".png"})
                EXPECT_GT(read_file(folder / (file.name + format)).size(), 2000U)
                    << file.name << format;
        EXPECT_FALSE(std::filesystem::exists(folder / "injected")) << chart.id;
    }
}

TEST(ChartPrint, OddTextsHideNothing) {
    if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    // As many symbols and strokes as with plain texts; only tics may be left out.
    for (const auto& [plain, odd] :
         {std::pair(curves(), odd_texts_of_lines()), std::pair(map(), odd_texts())}) {
        const TempFolder folder;
        EXPECT_EQ(draw(folder, plain), "");
        EXPECT_EQ(draw(folder, odd), "");
        const std::string drawn = read_file(folder / (plain.id + ".svg"));
        const std::string with_odd = read_file(folder / (odd.id + ".svg"));
        for (const char* shape : {"<use ", "<polygon ", "stroke-dasharray"})
            EXPECT_EQ(count_of(drawn, shape), count_of(with_odd, shape)) << odd.id << shape;
        EXPECT_GT(count_of(drawn, "<use ") + count_of(drawn, "<polygon "), 10U);
    }
}

TEST(ChartPrint, DrawsTheNumbersOfTheCsv) {
    if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    // What is drawn follows the CSV: without the rows of one series there are fewer signs.
    const Chart chart = printable(histogram());
    const PrintedFile file = printed_files(chart).files.front();
    std::vector<std::string> drawn;
    for (const std::string& csv :
         {chart_csv(chart), std::string("kind,similarity,share\nself,-1,0.1\nself,1,0.5\n")}) {
        const TempFolder folder;
        folder.write("histogram.csv", csv);
        folder.write("histogram.gp", gnuplot_script(chart, file, "histogram.csv"));
        const std::string command =
            "cd " + folder.path().string() + " && gnuplot histogram.gp >said 2>&1";
        EXPECT_EQ(std::system(command.c_str()), 0);
        drawn.push_back(read_file(folder / "histogram.svg"));
    }
    EXPECT_NE(drawn[0], drawn[1]);
    EXPECT_TRUE(contains(drawn[0], "share of pairs"));
}

TEST(ChartPrint, ReadsColumnsByTheirNames) {
    const Chart chart = printable(curves());
    const PrintedFiles printed = printed_files(chart);
    const std::string script = gnuplot_script(chart, printed.files.front(), "curves.csv");
    const std::string csv = chart_csv(chart);
    const std::string names = csv.substr(0, csv.find('\n'));
    EXPECT_EQ(names,
              "interaction_vertex,formulation,beta,kind,dimension,pattern_count,low,high,sign");
    for (const char* column : {"column(\"dimension\")", "column(\"pattern_count\")",
                               "column(\"low\")", "column(\"high\")", "strcol(\"sign\")",
                               "strcol(\"interaction_vertex\")", "strcol(\"kind\")"})
        EXPECT_TRUE(contains(script, column)) << column;
    EXPECT_TRUE(contains(script, "rows(\"measured\", \"3\", \"normalized\", \"2\")"));
    EXPECT_TRUE(contains(script, "set logscale x"));
    EXPECT_FALSE(contains(script, "\"0.5\""));
    // One legend, two panels, the rules in each.
    EXPECT_EQ(count_of(script, "a threshold"), 1U);
    EXPECT_EQ(count_of(script, "\nplot csv"), 2U);
}

TEST(ChartPrint, MapsHavePositionsForCategories) {
    const Chart chart = printable(map());
    const std::string csv = chart_csv(chart);
    EXPECT_TRUE(contains(csv, "precision,kind,interaction_vertex,interaction_vertex_position,beta,"
                              "beta_position,exact_recall,state,overflow"));
    // A line between two categories has positions alone.
    EXPECT_TRUE(contains(csv, "float32,theory: fails from here on,,1.5,,-0.5,,,"));
    EXPECT_TRUE(contains(csv, "float64,tile,10,2,1.5,2,0.8,done,0"));
    const std::string script = gnuplot_script(chart, printed_files(chart).files.front(), "map.csv");
    EXPECT_TRUE(contains(script, "column(\"beta_position\")"));
    EXPECT_TRUE(contains(script, "linecolor palette"));
}

TEST(ChartPrint, FilesAreTheInitialOnesFirst) {
    const PrintedFiles printed = printed_files(printable(curves()));
    std::vector<std::string> names;
    for (const PrintedFile& file : printed.files)
        names.push_back(file.name);
    EXPECT_EQ(names, (std::vector<std::string>{"curves", "curves-linear", "curves-beta_0.5",
                                               "curves-beta_0.5-linear"}));
    EXPECT_EQ(printed.files[0].said, "β = 2");
    EXPECT_EQ(printed.files[3].said, "β = 0.5; linear x axis");
    EXPECT_EQ(printed.left_out, "");
    EXPECT_EQ(printed_caption(curves(), printed.files[0]),
              "Curves. What they show. Here: β = 2.\n");
}

TEST(ChartPrint, TooManyFilesAreOne) {
    Chart chart = histogram();
    chart.facets = {{"beta", "β", {}, 7}};
    const ChartSeries one = chart.series.front();
    chart.series.clear();
    for (std::uint32_t b = 0; b <= most_printed_values; ++b) {
        chart.facets[0].values.push_back(std::to_string(b));
        chart.series.push_back(one);
        chart.series.back().facets = {b};
    }
    const PrintedFiles printed = printed_files(printable(chart));
    ASSERT_EQ(printed.files.size(), 1U);
    EXPECT_EQ(printed.files[0].said, "β = 7");
    EXPECT_TRUE(contains(printed.left_out, "one of 13"));
}

TEST(ChartPrint, NoTextIsCode) {
    EXPECT_EQ(gnuplot_text("a`b`\"c\\$@{'%"), R"("a\140b\140\042c\134\044\100\173\047%")");
    EXPECT_EQ(gnuplot_text("a#12"), R"("a\043\061\062")"); // else gnuplot reads on into the 12
    EXPECT_EQ(gnuplot_tic_text("50 %"), "\"50 %%\"");
    EXPECT_EQ(gnuplot_text("β\n"), "\"β \"");
    for (const Chart& chart : {odd_texts(), odd_texts_of_lines()}) {
        const Chart clean = printable(chart);
        const std::string script =
            gnuplot_script(clean, printed_files(clean).files.front(), "a.csv");
        EXPECT_EQ(count_of(script, "`"), 0U);
        EXPECT_EQ(count_of(script, "@"), 0U);
        EXPECT_EQ(count_of(script, "$"), 0U);
        EXPECT_EQ(count_of(script, "'"), 0U);
    }
}

TEST(ChartPrint, TextsAreFoundAgainInTheCsv) {
    const Chart chart = printable(odd_texts());
    for (const char c : {'"', ',', '\n', '\t'})
        EXPECT_EQ(chart.facets[0].values[0].find(c), std::string::npos);
    EXPECT_NE(chart.facets[0].values[0], chart.facets[0].values[1]);
    EXPECT_EQ(count_of(chart_csv(chart), "\n"),
              chart.tiles.size() + chart.series[0].points.size() + 1);
}

TEST(ChartPrint, SeriesOfOneNameAreOneLineWithAGap) {
    Chart chart = histogram();
    chart.series.push_back(series({}, "self", Mark::steps, {point(3, 0.1)}));
    chart.series.push_back(series({}, "self", Mark::points, {point(4, 0.1)}));
    const Chart joined = printable(chart);
    ASSERT_EQ(joined.series.size(), 2U);
    ASSERT_EQ(joined.series[0].points.size(), 5U);
    EXPECT_TRUE(std::isnan(joined.series[0].points[3].y));
    EXPECT_EQ(joined.series[1].kind, "self points");
}

} // namespace
} // namespace basin

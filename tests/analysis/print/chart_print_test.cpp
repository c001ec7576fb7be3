#include "analysis/charts/chart_table.hpp"
#include "analysis/print/chart_print.hpp"
#include "analysis/print/print_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "support/charts.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using tests::curves;
using tests::every_kind;
using tests::histogram;
using tests::map_chart;
using tests::odd_texts;
using tests::odd_texts_of_lines;
using tests::point;
using tests::read_file;
using tests::series;
using tests::TempFolder;

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
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

TEST(ChartPrint, OneCombinationOfManyHasItsNumbersAlone) {
    Chart chart = curves();
    chart.facets = {
        {"a", "a", {"1", "2"}, 0}, {"b", "b", {"1", "2"}, 0}, {"c", "c", {"1", "2"}, 1}};
    chart.color = 0;
    chart.panel = 1;
    chart.series.resize(1);
    chart.series[0].facets = {0, 1, 0};
    chart.series.push_back(chart.series[0]);
    chart.series[1].facets = {1, 0, 1};
    const PrintedFiles printed = printed_files(chart);
    ASSERT_FALSE(printed.files.empty());
    const Chart shown = shown_in(chart, printed.files.front());
    ASSERT_EQ(shown.series.size(), 1U);
    EXPECT_EQ(shown.series[0].facets, chart.series[1].facets);
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
         {std::pair(curves(), odd_texts_of_lines()), std::pair(map_chart(), odd_texts())}) {
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
    const Chart chart = printable(map_chart());
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

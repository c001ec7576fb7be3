#include "harness/commands/static_figures.hpp"
#include "harness/process/gnuplot.hpp"
#include "results/journal/journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <thread>

#include "support/tiny_run.hpp"

namespace basin {
namespace {

using tests::read_file;
using tests::Run;
using tests::run_program;
using tests::RunningProgram;
using tests::TempFolder;

bool has_gnuplot() {
    return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Names below a folder with their bytes.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder).string()] = read_file(entry.path());
    return files;
}

Chart line_chart(const std::string& id) {
    Chart chart;
    chart.id = id;
    chart.title = "A line";
    chart.caption = "It rises.";
    chart.x.name = chart.x.title = "x";
    chart.y.name = chart.y.title = "y";
    ChartSeries series;
    series.kind = "measured";
    for (const double x : {1.0, 2.0, 3.0}) {
        ChartPoint point;
        point.x = x;
        point.y = x * x;
        series.points.push_back(point);
    }
    chart.series.push_back(series);
    return chart;
}

PageTable table() {
    PageTable table;
    table.id = "summary";
    table.heading = "Summary";
    table.table.columns = {{"model, \"quoted\"", "", false}, {"error", "", true}};
    table.table.rows = {{{"dot", 0.0}, {"0.33", 1.0 / 3.0}},
                        {{"a,b", 1.0}, {"none", std::numeric_limits<double>::infinity()}},
                        {{"c", 2.0}, {"–", std::nan("")}}};
    return table;
}

class StaticFiguresTest : public testing::Test {
protected:
    void SetUp() override {
        if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    }
    TempFolder folder_;
};

TEST_F(StaticFiguresTest, EveryFigureHasItsFiles) {
    const std::filesystem::path out = folder_ / "deep/figures";
    Chart none = line_chart("none");
    none.left_out = "Nothing varies.";
    const StaticFigures written =
        write_static_figures(out, {line_chart("line"), none, line_chart("line")}, {table()});
    EXPECT_EQ(written.figures, 2U);
    EXPECT_EQ(written.tables, 1U);
    const auto files = files_of(out);
    std::set<std::string> expected{"index.txt", "tables/summary.csv"};
    for (const std::string name : {"line", "line-2"})
        for (const char* ending : {".csv", ".gp", ".svg", ".pdf", ".png", ".txt"})
            expected.insert(name + ending);
    std::set<std::string> found;
    for (const auto& [name, bytes] : files) {
        found.insert(name);
        EXPECT_FALSE(bytes.empty()) << name;
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(files.at("line.txt"), "A line. It rises.\n");
    EXPECT_TRUE(files.at("line.svg").starts_with("<?xml"));
    EXPECT_TRUE(files.at("line.pdf").starts_with("%PDF"));
    EXPECT_TRUE(contains(files.at("line.png").substr(0, 8), "PNG"));
    EXPECT_TRUE(contains(files.at("index.txt"), "line.svg, line.pdf, line.png, made by line.gp"));
    EXPECT_TRUE(contains(files.at("index.txt"), "no file: Nothing varies."));
    EXPECT_TRUE(contains(files.at("index.txt"), "tables/summary.csv: Summary"));
    EXPECT_EQ(files.at("tables/summary.csv"), "\"model, \"\"quoted\"\"\",error\n"
                                              "dot,0.3333333333333333\n\"a,b\",none\nc,\n");
}

TEST_F(StaticFiguresTest, NamesStayInTheFolder) {
    const std::filesystem::path out = folder_ / "out";
    const StaticFigures written = write_static_figures(
        out, {line_chart("../../up"), line_chart("-e exit"), line_chart(".."), line_chart("index")},
        {});
    EXPECT_EQ(written.figures, 4U);
    for (const auto& [name, bytes] : files_of(folder_.path()))
        EXPECT_TRUE(name.starts_with("out/")) << name;
    EXPECT_TRUE(contains(read_file(out / "index.txt"), "What is in this folder"));
}

TEST_F(StaticFiguresTest, TwoRunsMakeTheSameBytes) {
    write_static_figures(folder_ / "a", {line_chart("line")}, {table()});
    // PDF libraries write the time to the second.
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    write_static_figures(folder_ / "b", {line_chart("line")}, {table()});
    EXPECT_EQ(files_of(folder_ / "a"), files_of(folder_ / "b"));
    EXPECT_FALSE(contains(read_file(folder_ / "a/line.pdf"), "CreationDate"));
}

TEST_F(StaticFiguresTest, ScriptsOfTheUserAreNotRead) {
    const std::string home = folder_.path().string();
    folder_.write(".gnuplot", "print 'from home'\n");
    const char* before = std::getenv("HOME");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("HOME", home.c_str(), 1);
    EXPECT_NO_THROW(write_static_figures(folder_ / "out", {line_chart("line")}, {}));
    ::setenv("HOME", kept.c_str(), 1);
}

TEST_F(StaticFiguresTest, SaysWhatGnuplotSaid) {
    folder_.write("bad.gp", "plot nonsense(1)\n");
    try {
        run_gnuplot(folder_.path(), "bad.gp");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_TRUE(contains(error.what(), "bad.gp")) << error.what();
        EXPECT_TRUE(contains(error.what(), "nonsense") || contains(error.what(), "undefined"))
            << error.what();
    }
}

TEST_F(StaticFiguresTest, StopsGnuplotThatHangs) {
    folder_.write("slow.gp", "pause 60\n");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THROW(run_gnuplot(folder_.path(), "slow.gp", std::chrono::seconds(1)),
                 std::runtime_error);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(StaticFiguresTest, FolderThatCannotBeMade) {
    const std::string file = folder_.write("file", "");
    try {
        write_static_figures(file + "/out", {line_chart("line")}, {});
        FAIL();
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::io);
        EXPECT_TRUE(contains(error.what(), file)) << error.what();
    }
}

class StaticReport : public Run {};

TEST_F(StaticReport, NeedsGnuplot) {
    run("store");
    std::filesystem::create_directory(path("empty"));
    const std::string empty = path("empty");
    const RunningProgram program({"report", "sweep", path("store"), "--static", path("figures")},
                                 BASIN_PROGRAM, [&empty] { ::setenv("PATH", empty.c_str(), 1); });
    const auto result = program.wait();
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(contains(result.err, "gnuplot-nox")) << result.err;
    EXPECT_FALSE(std::filesystem::exists(path("figures")));
}

TEST_F(StaticReport, PrintsTheFiguresOfThePage) {
    if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    run("store");
    const auto result =
        run_program({"report", "sweep", path("store"), "--static", path("sweep"), "--json"});
    ASSERT_EQ(result.exit, 0) << result.err;
    const auto told = nlohmann::json::parse(result.out);
    EXPECT_EQ(told["static"]["folder"], path("sweep"));
    const auto files = files_of(path("sweep"));
    for (const char* name : {"recall.svg", "recall-exact_recall.pdf", "error-map.png",
                             "tables/summary.csv", "index.txt"})
        EXPECT_TRUE(files.contains(name)) << name;
    const auto svgs =
        std::ranges::count_if(files, [](const auto& file) { return file.first.ends_with(".svg"); });
    EXPECT_EQ(told["static"]["figures"], svgs);
    // Every cell is a tile.
    const std::string& csv = files.at("error-map.csv");
    EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 2 * 2 * 3 * 3 * 2);
    EXPECT_TRUE(contains(files.at("index.txt"), "Where recall works"));

    ASSERT_EQ(run_program({"report", "sweep", path("store"), "--static", path("again")}).exit, 0);
    EXPECT_EQ(files_of(path("again")), files);

    ASSERT_EQ(
        run_program({"report", "stability", path("store"), "--static", path("stability")}).exit, 0);
    EXPECT_TRUE(files_of(path("stability")).contains("recall-map.pdf"));
}

TEST_F(StaticReport, CannotWriteIsItsOwnExit) {
    if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
    run("store");
    const auto result =
        run_program({"report", "sweep", path("store"), "--static", config_ + "/out"});
    EXPECT_EQ(result.exit, 74);
    EXPECT_TRUE(contains(result.err, "tiny.toml/out")) << result.err;
}

} // namespace
} // namespace basin

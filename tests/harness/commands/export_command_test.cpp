// `basin export`: the numbers of a store in other programs' formats.

#include "models/metrics/metrics.hpp"
#include "results/cube/result_cube.hpp"
#include "results/export/npy_export.hpp"
#include "results/export/table_export.hpp"
#include "results/files/json_number.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <sstream>

#include "support/small_stores.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::read_file;
using tests::run_program;
using tests::RunningProgram;
using tests::small_points;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    for (const char c : line)
        if (c == ',')
            fields.emplace_back();
        else
            fields.back() += c;
    return fields;
}

class Export : public tests::SmallStores {
protected:
    tests::ProgramResult write(const std::string& store, std::vector<std::string> more) {
        more.insert(more.begin(), {"export", path(store)});
        tests::ProgramResult result = run_program(more);
        EXPECT_EQ(result.exit, 0) << result.err;
        return result;
    }
    xt::xarray<double> cube(const std::string& store, const std::string& variable) const {
        return Hypercube(path(store) + "/results.h5").read(variable);
    }
};

TEST_F(Export, CsvReadsBackToTheSameBitsInTheOrderOfTheCube) {
    run("store");
    const auto lines =
        lines_of(write("store", {"--format", "csv", "--metrics", "overlap,recall_error"}).out);
    ASSERT_EQ(lines.size(), 1 + small_points);
    EXPECT_EQ(lines[0], "pattern_count,formulation,interaction_vertex,replicate,status,"
                        "overflow_flags,overlap,recall_error");
    const auto overlap = cube("store", "overlap");
    const auto recall_error = cube("store", "recall_error");
    const auto flags = cube("store", "overflow_flags");
    for (std::size_t i = 0; i < small_points; ++i) {
        const auto fields = fields_of(lines[i + 1]);
        ASSERT_EQ(fields.size(), 8);
        EXPECT_EQ(std::stoul(fields[3]), i % 3);
        EXPECT_EQ(fields[4], "done");
        EXPECT_EQ(std::stod(fields[5]), flags.data()[i]);
        EXPECT_EQ(std::stod(fields[6]), overlap.data()[i]);
        EXPECT_EQ(std::stod(fields[7]), recall_error.data()[i]);
    }
}

TEST_F(Export, JsonLinesHoldEveryMetricAndNullForWhatWasNotMeasured) {
    run("store", {"attribution=none"}); // attribution's metrics have no value
    const auto lines = lines_of(write("store", {"--format", "jsonl"}).out);
    ASSERT_EQ(lines.size(), small_points);
    const auto recall_error = cube("store", "recall_error");
    for (std::size_t i = 0; i < small_points; ++i) {
        const json row = json::parse(lines[i]);
        EXPECT_EQ(row.size(), 3 + 3 + metrics().size());
        EXPECT_TRUE(row["numerical_failure"].is_null());
        EXPECT_EQ(row["recall_error"], recall_error.data()[i]);
        EXPECT_EQ(row["pattern_count"], i < small_points / 2 ? 3 : 6);
    }
    const auto csv = lines_of(
        write("store", {"--format", "csv", "--metrics", "numerical_failure,recall_error"}).out);
    EXPECT_TRUE(contains(csv[1], ",,")) << csv[1];
}

TEST_F(Export, CellsWithoutAResultSayWhyAndCellsThatAreNoneAreLeftOut) {
    const std::string config = folder_.write("other.toml", R"(
[patterns]
dimension = 24
pattern_count = [2, 3]
[model]
interaction = "rectified_polynomial"
similarity = ["dot", "inverse_squared_euclidean", "negative_squared_euclidean"]
[[exclude]]
pattern_count = 2
similarity = "dot"
)");
    const auto result = run_program({"run", config, "--store", path("store"), "--quiet"});
    ASSERT_EQ(result.exit, 0) << result.err;
    const auto lines =
        lines_of(write("store", {"--format", "csv", "--metrics", "recall_error"}).out);
    const auto status = cube("store", "status");
    std::size_t row = 1;
    for (const double code : status) {
        if (code == 6.0) continue;
        ASSERT_LT(row, lines.size());
        EXPECT_EQ(fields_of(lines[row]).at(3), status_names.at(static_cast<std::size_t>(code)));
        EXPECT_EQ(fields_of(lines[row]).back().empty(), code != 1.0);
        ++row;
    }
    EXPECT_EQ(row, lines.size());
}

TEST_F(Export, AFileIsWrittenWholeAndTold) {
    run("store");
    const auto told =
        json::parse(write("store", {"--format", "csv", "--out", path("table.csv"), "--json"}).out);
    EXPECT_EQ(told["rows"], small_points);
    EXPECT_EQ(read_file(path("table.csv")), write("store", {"--format", "csv"}).out);
    const auto refused =
        run_program({"export", path("store"), "--format", "csv", "--out", path("no/table.csv")});
    EXPECT_EQ(refused.exit, 74) << refused.err;
}

TEST_F(Export, NumpyOpensTheArrays) {
    run("store");
    write("store", {"--format", "npy", "--out", path("arrays")});
    const std::string python = "/usr/bin/python3";
    if (RunningProgram({"-c", "import numpy, h5py"}, python).wait().exit != 0)
        GTEST_SKIP() << python << " has no numpy and h5py";
    const std::string script = folder_.write("check.py", R"(
import json, sys, numpy, h5py
arrays, results = sys.argv[1:]
load = lambda name: numpy.load(f"{arrays}/{name}.npy")
cube = h5py.File(results)
dimensions = json.load(open(f"{arrays}/dimensions.json"))
assert dimensions == ["pattern_count", "formulation", "interaction_vertex", "replicate"], dimensions
assert list(load("formulation")) == ["original", "normalized"]
assert list(load("interaction_vertex")) == [2, 3, 25]
for name in ["recall_error", "exact_recall", "num_nan", "status", "overflow_flags"]:
    array = load(name)
    assert array.flags.c_contiguous and array.shape == (2, 2, 3, 3), (name, array.shape)
    assert array.tobytes() == cube[name][...].tobytes(), name
    assert array.dtype == cube[name].dtype, name
)");
    const auto result =
        RunningProgram({script, path("arrays"), path("store/results.h5")}, python).wait();
    EXPECT_EQ(result.exit, 0) << result.err;
}

TEST_F(Export, MistakesAreTold) {
    run("store");
    EXPECT_EQ(run_program({"export", path("store")}).exit, 2);
    EXPECT_EQ(run_program({"export", path("store"), "--format", "xls"}).exit, 2);
    EXPECT_EQ(run_program({"export", path("store"), "--format", "npy"}).exit, 2);
    EXPECT_EQ(run_program({"export", path("store"), "--format", "csv", "--json"}).exit, 2);
    EXPECT_EQ(run_program({"export", path("nothing"), "--format", "csv"}).exit, 74);
    const auto result =
        run_program({"export", path("store"), "--format", "csv", "--metrics", "nonsense"});
    EXPECT_EQ(result.exit, 2);
    EXPECT_TRUE(contains(result.err, "nonsense"));
}

TEST(CsvField, IsQuotedWhereItMustBe) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("say \"so\""), "\"say \"\"so\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(CsvField, IsNoFormula) {
    for (const std::string text :
         {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "-", "="})
        EXPECT_EQ(csv_field(text), "'" + text);
    EXPECT_EQ(csv_field("=A1,B2"), "\"'=A1,B2\"");
    EXPECT_EQ(csv_field("\r=1"), "\"'\r=1\"");
    for (const std::string number :
         {"-0.5", "+3", "-1e-300", "-inf", "1e+999", "-9223372036854775808"})
        EXPECT_EQ(csv_field(number), number);
    EXPECT_EQ(csv_field("a=b"), "a=b");
}

TEST(JsonNumber, HasNoInfinityAndNoNaN) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(json_number(0.1).dump(), "0.1");
    EXPECT_EQ(json_number(infinity).dump(), "\"Infinity\"");
    EXPECT_EQ(json_number(-infinity).dump(), "\"-Infinity\"");
    EXPECT_TRUE(json_number(std::nan("")).is_null());
}

TEST(NpyHeader, IsAMultipleOf64AndEndsItsLine) {
    for (const std::vector<std::uint64_t>& shape :
         {std::vector<std::uint64_t>{}, {7}, {1, 2, 3}, std::vector<std::uint64_t>(20, 1000000)}) {
        const std::string header = npy_header_of("<f8", shape);
        EXPECT_EQ(header.size() % 64, 0);
        EXPECT_EQ(header.back(), '\n');
        EXPECT_EQ(static_cast<unsigned char>(header[8]) +
                      256U * static_cast<unsigned char>(header[9]),
                  header.size() - 10);
    }
}

} // namespace
} // namespace basin

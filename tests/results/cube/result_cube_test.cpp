#include "results/cube/compaction.hpp"
#include "results/cube/result_cube.hpp"
#include "results/hdf5/checksum_trailer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin {

namespace {

constexpr std::string_view sweep = R"(
[sweep]
name = "cube"
replicates = 2
[patterns]
dimension = [20, 100]
[model]
formulation = ["normalized", "original"]
beta = [0.1, 10.0]
)";

void write_cube(const Store& store, const Plan& plan) {
    add_journal(store, plan, planned_cells_of(plan));
    compact(store, plan, store.inventory(plan), {});
}

std::vector<std::string> names(const std::vector<CubeAxis>& axes) {
    std::vector<std::string> all;
    for (const CubeAxis& axis : axes)
        all.push_back(axis.name);
    return all;
}

/// A file that a sweep may name; nothing reads it here.
std::string empty_file(const tests::TempFolder& folder, const std::string& name) {
    return folder.write(name, "");
}

StoreError::Kind kind_of_failure(const std::filesystem::path& file,
                                 const std::string& variable = "recall_error") {
    try {
        Hypercube(file).read(variable);
    } catch (const StoreError& error) {
        return error.kind;
    }
    throw std::logic_error("it could be read");
}

} // namespace

TEST(Hypercube, HasTheAxesOfThePlanThenTheReplicate) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);

    const Hypercube cube(store.results_file());

    EXPECT_EQ(names(cube.axes()),
              (std::vector<std::string>{"dimension", "formulation", "beta", "replicate"}));
    EXPECT_TRUE(cube.axis("beta")->numeric);
    EXPECT_EQ(cube.axis("beta")->numbers, (std::vector<double>{0.1, 10.0}));
    EXPECT_EQ(cube.axis("beta")->labels, (std::vector<std::string>{"0.1", "10"}));
    EXPECT_EQ(cube.axis("dimension")->labels, (std::vector<std::string>{"20", "100"}));
    EXPECT_FALSE(cube.axis("formulation")->numeric);
    EXPECT_EQ(cube.axis("formulation")->labels,
              (std::vector<std::string>{"original", "normalized"}));
    EXPECT_EQ(cube.axis("replicate")->labels, (std::vector<std::string>{"0", "1"}));
    EXPECT_EQ(cube.axis("precision"), nullptr);
    for (const CubeAxis& axis : cube.axes()) {
        EXPECT_FALSE(axis.unit.empty()) << axis.name;
        EXPECT_FALSE(axis.long_name.empty()) << axis.name;
    }
}

TEST(Hypercube, HasTheHeadlineFirstAndUnitsOnEverything) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);

    const Hypercube cube(store.results_file());

    std::vector<std::string> order;
    for (const CubeVariable& variable : cube.variables()) {
        EXPECT_FALSE(variable.unit.empty()) << variable.name;
        EXPECT_FALSE(variable.long_name.empty()) << variable.name;
        if (variable.dimensions.size() == 4) order.push_back(variable.name);
    }
    ASSERT_EQ(order.size(), metrics().size() + 2);
    order.resize(5);
    EXPECT_EQ(order, (std::vector<std::string>{"recall_error", "exact_recall", "metastable_count",
                                               "overflow_flags", "status"}));
    EXPECT_EQ(cube.attributes().at("Conventions"), "CF-1.10 Basin-1");
}

TEST(Hypercube, ReadsAVariableWithItsShape) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);
    const Hypercube cube(store.results_file());

    const xt::xarray<double> values = cube.read("recall_error");

    ASSERT_EQ(values.dimension(), 4U);
    const std::uint64_t cell = ((1 * 2 + 0) * 2 + 1) * 2 + 1;
    EXPECT_EQ(values(1, 0, 1, 1), synthetic_value(cell, 0));
    EXPECT_EQ(cube.read("recall_error_mean").dimension(), 3U);
    EXPECT_THROW(cube.read("no_such_metric"), std::out_of_range);
}

TEST(Hypercube, OfASweepWithoutAxesHasScalarMeans) {
    const tests::TempFolder folder;
    const Plan plan = plan_of("[sweep]\nname = \"point\"\nreplicates = 3\n");
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);

    const Hypercube cube(store.results_file());

    EXPECT_EQ(names(cube.axes()), (std::vector<std::string>{"replicate"}));
    EXPECT_EQ(cube.read("recall_error").size(), 3U);
    const xt::xarray<double> mean = cube.read("recall_error_mean");
    EXPECT_EQ(mean.dimension(), 0U);
    EXPECT_EQ(mean(), 1.0); // of 0, 1 and 2
}

TEST(Hypercube, TextAxesKeepWhatFlagWordsCannot) {
    const tests::TempFolder folder;
    const std::vector<std::string> files{empty_file(folder, "Zürich.npy"),
                                         empty_file(folder, "my file.npy")};
    const Plan plan = plan_of(fmt::format("[sweep]\nname = \"paths\"\n[patterns]\n"
                                          "source = \"npy\"\npath = [\"{}\"]\n",
                                          fmt::join(files, "\", \"")));
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);

    const Hypercube cube(store.results_file());

    EXPECT_EQ(cube.axis("path")->labels, files);
    EXPECT_EQ(cube.read("path_code")(1), 1.0);
}

// Attributes past 64 KiB are kept in another way by HDF5.
TEST(Hypercube, ManyLabelsStillHaveTheirCodes) {
    const tests::TempFolder folder;
    std::vector<std::string> files;
    for (int i = 0; i < 2000; ++i)
        files.push_back(empty_file(folder, fmt::format("a file with quite a long name {}", i)));
    const Plan plan = plan_of(fmt::format("[sweep]\nname = \"many\"\n[patterns]\n"
                                          "source = \"npy\"\npath = [\"{}\"]\n",
                                          fmt::join(files, "\", \"")));
    const Store store = Store::open(folder.path(), plan);

    compact(store, plan, store.inventory(plan), {});

    EXPECT_EQ(Hypercube(store.results_file()).read("path_code")(1999), 1999.0);
}

TEST(Hypercube, ReadsTheFileThatItOpenedWhenAnotherTakesItsPlace) {
    const tests::TempFolder folder;
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder.path(), plan);
    write_cube(store, plan);
    const Hypercube cube(store.results_file());
    const xt::xarray<double> truth = cube.read("recall_error");
    std::filesystem::rename(folder.write("other.h5", "another file"), store.results_file());
    EXPECT_EQ(cube.read("recall_error"), truth);
}

TEST(Hypercube, AMissingFileIsNoDamage) {
    const tests::TempFolder folder;
    EXPECT_EQ(kind_of_failure(folder / "results.h5"), StoreError::Kind::io);
}

TEST(Hypercube, AnyOtherFileIsDamage) {
    const tests::TempFolder folder;
    folder.write("results.h5", "this is not HDF5");
    EXPECT_EQ(kind_of_failure(folder / "results.h5"), StoreError::Kind::damaged);
    seal(folder / "results.h5");
    EXPECT_EQ(kind_of_failure(folder / "results.h5"), StoreError::Kind::damaged);
}

} // namespace basin

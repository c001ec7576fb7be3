#pragma once
// A result file damaged in many ways: refused, or read as it was.

#include "results/cube/compaction.hpp"
#include "results/cube/result_cube.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <map>

#include "support/damages.hpp"
#include "support/synthetic_store.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

/// All that a result file says, numbers as bits.
struct CubeContents {
    std::map<std::string, std::vector<std::string>> labels; ///< by axis
    std::map<std::string, std::vector<std::string>> texts;  ///< by variable: unit, name, axes
    std::map<std::string, std::vector<std::uint64_t>> bits; ///< by axis or variable
    std::map<std::string, std::string> provenance;
    std::map<std::string, std::string> attributes;
    bool operator==(const CubeContents&) const = default;
};

inline CubeContents contents_of(const std::filesystem::path& file) {
    const Hypercube cube(file);
    CubeContents contents{{}, {}, {}, cube.provenance(), cube.attributes()};
    const auto add_bits = [&](const std::string& name, const auto& values) {
        for (const double value : values)
            contents.bits[name].push_back(std::bit_cast<std::uint64_t>(value));
    };
    for (const CubeAxis& axis : cube.axes()) {
        contents.labels[axis.name] = axis.labels;
        add_bits(axis.name, axis.numbers);
    }
    for (const CubeVariable& variable : cube.variables()) {
        std::vector<std::string>& texts = contents.texts[variable.name];
        texts = variable.dimensions;
        texts.push_back(variable.unit);
        texts.push_back(variable.long_name);
        add_bits(variable.name, cube.read(variable.name));
    }
    return contents;
}

/// Damages the result file of a small sweep `count` times.
inline void damage_cube(std::uint64_t seed, int count) {
    const TempFolder folder;
    const Plan plan = plan_of("[sweep]\nname = \"damaged\"\nreplicates = 2\n[model]\n"
                              "formulation = [\"original\", \"normalized\"]\n"
                              "beta = [0.1, 1.0, 10.0]\n");
    const Store store = Store::open(folder.path(), plan);
    add_journal(store, plan, planned_cells_of(plan));
    compact(store, plan, store.inventory(plan), {});
    const std::string good = read_file(store.results_file());
    const CubeContents truth = contents_of(store.results_file());
    Damager damage(seed);
    int refused = 0;

    for (int trial = 0; trial < count; ++trial) {
        const Damaged bad = damage(good);
        const std::string file = folder.write("bad.h5", bad.bytes);
        try {
            EXPECT_EQ(contents_of(file), truth) << bad.what;
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::damaged) << bad.what << ": " << error.what();
            ++refused;
        }
    }

    EXPECT_GT(refused, count * 7 / 10); // the rest left the bytes as they were
}

} // namespace basin::tests

#pragma once
// Stores of a tiny sweep, and what is said of those that are refused.

#include "results/store/store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/plan_points.hpp"
#include "support/temp_folder.hpp"

namespace basin::tests {

inline std::string sweep_text(const std::string& vertices, const std::string& more = "") {
    return "[sweep]\nname = \"tiny\"\nseed = 7\nreplicates = 2\n[model]\nbeta = [0.5, 1.0]\n" +
           ("interaction_vertex = " + vertices + "\n" + more);
}

inline Plan sweep(const std::string& vertices = "[2, 3]", const std::string& more = "") {
    return plan_of(sweep_text(vertices, more));
}

/// Kind of the StoreError that `act` throws, and a part that its message must have.
template <class Act>
void expect_refusal(StoreError::Kind kind, const std::vector<std::string>& parts, Act&& act) {
    try {
        act();
        FAIL() << "not refused";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, kind) << error.what();
        for (const std::string& part : parts)
            EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
                << "'" << part << "' is not in: " << error.what();
    }
}

class StoreTest : public testing::Test {
protected:
    std::filesystem::path path() const { return folder_ / "store"; }
    TempFolder folder_;
};

} // namespace basin::tests

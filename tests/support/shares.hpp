#pragma once
// Is a counted share what it should be?
//
// Tolerance: 5 standard deviations of a binomial share. Streams are fixed by their keys, so a test
// gives the same verdict every time; the chance that a sound generator was met on a key that fails
// is 6e-7 per check.

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>

namespace basin {

inline void expect_share(std::size_t hits, std::size_t trials, double expected) {
    const double n = static_cast<double>(trials);
    const double sigma = std::sqrt(expected * (1 - expected) / n);
    EXPECT_NEAR(static_cast<double>(hits) / n, expected, 5 * sigma)
        << hits << " of " << trials << " trials";
}

} // namespace basin

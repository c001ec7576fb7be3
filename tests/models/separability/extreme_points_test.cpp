// Corners of hulls: those known by construction, and against a linear program in fractions.

#include "models/base/random.hpp"
#include "models/draws/normal.hpp"
#include "models/separability/extreme_points.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using tests::matrix_of;
using tests::Rows;
using Fraction = boost::multiprecision::cpp_rational;

std::vector<std::uint32_t> all_of(const RealMatrix& points) {
    std::vector<std::uint32_t> which(points.rows);
    std::iota(which.begin(), which.end(), 0U);
    return which;
}

/// "e" extreme, "i" inside, "?" undecided, point by point.
std::string places(const RealMatrix& points) {
    std::string text;
    for (const HullPlace place : hull_places(points, all_of(points)))
        text += place == HullPlace::extreme ? 'e' : place == HullPlace::inside ? 'i' : '?';
    return text;
}

/// Whether some w >= 0 has sum w_j = 1 and sum w_j x_j = x_i, j != i: the first phase of the
/// simplex method by Bland's rule, without rounding.
bool is_in_hull_of_others(const RealMatrix& points, std::size_t i) {
    const std::size_t rows = points.columns + 1;
    const std::size_t others = points.rows - 1;
    std::vector<std::vector<Fraction>> table(rows, std::vector<Fraction>(others + 1));
    const auto unit = [&](std::size_t point, std::size_t row) {
        return row == points.columns ? Fraction(1) : Fraction(double{points.row(point)[row]});
    };
    for (std::size_t r = 0; r < rows; ++r) {
        const bool is_negative = unit(i, r) < 0;
        for (std::size_t c = 0; c <= others; ++c) {
            const Fraction value = unit(c == others ? i : c < i ? c : c + 1, r);
            table[r][c] = is_negative ? Fraction(-value) : value;
        }
    }
    std::vector<std::size_t> basis(rows, others); // `others`: an artificial variable
    while (true) {
        std::vector<Fraction> gain(others + 1); // of the sum of artificial variables
        for (std::size_t r = 0; r < rows; ++r)
            if (basis[r] == others)
                for (std::size_t c = 0; c <= others; ++c)
                    gain[c] += table[r][c];
        std::size_t enters = 0;
        while (enters < others && gain[enters] <= 0)
            ++enters;
        if (enters == others) return gain[others] == 0;
        std::size_t leaves = rows;
        for (std::size_t r = 0; r < rows; ++r) {
            if (table[r][enters] <= 0) continue;
            if (leaves == rows) {
                leaves = r;
                continue;
            }
            const Fraction ratio = table[r][others] / table[r][enters];
            const Fraction least = table[leaves][others] / table[leaves][enters];
            if (ratio < least || (ratio == least && basis[r] < basis[leaves])) leaves = r;
        }
        const Fraction pivot = table[leaves][enters];
        for (Fraction& value : table[leaves])
            value /= pivot;
        for (std::size_t r = 0; r < rows; ++r) {
            if (r == leaves || table[r][enters] == 0) continue;
            const Fraction factor = table[r][enters];
            for (std::size_t c = 0; c <= others; ++c)
                table[r][c] -= factor * table[leaves][c];
        }
        basis[leaves] = enters;
    }
}

std::string slow_places(const RealMatrix& points) {
    std::string text;
    for (std::size_t i = 0; i < points.rows; ++i)
        text += is_in_hull_of_others(points, i) ? 'i' : 'e';
    return text;
}

RealMatrix normal_points(std::size_t count, std::size_t dimension, std::string_view name) {
    Stream stream(key_of(std::string(name)), StreamRole::patterns);
    NormalStream normal(stream);
    RealMatrix points(count, dimension);
    for (float& x : points.values)
        x = static_cast<float>(normal.next());
    return points;
}

TEST(Hull, TheOnlyPointIsACorner) {
    EXPECT_EQ(places(matrix_of({{3, 4}})), "e");
    EXPECT_EQ(places(matrix_of({{3, 4}, {3, 5}})), "ee");
}

TEST(Hull, OfASimplexAllCornersAreAndNoMidpointIs) {
    Rows rows;
    const std::size_t n = 7;
    for (std::size_t i = 0; i < n; ++i) {
        rows.emplace_back(n, 0.0F);
        rows.back()[i] = 1.0F;
    }
    for (std::size_t i = 1; i < n; ++i) {
        rows.emplace_back(n, 0.0F);
        rows.back()[0] = rows.back()[i] = 0.5F;
    }
    EXPECT_EQ(places(matrix_of(rows)), std::string(n, 'e') + std::string(n - 1, 'i'));
}

TEST(Hull, OfACubeTheCornersAreAndCentreFacesAndEdgesAreNot) {
    Rows rows;
    for (unsigned corner = 0; corner < 16; ++corner) {
        rows.emplace_back();
        for (unsigned axis = 0; axis < 4; ++axis)
            rows.back().push_back((corner >> axis) & 1U ? 1.0F : -1.0F);
    }
    rows.push_back({0, 0, 0, 0});
    rows.push_back({1, 0, 0, 0});
    rows.push_back({1, -1, 0.25F, 1});
    rows.push_back({1, -1, 1, 1.5F}); // beyond: then a corner of the cube is between it and another
    EXPECT_EQ(places(matrix_of(rows)), slow_places(matrix_of(rows)));
    rows.pop_back();
    EXPECT_EQ(places(matrix_of(rows)), std::string(16, 'e') + "iii");
}

TEST(Hull, DuplicatesAreInTheHullOfEachOther) {
    EXPECT_EQ(places(matrix_of({{0, 0}, {1, 0}, {0, 1}, {1, 0}})), "eiei");
    EXPECT_EQ(places(matrix_of({{5, 5}, {5, 5}})), "ii");
}

TEST(Hull, PointsOfALineHaveTwoCorners) {
    EXPECT_EQ(places(matrix_of({{1, 2}, {3, 6}, {2, 4}, {-1, -2}})), "ieie");
}

TEST(Hull, ALargeVectorDoesNotHideSmallOnes) {
    const RealMatrix points = matrix_of({{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {0, 0.5F}, {1e6F, 0}});
    EXPECT_EQ(places(points), slow_places(points));
}

TEST(Hull, EqualsALinearProgramInFractions) {
    std::size_t inside = 0;
    std::size_t extreme = 0;
    for (std::uint64_t round = 0; round < 150; ++round) {
        Stream stream(key_of("hull"), StreamRole::patterns, round);
        // Few values, so that many points lie on faces and on each other.
        RealMatrix points(3 + stream.below(14), 1 + stream.below(4));
        const std::uint64_t values = 3 + stream.below(12);
        for (float& x : points.values)
            x = static_cast<float>(stream.below(values)) - 3.0F;
        const std::string slow = slow_places(points);
        EXPECT_EQ(places(points), slow) << "round " << round;
        inside += static_cast<std::size_t>(std::ranges::count(slow, 'i'));
        extreme += static_cast<std::size_t>(std::ranges::count(slow, 'e'));
    }
    EXPECT_GT(inside, 300U);
    EXPECT_GT(extreme, 300U);
}

TEST(Hull, OfPointsOnASphereAllAreCornersAndCombinationsAreNot) {
    for (const std::size_t dimension : {2U, 3U, 10U, 100U}) {
        RealMatrix points = normal_points(200, dimension, "sphere");
        for (std::size_t r = 0; r < 100; ++r) {
            const auto row = points.row(r);
            const double length = std::sqrt(squared_length(row));
            for (float& x : row)
                x = static_cast<float>(x / length);
        }
        // The others are means of some of those, with weights that add up to 1.
        Stream stream(key_of("weights"), StreamRole::cues);
        for (std::size_t r = 100; r < points.rows; ++r) {
            std::vector<double> sum(dimension);
            double all = 0.0;
            for (std::size_t part = 0; part < 1 + dimension / 2; ++part) {
                const double weight = 0.1 + stream.uniform();
                const auto corner = points.row(stream.below(100));
                for (std::size_t i = 0; i < dimension; ++i)
                    sum[i] += weight * corner[i];
                all += weight;
            }
            for (std::size_t i = 0; i < dimension; ++i)
                points.row(r)[i] = static_cast<float>(sum[i] / all);
        }
        const std::string found = places(points);
        EXPECT_EQ(found.substr(100), std::string(100, 'i')) << dimension;
        for (std::size_t r = 0; r < 100; ++r) {
            // A corner that was drawn alone is a duplicate of its mean.
            bool is_twin = false;
            for (std::size_t other = 100; other < points.rows; ++other)
                is_twin = is_twin || std::ranges::equal(points.row(r), points.row(other));
            EXPECT_EQ(found[r], is_twin ? 'i' : 'e') << dimension << ", point " << r;
        }
    }
}

TEST(Hull, InTheMiddleOfManyInManyDimensions) {
    // Corners +-e_i, and points within |x|_1 < 1: the corral needs as many points as there are
    // axes.
    const std::size_t n = 60;
    RealMatrix points = normal_points(2 * n + 10, n, "cross");
    for (std::size_t r = 0; r < 2 * n; ++r)
        for (std::size_t i = 0; i < n; ++i)
            points.row(r)[i] = i == r / 2 ? (r % 2 ? 1.0F : -1.0F) : 0.0F;
    for (std::size_t r = 2 * n; r < points.rows; ++r) {
        double sum = 0.0;
        for (const float x : points.row(r))
            sum += std::abs(x);
        const double reach = r % 2 ? 0.999 : 1.001;
        for (float& x : points.row(r))
            x = static_cast<float>(x / sum * reach);
    }
    EXPECT_EQ(places(points), std::string(2 * n, 'e') + "eieieieiei");
}

TEST(Hull, PlacesDoNotDependOnWhoElseIsAskedFor) {
    const RealMatrix points = normal_points(300, 4, "alone");
    const std::vector<HullPlace> together = hull_places(points, all_of(points));
    EXPECT_GT(std::ranges::count(together, HullPlace::extreme), 20);
    EXPECT_GT(std::ranges::count(together, HullPlace::inside), 100);
    for (std::uint32_t i = 0; i < points.rows; i += 7)
        EXPECT_EQ(hull_places(points, std::vector{i}).at(0), together[i]) << i;
}

TEST(Hull, WhatIsNotFiniteIsUndecided) {
    EXPECT_EQ(places(matrix_of({{NAN, 0}, {1, 0}, {0, 1}})), "???");
    EXPECT_EQ(places(matrix_of({{INFINITY, 0}, {1, 0}})), "??");
}

TEST(Hull, OutOfPatienceTheRestIsUndecided) {
    const RealMatrix points = normal_points(100, 3, "patience");
    int asked = 0;
    const auto some = hull_places(points, all_of(points), [&] { return ++asked < 3; });
    EXPECT_GT(std::ranges::count(some, HullPlace::undecided), 0);
    EXPECT_GT(std::ranges::count(some, HullPlace::extreme), 0);
}

} // namespace
} // namespace basin

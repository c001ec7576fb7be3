// How many weights make up nine tenths, by buckets, against weights sorted.

#include "models/base/random.hpp"
#include "models/continuous/effective_number.hpp"
#include "models/continuous/mass_quantile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace basin {
namespace {

constexpr std::size_t lanes = 16;

template <class T>
class LeadingMassOf : public testing::Test {};

using Numbers = testing::Types<float, double>;
TYPED_TEST_SUITE(LeadingMassOf, Numbers);

/// Shares exp(-spread |x|) with a largest one of 1, of another spread in each lane.
template <class T>
Block<T> shares_of(std::size_t rows, Stream& stream) {
    Block<T> shares(rows, lanes);
    for (std::size_t mu = 0; mu < rows; ++mu)
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double spread = lane == 0 ? 0.0 : std::ldexp(1.0, static_cast<int>(lane) - 6);
            const double x = std::exp(-spread * std::abs(4 * stream.uniform()));
            shares.row(mu)[lane] = static_cast<T>(mu == rows / 2 ? 1.0 : x < 1e-30 ? 0.0 : x);
        }
    return shares;
}

TYPED_TEST(LeadingMassOf, IsThatOfSortedWeights) {
    Stream stream(key_of("leading mass"), StreamRole::patterns);
    for (const std::size_t rows : {1U, 2U, 17U, 100U, 1000U, 5000U}) {
        const Block<TypeParam> shares = shares_of<TypeParam>(rows, stream);
        std::vector<LeadingMass> columns;
        for (std::size_t lane = 0; lane < lanes; lane += rows % 2 + 1) { // all lanes, or some
            double total = 0.0;
            for (std::size_t mu = 0; mu < rows; ++mu)
                total += static_cast<double>(shares.row(mu)[lane]);
            columns.push_back({.lane = lane, .total = total});
        }

        find_leading_mass(shares, std::span(columns));

        for (const LeadingMass& column : columns) {
            std::vector<double> sorted;
            for (std::size_t mu = 0; mu < rows; ++mu)
                sorted.push_back(static_cast<double>(shares.row(mu)[column.lane]));
            std::ranges::sort(sorted, std::greater{});
            const double enough = (k90_mass - k90_slack(rows)) * column.total;
            std::uint32_t number = 0;
            for (double mass = 0.0; mass < enough; ++number)
                mass += sorted.at(number);
            EXPECT_EQ(column.k90, number) << rows << " rows, lane " << column.lane;
            const auto limit = static_cast<TypeParam>(support_threshold * column.total);
            const auto above = std::ranges::count_if(
                sorted, [limit](double share) { return share > static_cast<double>(limit); });
            EXPECT_EQ(column.support, above) << rows << " rows, lane " << column.lane;
        }
    }
}

} // namespace
} // namespace basin

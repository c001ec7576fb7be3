// How often the interval of a mean holds the truth: over cells by formula, as sweeps have them.
#include "results/replicates/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace basin {
namespace {

constexpr double units = 100;

/// A cell: of the probes of a draw few fail, in hard draws more of them than in easy ones. A probe
/// that fails ends some way off its memory; others may have a single unit wrong.
struct ErrorCell {
    std::uint32_t probes;
    double failures;  ///< share of probes
    double blemished; ///< share of the others with one unit wrong
    double distance;  ///< mean share of units that are wrong after a failure
    double hard;      ///< draws have (1 + hard) or (1 - hard) times the failures

    double mean_error() const { return failures * distance + (1 - failures) * blemished / units; }
};

std::vector<ErrorCell> cells() {
    std::vector<ErrorCell> all;
    for (const std::uint32_t probes : {16U, 64U})
        for (const double failures : {0.001, 0.003, 0.01, 0.03, 0.1}) {
            all.push_back({probes, failures, 0.0, 0.25, 0.5});
            all.push_back({probes, failures, 0.2, 0.25, 0.5});
            all.push_back({probes, failures, 0.0, 0.25, 0.0});
            all.push_back({probes, failures, 0.2, 0.05, 0.8});
        }
    return all;
}

/// recall_error and exact_recall of one draw.
struct Draw {
    double error;
    double recalled;
};

class Simulation {
public:
    Draw draw(const ErrorCell& cell) {
        const double hard = uniform() < 0.5 ? 1 - cell.hard : 1 + cell.hard;
        double wrong = 0.0;
        double failed = 0.0;
        for (std::uint32_t p = 0; p < cell.probes; ++p) {
            if (uniform() < cell.failures * hard) {
                failed += 1;
                wrong += 2 * cell.distance * uniform();
            } else if (uniform() < cell.blemished) {
                wrong += 1 / units;
            }
        }
        return {wrong / cell.probes, 1 - failed / cell.probes};
    }

private:
    /// As no library's distribution: the same numbers everywhere.
    double uniform() { return static_cast<double>(bits_() >> 11U) * 0x1p-53; }
    std::mt19937_64 bits_{1};
};

bool holds(const MeanInterval& interval, double truth) {
    return interval.low <= truth && truth <= interval.high;
}

TEST(IntervalCoverage, OfRareErrorsIs95PercentFromFourReplicatesOn) {
    Simulation simulation;
    constexpr int samples = 300;
    for (const std::size_t replicates : {4U, 8U, 20U}) {
        double held = 0.0;
        double student = 0.0;
        double worst = 1.0;
        for (const ErrorCell& cell : cells()) {
            const MetricBounds bounds{0.0, 1.0, 0.0, cell.probes};
            std::array<double, 2> of_cell{};
            for (int s = 0; s < samples; ++s) {
                std::vector<double> errors;
                std::vector<double> recalled;
                for (std::size_t r = 0; r < replicates; ++r) {
                    const Draw draw = simulation.draw(cell);
                    errors.push_back(draw.error);
                    recalled.push_back(draw.recalled);
                }
                const MeanInterval error = mean_interval(errors, bounds);
                ASSERT_LT(error.low, error.high);
                of_cell[0] += holds(error, cell.mean_error()) ? 1 : 0;
                of_cell[1] += holds(mean_interval(recalled, bounds), 1 - cell.failures) ? 1 : 0;
                student += holds(mean_interval(errors), cell.mean_error()) ? 1 : 0;
            }
            for (const double count : of_cell) {
                held += count;
                worst = std::min(worst, count / samples);
            }
        }
        const auto tries = static_cast<double>(cells().size() * samples);
        EXPECT_GE(held / (2 * tries), 0.95) << replicates;
        EXPECT_GE(worst, 0.84) << replicates << ": of 40 cells, 3 sigma below the worst one's 0.9";
        EXPECT_LT(student / tries, 0.9) << replicates << ": what it is there for";
    }
}

/// Where errors are no rarity Student's interval was right, and little is added.
TEST(IntervalCoverage, CostsLittleWhereStudentsIsRight) {
    Simulation simulation;
    const ErrorCell cell{16, 0.4, 0.2, 0.25, 0.3};
    constexpr int samples = 2000;
    double held = 0.0;
    double widths = 0.0;
    double student = 0.0;
    for (int s = 0; s < samples; ++s) {
        std::vector<double> recalled;
        for (int r = 0; r < 8; ++r)
            recalled.push_back(simulation.draw(cell).recalled);
        const MeanInterval interval = mean_interval(recalled, {0.0, 1.0, 0.0, cell.probes});
        held += holds(interval, 1 - cell.failures) ? 1 : 0;
        widths += interval.high - interval.low;
        student += mean_interval(recalled).high - mean_interval(recalled).low;
    }
    EXPECT_NEAR(held / samples, 0.955, 0.02);
    EXPECT_LT(widths / student, 1.05);
}

} // namespace
} // namespace basin

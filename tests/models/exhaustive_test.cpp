// Every state of small networks: what the kernel decides is what the energy says, and the fixed
// points it finds are those that enumeration finds. Energies are integers, so nothing is rounded.

#include "models/bipolar/exact/local_field.hpp"
#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/bipolar/shared/direct_decision.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

struct Case {
    Choice<Interactions> interaction;
    std::uint32_t vertex;
    std::uint32_t dimension;
    std::uint32_t pattern_count;
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.interaction.name() << " n=" << c.vertex << " N=" << c.dimension
         << " K=" << c.pattern_count;
}

std::int64_t integer_power(std::int64_t x, std::uint32_t n) {
    std::int64_t result = 1;
    for (std::uint32_t i = 0; i < n; ++i)
        result *= x;
    return result;
}

/// E = -sum_mu F(xi^mu . sigma): Krotov & Hopfield 2016, eq. 2.
std::int64_t energy(const Scene& scene, const Case& c, Word state) {
    std::int64_t total = 0;
    for (std::size_t mu = 0; mu < scene.memories.rows; ++mu) {
        const auto apart =
            static_cast<std::int64_t>(distance(scene.memories.row(mu), BitRow(&state, 1)));
        const std::int64_t h = static_cast<std::int64_t>(c.dimension) - 2 * apart;
        if (c.interaction.is<RectifiedPolynomial>() && h < 0) continue;
        total -= integer_power(h, c.vertex);
    }
    return total;
}

class AllStates : public testing::TestWithParam<Case> {
protected:
    void SetUp() override {
        setting_.interaction = GetParam().interaction;
        setting_.interaction_parameters.vertex = GetParam().vertex;
        setting_.precision = Choice<Precisions>::of<Float64>();
        setting_.update = Choice<Updates>::of<AsyncSequential>();
        setting_.max_sweeps = 1000;
        scene_ = tests::random_scene({.dimension = GetParam().dimension,
                                      .pattern_count = GetParam().pattern_count,
                                      .probe_count = 1,
                                      .seed = GetParam().vertex});
        table_ = make_decision_table(setting_, GetParam().dimension);
        exact_ =
            make_exact_table(exact_model(setting_, GetParam().dimension), GetParam().dimension);
    }
    Word state_count() const { return Word{1} << GetParam().dimension; }

    Setting setting_;
    Scene scene_;
    DecisionTable table_;
    ExactTable exact_ = make_exact_table({}, 1);
};

TEST_P(AllStates, ADecisionHasTheSignOfTheEnergyDifference) {
    Overlaps overlaps(scene_);
    ExactField field(exact_);
    StepCounts counts;
    for (Word state = 0; state < state_count(); ++state) {
        overlaps.move_to(BitRow(&state, 1));
        field.refresh(overlaps);
        const std::int64_t here = energy(scene_, GetParam(), state);
        for (std::uint32_t unit = 0; unit < GetParam().dimension; ++unit) {
            const std::int64_t there = energy(scene_, GetParam(), state ^ (Word{1} << unit));
            overlaps.count_steps(unit, counts);
            const double value = decide(table_, counts).value;
            // value < 0 wants the flip: exactly when it lowers the energy; 0 exactly when it is
            // level.
            ASSERT_EQ(value < 0, there < here) << "state " << state << " unit " << unit;
            ASSERT_EQ(value == 0, there == here) << "state " << state << " unit " << unit;
            // Small integers: the exact network's sum in double has no error, and its sign agrees.
            ASSERT_EQ(field.error(field.side(overlaps, unit)), 0.0);
            const double sum = field.sum(overlaps, unit);
            ASSERT_EQ(sum < 0, there < here) << "state " << state << " unit " << unit;
            ASSERT_EQ(field.sign(counts), sum > 0 ? 1 : sum < 0 ? -1 : 0);
        }
    }
}

TEST_P(AllStates, FixedPointsFoundAreThoseEnumerated) {
    std::set<Word> enumerated;
    for (Word state = 0; state < state_count(); ++state) {
        const std::int64_t here = energy(scene_, GetParam(), state);
        bool stable = true;
        for (std::uint32_t unit = 0; unit < GetParam().dimension; ++unit)
            stable = stable && energy(scene_, GetParam(), state ^ (Word{1} << unit)) >= here;
        if (stable) enumerated.insert(state);
    }

    std::set<Word> found;
    for (Word cue = 0; cue < state_count(); ++cue) {
        scene_.cues.row(0)[0] = cue;
        const Trajectory path = tests::run_alone(scene_, setting_, 0);
        ASSERT_EQ(path.stop, Stop::fixed_point) << "descent with tie rule keep must end";
        ASSERT_LE(energy(scene_, GetParam(), path.state[0]), energy(scene_, GetParam(), cue));
        found.insert(path.state[0]);
    }
    EXPECT_EQ(found, enumerated);
}

constexpr auto polynomial = Choice<Interactions>::of<Polynomial>();
constexpr auto rectified = Choice<Interactions>::of<RectifiedPolynomial>();

INSTANTIATE_TEST_SUITE_P(SmallNetworks, AllStates,
                         testing::Values(Case{polynomial, 2, 12, 3}, Case{polynomial, 3, 11, 5},
                                         Case{polynomial, 4, 12, 8}, Case{polynomial, 7, 9, 12},
                                         Case{rectified, 2, 12, 4}, Case{rectified, 3, 12, 10},
                                         Case{rectified, 5, 10, 30}, Case{rectified, 1, 8, 3},
                                         Case{polynomial, 1, 8, 4}, Case{polynomial, 2, 1, 1},
                                         Case{polynomial, 2, 2, 1}));

} // namespace
} // namespace basin

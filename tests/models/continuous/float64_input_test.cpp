// Numbers that float32 cannot hold: float64 begins with them as they are, from the file to the
// metrics, and what is computed in less rounds them once.

#include "models/base/errors.hpp"
#include "models/continuous/real_metrics.hpp"
#include "models/draws/embeddings.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/real_judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

using DoubleRows = std::vector<std::vector<double>>;

PatternBank double_bank_of(const DoubleRows& rows) {
    auto values = xt::xtensor<double, 2>::from_shape({rows.size(), rows[0].size()});
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < rows[r].size(); ++i)
            values(r, i) = rows[r][i];
    return bank_of_doubles(values, "rows");
}

SceneSpec double_spec_of(std::uint32_t count, std::string_view corruption = "none") {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<NpySource>();
    spec.patterns.binarize = Choice<Binarizations>::of<BinarizeNone>();
    spec.patterns.pattern_count = count;
    spec.cues.probe_count = count;
    spec.cues.corruption = Choice<Corruptions>::named(corruption).value();
    return spec;
}

double metric_of(const RealScene& scene, const Setting& setting, std::string_view name) {
    return judge(scene, setting, paths_of(scene, setting)).values[metric_index(name)];
}

// Two memories that are one in float32.
const DoubleRows close{{0.1, 0.2, 0.3}, {0.1 + 1e-9, 0.2, 0.3}};

TEST(Float64Input, IsKeptWhereFloat32DoesNotHoldIt) {
    const PatternBank bank = double_bank_of(close);
    ASSERT_TRUE(bank.is_rounded());
    EXPECT_EQ(bank.doubles(1, 0), 0.1 + 1e-9);
    EXPECT_EQ(bank.values(1, 0), 0.1F);
    EXPECT_EQ(bank.digest, bank_digest(bank.doubles, bank.range));
    EXPECT_NE(bank.digest, bank_digest(bank.values, bank.range));

    const PatternBank same = double_bank_of({{0.5, -3.25}, {0.1F, 1e30F}});
    EXPECT_FALSE(same.is_rounded());
    EXPECT_EQ(same.digest, bank_digest(same.values, same.range));
}

TEST(Float64Input, WhoseSquaresLeaveFloat64IsRefused) {
    EXPECT_THROW(double_bank_of({{1, 2}, {0.1, 1e200}}), InputError);
    EXPECT_THROW(double_bank_of({{1, 2}, {1e-200, 0}}), InputError);
    EXPECT_EQ(double_bank_of({{1, 1e-200}, {0, 0}}).doubles(0, 1),
              1e-200); // harmless beside others
}

TEST(Float64Input, IsWhatFloat64ComputesWith) {
    const PatternBank bank = double_bank_of(close);
    const Scene scene = make_scene(double_spec_of(2), {.patterns = &bank});
    EXPECT_EQ(scene.duplicate_count, 0U);

    Setting setting = softmax_setting(1e20, "negative_squared_euclidean", "float64");
    setting.fixed_steps = 1;
    EXPECT_EQ(metric_of(*scene.real, setting, "identity_recall"), 1.0);
    EXPECT_EQ(metric_of(*scene.real, setting, "mean_squared_error"), 0.0);
    for (const RealPath& path : paths_of(*scene.real, setting))
        EXPECT_EQ(path.sizes.largest, 1.0);

    setting.precision = Choice<Precisions>::of<Float32>();
    for (const RealPath& path : paths_of(*scene.real, setting))
        EXPECT_EQ(path.sizes.largest, 0.5);
    EXPECT_EQ(metric_of(*scene.real, setting, "identity_recall"), 0.5);
    // The target is the memory as it was given.
    const double error = metric_of(*scene.real, setting, "euclidean_distance");
    EXPECT_GT(error, 1e-9);
    EXPECT_LT(error, 1e-7);
}

TEST(Float64Input, ThatFloat32HoldsGivesTheSameBits) {
    const DoubleRows rows{{0.5, -3.25, 8}, {2, 0.125, -7}, {1, 1, 3}};
    const PatternBank bank = double_bank_of(rows);
    const PatternBank floats = make_bank(bank.values, "rows");
    for (const std::string_view corruption : {"none", "gaussian", "mask"}) {
        SceneSpec spec = double_spec_of(3, corruption);
        spec.cues.cue_level = 0.4;
        spec.cues.cue_noise = 0.1;
        const Scene one = make_scene(spec, {.patterns = &bank});
        const Scene other = make_scene(spec, {.patterns = &floats});
        EXPECT_FALSE(one.real->memories().is_rounded());
        EXPECT_FALSE(one.real->cues.is_rounded()) << corruption;
        EXPECT_EQ(one.real->memories().values, other.real->memories().values);
        EXPECT_EQ(one.real->cues.values, other.real->cues.values);
    }
}

TEST(Float64Input, CuesAreMadeInFloat64) {
    const PatternBank bank = double_bank_of({{0.1, 0.2, 0.3, 0.4}, {0.9, 0.7, 1.0 / 3, 0}});
    for (const std::string_view corruption : {"none", "gaussian", "mask", "blank", "erase"}) {
        SceneSpec spec = double_spec_of(2, corruption);
        spec.cues.cue_level = 0.25;
        spec.cues.cue_noise = 0.1;
        const Scene scene = make_scene(spec, {.patterns = &bank});
        const RealMatrix& cues = scene.real->cues;
        ASSERT_TRUE(cues.is_rounded()) << corruption;
        int given = 0;
        for (std::size_t i = 0; i < cues.doubles.size(); ++i) {
            given += cues.doubles[i] == scene.real->memories().doubles[i];
            EXPECT_EQ(cues.values[i], static_cast<float>(cues.doubles[i]));
        }
        EXPECT_EQ(given, corruption == "none" ? 8 : corruption == "gaussian" ? 0 : given);
        EXPECT_GE(given, corruption == "gaussian" ? 0 : 4) << corruption;
    }
}

TEST(Float64Input, IsRoundedOnceToAHalfPrecision) {
    // 1 + 2^-11 lies between two float16; the tie is broken by what float32 would round away.
    const double above = 1 + 0x1p-11 + 0x1p-40;
    const RealScene scene{{real_matrix(1, 1, {above}), {}, {}}, real_matrix(1, 1, {above}), {0}};
    Setting setting = softmax_setting(1, "dot", "float16");
    setting.fixed_steps = 1;
    EXPECT_EQ(paths_of(scene, setting)[0].state[0], 1 + 0x1p-10);
}

TEST(Float64Input, IsBinarisedAsItIs) {
    const double level = 0.1;
    const PatternBank bank = double_bank_of({{std::nextafter(level, 1.0), level}});
    SceneSpec spec = double_spec_of(1, "flip");
    spec.patterns.binarize = Choice<Binarizations>::of<BinarizeAbove>();
    spec.patterns.threshold = level;
    const BitMatrix bits = draw_patterns(spec.patterns, &bank);
    EXPECT_TRUE(bit_at(bits.row(0), 0));
    EXPECT_FALSE(bit_at(bits.row(0), 1));
}

TEST(Float64Input, OfEmbeddingsIsKept) {
    const PatternBank items = double_bank_of({{1, 2}, {3, 4}});
    const PatternBank embeddings = double_bank_of({{1, 1e-9}, {1, 2e-9}});
    const SceneSpec spec = double_spec_of(2);
    const RealMatrix chosen = chosen_embeddings(spec.patterns, items, embeddings);
    ASSERT_TRUE(chosen.is_rounded());
    EXPECT_LT(chosen.doubles[1], 1e-8);
    EXPECT_EQ(cosine(chosen, 0, 0), 1.0);
}

} // namespace
} // namespace basin

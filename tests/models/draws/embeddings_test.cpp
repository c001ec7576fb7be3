// Recalled items compared by embeddings that were given for them.

#include "models/base/errors.hpp"
#include "models/draws/embeddings.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/real_judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

PatternBank bank_of(const Rows& rows, const std::string& name) {
    auto values = xt::xtensor<float, 2>::from_shape({rows.size(), rows[0].size()});
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < rows[r].size(); ++i)
            values(r, i) = rows[r][i];
    return make_bank(values, name);
}

/// Items told apart by their first unit, which is the first number of their embedding too.
const Rows items{{1, 9}, {2, 9}, {3, 9}, {4, 9}, {5, 9}, {6, 9}};
const Rows given{{1, 0, 7}, {2, 0, 7}, {3, 0, 7}, {4, 0, 7}, {5, 0, 7}, {6, 0, 7}};

SceneSpec spec_of(bool real) {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<NpySource>();
    spec.patterns.pattern_count = 4;
    spec.patterns.key = key_of("embedded");
    if (real) {
        spec.patterns.binarize = Choice<Binarizations>::of<BinarizeNone>();
        spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    }
    spec.cues.probe_count = 4;
    return spec;
}

TEST(Embeddings, GoWithTheMemoriesThatAreDrawn) {
    const PatternBank patterns = bank_of(items, "items");
    const PatternBank embeddings = bank_of(given, "given");
    const Scene scene = make_scene(spec_of(true), &patterns, &embeddings);
    ASSERT_TRUE(scene.real->embeddings);
    ASSERT_EQ(scene.real->embeddings->rows, 4U);
    ASSERT_EQ(scene.real->embeddings->columns, 3U);
    for (std::size_t mu = 0; mu < 4; ++mu)
        EXPECT_EQ(scene.real->embeddings->row(mu)[0], scene.real->memories().row(mu)[0]);
}

TEST(Embeddings, ChangeNeitherMemoriesNorCues) {
    const PatternBank patterns = bank_of(items, "items");
    const PatternBank embeddings = bank_of(given, "given");
    const Scene with = make_scene(spec_of(true), &patterns, &embeddings);
    const Scene without = make_scene(spec_of(true), &patterns);
    EXPECT_EQ(with.real->memories().values, without.real->memories().values);
    EXPECT_EQ(with.real->cues.values, without.real->cues.values);
    EXPECT_EQ(with.targets, without.targets);
    EXPECT_FALSE(without.real->embeddings);
}

TEST(Embeddings, GoWithBinarizedMemoriesToo) {
    const PatternBank patterns = bank_of(items, "items");
    const PatternBank embeddings = bank_of(given, "given");
    const Scene scene = make_scene(spec_of(false), &patterns, &embeddings);
    EXPECT_FALSE(scene.real);
    ASSERT_TRUE(real_scene(scene)->embeddings);
    EXPECT_EQ(real_scene(scene)->embeddings->rows, 4U);
}

TEST(Embeddings, ThatDoNotFitAreRefusedWithBothFiles) {
    const PatternBank patterns = bank_of(items, "items.npy");
    const auto refusal = [&](const Rows& rows) -> std::string {
        try {
            require_embeddings(bank_of(rows, "given.npy"), patterns);
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(refusal(given), "");
    Rows few = given;
    few.pop_back();
    EXPECT_EQ(refusal(few), "given.npy has 5 rows, but items.npy has 6 patterns; an embedding of "
                            "each is needed, in the order of the patterns");
    Rows empty = given;
    empty[4] = {0, -0.0F, 0};
    EXPECT_EQ(refusal(empty).find("given.npy: row 4 (counted from 0) is all zeros"), 0U);
}

TEST(Embeddings, CosineByHand) {
    const RealMatrix rows =
        matrix_of({{3, 4}, {4, 3}, {-4, 3}, {-6, -8}, {1e-38F, 0}, {3e38F, 3e38F}});
    EXPECT_EQ(cosine(rows, 0, 0), 1.0);
    EXPECT_DOUBLE_EQ(cosine(rows, 0, 1), 24.0 / 25);
    EXPECT_EQ(cosine(rows, 0, 2), 0.0);
    EXPECT_DOUBLE_EQ(cosine(rows, 0, 3), -1.0);
    EXPECT_DOUBLE_EQ(cosine(rows, 4, 5), std::sqrt(0.5));
}

double embedding_cosine(const RealScene& scene, const std::vector<std::vector<double>>& states) {
    std::vector<RealPath> paths(states.size());
    for (std::size_t p = 0; p < states.size(); ++p) {
        paths[p].state = states[p];
        paths[p].stop = Stop::fixed_point;
    }
    return judge(scene, softmax_setting(1.0), paths).values[metric_index("embedding_cosine")];
}

TEST(EmbeddingCosine, IsThatOfTargetAndNearestMemory) {
    RealScene scene = stored_scene_of({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    EXPECT_TRUE(std::isnan(embedding_cosine(scene, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})));
    scene.embeddings = std::make_shared<const RealMatrix>(matrix_of({{1, 0}, {3, 4}, {0, 2}}));
    EXPECT_EQ(embedding_cosine(scene, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), 1.0);
    // Memory 0 recalled as 1, not quite; 1 as 2; 2 as 0: cosines 3 / 5, 4 / 5 and 0.
    EXPECT_DOUBLE_EQ(embedding_cosine(scene, {{0.2, 0.9, 0}, {0, 0, 1}, {1, 0, 0}}), 1.4 / 3);
}

TEST(EmbeddingCosine, IsOfProbesWithATarget) {
    RealScene scene = real_scene_of({{1, 0}, {0, 1}}, {{1, 0}, {1, 1}}, {1, -1});
    scene.embeddings = std::make_shared<const RealMatrix>(matrix_of({{1, 0}, {1, 1}}));
    EXPECT_DOUBLE_EQ(embedding_cosine(scene, {{1, 0}, {1, 0}}), std::sqrt(0.5));
    scene.targets = {-1, -1};
    EXPECT_TRUE(std::isnan(embedding_cosine(scene, {{1, 0}, {1, 0}})));
}

} // namespace
} // namespace basin

// Similarities of distributions on files: what a file declares decides for all draws of it.

#include "models/data/dataset.hpp"
#include "models/recall/recall.hpp"

#include <gtest/gtest.h>

#include "support/real_scenes.hpp"

namespace basin {
namespace {

using namespace tests;

PatternBank share_bank_of(const Rows& rows) {
    auto values = xt::xtensor<float, 2>::from_shape({rows.size(), rows[0].size()});
    for (std::size_t r = 0; r < rows.size(); ++r)
        std::ranges::copy(rows[r], values.data() + r * rows[r].size());
    return make_bank(values, "v.npy");
}

SceneSpec share_spec_of(std::uint32_t count) {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<NpySource>();
    spec.patterns.binarize = Choice<Binarizations>::of<BinarizeNone>();
    spec.patterns.pattern_count = count;
    spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    spec.cues.probe_count = count;
    return spec;
}

/// Of every similarity: softmax settings.
std::vector<Setting> all_similarities() {
    std::vector<Setting> settings;
    for (const std::string_view name : RealSimilarities::names)
        settings.push_back(softmax_setting(1.0, name, "float32"));
    return settings;
}

bool takes_shares(const Setting& setting) {
    return setting.real_similarity.visit([](auto s) { return s.shares; });
}

TEST(SharesOfFiles, HaveNoMeaningWhereTheFileHasNegativeValues) {
    // One pattern of four has a negative unit: draws of one or two may lack it.
    const PatternBank bank = share_bank_of({{1, 2}, {3, 1}, {2, 5}, {-1, 1}});
    const std::vector<Setting> settings = all_similarities();
    for (const std::uint32_t count : {1U, 2U, 4U}) {
        const Scene scene = make_scene(share_spec_of(count), {.patterns = &bank});
        const std::vector<Outcome> outcomes = recall(scene, settings);
        std::size_t without = 0;
        for (std::size_t s = 0; s < settings.size(); ++s) {
            if (!takes_shares(settings[s])) {
                EXPECT_EQ(outcomes[s].status, Status::done) << settings[s].real_similarity.name();
                continue;
            }
            ++without;
            EXPECT_EQ(outcomes[s].status, Status::not_applicable);
            EXPECT_EQ(outcomes[s].message,
                      "similarity " + std::string(settings[s].real_similarity.name()) +
                          " compares distributions, and the values of v.npy are from -1 to 5");
        }
        EXPECT_EQ(without, 5U);
    }
}

TEST(SharesOfFiles, OfSignsAreNotSaidToBeZero) {
    const PatternBank bank = share_bank_of({{1, -1}, {-1, 1}}); // sums are 0
    const auto settings = all_similarities();
    const auto outcomes = recall(make_scene(share_spec_of(2), {.patterns = &bank}), settings);
    for (std::size_t s = 0; s < settings.size(); ++s) {
        EXPECT_EQ(outcomes[s].message.find("is zero"), std::string::npos);
        EXPECT_NE(outcomes[s].status, Status::failed);
    }
}

TEST(SharesOfFiles, HaveAMeaningWithoutNegativeValues) {
    const PatternBank bank = share_bank_of({{1, 2}, {3, 0}});
    for (const Outcome& outcome :
         recall(make_scene(share_spec_of(2), {.patterns = &bank}), all_similarities()))
        EXPECT_EQ(outcome.status, Status::done) << outcome.message;
}

TEST(SharesOfFiles, AreOfPixelsFrom0WhereTheSpecScalesThem) {
    PatternBank bank = share_bank_of({{1, 2}, {-3, 0}});
    give_range(bank, {-3, 2});
    SceneSpec spec = share_spec_of(2);
    EXPECT_NE(negative_values(spec, {.patterns = &bank}), "");
    spec.patterns.pixel_range = Choice<PixelRanges>::of<RangeUnit>();
    EXPECT_EQ(negative_values(spec, {.patterns = &bank}), "");
}

} // namespace
} // namespace basin

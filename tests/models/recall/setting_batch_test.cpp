// Settings of continuous networks beside their references: what is walked, and that it is the same
// whoever walks along.

#include "models/continuous/canonical_setting.hpp"
#include "models/recall/recall.hpp"
#include "models/recall/setting_batch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "support/random_real.hpp"

namespace basin {
namespace {

using namespace tests;

/// Every precision and exponential of one network.
std::vector<Setting> arithmetics_of(const Setting& network) {
    std::vector<Setting> settings;
    for (const auto precision : {"float16", "bfloat16", "float32", "float64"})
        for (std::size_t e = 0; e < Exponentials::size; ++e) {
            settings.push_back(network);
            settings.back().precision = Choice<Precisions>::named(precision).value();
            settings.back().exponential = Choice<Exponentials>::at(e);
        }
    return settings;
}

std::size_t courses_of(const std::vector<Setting>& settings) {
    const auto families = real_families(settings);
    EXPECT_EQ(families.size(), 1U);
    return families.at(0).courses.size();
}

// What is walked ----------------------------------------------------------------------------------

TEST(RealFamily, AReferenceIsFloat64WithTheStableExponential) {
    Setting setting = softmax_setting(3.0, "cosine", "bfloat16");
    setting.exponential = Choice<Exponentials>::of<NaiveExponential>();
    const Setting reference = reference_of(setting);
    EXPECT_EQ(reference, softmax_setting(3.0, "cosine", "float64"));
    EXPECT_EQ(tolerance_of(reference), 1e-10);
    setting.tolerance = 1e-4;
    EXPECT_EQ(tolerance_of(reference_of(setting)), 1e-4);
}

TEST(RealFamily, AReferenceIsWalkedOnce) {
    std::vector<Setting> settings = arithmetics_of(softmax_setting(2.0));
    EXPECT_EQ(courses_of(settings), 8U); // one of them is the reference
    std::erase_if(settings, [](const Setting& s) { return s == reference_of(s); });
    EXPECT_EQ(courses_of(settings), 8U);

    // What is judged differently walks alike.
    Setting wide = settings.front();
    wide.retrieval_radius = 0.1;
    wide.error_threshold = 1.0;
    settings.push_back(wide);
    EXPECT_EQ(courses_of(settings), 8U);
    settings.push_back(wide);
    settings.back().beta = 3.0;
    EXPECT_EQ(courses_of(settings), 10U);
}

TEST(RealFamily, OnlyAttributedMembersHaveAReference) {
    std::vector<Setting> settings{softmax_setting(2.0, "dot", "float32"),
                                  softmax_setting(2.0, "dot", "float16")};
    settings[1].attribution = Choice<Attributions>::of<AttributeNone>();
    const RealFamily both = real_families(settings).at(0);
    EXPECT_EQ(both.courses.size(), 3U);
    EXPECT_TRUE(both.members[0].reference);
    EXPECT_FALSE(both.members[1].reference);
    settings[0].attribution = settings[1].attribution;
    EXPECT_EQ(courses_of(settings), 2U);
}

TEST(RealFamily, WithoutAnExponentialFloat64IsItsOwnReference) {
    for (const auto separation : {"softmax", "sparsemax", "power"}) {
        Setting setting = universal_setting(2.0, "dot", separation);
        setting.exponential = Choice<Exponentials>::of<NaiveExponential>();
        setting.real_similarity = Choice<RealSimilarities>::of<RealCosine>();
        const bool has_one = setting.separation.is<SoftmaxSeparation>();
        EXPECT_EQ(courses_of({setting}), has_one ? 2U : 1U) << separation;
    }
}

TEST(RealFamily, OthersAreInNone) {
    std::vector<Setting> settings(3);
    settings[1] = softmax_setting(1.0, "dot", "exact");
    settings[2] = softmax_setting(1.0);
    const auto families = real_families(settings);
    ASSERT_EQ(families.size(), 1U);
    ASSERT_EQ(families[0].members.size(), 1U);
    EXPECT_EQ(families[0].members[0].index, 2U);
}

TEST(RealFamily, EqualCoursesHaveEqualPaths) {
    Stream stream(key_of("courses"), StreamRole::patterns);
    for (int draw = 0; draw < 300; ++draw) {
        const Setting setting = random_real_setting(stream);
        const RealScene scene = random_real_scene(stream, takes_shares(setting), 3);
        const Setting course = canonical_setting(setting);
        EXPECT_EQ(canonical_setting(course), course);
        const auto own = paths_of(scene, setting);
        const auto same = paths_of(scene, course);
        for (std::size_t p = 0; p < own.size(); ++p)
            ASSERT_TRUE(same_bits(own[p], same[p])) << describe_real(setting);
    }
}

// Who walks along does not matter -----------------------------------------------------------------

bool equal(const Outcome& a, const Outcome& b) {
    const auto bits = std::bit_cast<std::uint64_t, double>;
    return a.status == b.status && a.flags == b.flags && a.message == b.message &&
           std::ranges::equal(a.values, b.values, {}, bits, bits);
}

TEST(RealFamily, CompanyDoesNotMatter) {
    Stream stream(key_of("company of references"), StreamRole::patterns);
    for (int draw = 0; draw < 10; ++draw) {
        const Scene scene = make_scene(random_real_spec(stream, true, 20), nullptr);
        std::vector<Setting> settings;
        for (int network = 0; network < 4; ++network)
            for (const Setting& setting : arithmetics_of(random_real_setting(stream)))
                if (!is_noise(setting)) settings.push_back(setting);
        const std::vector<Outcome> together = recall(scene, settings);
        for (std::size_t s = 0; s < settings.size(); ++s)
            EXPECT_TRUE(equal(recall(scene, {&settings[s], 1}).front(), together[s]))
                << describe_real(settings[s]);
    }
}

TEST(RealFamily, RangesOfProbesDoNotMatter) {
    Stream stream(key_of("ranges of references"), StreamRole::patterns);
    const RealScene scene = random_real_scene(stream, true, 50);
    const auto family = real_families(arithmetics_of(softmax_setting(0.4))).at(0);
    CoursePaths whole = room_for(family, 50);
    CoursePaths parts = room_for(family, 50);
    for (std::size_t group = family.groups.size(); group-- > 0;) {
        walk(scene, family, group, 0, 50, whole);
        for (const auto& [first, last] : {std::pair{33U, 50U}, {0U, 1U}, {1U, 33U}})
            walk(scene, family, group, first, last, parts);
    }
    for (std::size_t course = 0; course < whole.size(); ++course)
        for (std::size_t p = 0; p < 50; ++p)
            EXPECT_TRUE(same_bits(whole[course][p], parts[course][p]));
    EXPECT_THROW(walk(scene, family, 0, 0, 50, whole, [] { return false; }), OutOfPatience);
}

} // namespace
} // namespace basin

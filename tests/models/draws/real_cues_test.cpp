// What corruptions do to real vectors. Tolerance of shares: support/shares.hpp.

#include "models/base/errors.hpp"
#include "models/draws/blur.hpp"
#include "models/draws/real_cues.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "support/real_scenes.hpp"
#include "support/shares.hpp"

namespace basin {
namespace {

using namespace tests;

/// Units of 0.25 ... 0.75, which no corruption sets any to by itself.
RealPatterns patterns_of(std::size_t count, ImageShape image, ValueRange range = {0.0, 1.0}) {
    RealPatterns patterns{{count, image.pixels() * image.channels}, range, image};
    Stream stream(key_of("patterns of cues"), StreamRole::patterns);
    for (float& x : patterns.memories.values)
        x = static_cast<float>(range.low + range.width() * (0.25 + 0.5 * stream.uniform()));
    return patterns;
}

RealPatterns vectors(std::size_t count, std::size_t dimension) {
    RealPatterns patterns = patterns_of(count, {1, static_cast<std::uint32_t>(dimension), 1, true});
    patterns.image = {};
    return patterns;
}

CueSpec spec_of(std::string_view corruption, double level, std::uint32_t probes) {
    CueSpec spec;
    spec.corruption = Choice<Corruptions>::named(corruption).value();
    spec.cue_level = level;
    spec.probe_count = probes;
    spec.key = key_of("real cues");
    return spec;
}

/// Units of probe p that are not those of the memory it was made from.
std::vector<std::size_t> changed(const RealCues& cues, const RealPatterns& patterns,
                                 std::size_t p) {
    const auto memory = patterns.memories.row(p % patterns.memories.rows);
    const auto cue = cues.states.row(p);
    std::vector<std::size_t> units;
    for (std::size_t i = 0; i < memory.size(); ++i)
        if (cue[i] != memory[i]) units.push_back(i);
    return units;
}

constexpr ImageShape colours{8, 6, 3, true};

class RealCorruptionOf : public testing::TestWithParam<std::string_view> {};

TEST_P(RealCorruptionOf, AProbeDoesNotDependOnHowManyThereAre) {
    const RealPatterns patterns = patterns_of(4, colours);
    CueSpec spec = spec_of(GetParam(), 0.3, 10);
    const RealCues many = draw_real_cues(spec, patterns);
    EXPECT_EQ(draw_real_cues(spec, patterns).states.values, many.states.values);
    spec.probe_count = 3;
    const RealCues few = draw_real_cues(spec, patterns);
    ASSERT_EQ(few.states.rows, 3U);
    for (std::size_t p = 0; p < 3; ++p) {
        EXPECT_TRUE(std::ranges::equal(few.states.row(p), many.states.row(p)));
        EXPECT_EQ(few.targets[p], many.targets[p]);
    }
    for (std::size_t p = 0; p < 10; ++p)
        EXPECT_EQ(many.targets[p], GetParam() == "random_start" ? -1 : static_cast<int>(p % 4));

    // Probes 0 and 4 are made from one memory, each with a stream of its own.
    const bool is_random = GetParam() != "none" && GetParam() != "erase" && GetParam() != "blur";
    EXPECT_EQ(!std::ranges::equal(many.states.row(0), many.states.row(4)), is_random);
    spec.key = key_of("other cues");
    EXPECT_EQ(draw_real_cues(spec, patterns).states.values != few.states.values, is_random);
}

TEST_P(RealCorruptionOf, StaysWithinTheRangeIfItIsBounded) {
    for (const ValueRange range : {ValueRange{0.0, 1.0}, {-1.0, 1.0}, {0.0, 255.0}}) {
        const RealPatterns patterns = patterns_of(4, colours, range);
        CueSpec spec = spec_of(GetParam(), 0.5, 40);
        spec.cue_noise = range.width();
        for (const auto bound : {"clip", "reflect"}) {
            spec.cue_bound = Choice<CueBounds>::named(bound).value();
            const RealCues cues = draw_real_cues(spec, patterns);
            const auto [low, high] = std::ranges::minmax(cues.states.values);
            EXPECT_GE(low, range.low);
            EXPECT_LE(high, range.high);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Corruptions, RealCorruptionOf,
                         testing::Values("none", "mask", "erase", "random_start", "blank",
                                         "gaussian", "blur", "rows", "square"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(RealCues, NoneIsTheMemory) {
    const RealPatterns patterns = vectors(3, 20);
    const RealCues cues = draw_real_cues(spec_of("none", 0.9, 7), patterns);
    for (std::size_t p = 0; p < 7; ++p)
        EXPECT_TRUE(changed(cues, patterns, p).empty());
}

TEST(RealCues, LevelZeroTouchesNothing) {
    const RealPatterns patterns = patterns_of(4, colours);
    for (const auto corruption : {"mask", "erase", "blank", "gaussian", "rows", "square"}) {
        CueSpec spec = spec_of(corruption, 0.0, 8);
        spec.cue_noise = 0.0;
        const RealCues cues = draw_real_cues(spec, patterns);
        for (std::size_t p = 0; p < 8; ++p)
            EXPECT_TRUE(changed(cues, patterns, p).empty()) << corruption;
    }
}

TEST(RealCues, MaskAndBlankTouchAnExactShare) {
    const RealPatterns patterns = vectors(2, 50);
    for (const auto corruption : {"mask", "blank"}) {
        std::vector<std::size_t> touched(50);
        const RealCues cues = draw_real_cues(spec_of(corruption, 0.25, 2000), patterns);
        for (std::size_t p = 0; p < 2000; ++p) {
            const auto units = changed(cues, patterns, p);
            EXPECT_EQ(units.size(), 13U); // round(12.5)
            for (const std::size_t unit : units) {
                ++touched[unit];
                if (corruption == std::string_view("blank")) {
                    EXPECT_EQ(cues.states.row(p)[unit], 0.0F);
                }
            }
        }
        for (const std::size_t count : touched) // anywhere
            expect_share(count, 2000, 13.0 / 50);
    }
}

TEST(RealCues, MasksAreUniformInTheRange) {
    RealPatterns patterns = vectors(1, 20000);
    patterns.range = {-2.0, 6.0};
    const RealCues cues = draw_real_cues(spec_of("mask", 1.0, 1), patterns);
    const auto below = [&](double bound) {
        return static_cast<std::size_t>(
            std::ranges::count_if(cues.states.values, [&](float x) { return x < bound; }));
    };
    EXPECT_EQ(below(-2.0), 0U);
    expect_share(below(0.0), 20000, 0.25);
    expect_share(below(2.0), 20000, 0.5);
    expect_share(below(5.0), 20000, 0.875);
}

TEST(RealCues, BernoulliTouchesEachUnitByItself) {
    const RealPatterns patterns = vectors(1, 100);
    CueSpec spec = spec_of("blank", 0.3, 1000);
    spec.cue_count = Choice<CueCounts>::of<BernoulliCount>();
    const RealCues cues = draw_real_cues(spec, patterns);
    std::size_t total = 0;
    std::set<std::size_t> sizes;
    for (std::size_t p = 0; p < 1000; ++p) {
        total += changed(cues, patterns, p).size();
        sizes.insert(changed(cues, patterns, p).size());
    }
    expect_share(total, 100000, 0.3);
    EXPECT_GT(sizes.size(), 10U);
}

TEST(RealCues, EraseTakesTheLastUnitsOrTheLowerPart) {
    const RealPatterns plain = vectors(1, 10);
    EXPECT_EQ(changed(draw_real_cues(spec_of("erase", 0.3, 1), plain), plain, 0),
              (std::vector<std::size_t>{7, 8, 9}));
    // 2 x 2 pixels of 3 channels: the lower row of each.
    const RealPatterns planar = patterns_of(1, {2, 2, 3, true});
    EXPECT_EQ(changed(draw_real_cues(spec_of("erase", 0.5, 1), planar), planar, 0),
              (std::vector<std::size_t>{2, 3, 6, 7, 10, 11}));
    const RealPatterns interleaved = patterns_of(1, {2, 2, 3, false});
    EXPECT_EQ(changed(draw_real_cues(spec_of("erase", 0.5, 1), interleaved), interleaved, 0),
              (std::vector<std::size_t>{6, 7, 8, 9, 10, 11}));
    const RealCues all = draw_real_cues(spec_of("erase", 1.0, 1), planar);
    EXPECT_TRUE(std::ranges::all_of(all.states.values, [](float x) { return x == 0.0F; }));
}

TEST(RealCues, RandomStartsAreUniformAndHaveNoTarget) {
    RealPatterns patterns = vectors(1, 10000);
    patterns.range = {-1.0, 1.0};
    const RealCues cues = draw_real_cues(spec_of("random_start", 0.0, 2), patterns);
    EXPECT_EQ(cues.targets, (std::vector<std::int32_t>{-1, -1}));
    expect_share(static_cast<std::size_t>(
                     std::ranges::count_if(cues.states.values, [](float x) { return x < -0.5F; })),
                 20000, 0.25);
    EXPECT_TRUE(
        std::ranges::all_of(cues.states.values, [](float x) { return x >= -1.0F && x <= 1.0F; }));
}

TEST(RealCues, GaussianNoiseHasItsDeviation) {
    const RealPatterns patterns = vectors(1, 100000);
    CueSpec spec = spec_of("gaussian", 0.0, 1);
    spec.cue_noise = 0.4;
    const RealCues cues = draw_real_cues(spec, patterns);
    double sum = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < 100000; ++i) {
        const double noise = cues.states.values[i] - double{patterns.memories.values[i]};
        sum += noise / 1e5;
        square += noise * noise / 1e5;
    }
    EXPECT_NEAR(sum, 0, 5 * 0.4 / std::sqrt(1e5));
    EXPECT_NEAR(square, 0.16, 5 * 0.16 * std::sqrt(2 / 1e5));

    // The same noise, cut off or mirrored at 0.
    for (const auto bound : {"clip", "reflect"}) {
        spec.cue_bound = Choice<CueBounds>::named(bound).value();
        const RealCues bounded = draw_real_cues(spec, patterns);
        for (std::size_t i = 0; i < 100000; ++i) {
            const float x = cues.states.values[i];
            const float mirrored = bound == std::string_view("reflect") ? std::abs(x) : x;
            ASSERT_EQ(bounded.states.values[i], std::clamp(mirrored, 0.0F, 1.0F));
        }
    }
}

TEST(RealCues, BlurIsThatOfTheImage) {
    const RealPatterns patterns = patterns_of(2, colours);
    CueSpec spec = spec_of("blur", 0.0, 2);
    spec.cue_blur = 1.3;
    const RealCues cues = draw_real_cues(spec, patterns);
    for (std::size_t p = 0; p < 2; ++p) {
        std::vector<float> image(patterns.memories.row(p).begin(), patterns.memories.row(p).end());
        blur(image, colours, 1.3);
        EXPECT_TRUE(std::ranges::equal(cues.states.row(p), image));
    }
}

TEST(RealCues, RowsAreRowsOfPixels) {
    const RealPatterns patterns = patterns_of(1, colours);
    const RealCues cues = draw_real_cues(spec_of("rows", 0.5, 400), patterns);
    std::vector<std::size_t> hit(8);
    for (std::size_t p = 0; p < 400; ++p) {
        const auto units = changed(cues, patterns, p);
        EXPECT_EQ(units.size(), 4U * 6 * 3);
        std::set<std::size_t> rows;
        for (const std::size_t unit : units) {
            EXPECT_EQ(cues.states.row(p)[unit], 0.0F);
            rows.insert(unit % 48 / 6);
        }
        EXPECT_EQ(rows.size(), 4U);
        for (const std::size_t row : rows)
            ++hit[row];
    }
    for (const std::size_t count : hit)
        expect_share(count, 400, 0.5);
}

TEST(RealCues, SquaresAreSquare) {
    const RealPatterns patterns = patterns_of(1, {8, 6, 3, false});
    // A fifth of 48 pixels: the side is round(sqrt(9.6)) = 3.
    const RealCues cues = draw_real_cues(spec_of("square", 0.2, 300), patterns);
    std::set<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t p = 0; p < 300; ++p) {
        const auto units = changed(cues, patterns, p);
        ASSERT_EQ(units.size(), 3U * 3 * 3);
        const std::size_t top = units.front() / 3 / 6;
        const std::size_t left = units.front() / 3 % 6;
        places.insert({top, left});
        std::size_t next = 0;
        for (std::size_t y = top; y < top + 3; ++y)
            for (std::size_t x = left; x < left + 3; ++x)
                for (std::size_t c = 0; c < 3; ++c) {
                    EXPECT_EQ(units[next], (y * 6 + x) * 3 + c);
                    EXPECT_EQ(cues.states.row(p)[units[next++]], 0.0F);
                }
    }
    EXPECT_EQ(places.size(), 6U * 4); // all of them, among 300 draws
    // All of the area: as large as fits.
    EXPECT_EQ(changed(draw_real_cues(spec_of("square", 1.0, 1), patterns), patterns, 0).size(),
              6U * 6 * 3);
}

TEST(RealCues, ImagesAreNeeded) {
    const RealPatterns patterns = vectors(2, 12);
    for (const auto corruption : {"blur", "rows", "square"})
        EXPECT_THROW(draw_real_cues(spec_of(corruption, 0.2, 1), patterns), InputError);
}

TEST(RealCues, FlipsAreOfBipolarVectors) {
    EXPECT_THROW(draw_real_cues(spec_of("flip", 0.2, 1), vectors(2, 12)), std::logic_error);
}

TEST(RealCues, OfBits) {
    BitMatrix bits(1, 3);
    set_bit(bits.row(0), 2, true);
    EXPECT_EQ(real_states(bits).values, (std::vector<float>{-1, -1, 1}));
}

} // namespace
} // namespace basin

// Cues of a file: which of them a scene is asked, and what they are to recall.

#include "models/base/errors.hpp"
#include "models/draws/own_cues.hpp"
#include "models/metrics/metrics.hpp"
#include "models/recall/recall.hpp"
#include "models/scene/real_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/equal_outcomes.hpp"

namespace basin {
namespace {

PatternBank bank_of(const std::vector<std::vector<float>>& rows) {
    auto values = xt::xtensor<float, 2>::from_shape({rows.size(), rows.at(0).size()});
    for (std::size_t r = 0; r < rows.size(); ++r)
        std::ranges::copy(rows[r], values.data() + r * rows[r].size());
    return make_bank(std::move(values), "a.npy: npy, some rows");
}

/// Three orthogonal patterns.
const std::vector<std::vector<float>> three{
    {1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, -1, -1, 1, 1, -1, -1}};

SceneSpec spec_of(std::uint32_t pattern_count, const std::string& seed = "x") {
    SceneSpec spec;
    spec.patterns.source = Choice<PatternSources>::of<NpySource>();
    spec.patterns.pattern_count = pattern_count;
    spec.patterns.key = key_of("patterns " + seed);
    spec.cues.source = Choice<CueSources>::of<NpySource>();
    spec.cues.probe_count = 0;
    spec.cues.key = key_of("cues " + seed);
    return spec;
}

CueTargets targets_of(const std::vector<double>& rows) {
    return make_targets(rows, "t.txt: text");
}

Setting cubic() {
    Setting setting;
    setting.interaction = Choice<Interactions>::named("rectified_polynomial").value();
    setting.interaction_parameters.vertex = 3;
    return setting;
}

double value_of(const Outcome& outcome, std::string_view metric) {
    return outcome.values.at(metric_index(metric));
}

TEST(OwnCues, AreJudgedByTheRowsThatTheirTargetsName) {
    const PatternBank patterns = bank_of(three);
    // The first two differ from pattern 1 and 2 in a unit; the third is pattern 2, but is to
    // recall pattern 0, four of whose eight units are others.
    auto rows = std::vector{three[1], three[2], three[2]};
    rows[0][0] = -1;
    rows[1][7] = 1;
    const PatternBank cues = bank_of(rows);
    const CueTargets targets = targets_of({1, 2, 0});
    const Scene scene = make_scene(spec_of(3), {&patterns, nullptr, &cues, &targets});

    ASSERT_EQ(scene.probe_count(), 3U);
    for (std::size_t p = 0; p < 3; ++p) {
        const auto target = static_cast<std::size_t>(scene.targets[p]);
        for (std::size_t i = 0; i < 8; ++i) {
            EXPECT_EQ(bit_at(scene.cues.row(p), i), rows[p][i] > 0);
            EXPECT_EQ(bit_at(scene.memories.row(target), i), three[targets.rows[p]][i] > 0);
        }
    }
    const Outcome outcome = recall(scene, std::vector{cubic()})[0];
    EXPECT_EQ(value_of(outcome, "exact_recall"), 2.0 / 3);
    EXPECT_EQ(value_of(outcome, "recall_error"), 4.0 / 24);
    EXPECT_EQ(value_of(outcome, "asked_count"), 3);
}

TEST(OwnCues, ArePutToThoseWhoStoreTheirTargetAndCountedThere) {
    const PatternBank patterns = bank_of(three);
    const PatternBank cues = bank_of({three[0], three[1], three[1], three[0], three[1]});
    const CueTargets targets = targets_of({0, 1, 1, 0, 1});
    std::set<std::size_t> seen;
    for (const char* seed : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}) {
        const SceneSpec spec = spec_of(1, seed);
        const std::uint32_t stored = chosen_rows(spec.patterns, &patterns).at(0);
        const Scene scene = make_scene(spec, {&patterns, nullptr, &cues, &targets});
        const std::vector<std::size_t> asked{2, 3, 0};
        EXPECT_EQ(scene.probe_count(), asked[stored]);
        EXPECT_EQ(scene.targets, std::vector<std::int32_t>(asked[stored], 0));
        EXPECT_EQ(scene.unasked.empty(), stored != 2);
        const Outcome outcome = recall(scene, std::vector{cubic()})[0];
        EXPECT_EQ(outcome.status, stored == 2 ? Status::not_applicable : Status::done);
        if (stored != 2) {
            EXPECT_EQ(value_of(outcome, "asked_count"), static_cast<double>(asked[stored]));
            EXPECT_EQ(value_of(outcome, "exact_recall"), 1);
        } else {
            EXPECT_NE(outcome.message.find("none of the 5 targets is among the 1 memories"),
                      std::string::npos);
        }
        seen.insert(stored);
    }
    EXPECT_EQ(seen, (std::set<std::size_t>{0, 1, 2})); // each case was there
}

TEST(OwnCues, WithoutTargetsAreJudgedByTheNearestMemory) {
    const PatternBank patterns = bank_of(three);
    auto row = three[1];
    row[0] = -1;
    const PatternBank cues = bank_of({row, three[2]});
    const Scene scene = make_scene(spec_of(3), {&patterns, nullptr, &cues, nullptr});
    EXPECT_EQ(scene.targets, (std::vector<std::int32_t>{-1, -1}));
    EXPECT_EQ(value_of(recall(scene, std::vector{cubic()})[0], "exact_recall"), 1);
}

TEST(OwnCues, AreDrawnWithoutReplacementAndAskedInTheOrderOfTheFile) {
    const PatternBank patterns = bank_of(three);
    const PatternBank cues = bank_of(std::vector(10, three[0]));
    CueSpec spec = spec_of(3).cues;
    std::set<std::vector<std::uint32_t>> draws;
    for (const char* seed : {"a", "b", "c", "d"}) {
        spec.key = key_of(seed);
        spec.probe_count = 4;
        const ChosenCues some = chosen_cues(spec, cues, nullptr, {});
        EXPECT_EQ(some.rows, chosen_cues(spec, cues, nullptr, {}).rows);
        ASSERT_EQ(some.rows.size(), 4U);
        EXPECT_TRUE(std::ranges::is_sorted(some.rows, std::less_equal{})); // distinct too
        EXPECT_LT(some.rows.back(), 10U);
        draws.insert(some.rows);
        for (const std::uint32_t all : {0U, 10U, 11U}) {
            spec.probe_count = all;
            EXPECT_EQ(chosen_cues(spec, cues, nullptr, {}).rows,
                      (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
        }
    }
    EXPECT_GT(draws.size(), 1U);
    // The targets stay beside their rows.
    spec.probe_count = 2;
    const CueTargets targets = targets_of({0, 1, 2, 0, 1, 2, 0, 1, 2, 0});
    const ChosenCues some = chosen_cues(spec, cues, &targets, std::vector<std::uint32_t>{2, 1});
    ASSERT_EQ(some.rows.size(), 2U);
    for (std::size_t p = 0; p < 2; ++p)
        EXPECT_EQ(targets.rows[some.rows[p]], some.targets[p] == 0 ? 2U : 1U);
}

TEST(OwnCues, AreCorruptedLikeMemories) {
    const PatternBank patterns = bank_of(three);
    const PatternBank cues = bank_of({three[1]});
    SceneSpec spec = spec_of(3);
    spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    spec.cues.cue_level = 1.0;
    const Scene scene = make_scene(spec, {&patterns, nullptr, &cues, nullptr});
    for (std::size_t i = 0; i < 8; ++i)
        EXPECT_EQ(bit_at(scene.cues.row(0), i), three[1][i] < 0);
}

// A scene whose cues were drawn, and one whose cue file has those cues ----------------------------

PatternBank random_bank(std::size_t rows, std::size_t units) {
    Stream stream(key_of("some vectors"), StreamRole::patterns);
    std::vector<std::vector<float>> values(rows, std::vector<float>(units));
    for (auto& row : values)
        for (float& x : row)
            x = static_cast<float>(2 * stream.uniform() - 1);
    return bank_of(values);
}

CueTargets targets_of_drawn(const SceneSpec& spec, const PatternBank& patterns,
                            const Scene& scene) {
    const std::vector<std::uint32_t> rows = chosen_rows(spec.patterns, &patterns);
    std::vector<double> targets;
    for (const std::int32_t memory : scene.targets)
        targets.push_back(rows[static_cast<std::size_t>(memory)]);
    return targets_of(targets);
}

void expect_equal_recall(SceneSpec spec, const PatternBank& patterns, const Scene& drawn,
                         const PatternBank& cues, const std::vector<Setting>& settings) {
    spec.cues.source = Choice<CueSources>::of<NpySource>();
    spec.cues.corruption = Choice<Corruptions>::of<NoCorruption>();
    spec.cues.probe_count = 0;
    const CueTargets targets = targets_of_drawn(spec, patterns, drawn);
    const Scene own = make_scene(spec, {&patterns, nullptr, &cues, &targets});
    EXPECT_EQ(own.targets, drawn.targets);
    EXPECT_EQ(own.cues, drawn.cues);
    const auto expected = recall(drawn, settings);
    const auto found = recall(own, settings);
    for (std::size_t s = 0; s < settings.size(); ++s)
        tests::expect_equal(expected[s], found[s], std::to_string(s));
}

TEST(OwnCues, ThatEqualTheDrawnOnesGiveTheSameBits) {
    const PatternBank patterns = random_bank(30, 24);
    SceneSpec spec = spec_of(20);
    spec.cues.source = Choice<CueSources>::of<MemoriesAsCues>();
    spec.cues.corruption = Choice<Corruptions>::of<FlipCorruption>();
    spec.cues.cue_level = 0.25;
    spec.cues.probe_count = 50;
    const Scene drawn = make_scene(spec, &patterns);
    std::vector<std::vector<float>> rows(50, std::vector<float>(24));
    for (std::size_t p = 0; p < rows.size(); ++p)
        for (std::size_t i = 0; i < 24; ++i)
            rows[p][i] = bit_at(drawn.cues.row(p), i) ? 1.0F : -1.0F;
    std::vector<Setting> settings(3, cubic());
    settings[1].formulation = Choice<Formulations>::of<Classical>();
    settings[2].update = Choice<Updates>::of<Synchronous>();
    expect_equal_recall(spec, patterns, drawn, bank_of(rows), settings);
    EXPECT_LT(value_of(recall(drawn, settings)[1], "exact_recall"), 1); // some are lost
}

TEST(OwnCues, OfRealVectorsThatEqualTheDrawnOnesGiveTheSameBits) {
    const PatternBank patterns = random_bank(30, 24);
    SceneSpec spec = spec_of(20);
    spec.patterns.binarize = Choice<Binarizations>::of<BinarizeNone>();
    spec.cues.source = Choice<CueSources>::of<MemoriesAsCues>();
    spec.cues.corruption = Choice<Corruptions>::of<GaussianCorruption>();
    spec.cues.cue_noise = 0.5;
    spec.cues.probe_count = 50;
    const Scene drawn = make_scene(spec, &patterns);
    std::vector<std::vector<float>> rows;
    for (std::size_t p = 0; p < drawn.real->cues.rows; ++p) {
        const auto cue = drawn.real->cues.row(p);
        rows.emplace_back(cue.begin(), cue.end());
    }
    std::vector<Setting> settings(2);
    for (Setting& setting : settings) {
        setting.formulation = Choice<Formulations>::of<Softmax>();
        setting.beta = 4;
    }
    settings[1].precision = Choice<Precisions>::of<Float64>();
    expect_equal_recall(spec, patterns, drawn, bank_of(rows), settings);
}

// What does not fit -------------------------------------------------------------------------------

template <class Check>
std::string refusal(const Check& check) {
    try {
        check();
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(OwnCues, OfAnotherDimensionOrRangeAreRefused) {
    const PatternBank patterns = bank_of(three);
    PatternSpec spec = spec_of(3).patterns;
    const auto check = [&](const PatternBank& cues, const PatternBank* of, std::uint32_t units) {
        return refusal([&] { require_cues(spec, cues, of, units); });
    };
    EXPECT_EQ(check(bank_of(three), &patterns, 8), "accepted");
    const std::string other = check(bank_of({{1, 2, 3}}), &patterns, 8);
    EXPECT_TRUE(contains(other, "have 3 units, but the patterns have 8")) << other;
    EXPECT_TRUE(contains(check(bank_of({{1, 2, 3}}), nullptr, 8), "have 3 units"));

    const auto declared = [](double high, RangeBasis basis) {
        PatternBank bank = bank_of(three);
        bank.range = {0.0, high};
        bank.basis = basis;
        return bank;
    };
    const PatternBank bytes = declared(255, RangeBasis::element_type);
    const PatternBank truth = declared(1, RangeBasis::element_type);
    EXPECT_EQ(check(truth, &bytes, 8), "accepted"); // bits are bits
    spec.binarize = Choice<Binarizations>::of<BinarizeNone>();
    const std::string range = check(truth, &bytes, 8);
    EXPECT_TRUE(contains(range, "from 0 to 1, but those of")) << range;
    EXPECT_TRUE(contains(range, "set pixel_range")) << range;
    EXPECT_EQ(check(bytes, &bytes, 8), "accepted");
    EXPECT_EQ(check(declared(1, RangeBasis::whole_file), &bytes, 8), "accepted");
    spec.pixel_range = Choice<PixelRanges>::of<RangeUnit>();
    EXPECT_EQ(check(truth, &bytes, 8), "accepted");
}

TEST(OwnCues, WithTargetsThatDoNotFitAreRefused) {
    const PatternBank patterns = bank_of(three);
    const PatternBank cues = bank_of({three[0], three[1]});
    const auto check = [&](const std::vector<double>& rows) {
        return refusal([&] { require_targets(targets_of(rows), cues, patterns); });
    };
    EXPECT_EQ(check({0, 2}), "accepted");
    EXPECT_TRUE(contains(check({0, 1, 2}), "holds 3 targets, but a.npy"));
    const std::string beyond = check({2, 3});
    EXPECT_TRUE(contains(beyond, "target 1 (counted from 0) is 3, but a.npy")) << beyond;
    EXPECT_TRUE(contains(beyond, "has the rows 0 to 2")) << beyond;
    EXPECT_TRUE(contains(beyond, "these seem to be counted from 1")) << beyond;
    EXPECT_FALSE(contains(check({0, 3}), "counted from 1"));
}

TEST(OwnCues, SaySomethingOfCombinationsWithoutMeaning) {
    const auto reason = [](const SceneSpec& spec, const Setting& setting) {
        return not_applicable(spec, setting).value_or("");
    };
    SceneSpec spec = spec_of(3);
    EXPECT_EQ(reason(spec, cubic()), "");
    spec.cues.corruption = Choice<Corruptions>::of<RandomStart>();
    EXPECT_TRUE(contains(reason(spec, cubic()), "random_start asks no cues"));
    spec = spec_of(3);
    spec.patterns.source = Choice<PatternSources>::of<RandomBipolarSource>();
    EXPECT_EQ(reason(spec, cubic()), "");
    spec.patterns.binarize = Choice<Binarizations>::of<BinarizeNone>();
    EXPECT_TRUE(contains(reason(spec, cubic()), "cue_source npy gives real vectors"));
}

} // namespace
} // namespace basin

// Symmetries of the network that hold bit for bit because decisions are exact.

#include <gtest/gtest.h>
// GoogleTest must come before rapidcheck's header.
#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/recall/recall.hpp"

#include <rapidcheck/gtest.h>

#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin {
namespace {

Setting arbitrary_setting() {
    Setting setting;
    setting.formulation = Choice<Formulations>::at(*rc::gen::inRange<std::size_t>(0, 3));
    setting.interaction_parameters.vertex = *rc::gen::inRange(1U, 40U);
    setting.beta = *rc::gen::elementOf(std::vector<double>{0.01, 0.7, 1.0, 30.0});
    setting.precision = Choice<Precisions>::at(*rc::gen::inRange<std::size_t>(0, Precisions::size));
    setting.update = Choice<Updates>::at(*rc::gen::inRange<std::size_t>(0, Updates::size));
    setting.max_sweeps = 10;
    return setting;
}

Scene arbitrary_scene() {
    return tests::random_scene(
        {.dimension = *rc::gen::inRange(1U, 70U),
         .pattern_count = *rc::gen::inRange(1U, 70U),
         .probe_count = 2,
         .cue_level = *rc::gen::elementOf(std::vector<double>{0.0, 0.1, 0.4}),
         .seed = *rc::gen::inRange<std::uint64_t>(0, 1U << 20U)});
}

Scene with_memories(Scene scene, BitMatrix memories) {
    scene.memories = std::move(memories);
    scene.columns = transposed(scene.memories);
    return scene;
}

std::vector<Trajectory> run_all(const Scene& scene, const Setting& setting) {
    std::vector<Trajectory> paths;
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe)
        paths.push_back(tests::run_alone(scene, setting, probe));
    return paths;
}

void describe(const Scene& scene, const Setting& setting) {
    RC_LOG() << tests::describe(setting) << " N=" << scene.dimension()
             << " K=" << scene.pattern_count();
}

RC_GTEST_PROP(RecallProperty, TheOrderOfMemoriesDoesNotMatter, ()) {
    const Scene scene = arbitrary_scene();
    const Setting setting = arbitrary_setting();
    describe(scene, setting);
    Stream stream(key_of("shuffle"), StreamRole::patterns);
    const auto order = permutation(stream, scene.pattern_count());
    BitMatrix shuffled(scene.memories.rows, scene.memories.columns);
    for (std::size_t mu = 0; mu < order.size(); ++mu)
        std::ranges::copy(scene.memories.row(order[mu]), shuffled.row(mu).begin());

    RC_ASSERT(run_all(with_memories(scene, shuffled), setting) == run_all(scene, setting));
}

RC_GTEST_PROP(RecallProperty, EvenInteractionsDoNotTellAMemoryFromItsNegative, ()) {
    const Scene scene = arbitrary_scene();
    Setting setting = arbitrary_setting();
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = 2 * *rc::gen::inRange(1U, 15U);
    describe(scene, setting);
    BitMatrix negated = scene.memories;
    for (std::size_t mu = 0; mu < negated.rows; mu += 2)
        for (std::size_t i = 0; i < negated.columns; ++i)
            flip_bit(negated.row(mu), i);

    const auto plain = run_all(scene, setting);
    const auto other = run_all(with_memories(scene, negated), setting);

    // Benign overflows differ (which clamped state overflows first does), decisions do not.
    for (std::size_t p = 0; p < plain.size(); ++p)
        RC_ASSERT(other[p].state == plain[p].state);
}

RC_GTEST_PROP(RecallProperty, RelabellingAUnitsSignRelabelsTheOutcome, ()) {
    const Scene scene = arbitrary_scene();
    const Setting setting = arbitrary_setting();
    describe(scene, setting);
    const auto unit = *rc::gen::inRange<std::size_t>(0, scene.dimension());
    Scene relabelled = scene;
    for (std::size_t mu = 0; mu < scene.memories.rows; ++mu)
        flip_bit(relabelled.memories.row(mu), unit);
    for (std::size_t p = 0; p < scene.cues.rows; ++p)
        flip_bit(relabelled.cues.row(p), unit);
    relabelled.columns = transposed(relabelled.memories);

    auto expected = run_all(scene, setting);
    for (Trajectory& path : expected)
        flip_bit(path.state, unit);

    RC_ASSERT(run_all(relabelled, setting) == expected);
}

RC_GTEST_PROP(RecallProperty, ASettingsOutcomeDoesNotDependOnItsCompany, ()) {
    const Scene scene = arbitrary_scene();
    const std::vector<Setting> settings{arbitrary_setting(), arbitrary_setting(),
                                        arbitrary_setting()};
    const auto together = recall(scene, settings);
    for (std::size_t s = 0; s < settings.size(); ++s) {
        const auto alone = recall(scene, std::span(settings).subspan(s, 1));
        RC_ASSERT(alone[0].flags == together[s].flags);
        RC_ASSERT(alone[0].values.size() == together[s].values.size());
        for (std::size_t m = 0; m < alone[0].values.size(); ++m)
            RC_ASSERT(std::bit_cast<std::uint64_t>(alone[0].values[m]) ==
                      std::bit_cast<std::uint64_t>(together[s].values[m]));
    }
}

} // namespace
} // namespace basin

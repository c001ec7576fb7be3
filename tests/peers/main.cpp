// basin_peers scene PATTERNS PROBES FOLDER
//     draws a scene (N = 100, 10 % of each cue flipped) into FOLDER/memories.npy and
//     FOLDER/cues.npy
// basin_peers NETWORK UPDATE PATTERNS PROBES VERTEX STATES.npy
//     recalls the probes of that scene, prints the CPU seconds it took and writes the final states
//
// Scenes are drawn again from their numbers, and a probe does not depend on how many there are: all
// networks see the same ones. basin_recall is what `basin run` calls for a scene: metrics included,
// and every query repeated in exact arithmetic. The others stop at the final states, as the peers
// do: basin_states, and basin_uncertified, which looks at every state even where one memory
// outweighs all others.

#include "models/bipolar/shared/bipolar_recall.hpp"
#include "models/data/dataset.hpp"
#include "models/recall/recall.hpp"
#include "models/reference/oracle.hpp"

#include <xtensor/xnpy.hpp>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "peers/naive.hpp"
#include "support/run_settings.hpp"
#include "support/scenes.hpp"

namespace basin::peers {
namespace {

constexpr std::uint32_t dimension = 100;
constexpr std::uint32_t max_sweeps = 10;

/// Every network takes powers of overlap / 32: exact in binary, and for |overlap| <= 100 and n <=
/// 30 neither infinite nor subnormal in float32.
constexpr float overlap_scale = 1.0F / 32;

Scene scene_of(const std::string& patterns, const std::string& probes) {
    return tests::random_scene({.dimension = dimension,
                                .pattern_count = static_cast<std::uint32_t>(std::stoul(patterns)),
                                .probe_count = static_cast<std::uint32_t>(std::stoul(probes)),
                                .cue_level = 0.1});
}

Setting setting_of(const std::string& update, const std::string& vertex) {
    Setting setting;
    setting.formulation = Choice<Formulations>::of<Normalized>();
    setting.interaction = Choice<Interactions>::of<Polynomial>();
    setting.interaction_parameters.vertex = static_cast<std::uint32_t>(std::stoul(vertex));
    setting.beta = double{overlap_scale} * dimension;
    setting.precision = Choice<Precisions>::of<Float32>();
    setting.update = Choice<Updates>::named(update).value();
    setting.max_sweeps = max_sweeps;
    return setting;
}

/// Mean CPU time of a pass: passes are repeated until the clock has something to measure.
template <class Pass>
double seconds_of(const Pass& pass) {
    const std::clock_t start = std::clock();
    std::clock_t taken = 0;
    int passes = 0;
    while (taken < CLOCKS_PER_SEC / 10) {
        pass();
        ++passes;
        taken = std::clock() - start;
    }
    return static_cast<double>(taken) / CLOCKS_PER_SEC / passes;
}

void put(BitMatrix& states, std::size_t probe, const Trajectory& path) {
    std::ranges::copy(path.state, states.row(probe).begin());
}

/// Final states of all probes, by the kernel; tables are made anew, as for a run of one setting.
BitMatrix kernel_states(const Scene& scene, const Setting& setting, bool looks_ahead) {
    const tests::Walkers walkers(std::span(&setting, 1), scene.dimension());
    Kernel kernel = walkers.on(scene, looks_ahead);
    BitMatrix states(scene.probe_count(), scene.dimension());
    ProbeStart start(scene);
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe) {
        start.move_to(scene, probe);
        put(states, probe, kernel.run(start).paths.front());
    }
    return states;
}

BitMatrix basin_states(const Scene& scene, const Setting& setting) {
    return kernel_states(scene, setting, true);
}

BitMatrix uncertified_states(const Scene& scene, const Setting& setting) {
    return kernel_states(scene, setting, false);
}

BitMatrix oracle_states(const Scene& scene, const Setting& setting) {
    BitMatrix states(scene.probe_count(), scene.dimension());
    for (std::uint32_t probe = 0; probe < scene.probe_count(); ++probe)
        put(states, probe, oracle_recall(scene, setting, probe));
    return states;
}

BitMatrix naive_states(const Scene& scene, const Setting& setting) {
    const FloatRows memories = floats_of(scene.memories, overlap_scale);
    FloatRows rows = floats_of(scene.cues, 1);
    BitMatrix states(scene.probe_count(), scene.dimension());
    for (std::size_t probe = 0; probe < rows.size(); ++probe) {
        recall_naively(memories, rows[probe], setting.interaction_parameters.vertex, max_sweeps);
        for (std::size_t i = 0; i < dimension; ++i)
            set_bit(states.row(probe), i, rows[probe][i] > 0);
    }
    return states;
}

void write_npy(const std::string& path, const BitMatrix& states) {
    xt::dump_npy(path, unpack(states));
}

void write_scene(const Scene& scene, const std::string& folder) {
    write_npy(folder + "/memories.npy", scene.memories);
    write_npy(folder + "/cues.npy", scene.cues);
}

/// Throws std::runtime_error for a network that is none of those above.
double recall_with(const std::string& network, const Scene& scene, const Setting& setting,
                   const std::string& states_path) {
    if (network == "basin_recall")
        return seconds_of([&] { recall(scene, std::span(&setting, 1)); });
    const auto states_of = network == "basin_states"        ? basin_states
                           : network == "basin_uncertified" ? uncertified_states
                           : network == "naive"             ? naive_states
                           : network == "oracle"            ? oracle_states
                                                            : nullptr;
    if (states_of == nullptr) throw std::runtime_error("no network " + network);
    BitMatrix states;
    const double seconds = seconds_of([&] { states = states_of(scene, setting); });
    write_npy(states_path, states);
    return seconds;
}

void run(const std::vector<std::string>& words) {
    if (words.size() == 4 && words[0] == "scene")
        write_scene(scene_of(words[1], words[2]), words[3]);
    else if (words.size() == 6)
        std::cout << recall_with(words[0], scene_of(words[2], words[3]),
                                 setting_of(words[1], words[4]), words[5])
                  << '\n';
    else
        throw std::runtime_error("see the head of tests/peers/main.cpp for the arguments");
}

} // namespace
} // namespace basin::peers

int main(int argc, char** argv) {
    try {
        basin::peers::run({argv + 1, argv + argc});
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "basin_peers: " << error.what() << '\n';
        return 1;
    }
}

// One update of continuous networks in Basin, timed for tests/peers/continuous/speed.py:
//
//   softmax_peer DATA K N B SIMILARITY REPETITIONS BETA...
//
// DATA holds K memories and B cues of N float32 numbers each. Prints, as JSON, the best seconds of
// the processor for all betas together, for one after the other, and for the updates of all alone:
// without paths, energies and sizes of weights. Writes the final states of the last beta to
// DATA.states as float64.

#include "models/continuous/real_network.hpp"
#include "models/continuous/real_update.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace basin;

template <class Work>
double best_seconds(int repetitions, const Work& work) {
    double best = 1e9;
    for (int i = 0; i < repetitions; ++i) {
        const std::clock_t start = std::clock();
        work();
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

RealMatrix read_rows(std::ifstream& file, std::size_t rows, std::size_t columns) {
    RealMatrix matrix(rows, columns);
    file.read(reinterpret_cast<char*>(matrix.values.data()),
              static_cast<std::streamsize>(matrix.values.size() * sizeof(float)));
    return matrix;
}

std::vector<Setting> settings_of(const std::string& similarity,
                                 const std::vector<std::string>& betas) {
    std::vector<Setting> settings;
    for (const std::string& beta : betas) {
        Setting setting;
        setting.formulation = Choice<Formulations>::of<Softmax>();
        setting.real_similarity = Choice<RealSimilarities>::named(similarity).value();
        setting.update = Choice<Updates>::of<OneShot>();
        setting.precision = Choice<Precisions>::of<Float32>();
        setting.beta = std::stod(beta);
        settings.push_back(setting);
    }
    return settings;
}

/// New states of all cues by each setting, as walk() makes them, and nothing else. Returns a number
/// of them, so that none is left out.
double updated(const RealScene& scene, const RealGroup& group) {
    const Scorer<float> scorer(scene.memories(), group.likeness);
    const std::size_t most = queries_abreast(scorer.memory_count());
    Block<float> states(0, 0);
    Block<float> scores(0, 0);
    Block<float> weights(0, 0);
    Block<float> next(0, 0);
    double seen = 0.0;
    for (std::size_t first = 0; first < scene.cues.rows; first += most) {
        states.resize(scene.cues.columns, std::min(most, scene.cues.rows - first));
        for (std::size_t i = 0; i < states.rows; ++i)
            for (std::size_t q = 0; q < states.queries; ++q)
                states.row(i)[q] = scene.cues.row(first + q)[i];
        scores.resize(scorer.memory_count(), states.queries);
        const Extremes<float> extremes = scorer.score(states, scores);
        std::vector<Separated> made(states.queries);
        for (const Setting& setting : group.settings) {
            RealUpdate<float>(scorer, rule_of(setting)).make(scores, extremes, weights, next, made);
            seen += static_cast<double>(next.row(0)[0]);
        }
    }
    return seen;
}

int measure(const std::vector<std::string>& words) {
    const std::size_t k = std::stoul(words[1]);
    const std::size_t n = std::stoul(words[2]);
    const std::size_t b = std::stoul(words[3]);
    const int repetitions = std::stoi(words[5]);
    std::ifstream file(words[0], std::ios::binary);
    RealScene scene;
    scene.patterns.memories = read_rows(file, k, n);
    scene.cues = read_rows(file, b, n);
    scene.targets.assign(b, -1);
    measure_memories(scene);
    if (!file) {
        std::cerr << "softmax_peer: " << words[0] << " is too short\n";
        return 2;
    }
    const std::vector<Setting> settings = settings_of(words[4], {words.begin() + 6, words.end()});
    const auto probes = static_cast<std::uint32_t>(b);
    std::vector<std::vector<RealPath>> paths;
    const double together = best_seconds(repetitions, [&] {
        paths = walk(scene, group_real_settings(settings).front(), 0, probes);
    });
    const double apart = best_seconds(repetitions, [&] {
        for (const Setting& setting : settings)
            walk(scene, group_real_settings({&setting, 1}).front(), 0, probes);
    });
    double seen = 0.0;
    const double updates = best_seconds(
        repetitions, [&] { seen += updated(scene, group_real_settings(settings).front()); });
    std::ofstream states(words[0] + ".states", std::ios::binary);
    for (const RealPath& path : paths.back())
        states.write(reinterpret_cast<const char*>(path.state.data()),
                     static_cast<std::streamsize>(n * sizeof(double)));
    std::cout << "{\"together_s\": " << together << ", \"apart_s\": " << apart
              << ", \"updates_s\": " << updates << "}\n";
    return states && seen == seen ? 0 : 74;
}

} // namespace

int main(int count, char** words) {
    if (count < 8) {
        std::cerr << "usage: softmax_peer DATA K N B SIMILARITY REPETITIONS BETA...\n";
        return 2;
    }
    return measure({words + 1, words + count});
}

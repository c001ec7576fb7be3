#include "analysis/capacity/capacity_theory.hpp"

#include "analysis/capacity/softmax_theory.hpp"
#include "models/theory/capacity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {

namespace {

constexpr std::string_view krotov_hopfield = "Krotov & Hopfield 2016";
constexpr double retrieval_load = 0.138;

bool is_classical(const Setting& setting) {
    return setting.formulation.is<Classical>();
}

bool grows_with_the_overlap(const Setting& setting) {
    return setting.similarity.visit(
        [](auto s) { return s.form == SimilarityForm::linear && !s.negated; });
}

bool speaks_of_memories(const PatternSpec& patterns) {
    return patterns.source.is<RandomBipolarSource>() && patterns.bias == 0.0 &&
           patterns.dimension >= 3;
}

bool speaks_of_network(const Setting& setting) {
    if (is_continuous(setting)) return false;
    if (is_classical(setting)) return true;
    return setting.rule.is<Contrastive>() && grows_with_the_overlap(setting) &&
           setting.interaction_parameters.vertex >= 2 &&
           (setting.interaction.is<Polynomial>() || setting.interaction.is<RectifiedPolynomial>());
}

bool speaks_of_metric(std::string_view metric) {
    constexpr std::array<std::string_view, 4> spoken_of{"recall_error", "exact_recall",
                                                        "all_recalled", "overlap_absolute"};
    return std::ranges::find(spoken_of, metric) != spoken_of.end();
}

bool starts_at_memory(const CueSpec& cues) {
    if (cues.corruption.is<NoCorruption>()) return true;
    return cues.cue_level == 0.0 && !cues.corruption.is<RandomStart>();
}

/// The network in the picture of one unit.
struct Network {
    std::uint32_t dimension;
    std::uint32_t vertex;
    bool quadratic; ///< (x + 1)^2 - (x - 1)^2 = 4 x: the classical one
    /// Foreign memories that make as much noise as one of a polynomial, for large N: those of the
    /// rectified one are silent where their overlap is negative, every second one.
    double foreign_ratio;
    UnitNoise noise;
};

Network network_of(const Setting& setting, std::uint32_t dimension) {
    Network network{dimension, setting.interaction_parameters.vertex, false, 1.0, {}};
    Choice<Interactions> interaction = setting.interaction;
    InteractionParameters parameters = setting.interaction_parameters;
    if (is_classical(setting)) {
        interaction = Choice<Interactions>::of<Polynomial>();
        network.vertex = parameters.vertex = 2;
    }
    network.quadratic = network.vertex == 2 && interaction.is<Polynomial>();
    if (interaction.is<RectifiedPolynomial>()) network.foreign_ratio = 2.0;
    network.noise = exact_unit_noise(dimension, interaction, parameters);
    return network;
}

/// 1 - probability^(1 / units): each unit's error if all are right with `probability`.
double error_of_each(double probability, double units) {
    return -std::expm1(std::log(probability) / units);
}

/// K at which all units of all K memories are right with `probability`. The logarithm of K makes
/// few steps of it.
double all_stable_at(const Network& network, double probability) {
    double count = 1.0;
    for (int i = 0; i < 200; ++i) {
        const double error = error_of_each(probability, network.dimension * std::max(1.0, count));
        const double next = 1.0 + foreign_memories_at(network.noise, error);
        if (std::abs(next - count) <= 1e-12 * count) break;
        count = std::sqrt(next * count);
    }
    return count;
}

class Speaker {
public:
    Speaker(const Setting& setting, const SceneSpec& spec, const Criterion& criterion)
        : network_(network_of(setting, spec.patterns.dimension)), criterion_(criterion),
          at_memory_(starts_at_memory(spec.cues)),
          one_step_(setting.update.is<OneShot>() ||
                    (setting.update.is<Synchronous>() && setting.max_sweeps == 1)),
          random_start_(spec.cues.corruption.is<RandomStart>()) {}

    CapacityTheory speak() {
        CapacityTheory theory;
        const std::string_view metric = criterion_.metric;
        if (metric == "recall_error" && at_memory_ && one_step_ && criterion_.threshold < 0.5)
            add_unit_error();
        else
            add_errorless();
        if (network_.quadratic) {
            add("retrieval_limit", "retrieval limit 0.138 N", retrieval_load * network_.dimension,
                "Amit, Gutfreund & Sompolinsky 1985");
            const bool of_final_states = metric == "overlap_absolute" || metric == "recall_error";
            if (of_final_states && !one_step_) theory.best_name = "retrieval_limit";
        }
        if (random_start_) theory.best_name = "theory_asymptotic";
        theory.from_memory = at_memory_;
        theory.values = std::move(values_);
        return theory;
    }

private:
    void add_unit_error() {
        const double error = criterion_.threshold;
        const UnitNoise leading = asymptotic_unit_noise(network_.dimension, network_.vertex);
        add("theory_asymptotic", fmt::format("{} of units err, large N", error),
            network_.foreign_ratio * foreign_memories_at(leading, error),
            fmt::format("{}, section 2", krotov_hopfield));
        add("theory", fmt::format("{} of units err, this N", error),
            1.0 + foreign_memories_at(network_.noise, error),
            fmt::format("{}, section 2, moments of this N", krotov_hopfield));
    }

    void add_errorless() {
        add("theory_asymptotic", "no errors, large N",
            network_.foreign_ratio *
                errorless_capacity_asymptotic(network_.dimension, network_.vertex),
            fmt::format("{}, eq. 6", krotov_hopfield));
        const std::string source = fmt::format("{}, section 2, moments of this N", krotov_hopfield);
        const double threshold = criterion_.threshold;
        if (at_memory_ && criterion_.metric == "exact_recall")
            add("theory", fmt::format("a memory is stable with probability {}, this N", threshold),
                1.0 + foreign_memories_at(network_.noise,
                                          error_of_each(threshold, network_.dimension)),
                source);
        else if (at_memory_ && criterion_.metric == "all_recalled")
            add("theory",
                fmt::format("all memories are stable with probability {}, this N", threshold),
                all_stable_at(network_, threshold), source);
        else
            add("theory", "1 / N of units err, this N",
                1.0 + foreign_memories_at(network_.noise, 1.0 / network_.dimension), source);
    }

    void add(std::string_view name, std::string long_name, double count, std::string source) {
        if (std::isfinite(count) && count > 0.0)
            values_.push_back({name, std::move(long_name), count, std::move(source)});
    }

    Network network_;
    Criterion criterion_;
    bool at_memory_;
    bool one_step_;
    bool random_start_;
    std::vector<TheoreticalCapacity> values_;
};

} // namespace

const TheoreticalCapacity* CapacityTheory::find(std::string_view name) const {
    const auto found = std::ranges::find(values, name, &TheoreticalCapacity::name);
    return found == values.end() ? nullptr : &*found;
}

const TheoreticalCapacity* CapacityTheory::best() const {
    return find(best_name);
}

std::optional<CapacityTheory> capacity_theory(const Setting& setting, const SceneSpec& spec,
                                              const Criterion& criterion) {
    if (is_continuous(setting)) return softmax_theory(setting, spec, criterion);
    if (!speaks_of_memories(spec.patterns) || !speaks_of_network(setting) ||
        !speaks_of_metric(criterion.metric))
        return std::nullopt;
    CapacityTheory theory = Speaker(setting, spec, criterion).speak();
    if (theory.values.empty()) return std::nullopt;
    return theory;
}

} // namespace basin

#pragma once
// A setting: one set of model coordinates, applied to a scene.

#include "models/arithmetic/precisions.hpp"
#include "models/base/catalog.hpp"
#include "models/functions/interactions.hpp"
#include "models/functions/real_similarities.hpp"
#include "models/functions/separation_list.hpp"
#include "models/functions/similarities.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace basin {

/// Krotov & Hopfield 2016, eq. 4: d_i = beta * sum_mu [F(s_on) - F(s_off)].
struct Original {
    static constexpr std::string_view name = "original";
    static constexpr std::string_view help = "beta outside: beta * sum [F(s_on) - F(s_off)]";
};

/// McAlister et al. 2024: d_i = sum_mu [F(beta s_on / scale) - F(beta s_off / scale)].
struct Normalized {
    static constexpr std::string_view name = "normalized";
    static constexpr std::string_view help =
        "beta inside: sum [F(beta s_on/scale) - F(beta s_off/scale)]";
};

/// Hopfield 1982: d_i = sum_j W_ij sigma_j, W = sum_mu xi xi^T, diagonal 0. Interaction, vertex and
/// beta have no effect.
struct Classical {
    static constexpr std::string_view name = "classical";
    static constexpr std::string_view help =
        "Hebbian weights, zero diagonal; beta and vertex have no effect";
};

/// Ramsauer et al. 2020, eq. 3: x <- sum_mu zeta_mu softmax(beta s)_mu. Rule, interaction, vertex
/// and tie have no effect; all units are updated at once whatever the update says, but one_shot
/// stops after one step.
struct Softmax {
    static constexpr std::string_view name = "softmax";
    static constexpr std::string_view help =
        "continuous: the memories' mean, weighted by softmax(beta s)";
};

/// Millidge et al. 2022, eq. 2: x <- sum_mu zeta_mu separation(beta s)_mu. As Softmax.
struct Universal {
    static constexpr std::string_view name = "universal";
    static constexpr std::string_view help =
        "continuous: the memories' mean, weighted by a separation of similarities";
};

using Formulations = Catalog<Original, Normalized, Classical, Softmax, Universal>;

/// The first of them, whose states are bipolar.
using BipolarFormulations = Catalog<Original, Normalized, Classical>;

struct Contrastive {
    static constexpr std::string_view name = "contrastive";
    static constexpr std::string_view help = "energy difference of unit i clamped on and off";
};

struct Gradient {
    static constexpr std::string_view name = "gradient";
    static constexpr std::string_view help =
        "sum_mu zeta_i F'(s without unit i); similarities linear in the overlap";
};

using Rules = Catalog<Contrastive, Gradient>;

struct SumOfDifferences {
    static constexpr std::string_view name = "sum_of_differences";
    static constexpr std::string_view help = "sum over memories of F(on) - F(off)";
};

struct DifferenceOfSums {
    static constexpr std::string_view name = "difference_of_sums";
    static constexpr std::string_view help = "sum of F(on) minus sum of F(off); contrastive rule";
};

/// The order of the contrastive rule's two steps. Equal in exact arithmetic; in a number format the
/// two overflow and cancel in different cells.
using Summations = Catalog<SumOfDifferences, DifferenceOfSums>;

struct NativeBeta {
    static constexpr std::string_view name = "native";
    static constexpr std::string_view help = "beta as given";
};

struct PairedBeta {
    static constexpr std::string_view name = "paired";
    static constexpr std::string_view help =
        "the original formulation uses (beta/scale)^n, which matches normalized for homogeneous F";
};

using BetaScales = Catalog<NativeBeta, PairedBeta>;

struct AsyncPermutation {
    static constexpr std::string_view name = "async_permutation";
    static constexpr std::string_view help = "one unit at a time, a new random order each sweep";
};

struct AsyncSequential {
    static constexpr std::string_view name = "async_sequential";
    static constexpr std::string_view help = "one unit at a time, in index order";
};

struct AsyncRandom {
    static constexpr std::string_view name = "async_random";
    static constexpr std::string_view help = "N units drawn with replacement make a sweep";
};

struct Synchronous {
    static constexpr std::string_view name = "sync";
    static constexpr std::string_view help = "all units from the same state";
};

struct OneShot {
    static constexpr std::string_view name = "one_shot";
    static constexpr std::string_view help = "one synchronous step, then stop";
};

using Updates = Catalog<AsyncPermutation, AsyncSequential, AsyncRandom, Synchronous, OneShot>;

struct TieKeep {
    static constexpr std::string_view name = "keep";
    static constexpr std::string_view help = "the unit stays as it is";
};

struct TiePlus {
    static constexpr std::string_view name = "plus";
    static constexpr std::string_view help = "the unit becomes +1";
};

struct TieMinus {
    static constexpr std::string_view name = "minus";
    static constexpr std::string_view help = "the unit becomes -1";
};

struct TieRandom {
    static constexpr std::string_view name = "random";
    static constexpr std::string_view help = "a fair coin";
};

using Ties = Catalog<TieKeep, TiePlus, TieMinus, TieRandom>;

struct AttributeAll {
    static constexpr std::string_view name = "all";
    static constexpr std::string_view help =
        "every query is repeated in exact arithmetic (continuous networks: in float64), so every "
        "failure has a cause";
};

struct AttributeNone {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view help = "no query is: the attribution fractions are undefined";
};

/// Which cells are compared with the exact network, or that of float64, query by query.
using Attributions = Catalog<AttributeAll, AttributeNone>;

struct Setting {
    Choice<Formulations> formulation;
    Choice<Interactions> interaction;
    InteractionParameters interaction_parameters;
    double beta = 1.0; ///< > 0
    Choice<BetaScales> beta_scale;
    Choice<Similarities> similarity;
    double similarity_delta = 1.0; ///< > 0, of the inverse distances
    Choice<Precisions> precision;
    Choice<PowerRoundings> power_rounding;
    Choice<Summations> summation;
    Choice<Rules> rule;
    Choice<Updates> update;
    Choice<Ties> tie;
    std::uint32_t max_sweeps = 50; ///< >= 1
    Choice<Attributions> attribution;

    // Of continuous networks (models/continuous/real_network.hpp).
    Choice<RealSimilarities> real_similarity; ///< there instead of `similarity`
    Choice<Separations> separation;           ///< of Universal
    Choice<Exponentials> exponential;
    std::uint32_t fixed_steps = 0;        ///< 0: until a fixed point
    std::uint32_t max_iterations = 10000; ///< >= 1
    double tolerance = 0.0;               ///< of a fixed point; 0: what the precision allows
    double retrieval_radius = 0.01;       ///< > 0; see models/continuous/real_evaluation.hpp
    double error_threshold = 60.0;        ///< >= 0; likewise
    auto operator<=>(const Setting&) const = default;
};

/// Whether the network's states are real vectors.
bool is_continuous(const Setting& setting);

/// Why this combination has no meaning, or nothing if it has one. Decided without any data.
std::optional<std::string> not_applicable(const Setting& setting);

} // namespace basin

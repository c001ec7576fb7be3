#pragma once
// The separations: what makes weights of similarities (Millidge et al. 2022: similarity,
// separation, projection).
// To add a separation: one struct here, its line in Separations and its rule in separations.cpp.
//
//   needs_sign  weights are a share of a sum, which must not cancel: it takes positive similarities

#include "models/base/catalog.hpp"

#include <string_view>

namespace basin {

/// Ramsauer et al. 2020, eq. 3.
struct SoftmaxSeparation {
    static constexpr std::string_view name = "softmax";
    static constexpr std::string_view help = "exp(beta s) / sum exp(beta s)";
    static constexpr bool needs_sign = false;
};

struct PowerSeparation {
    static constexpr std::string_view name = "power";
    static constexpr std::string_view help =
        "s^n / sum s^n, n the interaction_vertex; beta cancels";
    static constexpr bool needs_sign = true;
};

/// Similarities are as large as the largest one if 32 units in the last place of the format that is
/// computed in separate them at most: sums in another order may differ by so much.
struct MaxSeparation {
    static constexpr std::string_view name = "max";
    static constexpr std::string_view help =
        "all on the most similar memory, the first (lowest row) of those that are as similar up to "
        "rounding; beta cancels";
    static constexpr bool needs_sign = false;
    static constexpr double ties = 32;
};

/// Martins & Astudillo 2016, algorithm 1.
struct SparsemaxSeparation {
    static constexpr std::string_view name = "sparsemax";
    static constexpr std::string_view help = "the point of the simplex nearest to beta s";
    static constexpr bool needs_sign = false;
};

/// Peters, Niculae & Martins 2019, algorithm 1.
struct Entmax15Separation {
    static constexpr std::string_view name = "entmax15";
    static constexpr std::string_view help = "1.5-entmax of beta s: [beta s / 2 - tau]_+^2";
    static constexpr bool needs_sign = false;
};

struct IdentitySeparation {
    static constexpr std::string_view name = "identity";
    static constexpr std::string_view help = "s / sum s; beta cancels";
    static constexpr bool needs_sign = true;
};

using Separations = Catalog<SoftmaxSeparation, PowerSeparation, MaxSeparation, SparsemaxSeparation,
                            Entmax15Separation, IdentitySeparation>;

struct StableExponential {
    static constexpr std::string_view name = "stable";
    static constexpr std::string_view help = "exp(beta s - max): cannot overflow";
};

struct NaiveExponential {
    static constexpr std::string_view name = "naive";
    static constexpr std::string_view help = "exp(beta s), as the formula says";
};

using Exponentials = Catalog<StableExponential, NaiveExponential>;

} // namespace basin

#pragma once
// From which interaction vertex on theory expects a network to fail in its number format.

#include "models/scene/scene.hpp"
#include "models/scene/setting.hpp"
#include "models/theory/overflow.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace basin {

/// Something that befalls the unit decisions of a cell. To add one: its name here, its line in
/// failure_kinds and its rule in predictions.cpp.
enum class Failure : std::uint8_t { every_decision_nan, some_overflow, every_term_zero, beta_zero };

struct FailureKind {
    Failure failure;
    std::string_view name;
    std::string_view help;
    std::string_view metric; ///< share of the decisions it befalls
    bool every;              ///< it has come when that share is 1; else when it is above 0
};

inline constexpr std::array<FailureKind, 4> failure_kinds{{
    {Failure::every_decision_nan, "every decision NaN",
     "infinity less infinity: no unit is decided, from the first sweep on", "num_nan", true},
    {Failure::some_overflow, "some overflow",
     "some power, or beta times the sum, is infinite; the sign may still be right",
     "overflow_fraction", false},
    {Failure::every_term_zero, "every term zero",
     "all powers of every decision round to 0: the tie rule decides", "all_zero_fraction", true},
    {Failure::beta_zero, "beta zero",
     "beta outside the sum, (beta / scale)^n, rounds to 0 and takes every finite sum with it",
     "beta_underflow_fraction", true},
}};

/// The least interaction vertex at which the failure comes, or none at any vertex. The
/// setting's own vertex does not matter.
struct Prediction {
    Vertex vertex;
};

/// What models/theory/overflow.hpp says of a network; nothing where it does not speak. It does of
/// the dot product and its equals, (rectified) polynomials, the contrastive rule with
/// sum_of_differences, a beta that the format can hold (a paired one of at most N), and cues whose
/// overlap with their memory is known and at least N/2, so that no other memory matters. Some
/// overflow is that of probes that reach their memory: updates of more than one sweep, and a paired
/// beta that is not zero before. Of a beta that is zero it speaks in the original formulation with
/// a paired beta, the one that depends on the vertex, whatever rule, summation and cues are. In
/// exact arithmetic nothing fails.
std::optional<Prediction> predicted(Failure failure, const Setting& setting,
                                    const SceneSpec& scene);

} // namespace basin

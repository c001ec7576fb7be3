#pragma once
// The laws K_c ~ a N^b of a search (analysis/capacity/capacity_laws.hpp), for people and for
// programs.

#include "analysis/capacity/capacity_laws.hpp"
#include "harness/run/capacity_search.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

namespace basin {

/// Of a plan's curves: those that are finished and have a meaning.
struct FoundLaws {
    std::vector<FoundCapacity> found;
    std::vector<CapacityLaw> laws;
};

FoundLaws laws_of(const Plan& plan, std::span<const CapacityCurve> curves);

/// CSV, a row a law: the parameters that vary (without pattern_count and dimension), then
///
///   exponent, exponent_lower, exponent_upper, factor, scatter   analysis/capacity/power_law.hpp
///   theory_exponent, theory_exponent_here analysis/capacity/capacity_laws.hpp used, left_out
///   curves in the fit and not in it residuals "N:ln K_c measured - fitted ..."
///
/// Empty where undefined.
std::string law_csv(const Plan& plan, const FoundLaws& laws);

/// The same as a list of objects; residuals are a list of {dimension, residual}.
nlohmann::json law_json(const Plan& plan, const FoundLaws& laws);

/// A line a law; "" without laws.
std::string law_text(const Plan& plan, const FoundLaws& laws);

} // namespace basin

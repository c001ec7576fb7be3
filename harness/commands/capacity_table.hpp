#pragma once
// What `basin capacity` found, for people and for programs.

#include "harness/run/capacity_search.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace basin {

/// CSV, a row a curve: the parameters that vary (without pattern_count), then
///
///   critical_pattern_count, lower, upper, slope   analysis/capacity/crossing.hpp; empty where
///   undefined state                                         its name there, not_applicable or
///   stopped last_pattern_count                            of the ladder, as far as the memory
///   allows scenes, failed                                asked for and there; of them without a
///   result theory_asymptotic, theory, retrieval_limit    analysis/capacity/capacity_theory.hpp;
///   empty where silent
///
/// Numbers are the shortest text that reads back to the same bits.
std::string capacity_csv(const Plan& plan, std::span<const CapacityCurve> curves);

/// The same as a list of objects; null where undefined, an infinite upper included.
nlohmann::json capacity_json(const Plan& plan, std::span<const CapacityCurve> curves);

/// The same in aligned columns and words.
std::string capacity_text(const Plan& plan, std::span<const CapacityCurve> curves);

} // namespace basin

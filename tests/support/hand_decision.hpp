#pragma once
// Single decisions of the oracle, small enough to be worked out on paper.

#include "models/reference/oracle_decision.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "support/hand_scene.hpp"

namespace basin {

/// What the oracle decides about one unit of a state, among memories of '+' and '-'.
inline OracleDecision decision_among(const std::vector<std::string>& memories,
                                     const std::string& state, std::size_t unit,
                                     const Setting& setting) {
    const BitMatrix rows = rows_of(memories);
    const BitMatrix states = rows_of({state});
    return oracle_decide(make_oracle_network(rows, setting),
                         spins_of(states.row(0), states.columns), unit);
}

/// The same with one memory.
inline OracleDecision decision(const std::string& memory, const std::string& state,
                               std::size_t unit, const Setting& setting) {
    return decision_among({memory}, state, unit, setting);
}

template <class Precision>
Setting in_precision(Setting setting) {
    setting.precision = Choice<Precisions>::of<Precision>();
    return setting;
}

inline Setting difference_of_sums(Setting setting) {
    setting.summation = Choice<Summations>::of<DifferenceOfSums>();
    return setting;
}

inline std::string plus(std::size_t count) {
    return std::string(count, '+');
}

inline std::string minus(std::size_t count) {
    return std::string(count, '-');
}

} // namespace basin

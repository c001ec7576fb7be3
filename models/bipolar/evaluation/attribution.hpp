#pragma once
// Whose fault a failed query is: the memory's or the number format's.

#include <cstddef>
#include <cstdint>

namespace basin {

/// A query in a number format beside the same query in exact arithmetic: same cue, update order and
/// tie coins, each network on its own path. Continuous networks have no exact arithmetic: there it
/// is float64 (models/recall/setting_batch.hpp), and states are the same within a radius.
enum class Verdict : std::uint8_t {
    ok,                ///< both recall
    capacity_failure,  ///< neither recalls, and both end in the same state
    numerical_failure, ///< only the exact one recalls
    lucky,             ///< only the rounding one recalls
    mixed,             ///< neither recalls, and they end in different states
};

inline constexpr std::size_t verdict_count = 5;

struct QueryPair {
    bool recalled;
    bool recalled_exactly; ///< by the exact network
    bool same_final_state;
};

constexpr Verdict judge(const QueryPair& query) {
    if (query.recalled) return query.recalled_exactly ? Verdict::ok : Verdict::lucky;
    if (query.recalled_exactly) return Verdict::numerical_failure;
    return query.same_final_state ? Verdict::capacity_failure : Verdict::mixed;
}

} // namespace basin

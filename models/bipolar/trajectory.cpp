#include "models/bipolar/trajectory.hpp"

#include "models/base/random.hpp"

#include <numeric>

namespace basin {

namespace {

// One counter value names a (probe, sweep): sweeps stay below 2^32.
std::uint64_t moment(std::uint32_t probe, std::uint32_t sweep) {
    return (static_cast<std::uint64_t>(probe) << 32U) | sweep;
}

} // namespace

DecisionCounts& DecisionCounts::operator+=(const DecisionCounts& other) {
    decisions += other.decisions;
    flips += other.flips;
    ties += other.ties;
    nans += other.nans;
    overflows += other.overflows;
    for (std::size_t i = 0; i < flagged.size(); ++i)
        flagged[i] += other.flagged[i];
    numerical_flips += other.numerical_flips;
    numerical_ties += other.numerical_ties;
    energy_rises += other.energy_rises;
    flags = static_cast<Flags>(flags | other.flags);
    return *this;
}

void DecisionCounts::raise(unsigned raised, std::uint64_t times) {
    if (raised == 0 || times == 0) return;
    flags = static_cast<Flags>(flags | raised);
    if (raised & flag::any_overflow) overflows += times;
    for (std::size_t i = 0; i < all_flags.size(); ++i)
        if (raised & all_flags[i].mask) flagged[i] += times;
}

std::vector<std::uint32_t> update_order(Choice<Updates> update, const Key& scene_key,
                                        std::uint32_t probe, std::uint32_t sweep,
                                        std::uint32_t dimension) {
    if (update.is<AsyncPermutation>()) {
        Stream stream(scene_key, StreamRole::update_order, moment(probe, sweep));
        return permutation(stream, dimension);
    }
    std::vector<std::uint32_t> order(dimension);
    if (update.is<AsyncRandom>()) {
        // A stream of its own: the permutation's draws must not reappear here.
        Stream stream(scene_key, StreamRole::update_order, moment(probe, sweep), 1);
        for (auto& unit : order)
            unit = static_cast<std::uint32_t>(stream.below(dimension));
    } else {
        std::iota(order.begin(), order.end(), 0U);
    }
    return order;
}

void UpdateOrders::move_to(const Key& scene_key, std::uint32_t probe, std::uint32_t dimension) {
    scene_key_ = scene_key;
    probe_ = probe;
    dimension_ = dimension;
    kept_.clear();
}

std::vector<std::uint32_t> UpdateOrders::of(Choice<Updates> update, std::uint32_t sweep) {
    if (update != update_) kept_.clear();
    update_ = update;
    if (sweep >= most_kept) return update_order(update, scene_key_, probe_, sweep, dimension_);
    if (kept_.size() <= sweep) kept_.resize(sweep + 1);
    if (kept_[sweep].empty())
        kept_[sweep] = update_order(update, scene_key_, probe_, sweep, dimension_);
    return kept_[sweep];
}

bool tie_coin(const Key& scene_key, std::uint32_t probe, std::uint32_t sweep,
              std::uint32_t decision) {
    Stream stream(scene_key, StreamRole::ties, moment(probe, sweep), decision);
    return (stream.next() >> 63U) != 0;
}

} // namespace basin

#include "models/bipolar/evaluation/attractors.hpp"

#include "models/bipolar/match_counts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace basin {
namespace {

constexpr std::size_t most_mixed = 7;

/// Counts of 0 ... 7 votes for each of 64 units, as three bit planes.
struct Votes {
    Word ones = 0;
    Word twos = 0;
    Word fours = 0;

    void add(Word ballot) {
        const Word carry = ones & ballot;
        ones ^= ballot;
        fours ^= twos & carry;
        twos ^= carry;
    }

    /// The units with more than half of the votes of 3, 5 or 7 voters.
    Word majority(std::size_t voters) const {
        if (voters == 3) return twos;
        if (voters == 5) return fours | (twos & ones);
        return fours;
    }
};

/// At most 5 % of the units, which is also an overlap of at least 0.9.
bool near(std::uint32_t distance, std::size_t dimension) {
    return 20 * std::size_t{distance} <= dimension;
}

/// The memories of largest |overlap|, lower index first among equals; overlap 0 takes no part.
struct Nearest {
    std::array<std::size_t, most_mixed> memories{};
    std::size_t count = 0;
};

Nearest nearest_of(std::span<const std::uint32_t> distances, std::size_t dimension) {
    const auto units = static_cast<std::int64_t>(dimension);
    const auto strength = [&](std::size_t mu) {
        return std::abs(units - 2 * std::int64_t{distances[mu]});
    };
    Nearest nearest;
    std::int64_t to_beat = 0; // the weakest of a full list
    const auto offer = [&](std::size_t mu) {
        const std::int64_t mine = strength(mu);
        if (mine <= to_beat) return;
        const bool full = nearest.count == most_mixed;
        std::size_t place = full ? most_mixed - 1 : nearest.count++;
        for (; place > 0 && strength(nearest.memories[place - 1]) < mine; --place)
            nearest.memories[place] = nearest.memories[place - 1];
        nearest.memories[place] = mu;
        if (nearest.count == most_mixed) to_beat = strength(nearest.memories.back());
    };
    // Blocks that have none to offer are passed without a branch for each memory.
    constexpr std::size_t block = 64;
    for (std::size_t first = 0; first < distances.size(); first += block) {
        const auto here = distances.subspan(first, std::min(block, distances.size() - first));
        std::uint32_t smallest = here[0];
        std::uint32_t largest = here[0];
        for (const std::uint32_t away : here) {
            smallest = std::min(smallest, away);
            largest = std::max(largest, away);
        }
        const std::int64_t strongest =
            std::max(units - 2 * std::int64_t{smallest}, 2 * std::int64_t{largest} - units);
        if (strongest <= to_beat) continue;
        for (std::size_t j = 0; j < here.size(); ++j)
            offer(first + j);
    }
    return nearest;
}

} // namespace

void Surroundings::move_to(BitRow state) {
    state_ = state;
    distances_.clear();
    attractor_.reset();
}

void Surroundings::look() {
    if (!distances_.empty()) return;
    distances_.resize(memories_->rows);
    count_matches(simd_path(), *memories_, state_, distances_);
    const auto dimension = static_cast<std::uint32_t>(memories_->columns);
    std::uint32_t smallest = dimension;
    std::uint32_t largest = 0;
    for (std::uint32_t& away : distances_) {
        away = dimension - away;
        smallest = std::min(smallest, away);
        largest = std::max(largest, away);
    }
    smallest_ = smallest;
    largest_ = largest;
}

std::uint32_t Surroundings::nearest_distance() {
    look();
    return smallest_;
}

std::vector<MatchCount> Surroundings::match_counts() {
    look();
    const auto dimension = static_cast<std::uint32_t>(memories_->columns);
    std::vector<std::uint32_t> memories(largest_ - smallest_ + 1);
    for (const std::uint32_t away : distances_)
        ++memories[largest_ - away];
    std::vector<MatchCount> counts;
    for (std::uint32_t i = 0; i < memories.size(); ++i)
        if (memories[i] > 0) counts.push_back({dimension - largest_ + i, memories[i]});
    return counts;
}

/// The smallest odd number of memories of which the state is a mixture; 0 if it is none.
std::size_t Surroundings::mixture_size() const {
    const std::size_t dimension = memories_->columns;
    const Nearest nearest = nearest_of(distances_, dimension);
    std::array<std::uint32_t, most_mixed + 1> differing{};
    for (std::size_t w = 0; w < state_.size(); ++w) {
        const std::size_t units = std::min<std::size_t>(dimension - 64 * w, 64);
        const Word used = ~Word{0} >> (64 - units);
        Votes votes;
        for (std::size_t voters = 1; voters <= nearest.count; ++voters) {
            const std::size_t mu = nearest.memories[voters - 1];
            const bool opposed = 2 * std::size_t{distances_[mu]} > dimension;
            const Word row = memories_->row(mu)[w];
            votes.add(opposed ? ~row : row);
            if (voters >= 3 && voters % 2 == 1)
                differing[voters] += static_cast<std::uint32_t>(
                    std::popcount((votes.majority(voters) ^ state_[w]) & used));
        }
    }
    for (std::size_t voters = 3; voters <= nearest.count; voters += 2)
        if (near(differing[voters], dimension)) return voters;
    return 0;
}

Attractor Surroundings::attractor() {
    if (attractor_) return *attractor_;
    look();
    const std::size_t dimension = memories_->columns;
    const auto decide = [&] {
        if (smallest_ == 0) return Attractor::memory;
        if (largest_ == dimension) return Attractor::inverted;
        if (near(smallest_, dimension)) return Attractor::near_memory;
        switch (mixture_size()) {
        case 3:
            return Attractor::mixture_3;
        case 5:
            return Attractor::mixture_5;
        case 7:
            return Attractor::mixture_7;
        default:
            return Attractor::spurious;
        }
    };
    attractor_ = decide();
    return *attractor_;
}

} // namespace basin

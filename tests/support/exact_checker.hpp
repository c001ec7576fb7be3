#pragma once
// Runs the exact network beside an IntegerNetwork, decision by decision, through random situations
// and through some that are built to be ties or nearly so.

#include "models/bipolar/exact/exact_model.hpp"
#include "models/bipolar/exact/local_field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "support/integer_network.hpp"
#include "support/scenes.hpp"
#include "support/voices.hpp"

namespace basin::tests {

/// What was met on the way.
struct Seen {
    std::uint64_t decisions = 0;
    std::uint64_t ties = 0;
    std::uint64_t unclear = 0; ///< no ties, but too near to 0 for the sum in double
    std::uint64_t built_ties = 0;
    std::uint64_t last_digit = 0; ///< sums that are not 0, but below 2^-52 of their terms
};

/// `exact` under test beside the integers that it has to agree with.
template <class Integer>
class Checker {
public:
    /// `values` as IntegerNetwork takes them. Where they are rounded, no sum that is not 0 may be
    /// as small as `resolution`.
    Checker(const Setting& setting, std::uint32_t dimension, std::vector<Integer> values,
            Integer resolution)
        : setting_(setting), dimension_(dimension), resolution_(std::move(resolution)),
          table_(make_exact_table(exact_model(setting, dimension), dimension)), field_(table_),
          gradient_(setting.rule.is<Gradient>() || setting.formulation.is<Classical>()),
          values_(values), truth_(std::move(values), gradient_) {}

    /// Random memories; every unit.
    void check_drawn(Stream& stream, std::uint32_t pattern_count) {
        const Scene scene = drawn_scene(stream, dimension_, pattern_count);
        turn_to(scene);
        for (std::uint32_t unit = 0; unit < dimension_; ++unit)
            check(unit);
    }

    /// Memories in pairs of equal overlap and opposite bit, and with `weak` one more that decides.
    void check_pairs(Stream& stream, std::uint32_t pairs, bool weak) {
        std::vector<Voice> voices;
        for (std::uint32_t pair = 0; pair < pairs; ++pair) {
            const int others = any_overlap(stream);
            voices.push_back({others, true});
            voices.push_back({others, false});
        }
        if (weak) voices.push_back({lowest_overlap(), stream.below(2) == 0});
        check_voices(stream, voices);
    }

    /// Memories chosen one by one so that each takes away most of what the others leave: the sum
    /// comes as near to 0 as the steps allow, or hits it.
    void check_cancelling(Stream& stream, std::uint32_t pattern_count) {
        std::vector<Voice> voices{{any_overlap(stream), true}};
        Integer rest = step(voices[0].others);
        while (rest != 0 && voices.size() < pattern_count) {
            const int others = next_overlap(stream, rest);
            const Integer size = step(others);
            if (size == 0) break;
            voices.push_back({others, (rest > 0) != (size > 0)});
            rest += voices.back().agrees ? size : Integer(-size);
        }
        check_voices(stream, voices);
        // Of a sum that is 0 take the last memory away: the smallest of them decides.
        if (rest != 0) return;
        voices.pop_back();
        check_voices(stream, voices);
    }

    const Seen& seen() const { return seen_; }

private:
    int last() const { return static_cast<int>(dimension_) - 1; }
    int any_overlap(Stream& stream) const {
        return 2 * static_cast<int>(stream.below(dimension_)) - last();
    }
    int lowest_overlap() const { return last() % 2; }

    /// What an agreeing memory says whose overlap in the other units is `others`.
    Integer step(int others) const {
        const auto at = [&](int overlap) {
            return values_[static_cast<std::size_t>(overlap + static_cast<int>(dimension_))];
        };
        return gradient_ ? at(others) : Integer(at(others + 1) - at(others - 1));
    }

    /// The overlap of the largest step not above |rest|, or sometimes of a smaller one.
    int next_overlap(Stream& stream, const Integer& rest) const {
        const auto size = [](const Integer& x) { return x < 0 ? Integer(-x) : x; };
        const Integer limit = size(rest);
        int best = lowest_overlap();
        Integer largest = 0;
        for (int others = -last(); others <= last(); others += 2) {
            const Integer here = size(step(others));
            if (here <= largest || here > limit || stream.below(8) == 0) continue;
            best = others;
            largest = here;
        }
        return best;
    }

    void check_voices(Stream& stream, std::span<const Voice> voices) {
        const auto unit = static_cast<std::uint32_t>(stream.below(dimension_));
        const BitMatrix state = random_rows(stream, 1, dimension_);
        const Scene scene = scene_of_voices(stream, state, unit, voices);
        turn_to(scene);
        seen_.built_ties += check(unit) == 0;
    }

    void turn_to(const Scene& scene) {
        overlaps_.emplace(scene);
        overlaps_->move_to(scene.cues.row(0));
        field_.refresh(*overlaps_);
        truth_.move_to(scene);
    }

    int check(std::uint32_t unit) {
        const IntegerDecision<Integer> truth = truth_.decide(unit);
        const int sign = truth.sign();
        overlaps_->count_steps(unit, counts_);
        const double sum = field_.sum(*overlaps_, unit);
        const double error = field_.error(field_.side(*overlaps_, unit));
        const bool clear = std::abs(sum) > error;
        if (field_.sign(counts_) != sign || (clear && (sum > 0) != (sign > 0)) ||
            (clear && sign == 0) || (error == 0.0 && sum == 0.0 && sign != 0) ||
            field_.all_zero(counts_) != (truth.magnitude == 0))
            ADD_FAILURE() << describe(setting_) << " N=" << dimension_
                          << " K=" << overlaps_->pattern_count() << " unit " << unit << ": sign "
                          << field_.sign(counts_) << ", sum " << sum << " off by less than "
                          << error << ", all zero " << field_.all_zero(counts_) << ", true sign "
                          << sign;
        ++seen_.decisions;
        seen_.ties += sign == 0;
        seen_.unclear += sign != 0 && !clear;
        const Integer size = truth.sum < 0 ? Integer(-truth.sum) : truth.sum;
        seen_.last_digit += sign != 0 && (truth.magnitude >> 52) > size;
        if (sign != 0 && size <= resolution_)
            ADD_FAILURE() << describe(setting_) << ": the values are too coarse to judge by";
        return sign;
    }

    Setting setting_;
    std::uint32_t dimension_;
    Integer resolution_;
    ExactTable table_;
    ExactField field_;
    bool gradient_;
    std::vector<Integer> values_;
    IntegerNetwork<Integer> truth_;
    std::optional<Overlaps> overlaps_;
    StepCounts counts_;
    Seen seen_;
};

/// [2 N + 1] at the overlaps -N ... N.
template <class Integer>
std::vector<Integer> at_overlaps(std::uint32_t dimension,
                                 const std::function<Integer(int)>& value) {
    std::vector<Integer> values;
    const int n = static_cast<int>(dimension);
    for (int h = -n; h <= n; ++h)
        values.push_back(value(h));
    return values;
}

/// `decisions` of all kinds, with up to 50 memories.
template <class Integer>
Seen run(const Setting& setting, std::uint32_t dimension, std::vector<Integer> values,
         std::uint64_t decisions, std::uint32_t most_patterns = 50, Integer resolution = 0) {
    constexpr std::array pattern_counts{2U, 3U, 4U, 5U, 7U, 10U, 20U, 50U, 130U};
    Checker<Integer> checker(setting, dimension, std::move(values), std::move(resolution));
    Stream stream(key_of(describe(setting)), StreamRole::patterns, dimension);
    while (checker.seen().decisions < decisions && !::testing::Test::HasFailure()) {
        const std::uint32_t wanted = pattern_counts[stream.below(pattern_counts.size())];
        const std::uint32_t pattern_count = std::min(most_patterns, wanted);
        checker.check_drawn(stream, pattern_count);
        for (int built = 0; built < 3; ++built) {
            checker.check_pairs(stream, pattern_count / 2, false);
            checker.check_pairs(stream, (pattern_count - 1) / 2, true);
            checker.check_cancelling(stream, pattern_count);
        }
        checker.check_cancelling(stream, most_patterns);
    }
    return checker.seen();
}

} // namespace basin::tests

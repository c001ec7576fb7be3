#include "models/draws/own_cues.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace basin {

namespace {

// Probe p has the stream p: what they share has streams beyond any p.
constexpr std::uint64_t choice_stream = std::uint64_t{1} << 33U;

/// Every row that may be asked.
ChosenCues askable(const PatternBank& cues, const CueTargets* targets,
                   std::span<const std::uint32_t> stored) {
    const auto count = static_cast<std::uint32_t>(cues.values.shape(0));
    ChosenCues all;
    if (targets == nullptr) {
        all.rows.resize(count);
        std::iota(all.rows.begin(), all.rows.end(), 0U);
        all.targets.assign(count, -1);
        return all;
    }
    std::unordered_map<std::uint32_t, std::int32_t> memory_of;
    for (std::size_t mu = 0; mu < stored.size(); ++mu)
        memory_of.emplace(stored[mu], static_cast<std::int32_t>(mu));
    for (std::uint32_t row = 0; row < count; ++row) {
        const auto found = memory_of.find(targets->rows[row]);
        if (found == memory_of.end()) continue;
        all.rows.push_back(row);
        all.targets.push_back(found->second);
    }
    return all;
}

} // namespace

ChosenCues chosen_cues(const CueSpec& spec, const PatternBank& cues, const CueTargets* targets,
                       std::span<const std::uint32_t> stored) {
    ChosenCues all = askable(cues, targets, stored);
    if (spec.probe_count == 0 || spec.probe_count >= all.rows.size()) return all;
    Stream stream(spec.key, StreamRole::cues, choice_stream);
    std::vector<std::uint32_t> places =
        sample(stream, spec.probe_count, static_cast<std::uint32_t>(all.rows.size()));
    std::ranges::sort(places);
    ChosenCues some;
    for (const std::uint32_t place : places) {
        some.rows.push_back(all.rows[place]);
        some.targets.push_back(all.targets[place]);
    }
    return some;
}

std::string nothing_to_ask(const PatternBank& cues, std::size_t stored) {
    return fmt::format("no cue can be asked: none of the {} targets is among the {} memories that "
                       "this replicate stores ({}); a larger pattern_count stores more of them",
                       cues.values.shape(0), stored, cues.description);
}

void require_cues(const PatternSpec& spec, const PatternBank& cues, const PatternBank* patterns,
                  std::uint32_t dimension) {
    const std::uint32_t units = dimension_of(cues, spec.channels);
    if (units != dimension)
        throw InputError(fmt::format("the cues of {} have {} units, but the patterns have {}{}; "
                                     "cues need the units of the patterns, in their order",
                                     cues.description, units, dimension,
                                     patterns ? fmt::format(" ({})", patterns->description) : ""));
    if (patterns == nullptr || !is_real(spec) || !spec.pixel_range.is<RangeAsStored>()) return;
    const auto is_declared = [](const PatternBank& bank) {
        return bank.basis == RangeBasis::element_type || bank.basis == RangeBasis::attributes;
    };
    if (!is_declared(cues) || !is_declared(*patterns) || cues.range == patterns->range) return;
    throw InputError(fmt::format("the numbers of {} are from {} to {}, but those of {} from {} to "
                                 "{}; set pixel_range to unit or byte to bring both into one range",
                                 cues.description, cues.range.low, cues.range.high,
                                 patterns->description, patterns->range.low, patterns->range.high));
}

void require_targets(const CueTargets& targets, const PatternBank& cues,
                     const PatternBank& patterns) {
    const std::size_t count = cues.values.shape(0);
    if (targets.rows.size() != count)
        throw InputError(fmt::format(
            "{} holds {} target{}, but {} has {} cue{}; one target a cue is "
            "needed, in the order of the cues",
            targets.description, targets.rows.size(), targets.rows.size() == 1 ? "" : "s",
            cues.description, count, count == 1 ? "" : "s"));
    const std::size_t rows = patterns.values.shape(0);
    const auto beyond =
        std::ranges::find_if(targets.rows, [&](std::uint32_t row) { return row >= rows; });
    if (beyond == targets.rows.end()) return;
    throw InputError(fmt::format(
        "{}: target {} (counted from 0) is {}, but {} has the rows 0 to {}; targets "
        "are rows of the pattern file, counted from 0{}",
        targets.description, beyond - targets.rows.begin(), *beyond, patterns.description, rows - 1,
        *std::ranges::max_element(targets.rows) == rows &&
                std::ranges::find(targets.rows, 0U) == targets.rows.end()
            ? ": these seem to be counted from 1"
            : ""));
}

} // namespace basin

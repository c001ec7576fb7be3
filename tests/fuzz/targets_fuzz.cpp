// read_targets on any bytes: row numbers, or InputError and nothing else; and what was read, held
// against files of cues and patterns.

#include "models/base/errors.hpp"
#include "models/draws/cue_targets.hpp"
#include "models/draws/own_cues.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "fuzz/memory_file.hpp"

namespace {

using namespace basin;

PatternBank rows(std::size_t count) {
    auto values = xt::xtensor<float, 2>::from_shape({count, std::size_t{1}});
    std::fill_n(values.data(), count, 1.0F);
    return make_bank(std::move(values), "rows");
}

/// Accepted targets are rows that are there, one a cue, and the cues that a scene is asked are
/// those whose target it stores.
void check_fit(const CueTargets& targets) {
    static const PatternBank patterns = rows(4);
    const PatternBank cues = rows(targets.rows.size());
    try {
        require_targets(targets, cues, patterns);
    } catch (const InputError&) {
        tests::require(std::ranges::any_of(targets.rows, [](auto row) { return row >= 4; }));
        return;
    }
    const std::vector<std::uint32_t> stored{3, 1};
    CueSpec spec;
    spec.probe_count = 0;
    const ChosenCues chosen = chosen_cues(spec, cues, &targets, stored);
    const auto asked = std::ranges::count_if(targets.rows, [](auto r) { return r == 3 || r == 1; });
    tests::require(static_cast<std::ptrdiff_t>(chosen.rows.size()) == asked);
    for (std::size_t p = 0; p < chosen.rows.size(); ++p)
        tests::require(stored[static_cast<std::size_t>(chosen.targets[p])] ==
                       targets.rows[chosen.rows[p]]);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const tests::MemoryFile file(std::span(data, size));
    try {
        const CueTargets targets = read_targets(file.path());
        tests::require(!targets.rows.empty());
        for (const std::uint32_t row : targets.rows)
            tests::require(row <= std::numeric_limits<std::int32_t>::max());
        check_fit(targets);
    } catch (const InputError&) {
        return 0; // refused, as it may be
    }
    return 0;
}

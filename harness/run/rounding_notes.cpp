#include "harness/run/rounding_notes.hpp"

#include "sweeps/config/source_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace basin {

namespace {

/// The names that a parameter takes in a block.
std::vector<std::string> names_of(const ConfigBlock& block, std::string_view parameter) {
    std::vector<std::string> names;
    for (const Value& value : block_values(block, parameter))
        names.push_back(std::get<std::string>(value));
    return names;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

} // namespace

std::vector<std::string> rounding_notes(const Config& config, const Banks& banks) {
    std::set<std::string> notes;
    for (const ConfigBlock& block : config.blocks) {
        if (!has(names_of(block, "binarize"), BinarizeNone::name)) continue;
        const std::vector<std::string> precisions = names_of(block, "precision");
        for (const Coordinates& coordinates : source_combinations(block)) {
            const BankRequest request = bind_bank(coordinates);
            const auto bank = banks.files.find(request);
            if (bank == banks.files.end() || !bank->second.is_rounded()) continue;
            for (const std::string_view precision : {Float32::name, Float16::name, BFloat16::name})
                if (has(precisions, precision))
                    notes.insert(fmt::format("values of {} are rounded to {} for precision = {}",
                                             request.path, precision, precision));
        }
    }
    return {notes.begin(), notes.end()};
}

} // namespace basin

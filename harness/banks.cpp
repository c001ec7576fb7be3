#include "harness/banks.hpp"

#include "models/bank_files.hpp"
#include "models/errors.hpp"
#include "results/bank_hdf5.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace basin {

namespace {

PatternBank read_bank(const BankRequest& request) {
    if (request.source.is<IdxSource>()) return read_idx(request.path);
    if (request.source.is<NpySource>()) return read_npy(request.path);
    return read_hdf5_bank(request.path, request.dataset);
}

const Axis* find_axis(const ConfigBlock& block, std::string_view name) {
    const auto parameter = parameter_index(name).value();
    const auto found = std::ranges::find(block.axes, parameter, &Axis::parameter);
    return found == block.axes.end() ? nullptr : &*found;
}

/// The values a parameter takes in a block: its axis, or its fallback.
std::vector<Value> values_of(const ConfigBlock& block, std::string_view name) {
    if (const Axis* axis = find_axis(block, name)) return axis->values;
    return {parameters()[parameter_index(name).value()].fallback};
}

Place place_of(const ConfigBlock& block, std::string_view name) {
    const Axis* axis = find_axis(block, name);
    return axis ? axis->place : Place{};
}

/// Every file the block can ask for: its sources × paths × datasets.
std::set<BankRequest> requests_of(const ConfigBlock& block) {
    std::set<BankRequest> requests;
    Coordinates coordinates = default_coordinates();
    for (const Value& source : values_of(block, "source"))
        for (const Value& path : values_of(block, "path"))
            for (const Value& dataset : values_of(block, "dataset")) {
                coordinates[parameter_index("source").value()] = source;
                coordinates[parameter_index("path").value()] = path;
                coordinates[parameter_index("dataset").value()] = dataset;
                const BankRequest request = bind_bank(coordinates);
                if (!request.path.empty()) requests.insert(request);
            }
    return requests;
}

/// Blocks share what stands at the config's top level: say each thing once.
void add_once(std::vector<Diagnostic>& problems, Diagnostic problem) {
    const auto says_the_same = [&](const Diagnostic& other) {
        return to_string(other) == to_string(problem);
    };
    if (std::ranges::none_of(problems, says_the_same)) problems.push_back(std::move(problem));
}

void check_fit(const ConfigBlock& block, const PatternBank& bank,
               std::vector<Diagnostic>& problems) {
    const auto count = static_cast<double>(bank.values.shape(0));
    const auto dimension = static_cast<double>(bank.values.shape(1));
    for (const Value& wanted : values_of(block, "pattern_count"))
        if (number_of(wanted) > count)
            add_once(problems, {place_of(block, "pattern_count"),
                                fmt::format("pattern_count = {} but {} holds {} patterns",
                                            canonical_text(wanted), bank.description, count)});
    for (const Value& wanted : values_of(block, "dimension"))
        if (find_axis(block, "dimension") && number_of(wanted) != 0 &&
            number_of(wanted) != dimension)
            add_once(problems,
                     {place_of(block, "dimension"),
                      fmt::format("dimension = {} but the patterns of {} have {}; write "
                                  "dimension = {} or leave it out",
                                  canonical_text(wanted), bank.description, dimension, dimension)});
}

} // namespace

Banks load_banks(const Config& config) {
    Banks banks;
    std::vector<Diagnostic> problems;
    for (const ConfigBlock& block : config.blocks)
        for (const BankRequest& request : requests_of(block)) {
            try {
                const auto [entry, is_new] = banks.try_emplace(request);
                if (is_new) entry->second = read_bank(request);
                // A block that mixes file and random sources sizes the random ones as it likes.
                if (values_of(block, "source").size() == 1)
                    check_fit(block, entry->second, problems);
            } catch (const InputError& error) {
                banks.erase(request);
                add_once(problems, {place_of(block, "path"), error.what()});
            }
        }
    if (!problems.empty()) throw ConfigError(std::move(problems));
    return banks;
}

const PatternBank* bank_for(const Banks& banks, const Coordinates& coordinates) {
    const BankRequest request = bind_bank(coordinates);
    return request.path.empty() ? nullptr : &banks.at(request);
}

} // namespace basin

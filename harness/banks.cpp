#include "harness/banks.hpp"

#include "models/bank_files.hpp"
#include "models/cifar_files.hpp"
#include "models/continuous/embeddings.hpp"
#include "models/errors.hpp"
#include "models/image_folder.hpp"
#include "models/own_cues.hpp"
#include "results/bank_hdf5.hpp"
#include "sweeps/range_text.hpp"
#include "sweeps/source_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace basin {

namespace {

// One reader for each source that has a file: a source without one does not compile.

PatternBank read(IdxSource, const BankRequest& request) {
    return read_idx(request.path);
}

PatternBank read(NpySource, const BankRequest& request) {
    return read_npy(request.path);
}

PatternBank read(Hdf5Source, const BankRequest& request) {
    return read_hdf5_bank(request.path, request.dataset);
}

PatternBank read(Cifar10Source, const BankRequest& request) {
    return read_cifar10(request.path);
}

PatternBank read(Cifar100Source, const BankRequest& request) {
    return read_cifar100(request.path);
}

PatternBank read(ImageFolderSource, const BankRequest& request) {
    return read_image_folder(request.path);
}

PatternBank read_bank(const BankRequest& request) {
    PatternBank bank = request.source.visit([&](auto source) -> PatternBank {
        if constexpr (source.from_file)
            return read(source, request);
        else
            throw std::logic_error("a bank was asked of a source without a file");
    });
    if (!request.of_embeddings) require_patterns(bank);
    if (!request.value_range.empty()) give_range(bank, parse_range(request.value_range).value());
    return bank;
}

const Axis* find_axis(const ConfigBlock& block, std::string_view name) {
    const auto parameter = parameter_index(name).value();
    const auto found = std::ranges::find(block.axes, parameter, &Axis::parameter);
    return found == block.axes.end() ? nullptr : &*found;
}

Place place_of(const ConfigBlock& block, std::string_view name) {
    const Axis* axis = find_axis(block, name);
    return axis ? axis->place : Place{};
}

/// Blocks share what stands at the config's top level: say each thing once.
void add_once(std::vector<Diagnostic>& problems, Diagnostic problem) {
    const auto says_the_same = [&](const Diagnostic& other) {
        return to_string(other) == to_string(problem);
    };
    if (std::ranges::none_of(problems, says_the_same)) problems.push_back(std::move(problem));
}

/// The units that the bank's patterns have in the block: their channels may come in several forms.
std::set<std::uint32_t> dimensions_of(const ConfigBlock& block, const PatternBank& bank) {
    std::set<std::uint32_t> dimensions;
    for (const Value& name : block_values(block, "channels"))
        dimensions.insert(
            dimension_of(bank, Choice<ChannelForms>::named(std::get<std::string>(name)).value()));
    return dimensions;
}

void check_fit(const ConfigBlock& block, const PatternBank& bank,
               std::vector<Diagnostic>& problems) {
    const auto count = static_cast<double>(bank.values.shape(0));
    const std::set<std::uint32_t> dimensions = dimensions_of(block, bank);
    for (const Value& wanted : block_values(block, "pattern_count"))
        if (number_of(wanted) > count)
            add_once(problems, {place_of(block, "pattern_count"),
                                fmt::format("pattern_count = {} but {} holds {} patterns",
                                            canonical_text(wanted), bank.description, count)});
    for (const Value& wanted : block_values(block, "dimension"))
        if (find_axis(block, "dimension") && number_of(wanted) != 0 &&
            !dimensions.contains(static_cast<std::uint32_t>(number_of(wanted))))
            add_once(problems, {place_of(block, "dimension"),
                                fmt::format("dimension = {} but the patterns of {} have {}; write "
                                            "dimension = {} or leave it out",
                                            canonical_text(wanted), bank.description,
                                            fmt::join(dimensions, " or "), *dimensions.begin())});
}

/// The file's bank, read now if nobody asked for it before. Throws InputError.
const PatternBank& bank_of(Banks& banks, const BankRequest& request) {
    const auto found = banks.files.find(request);
    if (found != banks.files.end()) return found->second;
    return banks.files.emplace(request, read_bank(request)).first->second;
}

const CueTargets& targets_of(Banks& banks, const TargetRequest& request) {
    const auto found = banks.targets.find(request);
    if (found != banks.targets.end()) return found->second;
    const bool is_hdf5 = !request.dataset.empty() || looks_like_hdf5(request.path);
    return banks.targets
        .emplace(request, is_hdf5 ? read_hdf5_targets(request.path, request.dataset)
                                  : read_targets(request.path))
        .first->second;
}

/// Reads the cues that the block asks for and their targets, and holds them against their patterns,
/// where those could be read.
void load_cues(const ConfigBlock& block, Banks& banks, std::vector<Diagnostic>& problems) {
    for (const Coordinates& coordinates : cue_combinations(block)) {
        const char* culprit = "cue_path";
        try {
            const PatternBank& cues = bank_of(banks, bind_cues(coordinates));
            banks.of_cues.insert(bind_cues(coordinates));
            const auto found = banks.files.find(bind_bank(coordinates));
            const PatternBank* patterns = found == banks.files.end() ? nullptr : &found->second;
            if (patterns == nullptr && !bind_bank(coordinates).path.empty()) continue;
            const PatternSpec spec = bind_scene(coordinates, 0, 0).patterns;
            require_cues(spec, cues, patterns,
                         patterns ? dimension_of(*patterns, spec.channels) : spec.dimension);
            culprit = "cue_targets";
            const TargetRequest request = bind_targets(coordinates);
            if (request.path.empty()) continue;
            const CueTargets& targets = targets_of(banks, request);
            if (patterns != nullptr) require_targets(targets, cues, *patterns);
        } catch (const InputError& error) {
            add_once(problems, {place_of(block, culprit), error.what()});
        }
    }
}

/// Reads the embeddings that the block asks for and holds them against their patterns, where those
/// could be read.
void load_embeddings(const ConfigBlock& block, Banks& banks, std::vector<Diagnostic>& problems) {
    if (!find_axis(block, "embeddings")) return;
    for (const Coordinates& coordinates : source_combinations(block)) {
        const BankRequest request = bind_embeddings(coordinates);
        if (request.path.empty()) continue;
        try {
            const PatternBank& embeddings = bank_of(banks, request);
            const auto patterns = banks.files.find(bind_bank(coordinates));
            if (patterns != banks.files.end()) require_embeddings(embeddings, patterns->second);
        } catch (const InputError& error) {
            add_once(problems, {place_of(block, "embeddings"), error.what()});
        }
    }
}

/// What was read for a request; null if that has no path.
template <class Request, class Content>
const Content* found(const std::map<Request, Content>& files, const Request& request) {
    return request.path.empty() ? nullptr : &files.at(request);
}

} // namespace

std::vector<Value> block_values(const ConfigBlock& block, std::string_view name) {
    if (const Axis* axis = find_axis(block, name)) return axis->values;
    return {parameters()[parameter_index(name).value()].fallback};
}

std::set<BankRequest> bank_requests(const ConfigBlock& block) {
    std::set<BankRequest> requests;
    Coordinates coordinates = default_coordinates();
    for (const Value& source : block_values(block, "source"))
        for (const Value& path : block_values(block, "path"))
            for (const Value& dataset : block_values(block, "dataset"))
                for (const Value& range : block_values(block, "value_range")) {
                    coordinates[parameter_index("source").value()] = source;
                    coordinates[parameter_index("path").value()] = path;
                    coordinates[parameter_index("dataset").value()] = dataset;
                    coordinates[parameter_index("value_range").value()] = range;
                    const BankRequest request = bind_bank(coordinates);
                    if (!request.path.empty()) requests.insert(request);
                }
    return requests;
}

Banks load_banks(const Config& config) {
    Banks banks;
    std::vector<Diagnostic> problems;
    for (const ConfigBlock& block : config.blocks) {
        for (const BankRequest& request : bank_requests(block)) {
            try {
                const PatternBank& bank = bank_of(banks, request);
                // A block that mixes file and random sources sizes the random ones as it likes.
                if (block_values(block, "source").size() == 1) check_fit(block, bank, problems);
            } catch (const InputError& error) {
                add_once(problems, {place_of(block, "path"), error.what()});
            }
        }
        load_embeddings(block, banks, problems);
        load_cues(block, banks, problems);
    }
    if (!problems.empty()) throw ConfigError(std::move(problems));
    for (const ConfigBlock& block : config.blocks)
        for (const BankRequest& request : bank_requests(block))
            banks.of_cues.erase(request);
    return banks;
}

const PatternBank* bank_for(const Banks& banks, const Coordinates& coordinates) {
    return found(banks.files, bind_bank(coordinates));
}

SceneFiles files_for(const Banks& banks, const Coordinates& coordinates) {
    return {.patterns = bank_for(banks, coordinates),
            .embeddings = found(banks.files, bind_embeddings(coordinates)),
            .cues = found(banks.files, bind_cues(coordinates)),
            .targets = found(banks.targets, bind_targets(coordinates))};
}

std::uint32_t file_dimension(const Banks& banks, const Coordinates& coordinates) {
    const PatternBank* bank = bank_for(banks, coordinates);
    return bank == nullptr ? 0
                           : dimension_of(*bank, bind_scene(coordinates, 0, 0).patterns.channels);
}

} // namespace basin

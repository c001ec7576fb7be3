#include "harness/run/pattern_files.hpp"

#include "models/base/errors.hpp"
#include "models/draws/embeddings.hpp"
#include "models/draws/own_cues.hpp"
#include "models/files/cifar_files.hpp"
#include "models/files/dataset_files.hpp"
#include "models/files/image_folder.hpp"
#include "results/hdf5/hdf5_dataset_file.hpp"
#include "results/journal/journal.hpp"
#include "sweeps/config/source_check.hpp"
#include "sweeps/parameters/range_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

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
    if (request.use == FileUse::patterns) require_patterns(bank);
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

std::string not_found(const Config& config, const BankRequest& request) {
    return fmt::format("\"{}\": no such file or folder{}", request.path,
                       searched_places(config.files, request));
}

/// Blocks share what stands at the config's top level: say each thing once.
void add_once(std::vector<Diagnostic>& problems, Diagnostic problem) {
    const auto says_the_same = [&](const Diagnostic& other) {
        return to_string(other) == to_string(problem);
    };
    if (std::ranges::none_of(problems, says_the_same)) problems.push_back(std::move(problem));
}

/// The units that the file's patterns have in the block: their channels may come in several forms.
std::set<std::uint32_t> dimensions_of(const ConfigBlock& block, const FileFacts& facts) {
    std::set<std::uint32_t> dimensions;
    for (const Value& name : block_values(block, "channels"))
        dimensions.insert(
            dimension_of(facts, Choice<ChannelForms>::named(std::get<std::string>(name)).value()));
    return dimensions;
}

void check_fit(const ConfigBlock& block, const FileFacts& facts,
               std::vector<Diagnostic>& problems) {
    const auto count = static_cast<double>(facts.count);
    const std::set<std::uint32_t> dimensions = dimensions_of(block, facts);
    for (const Value& wanted : block_values(block, "pattern_count"))
        if (number_of(wanted) > count)
            add_once(problems, {place_of(block, "pattern_count"),
                                fmt::format("pattern_count = {} but {} holds {} patterns",
                                            canonical_text(wanted), facts.description, count)});
    for (const Value& wanted : block_values(block, "dimension"))
        if (find_axis(block, "dimension") && number_of(wanted) != 0 &&
            !dimensions.contains(static_cast<std::uint32_t>(number_of(wanted))))
            add_once(problems, {place_of(block, "dimension"),
                                fmt::format("dimension = {} but the patterns of {} have {}; write "
                                            "dimension = {} or leave it out",
                                            canonical_text(wanted), facts.description,
                                            fmt::join(dimensions, " or "), *dimensions.begin())});
}

CueTargets read_target_file(const std::string& place) {
    const TargetPlace at = targets_of(place);
    const bool is_hdf5 = !at.dataset.empty() || looks_like_hdf5(at.path);
    return is_hdf5 ? read_hdf5_targets(at.path, at.dataset) : read_targets(at.path);
}

std::string absolute_place(const std::string& place) {
    std::error_code none; // a working folder that is gone has no absolute path
    return std::filesystem::absolute(place, none).lexically_normal().native();
}

FileFacts facts_of(const BankRequest& request, const PatternBank& bank, const std::string& place) {
    return {.content = content_digest(bank),
            .count = bank.values.shape(0),
            .units = bank.values.shape(1),
            .is_rounded = bank.is_rounded(),
            .image = bank.image,
            .description = bank.description,
            .values = request.use == FileUse::embeddings
                          ? ""
                          : fmt::format("{}, {}", text_of(bank.range), text_of(bank.basis)),
            .place = absolute_place(place)};
}

FileFacts facts_of(const CueTargets& targets, const std::string& place) {
    FileFacts facts;
    facts.content = targets.digest;
    facts.count = targets.rows.size();
    facts.units = 1;
    facts.description = targets.description;
    facts.place = absolute_place(place);
    return facts;
}

/// Reads the files of a config.
class Loader {
public:
    explicit Loader(const Config& config) : config_(config) {}

    void load_all() {
        for (const ConfigBlock& block : config_.blocks) {
            for (const Coordinates& coordinates : source_combinations(block)) {
                for (const FileRole& role : file_roles())
                    load(role.request(coordinates), block, role.named_by.front());
                check(block, coordinates);
            }
            for (const Coordinates& coordinates : cue_combinations(block))
                check_cues(block, coordinates);
        }
        if (!problems_.empty()) throw ConfigError(std::move(problems_));
        for (const BankRequest& request : of_patterns_)
            banks.of_cues.erase(request);
    }

    Banks banks;
    FileTable facts; ///< of the files that are there

private:
    void load(const BankRequest& request, const ConfigBlock& block, std::string_view parameter) {
        if (request.path.empty() || !seen_.insert(request).second) return;
        const std::optional<std::string> place = find_file(config_.files, request);
        if (!place) {
            if (!config_.files.known.contains(request))
                problems_.push_back({place_of(block, parameter), not_found(config_, request)});
            return;
        }
        try {
            if (request.use == FileUse::targets)
                load_targets(request, *place);
            else
                load_bank(request, *place);
        } catch (const InputError& error) {
            add_once(problems_, {place_of(block, parameter), error.what()});
        }
    }

    void load_bank(const BankRequest& request, const std::string& place) {
        BankRequest located = request;
        located.path = place;
        PatternBank bank = read_bank(located);
        note(request, facts_of(request, bank, place));
        banks.files.emplace(request, std::move(bank));
    }

    void load_targets(const BankRequest& request, const std::string& place) {
        CueTargets targets = read_target_file(place);
        note(request, facts_of(targets, place));
        banks.targets.emplace(request, std::move(targets));
    }

    void note(const BankRequest& request, FileFacts found) {
        if (const std::string conflict = content_conflict(config_.files.known, request, found);
            !conflict.empty())
            throw StoreError(StoreError::Kind::foreign,
                             fmt::format("{}: {}", conflict, content_remedy));
        facts.emplace(request, std::move(found));
    }

    /// Whether the files that were read fit the block and each other.
    void check(const ConfigBlock& block, const Coordinates& coordinates) {
        const BankRequest patterns = bind_bank(coordinates);
        of_patterns_.insert(patterns);
        const auto found = facts.find(patterns);
        if (found == facts.end()) return;
        // A block that mixes file and random sources sizes the random ones as it likes.
        if (block_values(block, "source").size() == 1) check_fit(block, found->second, problems_);
        const auto embeddings = banks.files.find(bind_embeddings(coordinates));
        if (embeddings == banks.files.end()) return;
        try {
            require_embeddings(embeddings->second, banks.files.at(patterns));
        } catch (const InputError& error) {
            add_once(problems_, {place_of(block, "embeddings"), error.what()});
        }
    }

    /// Whether cues of a file that was read fit the patterns, and their targets them.
    void check_cues(const ConfigBlock& block, const Coordinates& coordinates) {
        banks.of_cues.insert(bind_cues(coordinates));
        const auto cues = banks.files.find(bind_cues(coordinates));
        const auto found = banks.files.find(bind_bank(coordinates));
        const PatternBank* patterns = found == banks.files.end() ? nullptr : &found->second;
        if (cues == banks.files.end() ||
            (patterns == nullptr && !bind_bank(coordinates).path.empty()))
            return;
        const char* culprit = "cue_path";
        try {
            const PatternSpec spec = bind_scene(coordinates, 0, 0).patterns;
            require_cues(spec, cues->second, patterns,
                         patterns ? dimension_of(*patterns, spec.channels) : spec.dimension);
            culprit = "cue_targets";
            const auto targets = banks.targets.find(bind_targets(coordinates));
            if (targets != banks.targets.end() && patterns != nullptr)
                require_targets(targets->second, cues->second, *patterns);
        } catch (const InputError& error) {
            add_once(problems_, {place_of(block, culprit), error.what()});
        }
    }

    const Config& config_;
    std::set<BankRequest> seen_;
    std::set<BankRequest> of_patterns_;
    std::vector<Diagnostic> problems_;
};

/// What was read for a request; null if that has no path.
template <class Content>
const Content* found(const std::map<BankRequest, Content>& files, const BankRequest& request) {
    return request.path.empty() ? nullptr : &files.at(request);
}

bool is_read(const Banks& banks, const BankRequest& request) {
    return banks.files.contains(request) || banks.targets.contains(request);
}

} // namespace

std::vector<Value> block_values(const ConfigBlock& block, std::string_view name) {
    if (const Axis* axis = find_axis(block, name)) return axis->values;
    return {parameters()[parameter_index(name).value()].fallback};
}

Banks load_banks(const Config& config) {
    Loader loader(config);
    loader.load_all();
    return std::move(loader.banks);
}

std::vector<std::string> absent_files(const Config& config, const Banks& banks) {
    std::vector<std::string> names;
    for (const BankRequest& request : named_files(config))
        if (!is_read(banks, request)) names.push_back(request.path);
    return names;
}

void require_banks(const Config& config, const Banks& banks) {
    std::vector<Diagnostic> problems;
    for (const BankRequest& request : named_files(config))
        if (!is_read(banks, request))
            add_once(problems, {{config.source, 0, 0}, not_found(config, request)});
    if (!problems.empty()) throw ConfigError(std::move(problems));
}

LoadedSweep load_sweep(Config config) {
    Loader loader(config);
    loader.load_all();
    loader.facts.merge(config.files.known); // what is not there is as it was
    config.files.known = std::move(loader.facts);
    return {Plan(std::move(config)), std::move(loader.banks)};
}

Banks banks_of(const Plan& plan) {
    Banks banks = load_banks(plan.config());
    require_banks(plan.config(), banks);
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

} // namespace basin

#include "sweeps/coordinates/binding.hpp"

#include "sweeps/coordinates/identity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

namespace {

/// Coordinates by name. The names are those of parameters.cpp: an unknown one is a defect.
class Reader {
public:
    explicit Reader(const Coordinates& coordinates) : coordinates_(coordinates) {}

    std::uint32_t count(std::string_view name) const {
        return static_cast<std::uint32_t>(std::get<std::int64_t>(at(name)));
    }
    std::int64_t integer(std::string_view name) const { return std::get<std::int64_t>(at(name)); }
    double real(std::string_view name) const { return std::get<double>(at(name)); }
    const std::string& text(std::string_view name) const { return std::get<std::string>(at(name)); }

    template <class List>
    void choose(Choice<List>& choice, std::string_view name) const {
        choice = Choice<List>::named(text(name)).value();
    }

private:
    const Value& at(std::string_view name) const {
        return coordinates_.at(parameter_index(name).value());
    }
    const Coordinates& coordinates_;
};

/// Identity of a draw made from the parameters of the roles up to `last`.
Key draw_key(const Coordinates& coordinates, std::uint64_t seed, std::uint32_t replicate,
             Role last) {
    std::string text = fmt::format("seed={};replicate={};", seed, replicate);
    const bool from_file = !bind_bank(coordinates).path.empty();
    const bool asked_from_file = !bind_cues(coordinates).path.empty();
    for (const std::size_t p : parameters_by_name())
        if (from_file && parameters()[p].name == "source")
            text += "source=file;"; // in whichever format
        else if (asked_from_file && parameters()[p].name == "cue_source")
            text += last < Role::cue ? "" : "cue_source=file;";
        else if (parameters()[p].role <= last && parameters()[p].keys_draws)
            text += assignment(p, coordinates[p]);
    return key_of(text);
}

constexpr std::uint32_t default_probe_limit = 64;

/// `given` as binding.hpp explains it.
std::uint32_t probe_count(std::int64_t given, std::uint32_t pattern_count) {
    if (given < 0) return pattern_count;
    if (given == 0) return std::min(pattern_count, default_probe_limit);
    return static_cast<std::uint32_t>(given);
}

} // namespace

SceneSpec bind_scene(const Coordinates& coordinates, std::uint64_t seed, std::uint32_t replicate) {
    const Reader read(coordinates);
    SceneSpec scene;

    PatternSpec& patterns = scene.patterns;
    read.choose(patterns.source, "source");
    patterns.dimension = read.count("dimension");
    patterns.pattern_count = read.count("pattern_count");
    patterns.bias = read.real("bias");
    patterns.correlation = read.real("correlation");
    patterns.group_count = read.count("group_count");
    read.choose(patterns.channels, "channels");
    read.choose(patterns.binarize, "binarize");
    patterns.threshold = read.real("threshold");
    read.choose(patterns.pixel_range, "pixel_range");
    patterns.contrast = read.real("contrast");
    patterns.brightness_spread = read.real("brightness_spread");
    patterns.key = draw_key(coordinates, seed, replicate, Role::pattern);

    CueSpec& cues = scene.cues;
    read.choose(cues.corruption, "corruption");
    cues.cue_level = read.real("cue_level");
    read.choose(cues.cue_count, "cue_count");
    cues.cue_noise = read.real("cue_noise");
    cues.cue_blur = read.real("cue_blur");
    read.choose(cues.cue_bound, "cue_bound");
    read.choose(cues.source, "cue_source");
    const std::int64_t given = read.integer("probe_count");
    cues.probe_count = are_from_file(cues)
                           ? static_cast<std::uint32_t>(std::max<std::int64_t>(given, 0))
                           : probe_count(given, patterns.pattern_count);
    cues.key = draw_key(coordinates, seed, replicate, Role::cue);
    return scene;
}

Setting bind_setting(const Coordinates& coordinates) {
    const Reader read(coordinates);
    Setting setting;
    read.choose(setting.formulation, "formulation");
    read.choose(setting.interaction, "interaction");
    setting.interaction_parameters.vertex = read.count("interaction_vertex");
    setting.interaction_parameters.leak = read.real("leak");
    read.choose(setting.interaction_parameters.leak_sign, "leak_sign");
    setting.beta = read.real("beta");
    read.choose(setting.beta_scale, "beta_scale");
    read.choose(setting.real_similarity, "similarity");
    // Which of the two a network has, its formulation says (not_applicable).
    if (const auto bipolar = Choice<Similarities>::named(read.text("similarity")))
        setting.similarity = *bipolar;
    setting.similarity_delta = read.real("similarity_delta");
    read.choose(setting.precision, "precision");
    read.choose(setting.power_rounding, "power_rounding");
    read.choose(setting.summation, "summation");
    read.choose(setting.rule, "rule");
    read.choose(setting.update, "update");
    read.choose(setting.tie, "tie");
    setting.max_sweeps = read.count("max_sweeps");
    read.choose(setting.attribution, "attribution");
    read.choose(setting.separation, "separation");
    read.choose(setting.exponential, "exponential");
    setting.fixed_steps = read.count("fixed_steps");
    setting.max_iterations = read.count("max_iterations");
    setting.tolerance = read.real("tolerance");
    setting.retrieval_radius = read.real("retrieval_radius");
    setting.error_threshold = read.real("error_threshold");
    return setting;
}

BankRequest bind_bank(const Coordinates& coordinates) {
    const Reader read(coordinates);
    BankRequest request;
    read.choose(request.source, "source");
    if (!request.source.visit([](auto source) { return source.from_file; })) return request;
    request.path = read.text("path");
    request.dataset = read.text("dataset");
    request.value_range = read.text("value_range");
    return request;
}

BankRequest bind_cues(const Coordinates& coordinates) {
    const Reader read(coordinates);
    Choice<CueSources> source;
    read.choose(source, "cue_source");
    if (!source.visit([](auto entry) { return entry.from_file; })) return {};
    BankRequest request;
    request.source = Choice<PatternSources>::named(source.name()).value();
    request.path = read.text("cue_path");
    request.dataset = read.text("cue_dataset");
    return request;
}

BankRequest bind_targets(const Coordinates& coordinates) {
    if (bind_cues(coordinates).path.empty()) return {};
    BankRequest request;
    request.path = Reader(coordinates).text("cue_targets");
    request.use = FileUse::targets;
    return request;
}

BankRequest bind_embeddings(const Coordinates& coordinates) {
    if (bind_bank(coordinates).path.empty()) return {};
    BankRequest request;
    request.source = Choice<PatternSources>::of<NpySource>();
    request.path = Reader(coordinates).text("embeddings");
    request.use = FileUse::embeddings;
    return request;
}

} // namespace basin

#include "sweeps/parameters/parameters.hpp"

#include "models/draws/cues.hpp"
#include "models/draws/patterns.hpp"
#include "models/scene/setting.hpp"

#include <array>

namespace basin {

namespace {

constexpr std::array<std::string_view, 4> sections{"patterns", "cue", "model", "recall"};

using Bound = std::optional<double>;

Parameter row(Role role, Kind kind, std::string_view name, Value fallback, std::string_view help) {
    Parameter parameter{};
    parameter.name = name;
    parameter.key = name;
    parameter.section = sections[static_cast<std::size_t>(role)];
    parameter.role = role;
    parameter.kind = kind;
    parameter.unit = "1";
    parameter.help = help;
    parameter.fallback = std::move(fallback);
    return parameter;
}

template <class List>
Parameter choice(Role role, std::string_view name, Choice<List> fallback, std::string_view help) {
    Parameter parameter = row(role, Kind::choice, name, std::string(fallback.name()), help);
    parameter.choices.assign(List::names.begin(), List::names.end());
    parameter.choice_helps.assign(List::helps.begin(), List::helps.end());
    return parameter;
}

Parameter integer(Role role, std::string_view name, std::int64_t fallback, double minimum,
                  double maximum, std::string_view help) {
    Parameter parameter = row(role, Kind::integer, name, fallback, help);
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    return parameter;
}

Parameter real(Role role, std::string_view name, double fallback, Bound minimum, Bound maximum,
               std::string_view help) {
    Parameter parameter = row(role, Kind::real, name, fallback, help);
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    return parameter;
}

Parameter positive(Role role, std::string_view name, double fallback, std::string_view help) {
    Parameter parameter = real(role, name, fallback, 0.0, std::nullopt, help);
    parameter.minimum_excluded = true;
    return parameter;
}

Parameter text(Role role, std::string_view name, std::string_view help) {
    return row(role, Kind::text, name, std::string(), help);
}

/// A parameter whose name says the table that its key stands in.
Parameter keyed(Parameter parameter, std::string_view key) {
    parameter.key = key;
    return parameter;
}

/// A text of the scene that leaves its draws as they are.
Parameter beside_draws(Parameter parameter) {
    parameter.keys_draws = false;
    return parameter;
}

const std::vector<Parameter>& table() {
    static const std::vector<Parameter> rows{
        choice(Role::pattern, "source", Choice<PatternSources>{}, "where the memories come from"),
        beside_draws(text(Role::pattern, "path",
                          "pattern file, or folder, of a file source; a relative path is looked up "
                          "in the config's folder, then in the working folder")),
        beside_draws(text(Role::pattern, "dataset", "dataset within an HDF5 file")),
        beside_draws(text(Role::pattern, "embeddings",
                          "npy file with an embedding of each pattern of the file, a row each in "
                          "their order, for embedding_cosine; draws do not depend on it")),
        integer(Role::pattern, "dimension", 100, 0, 1e6,
                "units of the network, N; 0 for a file source: as the file has it"),
        integer(Role::pattern, "pattern_count", 10, 1, 1e7, "stored memories, K"),
        real(Role::pattern, "bias", 0.0, -1.0, 1.0, "mean activity of random_bipolar"),
        real(Role::pattern, "correlation", 0.0, 0.0, 1.0,
             "overlap of a memory with its prototype (correlated, hierarchical)"),
        integer(Role::pattern, "group_count", 1, 1, 1e7, "prototypes of hierarchical"),
        choice(Role::pattern, "channels", Choice<ChannelForms>{},
               "of a file's images, before they are binarized"),
        choice(Role::pattern, "binarize", Choice<Binarizations>{},
               "how a file's numbers become +1 and -1"),
        real(Role::pattern, "threshold", 0.0, std::nullopt, std::nullopt,
             "of binarize above, in the file's own units"),
        choice(Role::pattern, "pixel_range", Choice<PixelRanges>{},
               "units of a file's numbers in continuous networks"),
        beside_draws(row(Role::pattern, Kind::range, "value_range", std::string(),
                         "what a file's numbers may be, such as \"0 to 255\": errors are measured "
                         "in it; else as the file declares (bytes, valid_range), else what all its "
                         "numbers span")),
        real(Role::pattern, "contrast", 0.25, 0.0, std::nullopt,
             "standard deviation of a pixel of brightness"),
        real(Role::pattern, "brightness_spread", 0.3, 0.0, 0.5,
             "how far an image's mean may be from 0.5 (brightness)"),

        keyed(choice(Role::cue, "cue_source", Choice<CueSources>{}, "what cues are made of"),
              "source"),
        beside_draws(
            keyed(text(Role::cue, "cue_path", "file, or folder, of a cue_source that reads one"),
                  "path")),
        beside_draws(keyed(text(Role::cue, "cue_dataset", "dataset within an HDF5 file of cues"),
                           "dataset")),
        beside_draws(keyed(
            text(Role::cue, "cue_targets",
                 "npy, idx or text file, or file.h5:dataset, with the row in the pattern file "
                 "that each cue is to recall, counted from 0; a scene is asked the cues whose "
                 "target it stores. Without: judged by the nearest memory"),
            "targets")),
        choice(Role::cue, "corruption", Choice<Corruptions>::of<FlipCorruption>(),
               "how a cue differs from its memory; none by default for the cues of a file"),
        real(Role::cue, "cue_level", 0.1, 0.0, 1.0, "share of the units the corruption touches"),
        choice(Role::cue, "cue_count", Choice<CueCounts>{}, "how many units that share is"),
        real(Role::cue, "cue_noise", 0.1, 0.0, std::nullopt,
             "standard deviation of corruption gaussian, in the patterns' units"),
        positive(Role::cue, "cue_blur", 1.0, "standard deviation of corruption blur, in pixels"),
        choice(Role::cue, "cue_bound", Choice<CueBounds>{}, "noise beyond the patterns' range"),
        integer(Role::cue, "probe_count", 0, -1, 1e6,
                "cues per scene; 0: one per memory, at most 64; -1: one per memory, all of them; "
                "of a cue file at most so many, drawn, 0 and -1: all its rows"),

        choice(Role::model, "formulation", Choice<Formulations>{}, "where beta stands"),
        choice(Role::model, "interaction", Choice<Interactions>{}, "interaction function F"),
        integer(Role::model, "interaction_vertex", 2, 1, 1e4, "degree n of the polynomials"),
        real(Role::model, "leak", 0.01, 0.0, std::nullopt,
             "slope of leaky_rectified_polynomial below 0"),
        choice(Role::model, "leak_sign", Choice<LeakSigns>{}, "sign of that slope"),
        positive(Role::model, "beta", 1.0, "inverse temperature or gain"),
        choice(Role::model, "beta_scale", Choice<BetaScales>{},
               "how beta compares between formulations"),
        choice(Role::model, "similarity", Choice<RealSimilarities>{},
               "how alike a memory and a state are"),
        positive(Role::model, "similarity_delta", 1.0, "softening of the inverse distances"),
        choice(Role::model, "precision", Choice<Precisions>{}, "number format of the arithmetic"),
        choice(Role::model, "power_rounding", Choice<PowerRoundings>{}, "how x^n is rounded"),
        choice(Role::model, "summation", Choice<Summations>{},
               "order of adding and subtracting in the contrastive rule"),
        choice(Role::model, "rule", Choice<Rules>{}, "what a unit decides by"),
        choice(Role::model, "separation", Choice<Separations>{},
               "what makes weights of similarities (universal)"),
        choice(Role::model, "exponential", Choice<Exponentials>{},
               "how softmax is computed (continuous)"),

        choice(Role::recall, "update", Choice<Updates>{}, "which units are asked, and when"),
        choice(Role::recall, "tie", Choice<Ties>{}, "what a unit does at exactly zero"),
        integer(Role::recall, "max_sweeps", 50, 1, 1e6, "sweeps after which a probe is stopped"),
        choice(Role::recall, "attribution", Choice<Attributions>{},
               "which queries are repeated in exact arithmetic"),
        integer(Role::recall, "fixed_steps", 0, 0, 1e6,
                "updates of a continuous network; 0: until a fixed point"),
        integer(Role::recall, "max_iterations", 10000, 1, 1e9,
                "updates after which a continuous probe is stopped"),
        real(Role::recall, "tolerance", 0.0, 0.0, 1.0,
             "of a continuous fixed point, |x' - x| <= tolerance (1 + |x|); 0: 1e-10 in float64, "
             "1e-5 else"),
        positive(Role::recall, "retrieval_radius", 0.01,
                 "a continuous state is at a memory within this share of the largest one's length"),
        real(Role::recall, "error_threshold", 60.0, 0.0, std::nullopt,
             "largest summed squared error of a threshold_recall"),
    };
    return rows;
}

} // namespace

std::span<const Parameter> parameters() {
    return table();
}

std::string parameter_name(std::size_t parameter) {
    return std::string(parameters()[parameter].name);
}

std::optional<std::size_t> parameter_index(std::string_view name) {
    const std::vector<Parameter>& rows = table();
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].name == name) return i;
    return std::nullopt;
}

std::optional<std::size_t> parameter_index(std::string_view section, std::string_view key) {
    const std::vector<Parameter>& rows = table();
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].section == section && (rows[i].key == key || rows[i].name == key)) return i;
    return std::nullopt;
}

Coordinates default_coordinates() {
    Coordinates coordinates;
    coordinates.reserve(table().size());
    for (const Parameter& parameter : table())
        coordinates.push_back(parameter.fallback);
    return coordinates;
}

} // namespace basin

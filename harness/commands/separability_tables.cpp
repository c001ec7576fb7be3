#include "harness/commands/separability_tables.hpp"

#include "results/export/table_export.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace basin {

namespace {

/// A line of CSV, field by field.
class Line {
public:
    void add(std::string_view text) {
        text_ += (is_begun_ ? "," : "") + csv_field(text);
        is_begun_ = true;
    }
    void add_count(std::uint64_t count) { add(std::to_string(count)); }
    void add_real(double number) {
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
        add(std::isnan(number) ? std::string_view() : std::string_view(buffer.data(), end));
    }
    std::string ended() const { return text_ + "\n"; }

private:
    std::string text_;
    bool is_begun_ = false;
};

/// The parameters that tell rows apart: those of scenes, and the similarity's delta.
std::vector<std::size_t> key_parameters(const Plan& plan) {
    std::vector<std::size_t> keys;
    for (const Dimension& dimension : plan.dimensions())
        if (parameters()[dimension.parameter].role <= Role::cue)
            keys.push_back(dimension.parameter);
    return keys;
}

bool delta_varies(const Plan& plan) {
    for (const Dimension& dimension : plan.dimensions())
        if (parameters()[dimension.parameter].name == "similarity_delta") return true;
    return false;
}

Line key_heading(const Plan& plan) {
    Line line;
    for (const std::size_t parameter : key_parameters(plan))
        line.add(parameters()[parameter].name);
    line.add("replicate");
    line.add("similarity");
    if (delta_varies(plan)) line.add("similarity_delta");
    return line;
}

Line key_of_row(const Plan& plan, const PlannedScene& scene, const Likeness& likeness) {
    Line line;
    for (const std::size_t parameter : key_parameters(plan))
        line.add(canonical_text(scene.coordinates[parameter]));
    line.add_count(scene.replicate);
    line.add(likeness.similarity.name());
    if (delta_varies(plan)) line.add_real(likeness.delta);
    return line;
}

void add_histogram(std::string& text, const Line& key, std::string_view kind,
                   const SimilarityHistogram& histogram, const std::vector<double>& edges) {
    const auto add = [&](double low, double high, std::uint64_t count) {
        Line line = key;
        line.add(kind);
        line.add_real(low);
        line.add_real(high);
        line.add_count(count);
        text += line.ended();
    };
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (histogram.minus_infinite > 0) add(-infinity, -infinity, histogram.minus_infinite);
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin)
        add(edges[bin], edges[bin + 1], histogram.counts[bin]);
    if (histogram.plus_infinite > 0) add(infinity, infinity, histogram.plus_infinite);
    if (histogram.undefined > 0) add(std::nan(""), std::nan(""), histogram.undefined);
}

/// The columns behind the keys, by name, and what is in them.
struct Column {
    std::string_view name;
    void (*add)(Line&, const Separability&, const HullCount&);
};

using S = Separability;
using H = HullCount;

constexpr std::array separability_columns{
    Column{"memories", [](Line& l, const S& s, const H&) { l.add_count(s.memories); }},
    Column{"memories_looked_at",
           [](Line& l, const S& s, const H&) { l.add_count(s.memories_looked_at); }},
    Column{"delta_min", [](Line& l, const S& s, const H&) { l.add_real(s.memory_gaps.least); }},
    Column{"deltas_not_positive",
           [](Line& l, const S& s, const H&) { l.add_count(s.memory_gaps.not_positive); }},
    Column{"deltas_undefined",
           [](Line& l, const S& s, const H&) { l.add_count(s.memory_gaps.undefined); }},
    Column{"extreme_share", [](Line& l, const S&, const H& h) { l.add_real(h.extreme_share()); }},
    Column{"extreme", [](Line& l, const S&, const H& h) { l.add_count(h.extreme); }},
    Column{"in_hull", [](Line& l, const S&, const H& h) { l.add_count(h.inside); }},
    Column{"hull_undecided", [](Line& l, const S&, const H& h) { l.add_count(h.undecided); }},
    Column{"cues", [](Line& l, const S& s, const H&) { l.add_count(s.cues); }},
    Column{"cues_looked_at", [](Line& l, const S& s, const H&) { l.add_count(s.cues_looked_at); }},
    Column{"cue_deltas", [](Line& l, const S& s, const H&) { l.add_count(s.cue_gaps.count); }},
    Column{"cue_delta_min", [](Line& l, const S& s, const H&) { l.add_real(s.cue_gaps.least); }},
    Column{"cue_deltas_not_positive",
           [](Line& l, const S& s, const H&) { l.add_count(s.cue_gaps.not_positive); }},
    Column{"cue_deltas_undefined",
           [](Line& l, const S& s, const H&) { l.add_count(s.cue_gaps.undefined); }},
};

} // namespace

std::string_view SurveyedScene::status(std::size_t likeness) const {
    if (!survey.failures[likeness].empty()) return "failed";
    return survey.separabilities[likeness] ? "done" : "timed_out";
}

std::string separability_csv(const Plan& plan, const std::vector<SurveyedScene>& scenes) {
    Line heading = key_heading(plan);
    heading.add("status");
    for (const Column& column : separability_columns)
        heading.add(column.name);
    std::string text = heading.ended();
    for (const SurveyedScene& scene : scenes)
        for (std::size_t i = 0; i < scene.planned.likenesses.size(); ++i) {
            Line line = key_of_row(plan, scene.planned, scene.planned.likenesses[i]);
            line.add(scene.status(i));
            for (const Column& column : separability_columns)
                if (const auto& found = scene.survey.separabilities[i])
                    column.add(line, *found, scene.survey.hull);
                else
                    line.add("");
            text += line.ended();
        }
    return text;
}

std::string histogram_csv(const Plan& plan, const std::vector<SurveyedScene>& scenes) {
    Line heading = key_heading(plan);
    for (const char* name : {"kind", "bin_low", "bin_high", "count"})
        heading.add(name);
    std::string text = heading.ended();
    for (const SurveyedScene& scene : scenes)
        for (std::size_t i = 0; i < scene.planned.likenesses.size(); ++i)
            if (const auto& found = scene.survey.separabilities[i]) {
                const Line key = key_of_row(plan, scene.planned, scene.planned.likenesses[i]);
                add_histogram(text, key, "self", found->self, found->edges);
                add_histogram(text, key, "cross", found->cross, found->edges);
            }
    return text;
}

} // namespace basin

#include "analysis/capacity/capacity.hpp"
#include "analysis/cells/labels.hpp"
#include "analysis/cells/phrases.hpp"
#include "analysis/cells/selectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace basin {
namespace {

/// Curves are named one by one up to so many; of more, the range of each kind is.
constexpr std::size_t most_named = 6;

std::string counted(std::size_t count, const char* what) {
    return fmt::format("{} {}{}", count_text(count), what, count == 1 ? "" : "s");
}

bool is_known(const CapacityOfCurve& curve) {
    return std::isfinite(curve.crossing.estimate);
}

bool has_interval(const CapacityOfCurve& curve) {
    return curve.crossing.state != CrossingState::no_interval &&
           std::isfinite(curve.crossing.upper);
}

void say_what_is_sought(const CapacityCurves& curves, Sentences& sentences) {
    const auto with = [&](auto&& holds) {
        return static_cast<std::size_t>(std::ranges::count_if(curves.curves, holds));
    };
    const std::size_t crossing = with(is_known);
    const std::size_t above = with([](const CapacityOfCurve& curve) {
        return !is_known(curve) && curve.crossing.lower > 0.0;
    });
    const std::size_t below = with([](const CapacityOfCurve& curve) {
        return !is_known(curve) && std::isfinite(curve.crossing.upper);
    });
    const std::size_t again = with([](const CapacityOfCurve& curve) {
        return curve.crossing.state == CrossingState::not_monotone;
    });
    const std::size_t none = with([](const CapacityOfCurve& curve) { return curve.no_meaning; });
    std::string text =
        fmt::format("K_c is the pattern count from which on {} no longer holds: {} of {} {} it",
                    curves.criterion.text(), count_text(crossing),
                    counted(curves.curves.size(), "curve"), crossing == 1 ? "crosses" : "cross");
    const auto add = [&](std::size_t count, const char* one, const char* many, const char* what) {
        if (count > 0)
            text += fmt::format("; {} {} {}", count_text(count), count == 1 ? one : many, what);
    };
    add(above, "is", "are", "above all pattern counts computed");
    add(below, "is", "are", "below them");
    add(again, "comes", "come", "back to it at a larger K");
    add(none, "has", "have", "no meaning");
    const std::size_t undone = with([](const CapacityOfCurve& curve) {
        return !curve.no_meaning && curve.crossing.observations == 0;
    });
    const std::size_t told = crossing + above + below + again + none + undone;
    add(undone, "has", "have", "no point done");
    add(curves.curves.size() - told, "has", "have",
        "too few scenes to tell whether and where it does");
    sentences.push_back(text + ".");
}

std::string estimate_text(const CapacityOfCurve& curve, double confidence) {
    const Crossing& found = curve.crossing;
    if (!has_interval(curve))
        return fmt::format("K_c is about {}, between {} and {}, without an interval: there are too "
                           "few scenes for one",
                           number_text(found.estimate), number_text(found.lower),
                           number_text(found.upper));
    return fmt::format("K_c = {} ({:.4g} % interval {} to {}; {})", number_text(found.estimate, 4),
                       100.0 * confidence, number_text(found.lower, 4), number_text(found.upper, 4),
                       counted(found.observations, "scene"));
}

std::string against_theory(const CapacityOfCurve& curve) {
    const TheoreticalCapacity* best = curve.theory ? curve.theory->best() : nullptr;
    if (best == nullptr) return "";
    const double ratio = curve.crossing.estimate / best->pattern_count;
    std::string text =
        fmt::format(", {} times the {} of theory{} ({}; {})", number_text(ratio),
                    number_text(best->pattern_count, 4),
                    curve.theory->from_memory ? "" : ", which starts from the memory itself",
                    best->long_name, best->source);
    if (const auto* asymptotic = curve.theory->find("theory_asymptotic");
        asymptotic != nullptr && asymptotic != best)
        text += fmt::format(" and {} times its value for large N",
                            number_text(curve.crossing.estimate / asymptotic->pattern_count));
    return text;
}

void name_each(const Cells& cells, const CapacityCurves& curves, Sentences& sentences) {
    for (const CapacityOfCurve& curve : curves.curves) {
        if (!is_known(curve)) continue;
        std::string where = described(cells, curves.axes, curve.values);
        sentences.push_back(fmt::format("{}{}{}{}.", where, where.empty() ? "" : ": ",
                                        estimate_text(curve, curves.rule.confidence),
                                        against_theory(curve)));
        std::string& text = sentences.back();
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    }
}

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = 0.0;
    std::size_t count = 0;
    void add(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
        ++count;
    }
    /// "16.26 to 484.5", or one number where both ends read the same.
    std::string text(int significant) const {
        const std::string first = number_text(low, significant);
        const std::string last = number_text(high, significant);
        return first == last ? first : first + " to " + last;
    }
};

/// Of the curves of one kind of network.
struct KindOfCurves {
    Range counts;    ///< K_c
    Range intervals; ///< ends of the intervals of K_c
    Range ratios;    ///< K_c by what theory expects
};

void name_kinds(const Cells& cells, const CapacityCurves& curves, Sentences& sentences) {
    const std::vector<std::size_t> axes =
        varying_among(cells, {"store", "formulation", "interaction", "interaction_vertex",
                              "similarity", "separation", "precision"});
    std::map<std::vector<std::uint32_t>, KindOfCurves> groups;
    bool elsewhere = false; // some cues are not what theory starts from
    for (const CapacityOfCurve& curve : curves.curves) {
        if (!is_known(curve)) continue;
        std::vector<std::uint32_t> key(axes.size());
        std::ranges::transform(axes, key.begin(),
                               [&](std::size_t axis) { return cells.coordinate[axis][curve.row]; });
        auto& [counts, intervals, ratios] = groups[key];
        counts.add(curve.crossing.estimate);
        if (has_interval(curve)) {
            intervals.add(curve.crossing.lower);
            intervals.add(curve.crossing.upper);
        }
        if (const TheoreticalCapacity* best = curve.theory ? curve.theory->best() : nullptr)
            ratios.add(curve.crossing.estimate / best->pattern_count);
        elsewhere = elsewhere || (curve.theory && !curve.theory->from_memory);
    }
    if (groups.size() > 3 * most_named) {
        sentences.push_back(fmt::format("{} kinds of networks have a K_c: the table lists them.",
                                        count_text(groups.size())));
        return;
    }
    for (const auto& [key, found] : groups) {
        const auto& [counts, intervals, ratios] = found;
        std::string text = described(cells, axes, key);
        text += fmt::format("{}K_c is {} over {}", text.empty() ? "" : ": ", counts.text(4),
                            counted(counts.count, "curve"));
        if (intervals.count > 0)
            text += fmt::format(" (their intervals: within {})", intervals.text(4));
        if (ratios.count > 0)
            text += fmt::format(", {} times what theory expects{}{}", ratios.text(3),
                                varying_among(cells, {"dimension"}).empty() ? "" : " at each N",
                                ratios.count == counts.count
                                    ? ""
                                    : fmt::format(" (over the {} it says something of)",
                                                  counted(ratios.count, "curve")));
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        sentences.push_back(text + ".");
    }
    if (elsewhere)
        sentences.push_back(
            "Theory starts from the memory itself, and the cues of this run do not: "
            "its numbers are where to look, not what has to come out.");
}

std::vector<std::size_t> all_but_dimension(const Cells& cells, const CapacityCurves& curves) {
    std::vector<std::size_t> axes = curves.axes;
    std::erase_if(axes, [&](std::size_t axis) { return cells.axes[axis].name == "dimension"; });
    return axes;
}

/// The values of a law's curves but the dimension.
std::vector<std::uint32_t> law_values(const Cells& cells, const CapacityCurves& curves,
                                      const CapacityLaw& law) {
    std::vector<std::uint32_t> values;
    for (const std::size_t axis : all_but_dimension(cells, curves))
        values.push_back(cells.coordinate[axis][curves.curves[law.curves[0]].row]);
    return values;
}

void say_which_laws_hold(const Cells& cells, const CapacityCurves& curves, Sentences& sentences) {
    std::vector<CapacityLaw> laws = curves.laws;
    std::erase_if(laws, [](const CapacityLaw& each) {
        return !std::isfinite(each.law.exponent_lower) || each.curves.empty();
    });
    if (laws.size() > 2 * most_named) {
        sentences.push_back(fmt::format("{} power laws over the dimension have an exponent with an "
                                        "interval: the table lists them.",
                                        count_text(laws.size())));
        return;
    }
    // As the curves are told of: by their values, not by how far the dimensions reach.
    std::ranges::stable_sort(
        laws, {}, [&](const CapacityLaw& each) { return law_values(cells, curves, each); });
    for (const CapacityLaw& each : laws) {
        const PowerLaw& law = each.law;
        const std::string where =
            described(cells, all_but_dimension(cells, curves), law_values(cells, curves, each));
        std::string text = fmt::format(
            "{}{}K_c grows as N^{} ({:.4g} % interval {} to {}; {} dimensions)", where,
            where.empty() ? "" : ": ", number_text(law.exponent, 4), 100.0 * curves.rule.confidence,
            number_text(law.exponent_lower, 4), number_text(law.exponent_upper, 4), law.used);
        const auto against = [&](const std::optional<double>& expected, const char* which) {
            if (!expected) return;
            const bool inside = *expected >= law.exponent_lower && *expected <= law.exponent_upper;
            text += fmt::format("; the {} of {} is {} it", number_text(*expected, 4), which,
                                inside ? "within" : "outside");
        };
        against(each.theory_exponent, "theory for large N");
        against(each.theory_exponent_here, "theory's own values at these N");
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        sentences.push_back(text + ".");
    }
}

void say_where_arithmetic_fails(const CapacityCurves& curves, Sentences& sentences) {
    std::size_t touched = 0;
    std::size_t known = 0;
    for (const CapacityOfCurve& curve : curves.curves) {
        if (!is_known(curve)) continue;
        ++known;
        touched += std::ranges::any_of(curve.points,
                                       [&](const LoadPoint& point) {
                                           return point.overflowed &&
                                                  static_cast<double>(point.pattern_count) <=
                                                      1.05 * curve.crossing.estimate;
                                       })
                       ? 1
                       : 0;
    }
    if (touched > 0)
        sentences.push_back(fmt::format(
            "In {} of {} with a K_c some number overflows at or below it: there the arithmetic may "
            "set the limit, not the memory; the stability report tells which.",
            count_text(touched), counted(known, "curve")));
}

void say_what_is_lacking(const Cells& cells, Sentences& sentences) {
    const auto points = [&](Status status) {
        return static_cast<std::size_t>(cells.points[static_cast<std::size_t>(status)]);
    };
    const std::size_t bad =
        points(Status::failed) + points(Status::timed_out) + points(Status::crashed);
    if (bad > 0)
        sentences.push_back(fmt::format("{} failed, timed out or crashed and {} left out.",
                                        counted(bad, "point"), bad == 1 ? "is" : "are"));
    if (const std::size_t missing = points(Status::not_run); missing > 0)
        sentences.push_back(fmt::format("{} of the sweep {} not been run: what is said rests on "
                                        "the others.",
                                        counted(missing, "point"), missing == 1 ? "has" : "have"));
    if (cells.replicates == 1)
        sentences.push_back("There is one replicate: nothing tells how far another draw of "
                            "memories would differ, so there are no intervals.");
}

} // namespace

std::vector<std::string> capacity_findings(const Cells& cells, const CapacityCurves& curves) {
    Sentences sentences;
    if (!curves.loads_vary) {
        sentences.push_back("The pattern count does not vary in this store, so there is no curve "
                            "over it and no critical pattern count to find.");
    } else if (cells.points[static_cast<std::size_t>(Status::done)] == 0) {
        sentences.push_back(
            "No point is done, so there is nothing to say of any critical pattern count.");
    } else if (!curves.curves.empty()) {
        say_what_is_sought(curves, sentences);
        const auto known = static_cast<std::size_t>(std::ranges::count_if(curves.curves, is_known));
        if (known <= most_named)
            name_each(cells, curves, sentences);
        else
            name_kinds(cells, curves, sentences);
        say_which_laws_hold(cells, curves, sentences);
        say_where_arithmetic_fails(curves, sentences);
    }
    say_what_is_lacking(cells, sentences);
    return sentences;
}

} // namespace basin

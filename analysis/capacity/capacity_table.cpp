#include "analysis/capacity/capacity.hpp"
#include "analysis/capacity/crossing_words.hpp"
#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace basin {
namespace {

/// Significant digits: intervals are told apart by the fourth.
constexpr int digits = 4;

/// An infinite end is none.
TableCell value_cell(double value) {
    return std::isinf(value) ? TableCell{"none", value} : number_cell(value, digits);
}

std::string state_text(const CapacityOfCurve& curve) {
    if (curve.no_meaning) return "not applicable";
    if (curve.last_done() == 0) return curve.failed > 0 ? "every point failed" : "not run";
    const Crossing& found = curve.crossing;
    if (found.state == CrossingState::undecided && found.lower > 0.0)
        return fmt::format("above {}, the largest computed", curve.last_done());
    return in_words(found);
}

/// A bound that the data give; none elsewhere.
double bound(double value) {
    return value > 0.0 && std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

struct TheoryColumn {
    std::string_view name;
    const char* title;
    const char* help;
};

constexpr std::array<TheoryColumn, 3> theory_columns{{
    {"theory", "theory, this N",
     "Gaussian picture of one unit with the moments that hold at this N (Krotov & Hopfield 2016, "
     "section 2), at the unit error that the criterion asks for; of softmax networks the fixed "
     "point "
     "over orthonormal memories"},
    {"theory_asymptotic", "theory, large N",
     "N^(n-1) / (2 (2n-3)!! ln N) (Krotov & Hopfield 2016, eq. 6), or the load of that unit error"},
    {"retrieval_limit", "0.138 N",
     "largest load of a quadratic network whose final states resemble the memory (Amit, Gutfreund "
     "& Sompolinsky 1985)"},
}};

double theory_of(const CapacityOfCurve& curve, std::string_view name) {
    const TheoreticalCapacity* value = curve.theory ? curve.theory->find(name) : nullptr;
    return value != nullptr ? value->pattern_count : std::numeric_limits<double>::quiet_NaN();
}

/// Theories that speak of some curve.
std::vector<TheoryColumn> columns_of_theory(const CapacityCurves& curves) {
    std::vector<TheoryColumn> some;
    for (const TheoryColumn& column : theory_columns)
        for (const CapacityOfCurve& curve : curves.curves)
            if (!std::isnan(theory_of(curve, column.name))) {
                some.push_back(column);
                break;
            }
    return some;
}

} // namespace

Table capacity_law_table(const Cells& cells, const CapacityCurves& curves) {
    Table table;
    std::vector<std::size_t> axes;
    for (const std::size_t axis : curves.axes)
        if (cells.axes[axis].name != "dimension") axes.push_back(axis);
    for (const std::size_t axis : axes)
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
    const std::string interval =
        fmt::format("end of the {:.4g} % interval of b", 100.0 * curves.rule.confidence);
    for (const auto& [title, help] :
         {std::pair{"exponent b", "of K_c = a N^b, fitted with the weights of the intervals"},
          {"b from", interval.c_str()},
          {"b to", interval.c_str()},
          {"b of theory", "to leading order in N: n - 1"},
          {"b of theory here",
           "of the theory that K_c is compared with, fitted through its own values at these N"},
          {"factor a", "of K_c = a N^b"},
          {"scatter", "chi^2 by degree of freedom: well above 1, no power law"},
          {"largest residual", "of K_c from the law, as a share"},
          {"N used", "dimensions whose K_c has an interval"},
          {"N left out", "dimensions without one"}})
        table.columns.push_back({title, help, true});
    for (const CapacityLaw& each : curves.laws) {
        const PowerLaw& law = each.law;
        std::vector<TableCell>& row = table.rows.emplace_back();
        const std::size_t first = curves.curves[each.curves[0]].row;
        for (const std::size_t axis : axes)
            row.push_back(parameter_cell(cells.axes[axis], cells.coordinate[axis][first]));
        double residual = std::numeric_limits<double>::quiet_NaN();
        for (const double one : law.residuals)
            if (!std::isnan(one)) residual = std::fmax(residual, std::abs(std::expm1(one)));
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        for (const double value :
             {law.exponent, law.exponent_lower, law.exponent_upper,
              each.theory_exponent.value_or(none), each.theory_exponent_here.value_or(none),
              law.factor, law.scatter, residual, static_cast<double>(law.used),
              static_cast<double>(law.left_out)})
            row.push_back(value_cell(value));
    }
    return table;
}

Table critical_count_table(const Cells& cells, const CapacityCurves& curves) {
    Table table;
    for (const std::size_t axis : curves.axes)
        table.columns.push_back({words(cells.axes[axis].name), "", cells.axes[axis].numeric});
    table.columns.push_back(
        {"K_c",
         "critical pattern count: where " + curves.criterion.text() + " ceases to hold as K grows",
         true});
    const std::string level = fmt::format("{:.4g} %", 100.0 * curves.rule.confidence);
    table.columns.push_back(
        {"lower", "end of the " + level + " interval, or the bound known", true});
    table.columns.push_back(
        {"upper", "end of the " + level + " interval, or the bound known", true});
    table.columns.push_back({"state", "whether K_c was found", false});
    table.columns.push_back(
        {"slope",
         "d logit / d ln K at K_c, of a logistic curve through all means within three logits of it",
         true});
    table.columns.push_back({"scenes", "draws of memories and cues with a value", true});
    table.columns.push_back({"failed", "pattern counts with a failed point", true});
    table.columns.push_back({"largest K", "largest pattern count with a value", true});
    const std::vector<TheoryColumn> theory = columns_of_theory(curves);
    for (const TheoryColumn& column : theory)
        table.columns.push_back({column.title, column.help, true});
    if (!theory.empty())
        table.columns.push_back(
            {"K_c by theory", "K_c by the theory that fits the criterion best", true});
    for (const CapacityOfCurve& curve : curves.curves) {
        std::vector<TableCell>& row = table.rows.emplace_back();
        for (std::size_t i = 0; i < curves.axes.size(); ++i)
            row.push_back(parameter_cell(cells.axes[curves.axes[i]], curve.values[i]));
        const Crossing& found = curve.crossing;
        row.push_back(value_cell(found.estimate));
        row.push_back(value_cell(bound(found.lower)));
        row.push_back(value_cell(bound(found.upper)));
        row.push_back({state_text(curve), static_cast<double>(found.state)});
        row.push_back(number_cell(found.slope));
        row.push_back(count_cell(found.observations));
        row.push_back(count_cell(curve.failed));
        row.push_back(count_cell(curve.last_done()));
        for (const TheoryColumn& column : theory)
            row.push_back(value_cell(theory_of(curve, column.name)));
        if (theory.empty()) continue;
        const TheoreticalCapacity* best = curve.theory ? curve.theory->best() : nullptr;
        row.push_back(number_cell(best != nullptr ? found.estimate / best->pattern_count
                                                  : std::numeric_limits<double>::quiet_NaN()));
    }
    return table;
}

} // namespace basin

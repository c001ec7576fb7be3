#include "analysis/cells/reported_metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

constexpr std::array metric_list{
    ReportedMetric{"recall_error", true},
    ReportedMetric{"exact_recall", true},
    ReportedMetric{"metastable_count", true},
    ReportedMetric{"spurious_count", true},
    ReportedMetric{"unique_states"},
    ReportedMetric{"iterations"},
    ReportedMetric{"numerical_failure", true},
    ReportedMetric{"capacity_failure", true},
    ReportedMetric{"overflow_fraction"},
    ReportedMetric{"num_nan"},
    ReportedMetric{"all_zero_fraction"},
    ReportedMetric{"beta_underflow_fraction"},
    ReportedMetric{"one_minus_ssim", true, true},
    ReportedMetric{"k90", true, true},
    ReportedMetric{"single_exact_count", false, true},
    ReportedMetric{"single_blended_count", false, true},
    ReportedMetric{"metastable_probe_count", false, true},
    ReportedMetric{"global_count", false, true},
    ReportedMetric{"not_converged_count", false, true},
};

// Okabe & Ito 2008, as the lines; grey is no recall at all.
constexpr std::array regime_list{
    Regime{"single_exact_count", "a memory", "#0072b2"},
    Regime{"single_blended_count", "near one memory", "#56b4e9"},
    Regime{"metastable_probe_count", "a blend of several", "#e69f00"},
    Regime{"global_count", "a blend of most", "#d55e00"},
    Regime{"not_converged_count", "no fixed point", "#9aa5b1"},
};

bool is_continuous(const Measure& measure) {
    const auto metric = std::ranges::find(metric_list, measure.name, &ReportedMetric::name);
    return metric != metric_list.end() && metric->continuous;
}

} // namespace

std::span<const ReportedMetric> reported_metrics() {
    return metric_list;
}

std::span<const Regime> regimes() {
    return regime_list;
}

bool is_defined(const Measure& measure) {
    return std::ranges::any_of(measure.mean, [](double value) { return std::isfinite(value); });
}

void leave_out_undefined(std::vector<Measure>& measures) {
    const bool some = std::ranges::any_of(measures, [](const Measure& measure) {
        return is_continuous(measure) && is_defined(measure);
    });
    std::erase_if(measures, [&](const Measure& measure) {
        return !is_defined(measure) && (some || is_continuous(measure));
    });
}

} // namespace basin

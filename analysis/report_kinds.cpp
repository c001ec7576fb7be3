#include "analysis/report_kinds.hpp"

#include "analysis/capacity/capacity.hpp"
#include "analysis/stability/stability.hpp"
#include "analysis/sweep/report.hpp"

#include <array>

namespace basin {

namespace {

template <const auto& Names>
std::vector<std::string_view> always(const Criterion&) {
    return {Names.begin(), Names.end()};
}

} // namespace

std::span<const ReportKind> report_kinds() {
    static constexpr std::array kinds{
        ReportKind{"sweep", "how well recall works, over all parameters that vary", "report.html",
                   always<sweep_metrics>, false, true, sweep_content},
        ReportKind{"capacity", "how many patterns each network holds, and what theory expects",
                   "capacity.html", capacity_report_metrics, false, false, capacity_content},
        ReportKind{"stability", "which model recalls better, where, and where arithmetic fails",
                   "stability.html", stability_report_metrics, true, false, stability_content},
    };
    return kinds;
}

} // namespace basin

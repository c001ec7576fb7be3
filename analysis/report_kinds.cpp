#include "analysis/report_kinds.hpp"

#include "analysis/report.hpp"
#include "analysis/stability.hpp"

#include <array>

namespace basin {

std::span<const ReportKind> report_kinds() {
    static constexpr std::array kinds{
        ReportKind{"sweep", "how well recall works, over all parameters that vary", "report.html",
                   sweep_metrics, true, sweep_content},
        ReportKind{"stability", "where recall fails by arithmetic, and whether theory said so",
                   "stability.html", stability_metrics, false, stability_content},
    };
    return kinds;
}

} // namespace basin

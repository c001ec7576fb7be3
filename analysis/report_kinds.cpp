#include "analysis/report_kinds.hpp"

#include "analysis/findings.hpp"
#include "analysis/report.hpp"
#include "analysis/stability.hpp"

#include <array>

namespace basin {

std::span<const ReportKind> report_kinds() {
    static constexpr std::array kinds{
        ReportKind{"sweep", "how well recall works, over all parameters that vary", "report.html",
                   sweep_metrics, true, sweep_report, findings},
        ReportKind{"stability", "where recall fails by arithmetic, and whether theory said so",
                   "stability.html", stability_metrics, false,
                   [](const Cells& cells, const std::vector<std::string>& sessions, const Gallery&,
                      const SceneSeparability&) { return stability_report(cells, sessions); },
                   stability_findings},
    };
    return kinds;
}

} // namespace basin

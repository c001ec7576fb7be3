#include "analysis/cells/missing_points.hpp"

#include "analysis/cells/labels.hpp"

#include <fmt/format.h>

namespace basin {

void say_what_is_missing(const Cells& cells, Sentences& sentences) {
    const auto points = [&](Status status) {
        return static_cast<std::size_t>(cells.points[static_cast<std::size_t>(status)]);
    };
    const std::size_t bad =
        points(Status::failed) + points(Status::timed_out) + points(Status::crashed);
    const std::size_t missing = points(Status::not_run);
    const std::size_t planned = bad + missing + points(Status::done);
    if (planned > 0 && points(Status::done) == 0)
        sentences.push_back("No point is done: there is nothing to draw or to compare.");
    if (bad > 0)
        sentences.push_back(fmt::format(
            "{} of {} points failed, timed out or crashed{}.", count_text(bad), count_text(planned),
            points(Status::done) > 0 ? "; their cells are crossed out in the maps" : ""));
    if (missing > 0)
        sentences.push_back(fmt::format("{} of {} points have not been run: what follows rests on "
                                        "the others.",
                                        count_text(missing), count_text(planned)));
}

} // namespace basin

#include "harness/run/failures.hpp"

#include "harness/process/usage_error.hpp"
#include "sweeps/parameters/diagnostics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <vector>

namespace basin {

namespace {

std::vector<std::string_view> known_names() {
    std::vector<std::string_view> names;
    names.reserve(failure_classes.size() + 2);
    for (const Status status : failure_classes)
        names.push_back(name_of(status));
    names.emplace_back("all");
    names.emplace_back("lacking");
    return names;
}

} // namespace

bool Retry::has(const RecordPlace& place) const {
    return failures.has(place.status) || (lacking && place.lacking);
}

Retry parse_retry(const std::string& list) {
    Retry retry;
    std::istringstream words(list);
    for (std::string word; std::getline(words, word, ',');) {
        const auto names = known_names();
        if (std::ranges::find(names, word) == names.end()) {
            const std::string near = nearest_name(word, names);
            throw UsageError(
                fmt::format("'{}' is nothing to be computed again{}; known: {}", word,
                            near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near),
                            fmt::join(names, ", ")));
        }
        for (const Status status : failure_classes)
            if (word == "all" || word == name_of(status)) retry.failures.add(status);
        if (word == "lacking") retry.lacking = true;
    }
    return retry;
}

std::uint64_t StatusCounts::failures() const {
    std::uint64_t sum = 0;
    for (const Status status : failure_classes)
        sum += (*this)[status];
    return sum;
}

StatusCounts& StatusCounts::operator+=(const StatusCounts& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        counts_[i] += other.counts_[i];
    return *this;
}

std::string failures_text(const StatusCounts& counts) {
    std::vector<std::string> parts;
    for (const Status status : failure_classes)
        if (counts[status] > 0)
            parts.push_back(fmt::format("{} {}", counts[status], name_of(status)));
    if (parts.empty()) return "0";
    return fmt::format("{} ({})", counts.failures(), fmt::join(parts, ", "));
}

} // namespace basin

#pragma once
// Results of a program with another list of metrics.

#include "results/journal/record.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// How the values of a journal become those of metrics(): by name. A metric that the journal does
/// not have is taken from others of the record where that gives the same bits (a sum of counts),
/// and is lacking otherwise: NaN. What this program does not have any more is left out.
class MetricMap {
public:
    MetricMap(); ///< of a journal with this program's metrics
    explicit MetricMap(std::span<const std::string> names);

    bool has(std::size_t metric) const { return !addends_[metric].empty(); }
    const std::vector<std::size_t>& lacking() const { return lacking_; } ///< ascending

    /// Value of metric `metric` of metrics(); NaN if it lacks, or if the record has no values.
    /// Throws StoreError(damaged) if the record has another number of values than the journal has
    /// metrics.
    double value(const RecordView& record, std::size_t metric) const;

    /// Replaces the values of the journal by one per entry of metrics(); none stay none. Throws as
    /// value() does.
    void apply(std::vector<double>& values) const;

private:
    void check_count(std::size_t values) const;

    /// [metric of metrics()] places among the journal's whose values add up to it.
    std::vector<std::vector<std::uint32_t>> addends_;
    std::vector<std::size_t> lacking_;
    std::size_t names_; ///< how many metrics the journal has
    bool is_same_;      ///< the journal's list is this program's
};

} // namespace basin

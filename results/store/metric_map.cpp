#include "results/store/metric_map.hpp"

#include "models/metrics/metrics.hpp"
#include "results/journal/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

namespace basin {

namespace {

/// Metrics that are sums of others by construction (models/metrics/metrics.cpp): whole numbers
/// below 2^53, so the sum is exact. Shares are not among them, as theirs are rounded.
struct Sum {
    std::string_view name;
    std::array<std::string_view, 3> addends;
};
constexpr std::array sums{
    Sum{"mixture_count", {"mixture_3_count", "mixture_5_count", "mixture_7_count"}}};

using Names = std::span<const std::string>;
using Places = std::vector<std::uint32_t>;

Places places_of(std::string_view name, Names names) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return {};
    return {static_cast<std::uint32_t>(found - names.begin())};
}

/// Places of the metrics whose sum this one is; none if it is no sum, or if one of them lacks.
Places addends_of(std::string_view name, Names names) {
    const auto sum = std::ranges::find(sums, name, &Sum::name);
    if (sum == sums.end()) return {};
    Places places;
    for (const std::string_view addend : sum->addends)
        for (const std::uint32_t place : places_of(addend, names))
            places.push_back(place);
    return places.size() == sum->addends.size() ? places : Places{};
}

std::vector<std::string> own_names() {
    std::vector<std::string> names;
    for (const Metric& metric : metrics())
        names.emplace_back(metric.name);
    return names;
}

} // namespace

MetricMap::MetricMap() : MetricMap(own_names()) {}

MetricMap::MetricMap(std::span<const std::string> names)
    : names_(names.size()), is_same_(std::ranges::equal(names, metrics(), {}, {}, &Metric::name)) {
    for (const Metric& metric : metrics()) {
        Places places = places_of(metric.name, names);
        if (places.empty()) places = addends_of(metric.name, names);
        if (places.empty()) lacking_.push_back(addends_.size());
        addends_.push_back(std::move(places));
    }
}

void MetricMap::check_count(std::size_t values) const {
    if (values != names_)
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("a journal record has {} values where its journal has {} "
                                     "metrics; give the command again",
                                     values, names_));
}

double MetricMap::value(const RecordView& record, std::size_t metric) const {
    const Places& places = addends_[metric];
    if (places.empty() || record.values.empty()) return std::numeric_limits<double>::quiet_NaN();
    check_count(record.value_count());
    double sum = record.value(places.front()); // alone it keeps its bits, also those of -0
    for (std::size_t i = 1; i < places.size(); ++i)
        sum += record.value(places[i]);
    return sum;
}

void MetricMap::apply(std::vector<double>& values) const {
    if (values.empty()) return;
    check_count(values.size());
    if (is_same_) return;
    RecordView record;
    record.values = {reinterpret_cast<const std::uint8_t*>(values.data()),
                     values.size() * sizeof(double)};
    std::vector<double> mapped(addends_.size());
    for (std::size_t metric = 0; metric < mapped.size(); ++metric)
        mapped[metric] = value(record, metric);
    values = std::move(mapped);
}

} // namespace basin

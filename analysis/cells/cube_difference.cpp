#include "analysis/cells/cube_difference.hpp"

#include "analysis/cells/cube_combinations.hpp"
#include "models/scene/outcome.hpp"
#include "results/files/undefined.hpp"
#include "results/journal/journal.hpp"
#include "results/store/value_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>

namespace basin {

namespace {

using Values = xt::xarray<double>;

Values read_points(const Hypercube& cube, const std::string& variable) {
    const bool known = std::ranges::find(cube.variables(), variable, &CubeVariable::name) !=
                       cube.variables().end();
    Values values = known ? cube.read(variable) : Values{};
    if (!known || values.size() != combinations_of(cube) * replicates_of(cube))
        throw StoreError(StoreError::Kind::damaged,
                         fmt::format("a result file has no variable {} over all its points; give "
                                     "the run command of its store again",
                                     variable));
    return values;
}

/// A combination that both files have.
struct Pair {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};

std::vector<Pair> common_cells(const Hypercube& a, const Hypercube& b) {
    FileTable files_a = files_of(a);
    FileTable files_b = files_of(b);
    // Results of older programs do not say what their files held: names are all that both have.
    if (files_a.empty() || files_b.empty()) files_a = files_b = {};
    const std::vector<Key> keys_b = keys_of(b, files_b);
    std::vector<std::pair<Key, std::uint64_t>> sorted;
    for (std::uint64_t cell = 0; cell < keys_b.size(); ++cell)
        sorted.emplace_back(keys_b[cell], cell);
    std::ranges::sort(sorted);
    const std::vector<Key> keys_a = keys_of(a, files_a);
    std::vector<Pair> pairs;
    for (std::uint64_t cell = 0; cell < keys_a.size(); ++cell) {
        const auto found = std::ranges::lower_bound(sorted, keys_a[cell], {},
                                                    &std::pair<Key, std::uint64_t>::first);
        if (found != sorted.end() && found->first == keys_a[cell])
            pairs.push_back({cell, found->second});
    }
    return pairs;
}

bool is_done(double status) {
    return status == static_cast<double>(Status::done);
}

bool was_run(double status) {
    return is_done(status) || is_failure(static_cast<Status>(status));
}

class Comparer {
public:
    Comparer(const Hypercube& a, const Hypercube& b)
        : a_(a), b_(b), replicates_a_(replicates_of(a)), replicates_b_(replicates_of(b)),
          common_(std::min(replicates_a_, replicates_b_)), pairs_(common_cells(a, b)),
          status_a_(read_points(a, "status")), status_b_(read_points(b, "status")),
          differs_(pairs_.size() * common_) {}

    void find_points(CubeDifference& difference) {
        std::vector<bool> in_b(status_a_.size());
        std::vector<bool> in_a(status_b_.size());
        for (const Pair& pair : pairs_)
            for (std::uint64_t r = 0; r < common_; ++r) {
                const bool both = was_run(status_a_.data()[point_a(pair, r)]) &&
                                  was_run(status_b_.data()[point_b(pair, r)]);
                in_b[point_a(pair, r)] = both;
                in_a[point_b(pair, r)] = both;
            }
        for (std::uint64_t point = 0; point < in_b.size(); ++point)
            if (was_run(status_a_.data()[point]) && !in_b[point])
                difference.only_a.push_back(point);
        for (std::uint64_t point = 0; point < in_a.size(); ++point)
            if (was_run(status_b_.data()[point]) && !in_a[point])
                difference.only_b.push_back(point);
    }

    /// Marks the common points at which a variable differs.
    void mark(const Values& a, const Values& b) {
        for_common([&](std::size_t p, std::uint64_t r) {
            if (!same_number(a.data()[point_a(pairs_[p], r)], b.data()[point_b(pairs_[p], r)]))
                differs_[p * common_ + r] = true;
        });
    }

    void mark(const std::string& variable) {
        mark(read_points(a_, variable), read_points(b_, variable));
    }

    void count_points(CubeDifference& difference) const {
        for_common([&](std::size_t p, std::uint64_t r) {
            if (differs_[p * common_ + r])
                difference.different.push_back(point_a(pairs_[p], r));
            else
                ++difference.equal;
        });
    }

    MetricDifference metric(const std::string& name, const Values& a, const Values& b,
                            bool paired) const {
        const auto test = paired ? paired_test : welch_test;
        MetricDifference result{name, 0, {}, {}};
        std::vector<CellDifference> cells;
        std::vector<double> p_values;
        Means means_a(common_);
        Means means_b(common_);
        for (const Pair& pair : pairs_) {
            CellDifference cell{pair.a, 0, 0.0, 0.0, {}, undefined};
            std::vector<double> first;
            std::vector<double> second;
            for (std::uint64_t r = 0; r < common_; ++r) {
                const std::uint64_t at_a = point_a(pair, r);
                const std::uint64_t at_b = point_b(pair, r);
                if (!is_done(status_a_.data()[at_a]) || !is_done(status_b_.data()[at_b])) continue;
                first.push_back(a.data()[at_a]);
                second.push_back(b.data()[at_b]);
                if (!same_number(first.back(), second.back())) ++cell.points;
                if (std::isnan(first.back()) || std::isnan(second.back())) continue;
                means_a.add(r, first.back());
                means_b.add(r, second.back());
            }
            if (first.empty()) continue;
            cell.test = test(first, second);
            cell.mean_a = mean_interval(first).mean;
            cell.mean_b = mean_interval(second).mean;
            result.points += cell.points;
            cells.push_back(cell);
            p_values.push_back(cell.test.p_value);
        }
        result.overall = test(means_a.values(), means_b.values());
        const std::vector<double> adjusted = benjamini_hochberg(p_values);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i].adjusted_p = adjusted[i];
            if (cells[i].points > 0) result.cells.push_back(cells[i]);
        }
        std::ranges::stable_sort(result.cells, {}, rank);
        return result;
    }

private:
    /// Mean over cells, one per replicate.
    class Means {
    public:
        explicit Means(std::uint64_t replicates) : sums_(replicates), counts_(replicates) {}
        void add(std::uint64_t replicate, double value) {
            sums_[replicate] += value;
            ++counts_[replicate];
        }
        std::vector<double> values() const {
            std::vector<double> means;
            for (std::size_t r = 0; r < sums_.size(); ++r)
                means.push_back(sums_[r] / static_cast<double>(counts_[r])); // none: NaN
            return means;
        }

    private:
        std::vector<double> sums_;
        std::vector<std::uint64_t> counts_;
    };

    /// Order of cells: what is certain first, then what is large.
    static std::tuple<double, double, double> rank(const CellDifference& cell) {
        const auto descending = [](double size) {
            return std::isnan(size) ? std::numeric_limits<double>::infinity() : -std::abs(size);
        };
        return {std::isnan(cell.adjusted_p) ? 2.0 : cell.adjusted_p,
                descending(cell.test.effect_size), descending(cell.test.difference.mean)};
    }

    std::uint64_t point_a(const Pair& pair, std::uint64_t replicate) const {
        return pair.a * replicates_a_ + replicate;
    }
    std::uint64_t point_b(const Pair& pair, std::uint64_t replicate) const {
        return pair.b * replicates_b_ + replicate;
    }

    /// Points that both have run: number of the pair, replicate.
    template <class Use>
    void for_common(Use&& use) const {
        for (std::size_t p = 0; p < pairs_.size(); ++p)
            for (std::uint64_t r = 0; r < common_; ++r)
                if (was_run(status_a_.data()[point_a(pairs_[p], r)]) &&
                    was_run(status_b_.data()[point_b(pairs_[p], r)]))
                    use(p, r);
    }

    const Hypercube& a_;
    const Hypercube& b_;
    std::uint64_t replicates_a_;
    std::uint64_t replicates_b_;
    std::uint64_t common_; ///< replicates
    std::vector<Pair> pairs_;
    Values status_a_;
    Values status_b_;
    std::vector<bool> differs_; ///< [pair * common replicates]
};

/// Parameters that neither file varies and that are not the same in both: name, A's, B's.
std::map<std::string, std::pair<std::string, std::string>> changed_constants(const Hypercube& a,
                                                                             const Hypercube& b) {
    const auto constants_a = constants_of(a);
    const auto constants_b = constants_of(b);
    std::map<std::string, std::pair<std::string, std::string>> changed;
    for (const Parameter& parameter : parameters()) {
        const std::string name(parameter.name);
        const auto label_in = [&](const std::map<std::string, std::string>& constants) {
            const auto found = constants.find(name);
            return found == constants.end() ? canonical_text(parameter.fallback) : found->second;
        };
        const std::string of_a = label_in(constants_a);
        const std::string of_b = label_in(constants_b);
        if (!a.axis(name) && !b.axis(name) && of_a != of_b) changed[name] = {of_a, of_b};
    }
    return changed;
}

void compare_facts(const Hypercube& a, const Hypercube& b, CubeDifference& difference) {
    for (const std::string name : {"sweep_name", "seed", "kernel_version", "basin_version",
                                   "revision", "compiler", "compiler_flags", "libraries"}) {
        const std::string of_a = provenance_of(a, name);
        const std::string of_b = provenance_of(b, name);
        if (of_a != of_b) difference.facts.push_back({name, of_a, of_b});
    }
    for (const auto& [name, label] : changed_constants(a, b))
        difference.facts.push_back({name, label.first, label.second});
    difference.paired = provenance_of(a, "seed") == provenance_of(b, "seed");
}

} // namespace

std::vector<std::string> metrics_of(const Hypercube& cube) {
    std::vector<std::string> names;
    for (const CubeVariable& variable : cube.variables())
        if (variable.dimensions.size() == cube.axes().size() && variable.name != "status" &&
            variable.name != "overflow_flags")
            names.push_back(variable.name);
    return names;
}

CubeDifference cube_difference(const Hypercube& a, const Hypercube& b,
                               const std::vector<std::string>& metrics) {
    CubeDifference difference;
    compare_facts(a, b, difference);
    const std::vector<std::string> of_a = metrics_of(a);
    const std::vector<std::string> of_b = metrics_of(b);
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::ranges::find(names, name) != names.end();
    };
    for (const std::string& name : of_b)
        if (!has(of_a, name)) difference.metrics_only_b.push_back(name);

    Comparer comparer(a, b);
    comparer.find_points(difference);
    comparer.mark("status");
    comparer.mark("overflow_flags");
    for (const std::string& name : of_a) {
        if (!has(of_b, name)) {
            difference.metrics_only_a.push_back(name);
            continue;
        }
        const Values values_a = read_points(a, name);
        const Values values_b = read_points(b, name);
        comparer.mark(values_a, values_b);
        if (has(metrics, name))
            difference.metrics.push_back(
                comparer.metric(name, values_a, values_b, difference.paired));
    }
    comparer.count_points(difference);
    return difference;
}

} // namespace basin

#include "analysis/stability/duels.hpp"

#include "results/files/undefined.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

struct RowPair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

/// Rows of done cells that differ on one axis alone, by pair of its values.
class Meetings {
public:
    Meetings(const Cells& cells, std::size_t axis)
        : values_(cells.axes[axis].size()), pairs_(values_ * values_) {
        struct Member {
            std::uint64_t rest = 0; ///< place without the axis
            std::uint32_t value = 0;
            std::uint32_t row = 0;
        };
        std::vector<Member> members;
        const std::uint64_t stride = cells.stride(axis);
        for (std::size_t row = 0; row < cells.rows(); ++row)
            if (cells.state[row] == CellState::done) {
                const std::uint32_t value = cells.coordinate[axis][row];
                members.push_back(
                    {cells.place(row) - value * stride, value, static_cast<std::uint32_t>(row)});
            }
        std::ranges::sort(members, [](const Member& first, const Member& second) {
            return first.rest != second.rest ? first.rest < second.rest
                                             : first.value < second.value;
        });
        for (auto begin = members.begin(); begin != members.end();) {
            const auto end = std::find_if(begin, members.end(), [&](const Member& member) {
                return member.rest != begin->rest;
            });
            for (auto a = begin; a != end; ++a)
                for (auto b = a + 1; b != end; ++b)
                    pairs_[a->value * values_ + b->value].push_back({a->row, b->row});
            begin = end;
        }
    }

    const std::vector<RowPair>& between(std::size_t a, std::size_t b) const {
        return pairs_[a * values_ + b];
    }

private:
    std::size_t values_;
    std::vector<std::vector<RowPair>> pairs_; ///< [a, b], a < b
};

std::span<const double> replicates_of(const Cells& cells, const Measure& measure, std::size_t row) {
    return std::span(measure.each).subspan(row * cells.replicates, cells.replicates);
}

DifferenceTest tested(const Duel& duel, std::span<const double> a, std::span<const double> b) {
    return duel.paired ? paired_test(a, b) : welch_test(a, b);
}

/// Mean over cells of a replicate.
struct ReplicateMeans {
    std::vector<double> a;
    std::vector<double> b;
    std::vector<double> count;

    explicit ReplicateMeans(std::size_t replicates)
        : a(replicates), b(replicates), count(replicates) {}

    void add(std::span<const double> first, std::span<const double> second) {
        for (std::size_t r = 0; r < first.size(); ++r) {
            if (std::isnan(first[r]) || std::isnan(second[r])) continue;
            a[r] += first[r];
            b[r] += second[r];
            count[r] += 1.0;
        }
    }
    void divide() {
        for (std::size_t r = 0; r < count.size(); ++r) {
            a[r] = count[r] > 0.0 ? a[r] / count[r] : undefined;
            b[r] = count[r] > 0.0 ? b[r] / count[r] : undefined;
        }
    }
};

DuelVerdict verdict_on(const Duel& duel, const DuelCell& cell) {
    if (!(cell.adjusted_p <= discovery_rate)) return DuelVerdict::tie; // NaN is a tie
    return (cell.difference < 0.0) == (duel.better == Better::lower) ? DuelVerdict::win
                                                                     : DuelVerdict::loss;
}

void judge_cells(Duel& duel) {
    std::vector<double> p_values;
    p_values.reserve(duel.cells.size());
    for (const DuelCell& cell : duel.cells)
        p_values.push_back(cell.p_value);
    const std::vector<double> adjusted = benjamini_hochberg(p_values);
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
        DuelCell& cell = duel.cells[i];
        cell.adjusted_p = adjusted[i];
        cell.verdict = verdict_on(duel, cell);
        duel.wins += cell.verdict == DuelVerdict::win ? 1 : 0;
        duel.ties += cell.verdict == DuelVerdict::tie ? 1 : 0;
        duel.losses += cell.verdict == DuelVerdict::loss ? 1 : 0;
        duel.without_spread += cell.verdict != DuelVerdict::tie && cell.p_value == 0.0 ? 1 : 0;
    }
}

void fight(const Cells& cells, const Measure& measure, const std::vector<RowPair>& pairs,
           Duel& duel) {
    ReplicateMeans means(cells.replicates);
    duel.cells.reserve(pairs.size());
    for (const RowPair& pair : pairs) {
        const auto a = replicates_of(cells, measure, pair.a);
        const auto b = replicates_of(cells, measure, pair.b);
        const DifferenceTest test = tested(duel, a, b);
        if (std::isnan(test.difference.mean)) continue;
        duel.cells.push_back({pair.a, pair.b, test.difference.mean, test.p_value});
        means.add(a, b);
    }
    means.divide();
    duel.overall = tested(duel, means.a, means.b);
    judge_cells(duel);
}

void adjust_overall(std::vector<Duel>& all, std::string_view metric) {
    std::vector<double> p_values;
    p_values.reserve(all.size());
    for (const Duel& duel : all)
        p_values.push_back(duel.metric == metric ? duel.overall.p_value : undefined);
    const std::vector<double> adjusted = benjamini_hochberg(p_values);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].metric == metric) all[i].adjusted_p = adjusted[i];
}

} // namespace

std::vector<Duel> duels(const Cells& cells, bool stores_share_seeds,
                        std::span<const std::string_view> names) {
    std::vector<Metric> judged;
    for (const std::string_view name : names) {
        const Metric& metric = metrics()[metric_index(name)];
        const Measure* measure = cells.measure(name);
        const bool known = measure != nullptr && !measure->each.empty();
        if (known && metric.better != Better::neither) judged.push_back(metric);
    }
    std::vector<Duel> all;
    for (const std::string_view name : duel_axes) {
        const std::optional<std::size_t> axis = cells.axis(name);
        if (!axis || cells.axes[*axis].size() < 2) continue;
        const Meetings meetings(cells, *axis);
        for (std::size_t a = 0; a < cells.axes[*axis].size(); ++a)
            for (std::size_t b = a + 1; b < cells.axes[*axis].size(); ++b)
                for (const Metric& metric : judged) {
                    Duel duel;
                    duel.axis = *axis;
                    duel.a = a;
                    duel.b = b;
                    duel.metric = metric.name;
                    duel.better = metric.better;
                    duel.paired = name != store_axis || stores_share_seeds;
                    fight(cells, *cells.measure(metric.name), meetings.between(a, b), duel);
                    if (!duel.cells.empty()) all.push_back(std::move(duel));
                }
    }
    for (const Metric& metric : judged)
        adjust_overall(all, metric.name);
    return all;
}

DifferenceTest cell_test(const Cells& cells, const Duel& duel, const DuelCell& cell) {
    const Measure& measure = *cells.measure(duel.metric);
    return tested(duel, replicates_of(cells, measure, cell.row_a),
                  replicates_of(cells, measure, cell.row_b));
}

std::vector<std::size_t> duelled_axes(const std::vector<Duel>& duels) {
    std::vector<std::size_t> axes;
    for (const Duel& duel : duels)
        if (std::ranges::find(axes, duel.axis) == axes.end()) axes.push_back(duel.axis);
    return axes;
}

} // namespace basin

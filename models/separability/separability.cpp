#include "models/separability/separability.hpp"

#include "models/continuous/real_network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace basin {

namespace {

void add_gap(Gaps& gaps, double gap) {
    ++gaps.count;
    if (std::isnan(gap)) {
        ++gaps.undefined;
        return;
    }
    if (gap <= 0.0) ++gaps.not_positive;
    if (!(gap >= gaps.least)) gaps.least = gap;
}

/// Similarities of some vectors and all memories, a block of vectors at a time.
class Looks {
public:
    Looks(const Scorer<double>& scorer, const RealMatrix& vectors,
          std::span<const std::uint32_t> which, const Patience& patience)
        : scorer_(scorer), vectors_(vectors), which_(which), patience_(patience) {}

    /// Calls see(first, count, scores): scores[memory][q] are those of vector which[first + q].
    template <class See>
    void each_block(const See& see) const {
        constexpr std::size_t step = RealTile<double>::query_step;
        const std::size_t most = queries_abreast(scorer_.memory_count());
        Block<double> states(0, 0);
        Block<double> scores(0, 0);
        for (std::size_t first = 0; first < which_.size(); first += most) {
            if (patience_ && !patience_()) throw OutOfPatience();
            const std::size_t count = std::min(most, which_.size() - first);
            states.resize(scorer_.dimension(), (count + step - 1) / step * step);
            for (std::size_t q = 0; q < states.queries; ++q) {
                vectors_.see(which_[first + std::min(q, count - 1)], [&](auto vector) {
                    for (std::size_t i = 0; i < states.rows; ++i)
                        states.row(i)[q] = double{vector[i]};
                });
            }
            scorer_.store(states);
            scores.resize(scorer_.memory_count(), states.queries);
            scorer_.score(states, scores);
            see(first, count, std::as_const(scores));
        }
    }

private:
    const Scorer<double>& scorer_;
    const RealMatrix& vectors_;
    std::span<const std::uint32_t> which_;
    const Patience& patience_;
};

/// Adds the gap of each vector of a block that has an own memory; own: [q], -1 without one.
void add_gaps(Gaps& gaps, const Block<double>& scores, std::span<const std::int32_t> own) {
    if (scores.rows < 2) return;
    std::vector<double> best(own.size(), -std::numeric_limits<double>::infinity());
    for (std::size_t mu = 0; mu < scores.rows; ++mu)
        for (std::size_t q = 0; q < own.size(); ++q)
            if (const double s = scores.row(mu)[q]; static_cast<std::int64_t>(mu) != own[q])
                best[q] = s > best[q] || std::isnan(s) ? s : best[q]; // NaN stays: none is above it
    for (std::size_t q = 0; q < own.size(); ++q)
        if (own[q] >= 0) add_gap(gaps, scores.row(static_cast<std::size_t>(own[q]))[q] - best[q]);
}

/// Equal parts of the range of the finite ones among both.
std::vector<double> edges_of(const std::vector<double>& self, const std::vector<double>& cross) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto* values : {&self, &cross})
        for (const double value : *values)
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    if (low > high) low = high = 0.5; // there are none
    if (low == high) {                // a range around the only value
        const double half = std::max(std::abs(low), 1.0) / 2.0;
        low -= half;
        high += half;
    }
    std::vector<double> edges;
    for (std::size_t e = 0; e < histogram_bins; ++e)
        edges.push_back(low + (high - low) *
                                  (static_cast<double>(e) / static_cast<double>(histogram_bins)));
    edges.push_back(high);
    return edges;
}

SimilarityHistogram histogram_of(const std::vector<double>& values,
                                 const std::vector<double>& edges) {
    SimilarityHistogram histogram;
    histogram.counts.resize(histogram_bins);
    for (const double value : values) {
        if (std::isnan(value))
            ++histogram.undefined;
        else if (std::isinf(value))
            ++(value > 0.0 ? histogram.plus_infinite : histogram.minus_infinite);
        else
            ++histogram.counts[std::min<std::size_t>(
                static_cast<std::size_t>(std::ranges::upper_bound(edges, value) - edges.begin()) -
                    1,
                histogram_bins - 1)];
    }
    return histogram;
}

} // namespace

std::uint64_t SimilarityHistogram::total() const {
    return std::accumulate(counts.begin(), counts.end(), not_finite());
}

std::vector<std::uint32_t> looked_at(std::size_t count) {
    const std::size_t some = std::min(count, most_looked_at);
    std::vector<std::uint32_t> which;
    for (std::size_t i = 0; i < some; ++i)
        which.push_back(static_cast<std::uint32_t>(i * count / some));
    return which;
}

Gaps memory_gaps(const RealMatrix& memories, const Likeness& likeness, const Patience& patience) {
    const Scorer<double> scorer(memories, likeness);
    const std::vector<std::uint32_t> which = looked_at(memories.rows);
    Gaps gaps;
    Looks(scorer, memories, which, patience)
        .each_block([&](std::size_t first, std::size_t count, const Block<double>& scores) {
            const auto here = std::span(which).subspan(first, count);
            const std::vector<std::int32_t> own(here.begin(), here.end());
            add_gaps(gaps, scores, own);
        });
    return gaps;
}

Separability separability(const RealScene& scene, const Likeness& likeness,
                          const Patience& patience, const Gaps* known) {
    const RealMatrix& memories = scene.memories();
    const std::vector<std::uint32_t> memory_indices = looked_at(memories.rows);
    const std::vector<std::uint32_t> cue_indices = looked_at(scene.cues.rows);
    Separability found;
    found.memories = static_cast<std::uint32_t>(memories.rows);
    found.memories_looked_at = static_cast<std::uint32_t>(memory_indices.size());
    found.cues = static_cast<std::uint32_t>(scene.cues.rows);
    found.cues_looked_at = static_cast<std::uint32_t>(cue_indices.size());
    found.memory_gaps = known ? *known : memory_gaps(memories, likeness, patience);

    const Scorer<double> scorer(memories, likeness);
    std::vector<double> self;
    std::vector<double> cross;
    Looks(scorer, scene.cues, cue_indices, patience)
        .each_block([&](std::size_t first, std::size_t count, const Block<double>& scores) {
            std::vector<std::int32_t> own;
            for (const std::uint32_t cue : std::span(cue_indices).subspan(first, count))
                own.push_back(scene.targets[cue]);
            add_gaps(found.cue_gaps, scores, own);
            for (std::size_t q = 0; q < count; ++q)
                if (own[q] >= 0) self.push_back(scores.row(static_cast<std::size_t>(own[q]))[q]);
            for (const std::uint32_t mu : memory_indices)
                for (std::size_t q = 0; q < count; ++q)
                    if (static_cast<std::int64_t>(mu) != own[q]) cross.push_back(scores.row(mu)[q]);
        });
    found.edges = edges_of(self, cross);
    found.self = histogram_of(self, found.edges);
    found.cross = histogram_of(cross, found.edges);
    return found;
}

} // namespace basin

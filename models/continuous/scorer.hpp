#pragma once
// All memories against a block of states.

#include "models/continuous/real_loops.hpp"
#include "models/continuous/real_matrix.hpp"
#include "models/continuous/real_similarities.hpp"
#include "models/precisions.hpp"

#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// What scores depend on beside memories and states.
struct Likeness {
    Choice<RealSimilarities> similarity;
    double delta = 1.0; ///< > 0, of the inverse ones
    Choice<Precisions> precision;
    auto operator<=>(const Likeness&) const = default;
};

/// Vectors side by side: value(v, q) = values[v * queries + q].
template <class T>
struct Block {
    Block(std::size_t row_count, std::size_t query_count)
        : rows(row_count), queries(query_count), values(row_count * query_count) {}

    /// What it holds then is of no meaning.
    void resize(std::size_t row_count, std::size_t query_count) {
        rows = row_count;
        queries = query_count;
        values.resize(row_count * query_count);
    }

    T* row(std::size_t r) { return values.data() + r * queries; }
    const T* row(std::size_t r) const { return values.data() + r * queries; }

    std::size_t rows;
    std::size_t queries; ///< a multiple of RealTile::query_step
    std::vector<T> values;
};

/// T, float or double, is what is computed in: float also for memories and states that are stored
/// in half precision.
template <class T>
class Scorer {
public:
    /// memories: [K, N]; must outlive the object. Throws InputError if the similarity is one of
    /// distributions and a memory is negative somewhere or zero everywhere.
    Scorer(const RealMatrix& memories, const Likeness& likeness);

    /// x in the format that states are stored in.
    T stored(T x) const;

    /// [K][Q] similarities of all memories and `states`, [N][Q].
    void score(const Block<T>& states, Block<T>& scores) const;

    /// [N][Q] sum over memories of weight times memory, stored(); weights: [K][Q].
    void project(const Block<T>& weights, Block<T>& states) const;

    std::size_t memory_count() const { return memories_->rows; }
    std::size_t dimension() const { return memories_->columns; }

private:
    /// Memories first ... last - 1 as they are stored, or as shares; in `room` if they have to be
    /// made.
    const T* rows(std::size_t first, std::size_t last, bool shares, std::vector<T>& room) const;
    void measure(RealMeasure measure, const T* memories, std::size_t first, std::size_t last,
                 const Block<T>& states, Block<T>& scores, Block<T>* reverse) const;

    const RealMatrix* memories_;
    Likeness likeness_;
    std::optional<Format> storage_; ///< if it is not that of T
    RealMatrix rounded_;            ///< the memories in that format
    std::vector<T> lengths_;        ///< [memory] |z|
    std::vector<double> sums_;      ///< [memory] of its units, if shares are needed
    T all_{};
    const RealLoops<T>* loops_ = &real_loops_of<T>(simd_path());
};

extern template class Scorer<float>;
extern template class Scorer<double>;

} // namespace basin

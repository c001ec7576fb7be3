#pragma once
// All memories against a block of states.

#include "models/arithmetic/precisions.hpp"
#include "models/continuous/block.hpp"
#include "models/continuous/loops/real_loops.hpp"
#include "models/continuous/squared_distances.hpp"
#include "models/data/real_matrix.hpp"
#include "models/functions/real_similarities.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
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

/// Over the memories, [query]; NaN is passed over.
template <class T>
struct Extremes {
    std::vector<T> smallest;
    std::vector<T> largest;
    std::vector<std::uint32_t> leader; ///< the first memory of the largest similarity
};

/// T, float or double, is what is computed in: float also for memories and states that are stored
/// in half precision.
template <class T>
class Scorer {
public:
    /// memories: [K, N]; must outlive the object. Throws InputError if the similarity is one of
    /// distributions and a memory is negative somewhere or zero everywhere.
    Scorer(const RealMatrix& memories, const Likeness& likeness);

    /// Rounds states to the format that they are stored in; a single number once, to that format.
    void store(Block<T>& states) const;
    T stored(double x) const;

    /// [K][Q] similarities of all memories and `states`, [N][Q].
    Extremes<T> score(const Block<T>& states, Block<T>& scores) const;

    /// Adds the sum of weight times memory over memories first ... last - 1 to `states`, [N][Q],
    /// one memory after the other; weights: [memory - first][Q].
    void project(std::size_t first, std::size_t last, const T* weights, Block<T>& states) const;

    /// Memories that are best projected at once.
    static constexpr std::size_t tile_memories = 256;

    std::size_t memory_count() const { return memories_->rows; }
    std::size_t dimension() const { return memories_->columns; }

private:
    struct StateSizes;
    static StateSizes sizes_of(const Block<T>& states, bool are_needed);

    void scale_memories();
    void measure_lengths();
    void sum_up();
    int scale_of_memory(std::size_t mu) const { return scales_.empty() ? 0 : scales_[mu]; }

    enum class RowForm : std::uint8_t {
        as_stored,
        compared, ///< scaled, and as shares if the similarity takes those
    };

    /// Memories first ... last - 1; in `room` if they have to be made.
    const T* rows(std::size_t first, std::size_t last, RowForm form, std::vector<T>& room) const;
    void measure(RealMeasure measure, const T* memories, std::size_t first, std::size_t last,
                 const Block<T>& states, Block<T>& scores, Block<T>* reverse) const;

    /// Makes similarities of the measures of memories first to last, in `scores`, and the other
    /// ones of divergences.
    template <class Similarity>
    void compare(Similarity similarity, std::size_t first, std::size_t last,
                 const StateSizes& sizes, const Block<T>& reverse, Block<T>& scores) const;

    const RealMatrix* memories_;
    Likeness likeness_;
    std::optional<Format> storage_; ///< if it is not that of T
    RealMatrix rounded_;            ///< the memories in that format
    /// [memory] the power of two that it is divided by before it is compared; none if all are 0.
    /// Lengths and sums are those of scaled memories.
    std::vector<int> scales_;
    std::vector<T> lengths_;   ///< [memory] |z|, or 0 where lengths are not needed
    std::vector<double> sums_; ///< [memory] of its units, if shares are needed
    T all_{};                  ///< root of the sum of all |z|^2, over 2^all_scale_
    int all_scale_ = 0;
    std::optional<SquaredDistances<T>> distances_; ///< if they are what is measured
    const RealLoops<T>* loops_ = &real_loops_of<T>(simd_path());
};

extern template class Scorer<float>;
extern template class Scorer<double>;

} // namespace basin

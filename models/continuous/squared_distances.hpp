#pragma once
// Squared Euclidean distances at the price of products.

#include "models/continuous/block.hpp"
#include "models/continuous/loops/real_loops.hpp"
#include "models/data/real_matrix.hpp"

#include <cstddef>
#include <vector>

namespace basin {

/// |z - x|^2 = |z'|^2 + |x'|^2 - 2 z' . x' with z' = z - c and x' = x - c, where c is about the
/// middle of the memories. Where less than an eighth of the two squares remains, the difference may
/// have lost digits; there the distance is the sum of (z - x)^2 itself. So each is as exact, up to
/// a factor of about eight, as if it were summed itself, and the same whatever else is looked at.
template <class T>
class SquaredDistances {
public:
    /// The middle is the mean of no more than 64 memories, spread evenly, rounded to a power of two
    /// that is small beside their deviations: units that are whole numbers, or signs, have exact
    /// distances, and those that are equal stay so.
    explicit SquaredDistances(const RealMatrix& memories);

    /// States as they are needed again and again.
    struct States {
        const Block<T>* as_given; ///< [N][Q]
        Block<T> centred;
        std::vector<T> squares; ///< [query] |x'|^2
    };
    States prepare(const Block<T>& states) const;

    /// distances: [row][Q] those of some memories, row by row of N units.
    void measure(const T* memories, std::size_t rows, const States& states, T* distances) const;

private:
    void measure_near(const T* memories, std::size_t rows, const States& states, std::size_t query,
                      const std::vector<std::uint16_t>& near, T* distances) const;

    std::vector<T> middle_; ///< c: [N]
};

extern template class SquaredDistances<float>;
extern template class SquaredDistances<double>;

} // namespace basin

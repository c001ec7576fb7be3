#pragma once
// The point of a convex hull that is nearest to the origin, from points given one after the other.

#include "models/data/real_matrix.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace basin {

/// Wolfe's corral (Math. Programming 11, 1976): affinely independent points whose least convex
/// combination lies inside of their hull. The points are rows of a matrix as seen from one of them,
/// the origin: y_j = x_j - x_origin.
class Corral {
public:
    /// `points` must outlive the object.
    Corral(const RealMatrix& points, std::size_t origin)
        : points_(&points), origin_(origin), nearest_(points.columns) {}

    /// Takes y_j in and moves nearest() to the least combination there is now; some points may
    /// leave. Returns false if that brings it no nearer to the origin, or if y_j is as good as a
    /// combination of those that are in: then the corral stays as it was and can take in no more.
    bool take_in(std::size_t j);

    bool is_empty() const { return members_.empty(); }
    std::span<const double> nearest() const { return nearest_; } ///< sum of weight times y
    double squared_length() const { return square_; }            ///< of nearest()

    struct Member {
        std::size_t point;
        double weight; ///< > 0; they add up to 1
    };
    std::span<const Member> members() const { return members_; }

private:
    using Rows = std::vector<std::vector<double>>; ///< lower triangles

    bool admit(std::size_t j);
    bool factor_from(std::size_t first);
    std::vector<double> solved(std::vector<double> right) const;
    std::vector<double> affine_weights() const;
    std::vector<double> combined(std::span<const double> weights) const;
    std::vector<bool> moved_towards(std::span<const double> wanted);
    bool remove(const std::vector<bool>& leaves);

    const RealMatrix* points_;
    std::size_t origin_;
    std::vector<Member> members_;
    Rows products_;     ///< of members
    Rows factor_;       ///< Cholesky's, of products_ + lift_
    double lift_ = 0.0; ///< makes the matrix regular where the origin is a combination
    std::vector<double> nearest_;
    double square_ = 0.0;
};

} // namespace basin

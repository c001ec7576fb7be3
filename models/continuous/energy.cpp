#include "models/continuous/energy.hpp"

#include "models/draws/normal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace basin {

Energy::Energy(const RealScene& scene, const Setting& setting)
    : is_defined_(false), beta_(setting.beta), quadratic_(0.0), constant_(0.0),
      sharing_(natural_logarithm(static_cast<double>(scene.memories().rows)) / setting.beta) {
    const bool by_softmax =
        setting.formulation.is<Softmax>() || setting.separation.is<SoftmaxSeparation>();
    const bool by_dot = setting.real_similarity.is<RealDot>();
    is_defined_ =
        by_softmax && (by_dot || setting.real_similarity.is<RealNegativeSquaredEuclidean>());
    if (by_dot) {
        quadratic_ = 0.5;
        constant_ = sharing_ + scene.longest * scene.longest / 2;
    }
    // A sum of N rounded terms is off by about the root of N units in the last place; a state that
    // is stored in half precision is off by one of those.
    const double last_place = std::ldexp(1.0, 1 - format_of(setting.precision).significand_bits);
    relative_slack_ = last_place * (16 + std::sqrt(static_cast<double>(scene.memories().columns)));
}

double Energy::of(double log_partition, double square) const {
    if (!is_defined_) return std::numeric_limits<double>::quiet_NaN();
    return -log_partition / beta_ + quadratic_ * square + constant_;
}

double Energy::slack(double log_partition, double square) const {
    // ln Z is a sum of two parts, which may be of opposite signs and then are ln K at most; a state
    // at a memory is off by its last place, and the squared distance by the square of that.
    const double parts = std::abs(log_partition) / beta_ + sharing_;
    return relative_slack_ * (parts + quadratic_ * square + constant_) +
           relative_slack_ * relative_slack_ * square;
}

} // namespace basin

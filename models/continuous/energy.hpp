#pragma once

#include "models/scene/real_scene.hpp"
#include "models/scene/setting.hpp"

namespace basin {

/// The energy that updates by softmax lower, where there is one:
///   dot  E = -ln(Z) / beta + |x|^2 / 2 + ln(K) / beta + M^2 / 2, M the largest |z|, Z the sum of
///        exp(beta s)  (Ramsauer et al. 2020, eq. 2)
///   negative_squared_euclidean  E = -ln(Z) / beta: an update is a step of expectation maximisation
///        for equal Gaussians of variance 1 / (2 beta) at the memories (Carreira-Perpinan 2007)
class Energy {
public:
    Energy(const RealScene& scene, const Setting& setting);

    /// NaN where no energy is known. square: |x|^2.
    double of(double log_partition, double square) const;

    /// What rounding may add to a difference of two energies.
    double slack(double log_partition, double square) const;

private:
    bool is_defined_;
    double beta_;
    double quadratic_; ///< factor of |x|^2
    double constant_;
    double sharing_; ///< ln(K) / beta: what ln Z may be above beta times the largest similarity
    double relative_slack_;
};

} // namespace basin

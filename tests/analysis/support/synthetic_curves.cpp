#include "support/synthetic_curves.hpp"

#include "models/draws/normal.hpp"

#include <boost/math/distributions/normal.hpp>

#include <cmath>
#include <map>

namespace basin {
namespace {

double falling(Shape shape, double z) {
    switch (shape) {
    case Shape::logistic:
        return 1.0 / (1.0 + std::exp(z));
    case Shape::probit:
        return 0.5 * std::erfc(z / std::sqrt(2.0));
    case Shape::gompertz:
        return std::exp(-std::exp(z));
    case Shape::erfc:
        return 1.0 - std::erfc(std::exp(-0.5 * z));
    }
    return 0.0;
}

} // namespace

double SyntheticCurve::mean(double pattern_count) const {
    return falling(shape, slope * std::log(pattern_count / centre));
}

double SyntheticCurve::root(double threshold) const {
    double low = -60.0;
    double high = 60.0;
    for (int i = 0; i < 100; ++i) {
        const double middle = 0.5 * (low + high);
        (falling(shape, middle) > threshold ? low : high) = middle;
    }
    return centre * std::exp(low / slope);
}

double SyntheticCurve::value(std::uint64_t pattern_count, std::uint32_t replicate_number) const {
    const double p = mean(static_cast<double>(pattern_count));
    if (p <= 1e-300) return 0.0;
    if (p >= 1.0) return 1.0;
    const double bound = boost::math::quantile(boost::math::normal(), p);
    const Key key = key_of(seed);
    Stream common_stream(key, StreamRole::patterns, replicate_number);
    Stream own_stream(key, StreamRole::cues, replicate_number, pattern_count);
    NormalStream common(common_stream);
    NormalStream own(own_stream);
    const double shared = std::sqrt(replicate) * common.next() + std::sqrt(scene) * own.next();
    const double rest = std::sqrt(1.0 - replicate - scene);
    std::uint32_t recalled = 0;
    for (std::uint32_t probe = 0; probe < probes; ++probe)
        if (shared + rest * own.next() < bound) ++recalled;
    return static_cast<double>(recalled) / probes;
}

SearchRun searched(const SyntheticCurve& curve, const CrossingRule& rule,
                   std::vector<Observation> known) {
    SearchRun run{.crossing = {}, .observations = std::move(known)};
    std::map<std::uint64_t, std::uint32_t> have;
    for (const Observation& seen : run.observations)
        ++have[seen.pattern_count];
    while (run.rounds < 1000) {
        const SearchStep step = next_step(run.observations, rule);
        run.crossing = step.crossing;
        if (step.finished()) break;
        ++run.rounds;
        for (const SceneRequest& request : step.requests)
            for (auto& r = have[request.pattern_count]; r < request.replicates; ++r) {
                const double y = curve.value(request.pattern_count, r);
                const bool rising = rule.direction == Direction::rising;
                run.observations.push_back({request.pattern_count, r, rising ? 1.0 - y : y});
                run.cost += static_cast<double>(request.pattern_count);
            }
    }
    return run;
}

} // namespace basin

#include "models/continuous/simplex.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace basin {

namespace {

/// Memories with s below this have no weight in either: those above it decide.
constexpr double sparsemax_reach = -1.0;
constexpr double entmax15_reach = -2.0;

std::vector<double> sorted_above(std::vector<double> scores, double reach) {
    std::erase_if(scores, [reach](double s) { return s < reach; });
    std::ranges::sort(scores, std::greater{});
    return scores;
}

} // namespace

double sparsemax_threshold(std::vector<double> scores) {
    double sum = 0.0;
    double tau = 0.0;
    double count = 0.0;
    for (const double s : sorted_above(std::move(scores), sparsemax_reach)) {
        ++count;
        sum += s;
        const double next = (sum - 1) / count;
        if (s <= next) break;
        tau = next;
    }
    return tau;
}

double sparsemax_weight(double score, double tau) {
    return std::max(score - tau, 0.0);
}

double entmax15_threshold(std::vector<double> scores) {
    double sum = 0.0;
    double squares = 0.0;
    double tau = 0.0;
    double count = 0.0;
    for (const double s : sorted_above(std::move(scores), entmax15_reach)) {
        const double half = s / 2;
        ++count;
        sum += half;
        squares += half * half;
        const double mean = sum / count;
        const double spread = squares - sum * mean; // sum of (half - mean)^2
        const double next = mean - std::sqrt(std::max((1 - spread) / count, 0.0));
        if (half < next) break;
        tau = next;
    }
    return tau;
}

double entmax15_weight(double score, double tau) {
    const double above = std::max(score / 2 - tau, 0.0);
    return above * above;
}

} // namespace basin

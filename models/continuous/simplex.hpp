#pragma once
// Sparse weights: points of the simplex. Scores are finite; the largest is 0.

#include <vector>

namespace basin {

/// tau with sum max(s - tau, 0) = 1 (Martins & Astudillo 2016, algorithm 1).
double sparsemax_threshold(std::vector<double> scores);
double sparsemax_weight(double score, double tau);

/// tau with sum max(s / 2 - tau, 0)^2 = 1 (Peters, Niculae & Martins 2019, algorithm 1).
double entmax15_threshold(std::vector<double> scores);
double entmax15_weight(double score, double tau);

} // namespace basin

#pragma once
// Standard normal numbers that are the same bits on every machine: of the arithmetic only +, -, *,
// / and the square root are used, which IEEE 754 rounds correctly.

#include "models/base/random.hpp"

namespace basin {

/// Natural logarithm of a finite x > 0, within 2 units in the last place.
double natural_logarithm(double x);

/// Standard normal numbers drawn from a stream by Marsaglia's polar method (Marsaglia & Bray 1964).
class NormalStream {
public:
    explicit NormalStream(Stream& stream) : stream_(&stream) {}
    double next();

private:
    Stream* stream_;
    double spare_ = 0.0;
    bool has_spare_ = false;
};

} // namespace basin

#pragma once
// A binary floating-point number of any chosen length: MPFR's, released by itself.

#include "models/arithmetic/scaled_number.hpp"

#include <mpfr.h>

namespace basin {

class BigFloat {
public:
    explicit BigFloat(mpfr_prec_t bits) { mpfr_init2(number_, bits); }
    BigFloat(const BigFloat&) = delete;
    BigFloat& operator=(const BigFloat&) = delete;
    ~BigFloat() { mpfr_clear(number_); }

    mpfr_ptr get() { return number_; }
    mpfr_srcptr get() const { return number_; }
    mpfr_prec_t bits() const { return mpfr_get_prec(number_); }

private:
    mpfr_t number_;
};

/// The number rounded to a double's digits.
inline ScaledNumber scaled(const BigFloat& x) {
    if (mpfr_zero_p(x.get())) return {};
    long exponent = 0;
    const double fraction = mpfr_get_d_2exp(&exponent, x.get(), MPFR_RNDN);
    return {fraction, exponent};
}

} // namespace basin

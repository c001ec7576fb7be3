#pragma once
// exp on vectors of any width, by the same operations of IEEE 754 on each: exp(x) = 2^n p(r) with
// x = n ln 2 + r, |r| <= ln 2 / 2. `V` is a vector and its operations (real_loops_*.cpp).

#include <cstddef>

namespace basin {

namespace {

/// The numbers of exp for float and double. Polynomials 1 + r + r^2 (...) of least relative error
/// with coefficients of the type (Sollya 8, fpminimax on |r| <= 0.3468).
template <class T>
struct ExponentialConstants;

template <>
struct ExponentialConstants<float> {
    static constexpr float lowest = -104.5F; ///< exp is 0 from here on
    static constexpr float highest = 89.0F;  ///< exp is infinite from here on
    static constexpr float per_ln2 = 0x1.715476p0F;
    static constexpr float ln2_high = 0x1.62e4p-1F; ///< 15 bits: n ln2_high is exact
    static constexpr float ln2_low = 0x1.7f7d1cp-20F;
    static constexpr float round = 0x1.8p23F; ///< added, it leaves no place for a fraction
    static constexpr std::size_t coefficients = 5;
    static constexpr float polynomial[coefficients]{0x1.6a624cp-10F, 0x1.123abcp-7F, 0x1.55589ep-5F,
                                                    0x1.55549p-3F,
                                                    0x1.fffffcp-2F}; ///< error 0.05 * 2^-24
};

template <>
struct ExponentialConstants<double> {
    static constexpr double lowest = -746.0;
    static constexpr double highest = 710.0;
    static constexpr double per_ln2 = 0x1.71547652b82fep0;
    static constexpr double ln2_high = 0x1.62e42fefa38p-1; ///< 42 bits
    static constexpr double ln2_low = 0x1.ef35793c7673p-45;
    static constexpr double round = 0x1.8p52;
    static constexpr std::size_t coefficients = 10;
    static constexpr double polynomial[coefficients]{
        0x1.ad904c20a5b2fp-26, 0x1.28ae252d6f41dp-22, 0x1.71df1af29698ep-19, 0x1.a01999392aab7p-16,
        0x1.a01a012edf54ap-13, 0x1.6c16c18482215p-10, 0x1.1111111126ecbp-7,  0x1.555555555069cp-5,
        0x1.55555555554fdp-3,  0x1.000000000000ap-1};
    ///< error 0.04 * 2^-53
};

template <class V>
typename V::Vector exponential(typename V::Vector x) {
    using Vector = typename V::Vector;
    using Of = ExponentialConstants<typename V::Element>;
    // Both return their second argument if one is NaN.
    x = V::least(V::all(Of::highest), V::greatest(V::all(Of::lowest), x));
    const Vector rounded = V::fma(x, V::all(Of::per_ln2), V::all(Of::round));
    const Vector n = V::subtract(rounded, V::all(Of::round));
    Vector r = V::fma(n, V::all(-Of::ln2_high), x); // exact
    r = V::fma(n, V::all(-Of::ln2_low), r);
    Vector sum = V::all(Of::polynomial[0]);
    for (std::size_t i = 1; i < Of::coefficients; ++i)
        sum = V::fma(sum, r, V::all(Of::polynomial[i]));
    // 1 + r + r^2 sum; what 1 + r loses is kept, so that exp never falls where x grows.
    const Vector one = V::all(1);
    const Vector first = V::add(one, r);
    const Vector lost = V::subtract(r, V::subtract(first, one)); // exact
    const Vector rest = V::fma(V::multiply(r, r), sum, lost);
    return V::scaled(V::add(first, rest), n, rounded);
}

template <class V>
void exponentials_on(typename V::Element* x, std::size_t count) {
    std::size_t j = 0;
    for (; j + V::lanes <= count; j += V::lanes)
        V::store(x + j, exponential<V>(V::load(x + j)));
    if (j == count) return;
    typename V::Element rest[V::lanes]{};
    for (std::size_t i = 0; i < count - j; ++i)
        rest[i] = x[j + i];
    V::store(rest, exponential<V>(V::load(rest)));
    for (std::size_t i = 0; i < count - j; ++i)
        x[j + i] = rest[i];
}

} // namespace

} // namespace basin

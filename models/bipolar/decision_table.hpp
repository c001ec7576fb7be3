#pragma once
// One unit decision as a table over match counts, and what the number format does to it.
//
// Semantics of direct evaluation (all bipolar formulations). Unit i, state sigma, memory zeta; the
// overlap h = zeta . sigma is exact; fl() rounds once to the format
// (models/arithmetic/precisions.hpp).
//
//   contrastive   h_on = h + zeta_i (1 - sigma_i),  h_off = h - zeta_i (1 + sigma_i)
//                 term = fl( F(x_on) - F(x_off) )
//   gradient      h_out = h - zeta_i sigma_i;  term = zeta_i F'(x_out)   (positive factors dropped)
//   classical     term = zeta_i fl(h_out), whatever rule, interaction and vertex say
//   x = s(h) for original; x = fl( gain s(h) ), gain = fl( fl(beta) / fl(scale) ) for normalized;
//   s(h) is the similarity's value() in the format. F, F' are the interaction's, in the format; of
//   a NaN argument (infinite gain times 0) they are NaN.
//
//   sum  = the exact sum of the terms, rounded once: it depends on no order, thread or SIMD width.
//          NaN if a term is NaN or infinities of both signs occur; else infinite if a term is.
//          summation = difference_of_sums (contrastive): sum = fl( S_on - S_off ), where S_on and
//          S_off are the exact sums of the F(x_on) and of the F(x_off), each rounded once.
//   d    = fl( b sum ) for original, b = fl(beta); paired: b = fl( (beta/scale)^n ), the power in
//          float64 by repeated squaring;  d = sum for normalized and classical.
//   NaN is tested first: the unit keeps its state and the decision counts as `nan`. Else d > 0 sets
//   +1, d < 0 sets -1, d = 0 is a tie.
//
// Summation has no effect under the gradient rule and in the classical network.
//
// Flags of a decision (models/scene/outcome.hpp). The addends are the terms; of difference_of_sums
// they are the values F(x_on) and F(x_off), in two sums.
//   pow_overflow       some addend is not finite
//   nan_inf_minus_inf  the sum is NaN
//   benign_overflow    the sum is infinite and some addend is
//   sum_overflow       a sum (S_on and S_off included) is infinite though all that is added or
//                      subtracted in it is finite, or b times a finite sum is infinite
//   pow_underflow      some F (or F') was rounded to 0 though its exact value is not 0
//   all_zero           every addend is 0
//   beta_underflow     b (or gain) is 0, or b times a finite sum that is not 0 is 0
//   beta_subnormal     b (or gain) is not 0 but below the format's smallest normal number
//   arg_absorb         contrastive: some memory has x_on = x_off  (h_on and h_off always differ)
//   acc_stall          the format cannot count as far as some similarity of the decision needs: a
//                      running sum of ones stops at 2^p. What is counted: |h_on|, |h_off| or
//                      |h_out| for dot and cosine, the units that differ, floor((N - h) / 2), for
//                      distances
//   absorb             all addends are finite, and one is not 0 but smaller in magnitude than 2^-p
//                      times the largest addend of its sum: invisible beside it
//   absorb_flip        without the addends that `absorb` means, the exact sum (exact S_on - S_off)
//                      of the others has another sign (+, - or 0) than that of all. Here sums are
//                      exact, so this is a warning: a running sum in the format may err
// The classical network has neither b nor gain. p is the format's count of significand bits.
//
// Precision `exact`: the same formulas over the real numbers, parameters as given, nothing rounded;
// scale of inverse_squared_euclidean is 1/delta itself. No flag is raised but all_zero: every term
// is 0, whatever summation says. Every decision of a rounding precision is also compared with the
// exact decision in the same state (DecisionCounts, models/bipolar/trajectory.hpp).
//
// "Exact value" of F is that at the exact product of beta / scale and s(h), with the parameters as
// given: a gain, an x or a leak that rounds to 0 is an underflow, a similarity that rounds to 0 is
// none (an inverse distance of huge delta); e^x is never exactly 0. An infinite x_on equals
// an infinite x_off of its sign (arg_absorb). NaN decisions also come from b: infinite times a sum
// of 0, or 0 times an infinite sum; the sum is no NaN then, and the flags say what it was.

#include "models/arithmetic/precisions.hpp"
#include "models/scene/outcome.hpp"
#include "models/scene/setting.hpp"

#include <cstdint>
#include <vector>

namespace basin {

/// What a memory says for unit i keeping its state, sigma_i * term, by the number m of units in
/// which memory and state agree (h = 2 m - N): step[m] if unit i is one of them, else
/// -step[m + 1]; of the same two numbers x_on and x_off, so rounding is symmetric. Steps 1 ... N
/// occur; 0 and N + 1 are 0 and stand for no memory.
struct DecisionTable {
    std::vector<double> steps;     ///< [N + 2]
    std::vector<Flags> step_flags; ///< [N + 2] flags that using the step raises
    std::vector<double> values;    ///< [N + 1] F at m = k, of difference_of_sums; else empty
    Format format{};
    double outside = 1.0; ///< b; 1 where there is none
    Flags beta_flags = 0; ///< beta_underflow, beta_subnormal: raised by every decision
    /// Any sum of addends of at most this total magnitude is exact in double: the addends are
    /// multiples of one power of two.
    double exact_magnitude = 0.0;
    double largest_count = 0.0; ///< 2^p: a number is absorbed if 2^p times it is still smaller
    /// Terms of less than this total magnitude have a finite sum, and b times it is finite.
    double ceiling = 0.0;
    /// A sum beyond this in magnitude is not 0 after b; infinite if b is 0.
    double floor = 0.0;
};

/// Builds the table of an applicable setting, whose precision is not `exact`. dimension >= 1.
DecisionTable make_decision_table(const Setting& setting, std::uint32_t dimension);

} // namespace basin

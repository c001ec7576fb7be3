#pragma once
// What a setting did on a scene. Every odd number has a status or a flag that says why.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// State of a cell of the result cube. Values are part of the file format: never renumber.
enum class Status : std::uint8_t {
    not_run = 0,
    done = 1,
    not_applicable = 2,
    failed = 3,
    timed_out = 4,
    crashed = 5,
    not_planned = 6,
    not_needed = 7, ///< earlier replicates were enough (sequential replicates); never in a record
};

inline constexpr std::array<std::string_view, 8> status_names{
    "not_run",   "done",    "not_applicable", "failed",
    "timed_out", "crashed", "not_planned",    "not_needed"};

constexpr std::string_view name_of(Status status) {
    return status_names[static_cast<std::size_t>(status)];
}

/// Whether a point has a result: a function of the point, so that two of them may not differ.
constexpr bool is_result(Status status) {
    return status == Status::done || status == Status::not_applicable;
}

/// Whether a point was tried and came to no result.
constexpr bool is_failure(Status status) {
    return status == Status::failed || status == Status::timed_out || status == Status::crashed;
}

/// What arithmetic did to the decisions of a cell (OR over them): those of units, or, in continuous
/// networks, the updates of a whole state. Masks are part of the file
/// format: never renumber.
using Flags = std::uint16_t;

struct Flag {
    Flags mask;
    std::string_view name;
    std::string_view fraction; ///< the metric that counts the decisions it touches
    std::string_view help;
};

namespace flag {
inline constexpr Flags pow_overflow = 1;
inline constexpr Flags benign_overflow = 2;
inline constexpr Flags nan_inf_minus_inf = 4;
inline constexpr Flags sum_overflow = 8;
inline constexpr Flags pow_underflow = 16;
inline constexpr Flags all_zero = 32;
inline constexpr Flags beta_underflow = 64;
inline constexpr Flags beta_subnormal = 128;
inline constexpr Flags arg_absorb = 256;
inline constexpr Flags acc_stall = 512;
inline constexpr Flags absorb = 1024;
inline constexpr Flags absorb_flip = 2048;
inline constexpr Flags score_overflow = 4096;
inline constexpr Flags exp_overflow = 8192;
inline constexpr Flags exp_underflow = 16384;
inline constexpr Flags undefined_weights = 32768;
/// The flags that say "a number was too large".
inline constexpr Flags any_overflow = pow_overflow | benign_overflow | nan_inf_minus_inf |
                                      sum_overflow | score_overflow | exp_overflow;
} // namespace flag

/// Every flag, in the order of its mask.
inline constexpr std::array<Flag, 16> all_flags{{
    {flag::pow_overflow, "pow_overflow", "pow_overflow_fraction", "a term's F was infinite"},
    {flag::benign_overflow, "benign_overflow", "benign_overflow_fraction",
     "the sum was infinite with a sign, so a decision was made"},
    {flag::nan_inf_minus_inf, "nan_inf_minus_inf", "nan_inf_minus_inf_fraction",
     "the sum was NaN: no decision was possible"},
    {flag::sum_overflow, "sum_overflow", "sum_overflow_fraction",
     "finite terms, but their sum left the format"},
    {flag::pow_underflow, "pow_underflow", "pow_underflow_fraction",
     "a term's F became 0 though its argument was not"},
    {flag::all_zero, "all_zero", "all_zero_fraction", "every term was 0: the tie rule decided"},
    {flag::beta_underflow, "beta_underflow", "beta_underflow_fraction",
     "beta, or beta times the sum, became 0"},
    {flag::beta_subnormal, "beta_subnormal", "beta_subnormal_fraction",
     "beta lost digits to the subnormal range"},
    {flag::arg_absorb, "arg_absorb", "arg_absorb_fraction",
     "similarities on and off rounded to the same number"},
    {flag::acc_stall, "acc_stall", "acc_stall_fraction",
     "a similarity's running sum of ones would have stalled"},
    {flag::absorb, "absorb", "absorb_fraction", "a term was invisible beside the largest one"},
    {flag::absorb_flip, "absorb_flip", "absorb_flip_fraction",
     "terms invisible beside the largest one decided the sign"},
    {flag::score_overflow, "score_overflow", "score_overflow_fraction",
     "continuous networks: a similarity was infinite"},
    {flag::exp_overflow, "exp_overflow", "exp_overflow_fraction",
     "continuous networks: an exponential was infinite"},
    {flag::exp_underflow, "exp_underflow", "exp_underflow_fraction",
     "continuous networks: an exponential became 0; harmless beside larger ones"},
    {flag::undefined_weights, "undefined_weights", "undefined_weights_fraction",
     "continuous networks: weights were NaN, so no state was possible"},
}};

/// The result of one (scene, setting): one value per entry of `metrics()`, in that order; NaN where
/// a metric is not defined for this cell.
struct Outcome {
    Status status = Status::not_run;
    Flags flags = 0;
    std::vector<double> values;
    std::string message; ///< why, for failed and not_applicable
};

} // namespace basin

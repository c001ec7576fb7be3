#include "harness/stop.hpp"

#include <csignal>
#include <cstdint>
#include <ctime>

namespace basin {

namespace {

std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "touched by a signal handler");

std::atomic<std::int64_t> first_request_ns{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "touched by a signal handler");

/// A terminal, a batch system and the supervising process may all pass on the same request: what
/// comes within this time is no second one.
constexpr std::int64_t same_request_ns = 300'000'000;

extern "C" void request_stop(int signal) {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::int64_t now_ns = std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
    if (!stop_requested.exchange(true)) {
        first_request_ns = now_ns;
    } else if (now_ns - first_request_ns > same_request_ns) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

} // namespace

StopOnSignal::StopOnSignal() {
    stop_requested.store(false);
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
}

StopOnSignal::~StopOnSignal() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& StopOnSignal::requested() {
    return stop_requested;
}

} // namespace basin

#include "harness/process/stop_signal.hpp"

#include "harness/process/exit_codes.hpp"
#include "models/base/stop_request.hpp"

#include <csignal>
#include <cstdint>
#include <ctime>
#include <string_view>
#include <sys/time.h>
#include <unistd.h>

namespace basin {

namespace {

std::atomic<std::int64_t> first_request_ns{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "touched by a signal handler");

/// A terminal, a batch system and the supervising process may all pass on the same request: what
/// comes within this time is no second one.
constexpr std::int64_t same_request_ns = 300'000'000;

/// From a request until it is overdue, and from then until the process is ended.
constexpr itimerval patience{.it_interval = {0, 350'000}, .it_value = {0, 500'000}};

extern "C" void end_what_is_overdue(int) {
    if (!stop_state.overdue.exchange(true)) return;
    constexpr std::string_view text =
        "basin: stopped; what was written is kept; the same command goes on from here\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    ::_exit(static_cast<int>(Exit::stopped));
}

extern "C" void request_stop(int signal) {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::int64_t now_ns = std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
    if (!stop_state.requested.exchange(true)) {
        first_request_ns = now_ns;
        ::setitimer(ITIMER_REAL, &patience, nullptr);
    } else if (now_ns - first_request_ns > same_request_ns) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

} // namespace

void handle_stop_signals_here() {
    std::signal(SIGALRM, end_what_is_overdue);
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
}

StopOnSignal::StopOnSignal() {
    stop_state.requested = false;
    stop_state.overdue = false;
    handle_stop_signals_here();
}

StopOnSignal::~StopOnSignal() {
    constexpr itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    for (const int signal : {SIGINT, SIGTERM, SIGALRM})
        std::signal(signal, SIG_DFL);
}

const std::atomic<bool>& StopOnSignal::requested() {
    return stop_state.requested;
}

} // namespace basin

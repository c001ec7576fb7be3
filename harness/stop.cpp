#include "harness/stop.hpp"

#include <csignal>

namespace basin {

namespace {

std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "touched by a signal handler");

extern "C" void request_stop(int signal) {
    stop_requested.store(true);
    std::signal(signal, SIG_DFL); // the next one ends the process
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

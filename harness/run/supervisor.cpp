#include "harness/run/supervisor.hpp"

#include "harness/process/stop_signal.hpp"
#include "sweeps/parameters/counted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace basin {

namespace {

constexpr std::array stop_signals{SIGINT, SIGTERM};

std::atomic<pid_t> worker{0};
std::atomic<bool> asked_to_stop{false};
static_assert(std::atomic<pid_t>::is_always_lock_free, "touched by a signal handler");

extern "C" void pass_on(int signal) {
    asked_to_stop = true;
    if (const pid_t process = worker; process > 0) ::kill(process, signal);
}

void handle_stop_signals(void (*handler)(int)) {
    for (const int signal : stop_signals)
        std::signal(signal, handler);
}

/// Holds stop signals back while it lives: none comes between the question whether one has come and
/// the start of the process that it is for.
class HeldSignals {
public:
    HeldSignals() {
        sigset_t held;
        ::sigemptyset(&held);
        for (const int signal : stop_signals)
            ::sigaddset(&held, signal);
        ::sigprocmask(SIG_BLOCK, &held, &before_);
    }
    ~HeldSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

private:
    sigset_t before_{};
};

enum class Side : std::uint8_t { working, supervising, stopped };

/// Starts a process that computes, unless this one has been asked to stop.
Side start_worker() {
    const HeldSignals held;
    if (asked_to_stop || StopOnSignal::requested()) return Side::stopped;
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        throw std::system_error(errno, std::generic_category(), "cannot start a process");
    if (child == 0) {
        handle_stop_signals_here();
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::raise(SIGKILL); // it died before it could be asked for
        return Side::working;
    }
    worker = child;
    handle_stop_signals(pass_on);
    return Side::supervising;
}

int wait_for_worker() {
    // Its number stays its own until it has been asked how it ended.
    siginfo_t ended{};
    while (::waitid(P_PID, static_cast<id_t>(worker), &ended, WEXITED | WNOWAIT) < 0 &&
           errno == EINTR) {
    }
    int status = 0;
    ::waitpid(worker.exchange(0), &status, 0);
    return status;
}

/// Blames what was in flight. False if nothing was.
bool blame(Flights& flights, Suspects& suspects, int signal) {
    const std::vector<std::uint64_t> cells = flights.cells();
    flights.clear();
    for (const std::uint64_t cell : cells) {
        const auto known = std::ranges::find(suspects.alone, cell);
        if (known == suspects.alone.end()) {
            suspects.alone.push_back(cell);
        } else {
            suspects.alone.erase(known);
            suspects.crashed.push_back({cell, signal});
        }
    }
    return !cells.empty();
}

} // namespace

std::optional<Exit> supervise(Flights& flights, Suspects& suspects) {
    while (true) {
        const Side side = start_worker();
        if (side == Side::working) return std::nullopt;
        if (side == Side::stopped) {
            std::cerr << "basin: stopped; the same command goes on from here\n";
            return Exit::stopped;
        }
        const int status = wait_for_worker();
        if (WIFEXITED(status)) return static_cast<Exit>(WEXITSTATUS(status));
        const int signal = WTERMSIG(status);
        const bool by_stop = std::ranges::find(stop_signals, signal) != stop_signals.end();
        if (asked_to_stop &&
            by_stop) { // asked again, so that it ended at once: so does this process
            handle_stop_signals(SIG_DFL);
            ::raise(signal);
        }
        const std::size_t in_flight = flights.cells().size();
        if (!blame(flights, suspects, signal)) {
            std::cerr << fmt::format("basin: the process that computes was ended by {} with no "
                                     "point in flight; what was written is kept: give the same "
                                     "command again to go on\n",
                                     signal_text(signal));
            return Exit::internal;
        }
        std::cerr << fmt::format("basin: the process that computes was ended by {} with {} "
                                 "in flight; going on\n",
                                 signal_text(signal), counted(in_flight, "point"));
    }
}

std::string signal_text(int signal) {
    return fmt::format("signal {} ({})", signal, ::strsignal(signal));
}

} // namespace basin

#pragma once
// A point that brings its process down (a fault in the program, the kernel's memory killer) costs
// one point, not the sweep: `basin run` computes in a process of its own, a worker, and starts
// another one when it dies. The points that were in flight are suspects: the next worker tries each
// of them alone, before all else. One that brings a worker down while it is alone has crashed.

#include "harness/process/exit_codes.hpp"
#include "harness/run/in_flight_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace basin {

struct Crash {
    std::uint64_t cell = 0;
    int signal = 0;
};

/// What earlier workers of a run died of.
struct Suspects {
    std::vector<std::uint64_t> alone; ///< cells to be tried one at a time
    std::vector<Crash> crashed;       ///< cells that brought two workers down
};

/// Returns nothing in a worker, which then goes on with the program; in the supervising process,
/// when the last worker has ended, what the program is to return. Must be called while there is
/// one thread. `suspects` is filled in for the worker; its points in flight have to be in
/// `flights`. Workers die with the supervisor, and get the signals that ask it to stop. A worker
/// that dies without a point in flight is not replaced. Throws std::system_error if there can be no
/// process.
std::optional<Exit> supervise(Flights& flights, Suspects& suspects);

/// "signal 11 (Segmentation fault)".
std::string signal_text(int signal);

} // namespace basin

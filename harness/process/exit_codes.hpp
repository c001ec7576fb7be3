#pragma once

namespace basin {

/// What `basin` returns. Part of the interface: scripts depend on the numbers.
enum class Exit : int {
    done = 0,          ///< everything asked for is done
    internal = 1,      ///< a defect of Basin
    usage = 2,         ///< the command line or the config is wrong
    failed_points = 3, ///< done, but some points failed
    stopped = 4,       ///< stopped by the user; the same command goes on
    damaged = 5,       ///< the store is damaged
    difference = 6,    ///< verify or diff found a difference
    foreign = 7,       ///< the store belongs to another sweep or kernel version
    io = 74,           ///< cannot read or write, or no space or memory left
};

} // namespace basin

#pragma once

namespace basin {

constexpr int most_threads = 1024;

/// `wanted` threads, or for 0 as many as OMP_NUM_THREADS or the process's CPU affinity allow, no
/// more than `most_threads`. Throws UsageError if negative or more. Starts OpenMP's runtime.
int thread_count(int wanted);

/// The same for a verb that computes: as many as OpenMP will give, all of which can be started.
/// Throws UsageError if the system does not start so many.
int ready_threads(int wanted);

} // namespace basin

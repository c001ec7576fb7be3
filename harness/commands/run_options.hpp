#pragma once
// What verbs that compute have in common: --store, --threads, --memory, --retry, ...

#include "harness/commands/command.hpp"
#include "harness/run/run_sweep.hpp"

namespace basin {

void add_run_options(boost::program_options::options_description& options);

/// All that they say but --threads: who counts those has OpenMP's runtime in it, and must not fork.
/// Throws UsageError.
RunRequest request_of(const OptionValues& values);

} // namespace basin

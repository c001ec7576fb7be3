#pragma once
// What the numbers come from. Facts of the build determine results and go into results.h5; facts of
// a session differ from run to run and go beside it.

#include "results/cube/compaction.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace basin {

/// Revision and dirty mark, compiler, flags, library versions, kernel version.
BuildFacts build_facts();

/// Several lines: version, revision, compiler, flags, libraries.
std::string version_text();

/// host, cpu, cores, SIMD instruction sets of the machine, the kernels' path, threads, command
/// line.
nlohmann::json session_facts(int threads, const std::string& command);

/// The command line of this process, quoted for a shell.
std::string own_command_line();

/// Now, as 2026-01-31T12:34:56Z.
std::string utc_now();

} // namespace basin

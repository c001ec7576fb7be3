#pragma once

namespace basin {

/// The whole program: parses the command line, runs the verb, turns every error into a message on
/// stderr and an exit code (harness/process/exit_codes.hpp).
int run_command_line(int argc, const char* const* argv);

} // namespace basin

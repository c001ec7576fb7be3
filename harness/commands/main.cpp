#include "harness/commands/cli.hpp"

#include <csignal>

int main(int argc, char** argv) {
    // Past a file size limit a write shall fail and be reported, not end the process.
    std::signal(SIGXFSZ, SIG_IGN);
    // Nor shall a reader of the progress who goes away end a process that computes: its points
    // would be taken for those that crash.
    std::signal(SIGPIPE, SIG_IGN);
    return basin::run_command_line(argc, argv);
}

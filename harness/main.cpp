#include "harness/cli.hpp"

#include <csignal>

int main(int argc, char** argv) {
    // Past a file size limit a write shall fail and be reported, not end the process.
    std::signal(SIGXFSZ, SIG_IGN);
    return basin::run_command_line(argc, argv);
}

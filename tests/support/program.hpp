#pragma once
// The real program, run as a user runs it.

#include <csignal>
#include <fcntl.h>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "support/temp_folder.hpp"

namespace basin::tests {

struct ProgramResult {
    int exit = -1;    ///< exit code, or 128 + signal
    std::string out;  ///< standard output
    std::string err;  ///< standard error
    long peak_kb = 0; ///< largest resident memory
};

/// A running program; its streams go to files of a temporary folder.
class RunningProgram {
public:
    /// `prepare` is called in the new process before the program takes its place.
    explicit RunningProgram(std::vector<std::string> arguments, std::string program = BASIN_PROGRAM,
                            const std::function<void()>& prepare = {}) {
        arguments.insert(arguments.begin(), std::move(program));
        process_ = ::fork();
        if (process_ != 0) return;
        redirect(STDOUT_FILENO, folder_ / "out");
        redirect(STDERR_FILENO, folder_ / "err");
        if (prepare) prepare();
        std::vector<char*> argv;
        for (std::string& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }

    void signal(int number) const { ::kill(process_, number); }
    pid_t process() const { return process_; }

    ProgramResult wait() const {
        int status = 0;
        rusage usage{};
        ::wait4(process_, &status, 0, &usage);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                read_file(folder_ / "out"), read_file(folder_ / "err"), usage.ru_maxrss};
    }

private:
    static void redirect(int descriptor, const std::filesystem::path& path) {
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(file, descriptor);
    }
    TempFolder folder_;
    pid_t process_ = -1;
};

inline ProgramResult run_program(const std::vector<std::string>& arguments) {
    return RunningProgram(arguments).wait();
}

} // namespace basin::tests

#pragma once
// SIGKILL at random moments of a run, again and again.

#include "results/cube/result_cube.hpp"

#include <csignal>
#include <random>
#include <string_view>
#include <thread>

#include "crash/load.hpp"

namespace basin::tests {

/// Whom the kill hits: the launched process with all it has launched, or that process alone.
enum class Victim : std::uint8_t { group, launched };

struct Kills {
    std::uint64_t hit = 0;      ///< runs that a kill ended
    std::uint64_t finished = 0; ///< runs that came to their end before
    std::uint64_t records = 0;  ///< whole ones in all stores
    std::uint64_t twice = 0;    ///< records of points that were there already
};

class Kill : public UnderLoad {
protected:
    /// Kills runs until `count` kills have hit; a sweep that ends before begins anew elsewhere.
    Kills kill_runs(std::uint64_t count, Victim victim, int replicates) {
        undisturbed(replicates);
        std::mt19937 random(20261);
        std::uniform_int_distribution<int> delay_ms(5, 500);
        Kills kills;
        Kept before;
        std::filesystem::path store = folder_ / "0";
        while (kills.hit < count && !HasFailure()) {
            const bool hit = kill_one(store, replicates, delay_ms(random), victim);
            const Kept after = kept_in(store);
            EXPECT_EQ(lost(before, after), 0U);
            EXPECT_GE(after.records, before.records);
            EXPECT_EQ(after.differing, 0U);
            expect_whole_or_absent(store / "results.h5");
            before = after;
            if (hit) {
                ++kills.hit;
                continue;
            }
            ++kills.finished;
            settle(store, replicates, before, kills);
            store = folder_ / std::to_string(kills.finished);
            before = {};
        }
        settle(store, replicates, before, kills);
        return kills;
    }

private:
    /// Whether the kill ended the run.
    bool kill_one(const std::filesystem::path& store, int replicates, int delay_ms,
                  Victim victim) const {
        const RunningProgram program(run_arguments(config_, store, replicates), BASIN_PROGRAM,
                                     [] { ::setpgid(0, 0); });
        ::setpgid(program.process(), program.process()); // whoever comes first
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
        ::kill(victim == Victim::group ? -program.process() : program.process(), SIGKILL);
        const auto result = program.wait();
        if (result.exit == 128 + SIGKILL) return true;
        EXPECT_EQ(result.exit, 0) << result.err;
        return false;
    }

    static void expect_whole_or_absent(const std::filesystem::path& results) {
        if (std::filesystem::exists(results)) {
            EXPECT_NO_THROW(Hypercube{results}.read("status"));
        }
    }

    void settle(const std::filesystem::path& store, int replicates, const Kept& before,
                Kills& kills) const {
        expect_goes_on(store, replicates, before);
        const Kept kept = kept_in(store);
        kills.records += kept.records;
        kills.twice += kept.twice();
        for (const auto& file : std::filesystem::directory_iterator(store))
            EXPECT_EQ(file.path().string().find(".part-"), std::string::npos) << file.path();
    }
};

} // namespace basin::tests

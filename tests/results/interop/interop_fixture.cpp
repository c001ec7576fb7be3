// interop_fixture FOLDER: writes FOLDER/cube/results.h5 and timing.h5 (formulation ×
// interaction_vertex × beta × replicate) and FOLDER/point/results.h5 (replicate alone) for the
// readers in this folder. Every value says where it belongs (synthetic_store.hpp); cell 0 was
// never run and cell 1 has flags.

#include "results/cube/compaction.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "support/synthetic_store.hpp"

namespace {

using namespace basin;

constexpr std::string_view cube_sweep = R"(
[sweep]
name = "interop"
seed = 3
replicates = 2
[model]
formulation = ["original", "normalized"]
interaction_vertex = [2, 20, 30]
beta = [0.01, 1.0, 100.0]
[[exclude]]
formulation = "original"
interaction_vertex = 30
)";

constexpr std::uint64_t never_run = 0;
constexpr std::uint64_t overflowed = 1;

Record flagged_record(const Plan& plan, std::uint64_t cell) {
    Record record = synthetic_record(plan, cell);
    if (cell == overflowed) record.outcome.flags = flag::pow_overflow | flag::all_zero;
    return record;
}

void write(const std::filesystem::path& folder, std::string_view sweep) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const Plan plan = plan_of(sweep);
    const Store store = Store::open(folder, plan);
    std::vector<std::uint64_t> cells = planned_cells_of(plan);
    std::erase(cells, never_run);
    add_journal(store, plan, cells, flagged_record);
    compact(store, plan, store.inventory(plan), {{"compiler", "none"}});
}

} // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::fputs("usage: interop_fixture FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder(arguments[1]);
    write(folder / "cube", cube_sweep);
    write(folder / "point", "[sweep]\nname = \"point\"\nreplicates = 3\n");
    return 0;
}

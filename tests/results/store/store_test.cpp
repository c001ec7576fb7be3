// Whose a store is, and what opening it refuses.

#include "models/recall/recall.hpp"
#include "results/store/store.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <functional>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "support/tiny_store.hpp"

namespace basin {
namespace {

using namespace tests;
using nlohmann::json;

TEST_F(StoreTest, TellsWhomItBelongsTo) {
    const Plan plan = sweep();

    Store::open(path(), plan);

    const StoreIdentity identity = read_identity(path());
    EXPECT_EQ(identity.sweep_name, "tiny");
    EXPECT_EQ(identity.seed, 7U);
    EXPECT_EQ(identity.kernel_version, kernel_version);
    EXPECT_EQ(identity.config_source, "test");
    EXPECT_EQ(identity.config_text, sweep_text("[2, 3]"));
    EXPECT_TRUE(identity.overrides.empty());
}

TEST_F(StoreTest, RemembersTheConfigOfTheLastRun) {
    Store::open(path(), sweep("[2]"));

    Store::open(path(), Plan(parse_config(sweep_text("[2, 3]"), "test", {"beta=0.5"})));

    EXPECT_EQ(read_identity(path()).config_text, sweep_text("[2, 3]"));
    EXPECT_EQ(read_identity(path()).overrides, std::vector<std::string>{"beta=0.5"});
}

TEST_F(StoreTest, MayBeInFoldersThatAreNotThereYet) {
    const std::filesystem::path deep = folder_ / "a" / "b" / "store";

    Store::open(deep, sweep());
    Store::open(deep / "", sweep()); // with a slash at its end

    EXPECT_EQ(read_identity(deep).sweep_name, "tiny");
    EXPECT_TRUE(std::filesystem::is_directory(deep / "journals"));
}

TEST_F(StoreTest, IsNotWrittenWhenNothingChanged) {
    Store::open(path(), sweep());
    const auto written = std::filesystem::last_write_time(path() / "store.json");

    Store::open(path(), sweep());

    EXPECT_EQ(std::filesystem::last_write_time(path() / "store.json"), written);
}

TEST_F(StoreTest, RefusesAnotherSweepSeedOrKernel) {
    Store::open(path(), sweep());
    const std::string identity = read_file(path() / "store.json");

    for (const std::string change : {"name=other", "seed=8"})
        expect_refusal(
            StoreError::Kind::foreign, {"another --store folder", change.substr(5)}, [&] {
                Store::open(path(), Plan(parse_config(sweep_text("[2, 3]"), "test", {change})));
            });
    json later = json::parse(identity);
    later["kernel_version"] = kernel_version + 1;
    folder_.write("store/store.json", later.dump());
    expect_refusal(StoreError::Kind::foreign,
                   {"kernel version " + std::to_string(kernel_version + 1), "--store"},
                   [&] { Store::open(path(), sweep()); });
    EXPECT_EQ(read_file(path() / "store.json"), later.dump()) << "a refusal must not write";
}

TEST_F(StoreTest, SaysWhatToDoAboutADamagedIdentity) {
    Store::open(path(), sweep());
    const std::string whole = read_file(path() / "store.json");

    for (const std::string& text :
         {std::string(), whole.substr(0, whole.size() / 2), std::string("{}"), std::string("[1]"),
          std::string("{\"schema_version\": \"x\"}")}) {
        folder_.write("store/store.json", text);
        expect_refusal(StoreError::Kind::damaged, {"store.json", "remove this file"},
                       [&] { Store::open(path(), sweep()); });
    }
    std::filesystem::remove(path() / "store.json");
    EXPECT_NO_THROW(Store::open(path(), sweep())); // the remedy works
}

TEST_F(StoreTest, ANumberOfItsIdentityIsNotCutToOneThatFits) {
    Store::open(path(), sweep());
    const json whole = json::parse(read_file(path() / "store.json"));

    for (const char* const key : {"schema_version", "seed", "kernel_version"})
        for (const json& value : {json(1.5), json(-1), json(1e300), json(true)}) {
            json damaged = whole;
            damaged[key] = value;
            folder_.write("store/store.json", damaged.dump());
            expect_refusal(StoreError::Kind::damaged, {key, value.dump(), "remove this file"},
                           [&] { read_identity(path()); });
        }
    json longer = whole;
    longer["kernel_version"] = kernel_version + (std::uint64_t{1} << 32U);
    folder_.write("store/store.json", longer.dump());
    expect_refusal(StoreError::Kind::damaged, {"kernel_version"}, [&] { read_identity(path()); });
}

TEST_F(StoreTest, RefusesAStoreOfALaterFormatWithARemedy) {
    Store::open(path(), sweep());
    json later = json::parse(read_file(path() / "store.json"));
    later["schema_version"] = 2;
    folder_.write("store/store.json", later.dump());

    expect_refusal(StoreError::Kind::foreign, {"store format 2", "--store"},
                   [&] { Store::open(path(), sweep()); });
}

TEST_F(StoreTest, WithoutAStoreJsonItIsWhoseItsJournalsAre) {
    const Plan plan = sweep();
    { Store::open(path(), plan).new_journal(plan); }
    for (const std::string change : {"name=other", "seed=8"}) {
        std::filesystem::remove(path() / "store.json");
        const Plan other(parse_config(sweep_text("[2, 3]"), "test", {change}));
        expect_refusal(StoreError::Kind::foreign, {".journal", "another --store folder"},
                       [&] { Store::open(path(), other); });
        EXPECT_FALSE(std::filesystem::exists(path() / "store.json")) << "a refusal must not write";
    }
    EXPECT_NO_THROW(Store::open(path(), plan));
}

// As two runs that are given the same new folder do.
TEST_F(StoreTest, OfSeedsThatCreateItAtOnceOneGetsIt) {
    std::vector<Plan> plans;
    for (int seed = 0; seed < 6; ++seed)
        plans.emplace_back(
            parse_config(sweep_text("[2, 3]"), "test", {"seed=" + std::to_string(seed)}));
    for (int round = 0; round < 15; ++round) {
        const std::filesystem::path store = folder_ / ("raced" + std::to_string(round));
        std::array<int, 2> gate{};
        ASSERT_EQ(::pipe(gate.data()), 0);
        std::vector<pid_t> children;
        for (const Plan& plan : plans) {
            children.push_back(::fork());
            if (children.back() != 0) continue;
            ::close(gate[1]);
            char none = 0;
            static_cast<void>(::read(gate[0], &none, 1)); // until the parent closes its end
            try {
                Store::open(store, plan);
                ::_exit(0);
            } catch (const StoreError& error) {
                ::_exit(error.kind == StoreError::Kind::foreign ? 7 : 1);
            }
        }
        ::close(gate[0]);
        ::close(gate[1]);
        std::vector<std::uint64_t> owners;
        for (std::size_t seed = 0; seed < children.size(); ++seed) {
            int status = 0;
            ::waitpid(children[seed], &status, 0);
            ASSERT_TRUE(WIFEXITED(status));
            if (WEXITSTATUS(status) == 0)
                owners.push_back(seed);
            else
                EXPECT_EQ(WEXITSTATUS(status), 7);
        }
        ASSERT_EQ(owners.size(), 1U);
        EXPECT_EQ(read_identity(store).seed, owners[0]);
    }
}

TEST_F(StoreTest, WhatIsNoRegularFileIsRefusedWithItsName) {
    const Plan plan = sweep();
    { Store::open(path(), plan).new_journal(plan); }
    const std::string identity = read_file(path() / "store.json");
    const auto names = {"store.json", "results.h5", "timing.h5", "sessions.jsonl",
                        "journals/x.journal"};
    const std::vector<std::pair<std::string, std::function<void(const std::filesystem::path&)>>>
        kinds{
            {"a folder", [](const auto& at) { std::filesystem::create_directory(at); }},
            {"a FIFO", [](const auto& at) { ::mkfifo(at.c_str(), 0600); }},
            {"a device", [](const auto& at) { std::filesystem::create_symlink("/dev/zero", at); }},
            {"a link that leads nowhere",
             [](const auto& at) { std::filesystem::create_symlink("nowhere", at); }}};
    for (const std::filesystem::path name : names)
        for (const auto& [kind, make] : kinds) {
            std::filesystem::remove(path() / name);
            make(path() / name);
            const std::vector<std::string> parts{(path() / name).string() + " is " + kind};
            expect_refusal(StoreError::Kind::damaged, parts,
                           [&] { Store::open(path(), plan).inventory(plan); });
            expect_refusal(StoreError::Kind::damaged, parts,
                           [&] { Store::existing(path(), plan).inventory(plan); });
            std::filesystem::remove(path() / name);
            if (name == "store.json") folder_.write("store/store.json", identity);
        }
    EXPECT_NO_THROW(Store::open(path(), plan).inventory(plan));
}

TEST_F(StoreTest, IsNotThereUntilARunMakesIt) {
    expect_refusal(StoreError::Kind::io, {"store.json"}, [&] { Store::existing(path(), sweep()); });
    expect_refusal(StoreError::Kind::io, {"store.json"}, [&] { read_identity(path()); });
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(StoreTest, AFileInItsPlaceIsAnErrorWithItsName) {
    folder_.write("store", "a file");

    expect_refusal(StoreError::Kind::io, {path().string()}, [&] { Store::open(path(), sweep()); });
}

TEST_F(StoreTest, ASessionIsALine) {
    const Store store = Store::open(path(), sweep());

    store.add_session("{\"exit\":0}");
    store.add_session("{\"exit\":4}");

    EXPECT_EQ(read_file(store.sessions_file()), "{\"exit\":0}\n{\"exit\":4}\n");
}

} // namespace
} // namespace basin

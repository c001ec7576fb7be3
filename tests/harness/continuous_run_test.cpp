// Sweeps of continuous networks by the real program.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <sstream>

#include "support/npy_bytes.hpp"
#include "support/program.hpp"
#include "support/small_stores.hpp"
#include "support/temp_folder.hpp"

namespace basin {
namespace {

using nlohmann::json;
using tests::contains;
using tests::read_file;
using tests::run_program;

/// Bipolar and continuous networks on the same memories, real ones in a block of their own.
const std::string mixed_sweep = R"(
[sweep]
name = "mixed"
seed = 7
replicates = 2
[patterns]
dimension = 24
pattern_count = [3, 40]
[cue]
corruption = "none"
probe_count = 40
[model]
formulation = ["original", "softmax", "universal"]
separation = "sparsemax"
similarity = ["dot", "negative_squared_euclidean", "inverse_jensen_shannon"]
beta = [0.1, 2.0]
precision = ["float16", "float32", "float64", "exact"]
exponential = ["stable", "naive"]
[[block]]
[block.patterns]
source = "random_bipolar"
[[block]]
[block.patterns]
source = "uniform"
)";

class ContinuousRun : public testing::Test {
protected:
    json run(const std::string& store, std::vector<std::string> more = {}, int exit = 0) {
        std::vector<std::string> arguments{"run", config_, "--store", path(store), "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit, exit) << result.err;
        return result.out.empty() ? json{} : json::parse(result.out);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string bytes(const std::string& store) const {
        return read_file(folder_ / store / "results.h5");
    }
    /// Values of a metric, as text, of all planned cells.
    std::string values(const std::string& store, const std::string& metric) const {
        return run_program({"export", path(store), "--format", "csv", "--metrics", metric}).out;
    }

    tests::TempFolder folder_;
    std::string config_ = folder_.write("mixed.toml", mixed_sweep);
};

TEST_F(ContinuousRun, GivesTheSameBytesForAnyThreads) {
    run("one", {"--threads", "1"});
    run("three", {"--threads", "3"});
    EXPECT_TRUE(bytes("one") == bytes("three"));
}

TEST_F(ContinuousRun, APartFirstGivesTheSameBytesAsAllAtOnce) {
    run("parts", {"--set", "beta=0.1"});
    run("parts", {"--set", "precision=float16"}); // without float64, which judges it
    run("parts");
    run("whole");
    EXPECT_TRUE(bytes("parts") == bytes("whole"));
}

TEST_F(ContinuousRun, ThePlanSaysWhatHasNoMeaningAndWhy) {
    const auto plan = run_program({"plan", config_});
    EXPECT_EQ(plan.exit, 0) << plan.err;
    EXPECT_TRUE(contains(plan.out, "continuous networks have no exact arithmetic")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "compares distributions")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "takes bipolar patterns")) << plan.out;
    EXPECT_TRUE(contains(plan.out, "is defined for continuous networks")) << plan.out;
}

TEST_F(ContinuousRun, ASlowPointIsTimedOutAndDoesNotTakeItsLikeAlong) {
    config_ = folder_.write("slow.toml", R"(
[patterns]
source = "sphere"
dimension = 100
pattern_count = 500
[cue]
corruption = "none"
probe_count = 64
[model]
formulation = "softmax"
precision = "float32"             # the reference takes its time too
beta = [0.5, 40]
[recall]
fixed_steps = [1, 1000000]
)");
    const json session = run("slow", {"--timeout", "0.5", "--threads", "2"}, 3);
    EXPECT_EQ(session["timed_out"], 2) << session;
    EXPECT_EQ(session["computed"], 4) << session;
    EXPECT_TRUE(contains(values("slow", "iterations"), ",1\n")) << "one step was enough time";
}

TEST_F(ContinuousRun, AMemoryThatIsNoDistributionFailsItsPointsAlone) {
    config_ = folder_.write("kl.toml", R"(
[patterns]
source = "clusters"
dimension = 8
pattern_count = 4
group_count = 9
[model]
formulation = "softmax"
similarity = "inverse_kullback_leibler"
[cue]
corruption = "none"
)");
    const auto result = run_program({"run", config_, "--store", path("kl")});
    EXPECT_EQ(result.exit, 3) << result.err;
    EXPECT_TRUE(contains(result.out + result.err, "dimension must be 13 at least, but is 8"))
        << result.out << result.err;
}

TEST_F(ContinuousRun, EmbeddingsChangeNothingButTheirMetric) {
    const std::string patterns = folder_.write(
        "items.npy", tests::npy_bytes({{1, 0, 2}, {0, 1, 5}, {3, 3, 1}, {2, 0, 0}, {0, 4, 1}}));
    const std::string embeddings =
        folder_.write("given.npy", tests::npy_bytes({{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {2, -1}}));
    config_ = folder_.write("embedded.toml", R"(
[patterns]
source = "npy"
binarize = "none"
pattern_count = 3
path = ")" + patterns + R"("
[cue]
corruption = "gaussian"
cue_noise = 2.0
probe_count = 30
[model]
formulation = "softmax"
beta = [0.01, 0.3, 5.0]
)");
    run("store"); // a new axis keeps what was computed
    const json session = run("store", {"--set", "embeddings=[\"\",\"" + embeddings + "\"]"});
    EXPECT_EQ(session["computed"], 3) << session;

    const auto numbers = [&](const std::string& metric) {
        std::vector<double> all;
        std::istringstream lines(values("store", metric));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            const std::string last = line.substr(line.rfind(',') + 1);
            all.push_back(last.empty() ? std::nan("") : std::stod(last));
        }
        return all;
    };
    for (const char* metric : {"recall_error", "euclidean_distance", "unique_states", "k90"}) {
        const std::vector<double> found = numbers(metric);
        ASSERT_EQ(found.size(), 6U);
        for (std::size_t b = 0; b < 3; ++b)
            EXPECT_EQ(found[b], found[3 + b]) << metric;
    }
    const std::vector<double> cosines = numbers("embedding_cosine");
    for (std::size_t b = 0; b < 3; ++b) {
        EXPECT_TRUE(std::isnan(cosines[b]));
        EXPECT_GT(cosines[3 + b], -1.0);
        EXPECT_LT(cosines[3 + b], 1.0);
    }
    const auto verified = run_program({"verify", path("store"), "--replay", "6"});
    EXPECT_EQ(verified.exit, 0) << verified.out;
    const auto plan = run_program({"plan", config_, "--set", "embeddings=\"" + embeddings + "\""});
    EXPECT_TRUE(contains(plan.out, "embeddings given.npy")) << plan.out << plan.err;
}

} // namespace
} // namespace basin

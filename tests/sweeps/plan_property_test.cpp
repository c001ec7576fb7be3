// Plans of random configs against the definition in config.hpp.

#include "sweeps/config/block_rules.hpp"
#include "sweeps/coordinates/binding.hpp"
#include "sweeps/plan/plan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "support/plan_points.hpp"

namespace basin {
namespace {

using tests::all_cells;
using tests::cells_of;
using tests::index_of;
using tests::points_of;

/// A random sound config of small axes, with zips, whens, excludes and overlapping blocks.
Config random_config() {
    // Few parameters of few values, so that blocks overlap and conditions meet.
    const std::vector<std::string_view> names{"pattern_count",      "cue_level", "interaction",
                                              "interaction_vertex", "beta",      "tie"};
    const auto random_values = [](const Parameter& parameter, std::size_t most) {
        std::vector<Value> pool;
        if (parameter.kind == Kind::choice)
            for (const std::string_view choice : parameter.choices)
                pool.emplace_back(std::string(choice));
        else if (parameter.kind == Kind::integer)
            pool = {std::int64_t{2}, std::int64_t{10}, std::int64_t{20}};
        else
            pool = {0.1, 0.5, 1.0};
        std::vector<Value> values;
        const auto count = *rc::gen::inRange<std::size_t>(1, most + 1);
        for (std::size_t i = 0; i < count; ++i)
            values.push_back(pool[*rc::gen::inRange<std::size_t>(0, pool.size())]);
        keep_distinct(values);
        return values;
    };
    const auto random_parameter = [&] {
        return index_of(names[*rc::gen::inRange<std::size_t>(0, names.size())]);
    };
    const auto random_conditions = [&] {
        Conditions conditions;
        const auto count = *rc::gen::inRange<std::size_t>(1, 3);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t parameter = random_parameter();
            const bool unequal = *rc::gen::arbitrary<bool>();
            conditions.push_back({parameter, unequal ? Relation::not_equal : Relation::any_of,
                                  random_values(parameters()[parameter], unequal ? 1 : 2)});
        }
        return conditions;
    };

    Config config;
    config.seed = *rc::gen::inRange<std::uint64_t>(0, 3);
    config.replicates = *rc::gen::inRange<std::uint32_t>(1, 4);
    const auto block_count = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t b = 0; b < block_count; ++b) {
        ConfigBlock block;
        if (b > 0 && *rc::gen::arbitrary<bool>()) { // all the same cells, without conditions
            const Plan so_far(config);
            for (const Dimension& dimension : so_far.dimensions())
                block.axes.push_back({dimension.parameter, dimension.values, "", {}});
        }
        for (const std::string_view name : names)
            if (axis_of(block, index_of(name)) == nullptr && *rc::gen::arbitrary<bool>())
                block.axes.push_back(
                    {index_of(name), random_values(parameters()[index_of(name)], 3), "", {}});
        const auto try_with = [&](auto change) {
            ConfigBlock changed = block;
            change(changed);
            if (check_block(changed).empty()) block = changed;
        };
        try_with([&](ConfigBlock& c) {
            c.zips.push_back({random_parameter(), random_parameter()});
        });
        for (int i = 0; i < 4; ++i)
            try_with([&](ConfigBlock& c) {
                const std::size_t parameter = random_parameter();
                c.whens.push_back({parameter, random_conditions(),
                                   random_values(parameters()[parameter], 1).front()});
            });
        if (*rc::gen::arbitrary<bool>()) block.excludes.push_back(random_conditions());
        config.blocks.push_back(std::move(block));
    }
    return config;
}

bool all_meet(const Conditions& conditions, const Coordinates& coordinates) {
    return std::ranges::all_of(conditions, [&](const Condition& condition) {
        return meets(condition, coordinates[condition.parameter]);
    });
}

/// Whether the block has a point with these coordinates: from the definition, without indices.
bool belongs_to(const ConfigBlock& block, const Coordinates& coordinates) {
    for (std::size_t p = 0; p < coordinates.size(); ++p) {
        const Axis* axis = axis_of(block, p);
        const auto when = std::ranges::find(block.whens, p, &When::parameter);
        const std::vector<Value> values =
            when != block.whens.end() && !all_meet(when->conditions, coordinates)
                ? std::vector{when->otherwise}
            : axis != nullptr ? axis->values
                              : std::vector{parameters()[p].fallback};
        if (std::ranges::find(values, coordinates[p]) == values.end()) return false;
    }
    for (const auto& zip : block.zips) {
        const auto place = [&](std::size_t p) {
            const std::vector<Value>& values = axis_of(block, p)->values;
            return std::ranges::find(values, coordinates[p]) - values.begin();
        };
        if (std::ranges::any_of(zip, [&](std::size_t p) { return place(p) != place(zip[0]); }))
            return false;
    }
    return std::ranges::none_of(
        block.excludes, [&](const Conditions& exclude) { return all_meet(exclude, coordinates); });
}

RC_GTEST_PROP(PlanProperty, VisitsExactlyThePointsOfTheDefinition, ()) {
    const Config config = random_config();
    const Plan plan(config);
    RC_PRE(plan.cell_count() < 20'000U);

    std::vector<std::uint64_t> visited = all_cells(plan);
    std::ranges::sort(visited);

    std::vector<std::uint64_t> defined;
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell)
        if (std::ranges::any_of(config.blocks, [&](const ConfigBlock& block) {
                return belongs_to(block, plan.coordinates_of(cell));
            }))
            defined.push_back(cell);
    RC_ASSERT(visited == defined); // so no cell is visited twice either
    RC_ASSERT(visited.size() <= plan.point_bound());
}

RC_GTEST_PROP(PlanProperty, APointsSceneIsItsJobs, ()) {
    const Plan plan(random_config());
    for (std::uint64_t job = 0; job < plan.job_count(); ++job) {
        const SceneSpec scene =
            bind_scene(plan.scene_of(job), plan.config().seed, plan.replicate_of_job(job));
        for (const std::uint64_t cell : cells_of(plan, job)) {
            const SceneSpec own =
                bind_scene(plan.coordinates_of(cell), plan.config().seed, plan.replicate_of(cell));
            RC_ASSERT(own.patterns.key == scene.patterns.key);
            RC_ASSERT(own.cues.key == scene.cues.key);
            RC_ASSERT(own.patterns.pattern_count == scene.patterns.pattern_count);
            bind_setting(plan.coordinates_of(cell)); // throws if a value is not the models'
        }
    }
}

RC_GTEST_PROP(PlanProperty, PointKeysAreDistinct, ()) {
    const Plan plan(random_config());
    RC_PRE(plan.cell_count() < 20'000U);
    std::set<Key> keys;
    for (std::uint64_t cell = 0; cell < plan.cell_count(); ++cell)
        keys.insert(plan.point_key(cell));
    RC_ASSERT(keys.size() == plan.cell_count());
}

RC_GTEST_PROP(PlanProperty, WideningKeepsPointsAndTheirKeys, ()) {
    Config config = random_config();
    const std::multiset<std::string> before = points_of(Plan(config));
    config.replicates += 1;
    ConfigBlock more;
    more.axes.push_back({index_of("similarity"), {"cosine"}, "", {}});
    more.axes.push_back({index_of("beta"), {0.3, 0.1, 700.0}, "", {}});
    config.blocks.push_back(more);

    const std::multiset<std::string> after = points_of(Plan(config));

    RC_ASSERT(std::ranges::includes(after, before));
}

RC_GTEST_PROP(PlanProperty, ShardsOfJobsPartitionThePoints, ()) {
    const Plan plan(random_config());
    const auto shards = *rc::gen::inRange<std::uint64_t>(1, 5);
    std::vector<std::uint64_t> cells;
    for (std::uint64_t shard = 0; shard < shards; ++shard)
        for (std::uint64_t job = shard; job < plan.job_count(); job += shards) {
            const auto some = cells_of(plan, job);
            cells.insert(cells.end(), some.begin(), some.end());
        }
    std::vector<std::uint64_t> whole = all_cells(plan);
    std::ranges::sort(cells);
    std::ranges::sort(whole);
    RC_ASSERT(cells == whole);
}

} // namespace
} // namespace basin

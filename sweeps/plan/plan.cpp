#include "sweeps/plan/plan.hpp"

#include "sweeps/config/block_rules.hpp"
#include "sweeps/config/resolved_json.hpp"
#include "sweeps/plan/hypercube.hpp"
#include "sweeps/plan/plan_block.hpp"

#include <stdexcept>
#include <utility>

namespace basin {

namespace {

/// The spaces of the config's blocks; throws ConfigError if a block is not sound. parse_config
/// leaves none such: this is for configs made in code.
std::vector<BlockSpace> spaces_of(const Config& config) {
    const Place place{config.source, 0, 0};
    std::vector<Diagnostic> diagnostics;
    for (const ConfigBlock& block : config.blocks)
        for (const BlockProblem& problem : check_block(block))
            diagnostics.push_back({place, problem.message});
    if (!diagnostics.empty()) throw ConfigError(std::move(diagnostics));
    return std::vector<BlockSpace>(config.blocks.begin(), config.blocks.end());
}

} // namespace

struct Plan::State {
    /// A block, the jobs before it, and the earlier blocks that may have some of its points.
    struct Part {
        PlanBlock block;
        std::uint64_t first_job = 0;
        std::vector<const PlanBlock*> earlier;
    };
    /// Where a job stands.
    struct Job {
        const Part& part;
        std::uint64_t scene = 0;
        std::uint32_t replicate = 0;
    };

    explicit State(Config given)
        : config(std::move(given)), spaces(spaces_of(config)), cube(config, spaces) {
        parts.reserve(spaces.size()); // parts point to each other
        for (const BlockSpace& space : spaces) {
            Part part{PlanBlock(cube, space), job_count, {}};
            for (const Part& other : parts)
                if (part.block.may_share_points_with(other.block))
                    part.earlier.push_back(&other.block);
            const std::uint64_t jobs = part.block.scene_combinations() * config.replicates;
            job_count += jobs;
            point_bound += jobs * part.block.positions();
            parts.push_back(std::move(part));
        }
    }

    Job job(std::uint64_t number) const {
        if (number >= job_count) throw std::out_of_range("no such job in this plan");
        std::size_t p = parts.size() - 1;
        while (parts[p].first_job > number)
            --p;
        const std::uint64_t local = number - parts[p].first_job;
        return {parts[p], local / config.replicates,
                static_cast<std::uint32_t>(local % config.replicates)};
    }

    Config config;
    std::vector<BlockSpace> spaces;
    Cube cube;
    std::vector<Part> parts;
    std::uint64_t job_count = 0;
    std::uint64_t point_bound = 0;
};

Plan::Plan(Config config) : state_(std::make_unique<const State>(std::move(config))) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

const Config& Plan::config() const {
    return state_->config;
}

std::span<const Dimension> Plan::dimensions() const {
    return state_->cube.dimensions();
}

std::uint32_t Plan::replicates() const {
    return state_->config.replicates;
}

std::uint64_t Plan::cell_count() const {
    return state_->cube.cell_count();
}

std::uint64_t Plan::job_count() const {
    return state_->job_count;
}

std::uint64_t Plan::point_bound() const {
    return state_->point_bound;
}

Coordinates Plan::coordinates_of(std::uint64_t cell) const {
    return state_->cube.coordinates_of(cell);
}

std::uint32_t Plan::replicate_of(std::uint64_t cell) const {
    return state_->cube.replicate_of(cell);
}

Coordinates Plan::scene_of(std::uint64_t job) const {
    const State::Job at = state_->job(job);
    const BlockSpace& space = at.part.block.space();
    const std::vector<std::uint64_t> slots = at.part.block.scene(at.scene).slots;
    Coordinates coordinates = default_coordinates();
    for (std::size_t g = 0; g < slots.size(); ++g)
        for (const GroupMember& member : space.groups()[g].members)
            coordinates[member.parameter] = member.values[slots[g]];
    return coordinates;
}

std::uint32_t Plan::replicate_of_job(std::uint64_t job) const {
    return state_->job(job).replicate;
}

std::uint64_t Plan::visit_points(std::uint64_t job, std::uint64_t first,
                                 const std::function<bool(std::uint64_t cell)>& visit) const {
    const State::Job at = state_->job(job);
    return at.part.block.visit(at.scene, at.replicate, first, at.part.earlier, visit);
}

Key Plan::digest() const {
    return state_->cube.digest();
}

std::string Plan::point_text(std::uint64_t cell) const {
    return state_->cube.point_text(cell);
}

Key Plan::point_key(std::uint64_t cell) const {
    return key_of(point_text(cell));
}

std::string Plan::resolved_json() const {
    return basin::resolved_json(config());
}

} // namespace basin

#include "sweeps/plan/plan_block.hpp"

#include "models/base/stop_request.hpp"

#include <algorithm>

namespace basin {

PlanBlock::PlanBlock(const Cube& cube, const BlockSpace& space) : space_(&space) {
    const std::vector<Group>& groups = space.groups();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        (groups[g].scene ? scene_combinations_ : positions_) *= groups[g].size;
        offsets_.emplace_back(groups[g].members.front().values.size());
        if (!groups[g].scene && offsets_[g].size() > 1) moving_.push_back(g);
    }
    for (std::size_t d = 0; d < cube.dimensions().size(); ++d) {
        links_.push_back(link_of(cube, d));
        const Link& link = links_.back();
        if (!link.group) {
            base_ += link.labels.front() * cube.stride(d);
            continue;
        }
        std::vector<std::uint64_t>& offsets = offsets_[*link.group];
        for (std::size_t slot = 0; slot < offsets.size(); ++slot)
            offsets[slot] += link.labels[slot] * cube.stride(d);
    }
}

PlanBlock::Link PlanBlock::link_of(const Cube& cube, std::size_t dimension) const {
    const Dimension& labelled = cube.dimensions()[dimension];
    Link link;
    for (std::size_t g = 0; g < space_->groups().size(); ++g)
        for (const GroupMember& member : space_->groups()[g].members) {
            if (member.parameter != labelled.parameter) continue;
            link.group = g;
            for (const Value& value : member.values)
                link.labels.push_back(cube.label_of(dimension, value));
        }
    if (!link.group)
        link.labels = {cube.label_of(dimension, parameters()[labelled.parameter].fallback)};

    link.matches.resize(labelled.values.size());
    const std::uint64_t size = link.group ? space_->groups()[*link.group].size : 1;
    for (std::uint64_t slot = 0; slot < link.labels.size(); ++slot) {
        BlockSpace::Match& match = link.matches[link.labels[slot]];
        if (slot < size)
            match.index = slot;
        else
            match.otherwise = true;
    }
    return link;
}

bool PlanBlock::may_share_points_with(const PlanBlock& other) const {
    for (std::size_t d = 0; d < links_.size(); ++d) {
        const std::vector<BlockSpace::Match>& matches = other.links_[d].matches;
        if (std::ranges::none_of(links_[d].labels, [&](std::uint64_t label) {
                return matches[label].index || matches[label].otherwise;
            }))
            return false;
    }
    return true;
}

PlanBlock::SceneSlots PlanBlock::scene(std::uint64_t combination) const {
    const std::vector<Group>& groups = space_->groups();
    SceneSlots result{std::vector<std::uint64_t>(groups.size()), false};
    for (std::size_t g = space_->scene_group_count(); g-- > 0;) {
        result.slots[g] = combination % groups[g].size;
        combination /= groups[g].size;
    }
    result.is_point = space_->settle_scene(result.slots);
    return result;
}

std::uint64_t PlanBlock::label(std::size_t dimension, BlockSpace::ConstSlots slots) const {
    const Link& link = links_[dimension];
    return link.labels[link.group ? slots[*link.group] : 0];
}

/// Whether the point that `other` has at `slots` is a point of this block as well.
bool PlanBlock::has_point_of(const PlanBlock& other, BlockSpace::ConstSlots slots,
                             Scratch& scratch) const {
    // A group that is no dimension has one value, the same everywhere: it matches either way.
    scratch.matches.assign(space_->groups().size(), {0, true});
    scratch.slots.resize(space_->groups().size());
    for (std::size_t d = 0; d < links_.size(); ++d) {
        const BlockSpace::Match& match = links_[d].matches[other.label(d, slots)];
        if (!match.index && !match.otherwise) return false;
        if (links_[d].group) scratch.matches[*links_[d].group] = match;
    }
    if (!space_->contains(scratch.matches, scratch.slots)) return false;
    for (std::size_t d = 0; d < links_.size(); ++d) // parameters of one zip may match apart
        if (label(d, scratch.slots) != other.label(d, slots)) return false;
    return true;
}

std::uint64_t PlanBlock::visit(std::uint64_t scene_combination, std::uint32_t replicate,
                               std::uint64_t first, std::span<const PlanBlock* const> earlier,
                               const std::function<bool(std::uint64_t cell)>& use) const {
    constexpr std::uint64_t stop_interval = 4096;
    heed_stop();
    const std::vector<Group>& groups = space_->groups();
    SceneSlots scene_slots = scene(scene_combination);
    std::vector<std::uint64_t>& slots = scene_slots.slots;
    if (!scene_slots.is_point || first >= positions_) return positions_;

    std::uint64_t base = base_ + replicate;
    for (std::size_t g = 0; g < space_->scene_group_count(); ++g)
        base += offsets_[g][slots[g]];
    std::vector<std::uint64_t> indices(groups.size());
    std::uint64_t rest = first;
    for (std::size_t m = moving_.size(); m-- > 0;) {
        indices[moving_[m]] = rest % groups[moving_[m]].size;
        rest /= groups[moving_[m]].size;
    }
    for (std::size_t g = space_->scene_group_count(); g < groups.size(); ++g)
        if (offsets_[g].size() == 1) base += offsets_[g][0];

    Scratch scratch;
    for (std::uint64_t position = first; position < positions_; ++position) {
        if (position % stop_interval == 0) heed_stop();
        for (const std::size_t g : moving_)
            slots[g] = indices[g];
        if (space_->settle_model(slots) &&
            std::ranges::none_of(earlier, [&](const PlanBlock* block) {
                return block->has_point_of(*this, slots, scratch);
            })) {
            std::uint64_t cell = base;
            for (const std::size_t g : moving_)
                cell += offsets_[g][slots[g]];
            if (!use(cell)) return position + 1;
        }
        for (std::size_t m = moving_.size(); m-- > 0;) {
            if (++indices[moving_[m]] < groups[moving_[m]].size) break;
            indices[moving_[m]] = 0;
        }
    }
    return positions_;
}

} // namespace basin

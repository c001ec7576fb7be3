#include "models/setting.hpp"

#include <fmt/format.h>

namespace basin {

std::optional<std::string> not_applicable(const Setting& setting) {
    const bool linear = setting.similarity.visit([](auto s) { return s.linear; });
    const bool negated = setting.similarity.visit([](auto s) { return s.negated; });
    const bool sign_blind = setting.interaction.visit([](auto f) { return f.sign_blind; });
    const auto similarity = setting.similarity.name();

    if (setting.formulation.is<Classical>()) {
        if (!setting.similarity.is<Dot>())
            return fmt::format("the classical network is defined by the dot product, not by {}",
                               similarity);
        return std::nullopt;
    }
    if (negated && !sign_blind)
        return fmt::format(
            "{} is never positive: under {} the farthest memory or none is retrieved; "
            "use interaction exponential",
            similarity, setting.interaction.name());
    if (setting.rule.is<Gradient>() && !linear)
        return fmt::format("the gradient rule is defined for similarities linear in the overlap, "
                           "which {} is not",
                           similarity);
    return std::nullopt;
}

} // namespace basin

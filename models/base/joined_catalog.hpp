#pragma once

#include "models/base/catalog.hpp"

namespace basin {

template <class... Lists>
struct JoinedCatalogs;

template <class... Entries>
struct JoinedCatalogs<Catalog<Entries...>> {
    using type = Catalog<Entries...>;
};

template <class... First, class... Second, class... Rest>
struct JoinedCatalogs<Catalog<First...>, Catalog<Second...>, Rest...>
    : JoinedCatalogs<Catalog<First..., Second...>, Rest...> {};

/// The entries of several catalogs as one, in their order.
template <class... Lists>
using Joined = typename JoinedCatalogs<Lists...>::type;

} // namespace basin

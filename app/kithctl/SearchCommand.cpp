// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "identity/Identities.h"
#include "identity/SearchIndex.h"

#include <iostream>

namespace kith::ctl {

namespace {

constexpr std::size_t Shown = 100;

std::string_view nameOf(identity::HitKind kind)
{
    switch (kind) {
    case identity::HitKind::Entity:
        return "entity";
    case identity::HitKind::Group:
        return "group";
    case identity::HitKind::Alias:
        return "alias";
    case identity::HitKind::Policy:
        break;
    }
    return "policy";
}

} // namespace

int search(const Arguments &arguments)
{
    auto core = OpenCore::open(arguments.core, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const auto hits = core->core().identities().index().find(arguments.operands[0], Shown + 1);
    if (!hits)
        return fail(hits.error());
    for (std::size_t i = 0; i < hits->size() && i < Shown; ++i) {
        const identity::Hit &hit = (*hits)[i];
        const std::string_view kind = nameOf(hit.kind);
        std::cout << kind << std::string(8 - kind.size(), ' ') << plain(hit.name)
                  << (hit.detail.empty() ? std::string() : " · " + plain(hit.detail)) << '\n';
    }
    if (hits->size() > Shown)
        std::cerr << "kithctl: there are more than " << Shown << "; search for a longer text\n";
    if (hits->empty())
        std::cerr << "kithctl: nothing matches " << plain(arguments.operands[0]) << '\n';
    return Done;
}

} // namespace kith::ctl

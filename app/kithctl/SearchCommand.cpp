// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"

#include <iostream>

namespace kith::ctl {

namespace {

constexpr std::size_t Shown = 100;

std::string_view textOf(const boost::json::value &value, std::string_view name)
{
    const boost::json::string &text = value.at(name).as_string();
    return {text.data(), text.size()};
}

} // namespace

int search(const Arguments &arguments)
{
    auto core = openCore(arguments, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const core::Response response =
        (*core)->send(core::Operation::Update, "kith/search", {{"text", arguments.operands[0]}, {"limit", Shown + 1}});
    if (!response.ok())
        return fail(response);
    const boost::json::array &hits = response.data->at("hits").as_array();
    for (std::size_t i = 0; i < hits.size() && i < Shown; ++i) {
        const std::string_view kind = textOf(hits[i], "kind");
        const std::string_view detail = textOf(hits[i], "detail");
        std::cout << kind << std::string(8 - std::min<std::size_t>(kind.size(), 7), ' ')
                  << plain(textOf(hits[i], "name")) << (detail.empty() ? std::string() : " · " + plain(detail)) << '\n';
    }
    if (hits.size() > Shown)
        std::cerr << "kithctl: there are more than " << Shown << "; search for a longer text\n";
    if (hits.empty())
        std::cerr << "kithctl: nothing matches " << plain(arguments.operands[0]) << '\n';
    return Done;
}

} // namespace kith::ctl

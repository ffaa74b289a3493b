// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"

#include <iostream>

namespace kith::ctl {

int exportDocument(const Arguments &arguments)
{
    auto core = openCore(arguments, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const core::Response response = (*core)->send(core::Operation::Read, "kith/export");
    if (!response.ok())
        return fail(response);
    const boost::json::string &document = response.data->at("document").as_string();
    std::cout.write(document.data(), static_cast<std::streamsize>(document.size()));
    return Done;
}

} // namespace kith::ctl

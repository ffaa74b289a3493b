// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "identity/Check.h"
#include "store/Store.h"

#include <iostream>

namespace kith::ctl {

/// Not through a Core: that wants more of a file to be sound than a check may ask for.
int check(const Arguments &arguments)
{
    store::OpenOptions options;
    options.file = arguments.core;
    options.access = store::Access::ReadOnly;
    options.program = "kithctl";
    const auto file = store::Store::open(std::move(options));
    if (!file)
        return fail(file.error());
    const auto findings = (*file)->read(
        [](store::Session &session) -> Result<identity::Findings> { return identity::checkCore(session); });
    if (!findings)
        return fail(findings.error());
    for (const identity::Finding &finding : findings->list)
        std::cout << plain(finding.object) << ": " << plain(finding.text) << "\n    " << finding.wayOut << '\n';
    if (findings->leftOut > 0)
        std::cout << "and " << findings->leftOut << " more\n";
    const std::size_t count = findings->list.size() + findings->leftOut;
    if (count > 0)
        return fail(counted(count, "finding", "findings") + " in " + arguments.core.string());
    std::cout << arguments.core.string() << " is sound.\n";
    return Done;
}

} // namespace kith::ctl

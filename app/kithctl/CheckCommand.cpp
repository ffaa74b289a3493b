// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "identity/Check.h"
#include "store/Store.h"

#include <iostream>

namespace kith::ctl {

namespace {

/// Damage that keeps the file from being read is a finding like any other.
Result<identity::Findings> orFinding(const Error &error)
{
    if (error.code != ErrorCode::Damaged)
        return error;
    return identity::Findings{{{"file", error.wire, "restore a backup"}}, 0};
}

/// Not through a Core: that wants more of a file to be sound than a check may ask for.
Result<identity::Findings> findingsIn(const std::filesystem::path &core)
{
    store::OpenOptions options;
    options.file = core;
    options.access = store::Access::ReadOnly;
    options.program = "kithctl";
    const auto file = store::Store::open(std::move(options));
    if (!file)
        return orFinding(file.error());
    identity::Findings findings;
    const auto ran = (*file)->read([&findings](store::Session &session) -> Result<void> {
        findings = identity::checkCore(session);
        return {};
    });
    // On a damaged file even the end of the transaction can fail: what was found by then counts.
    if (!ran && findings.list.empty())
        return orFinding(ran.error());
    return findings;
}

} // namespace

int check(const Arguments &arguments)
{
    const auto findings = findingsIn(arguments.core);
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

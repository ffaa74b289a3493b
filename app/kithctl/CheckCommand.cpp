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

/// What kith/check of a server answers.
Result<identity::Findings> findingsOf(const Server &server)
{
    auto core = openServer(server);
    if (!core)
        return core.error();
    const core::Response response = (*core)->send(core::Operation::Read, "kith/check");
    if (!response.ok())
        return Error{ErrorCode::InvalidRequest, response.status,
                     response.errors.empty() ? "the server refused this" : response.errors.front(), server.name()};
    identity::Findings findings;
    for (const boost::json::value &finding : response.data->at("findings").as_array())
        findings.list.push_back({std::string(finding.at("object").as_string()),
                                 std::string(finding.at("text").as_string()),
                                 std::string(finding.at("way_out").as_string())});
    findings.leftOut = response.data->at("left_out").to_number<std::size_t>();
    return findings;
}

} // namespace

int check(const Arguments &arguments)
{
    const std::string place = arguments.server ? arguments.server->name() : arguments.core.string();
    const auto findings = arguments.server ? findingsOf(*arguments.server) : findingsIn(arguments.core);
    if (!findings)
        return fail(findings.error());
    for (const identity::Finding &finding : findings->list)
        std::cout << plain(finding.object) << ": " << plain(finding.text) << "\n    " << finding.wayOut << '\n';
    if (findings->leftOut > 0)
        std::cout << "and " << findings->leftOut << " more\n";
    const std::size_t count = findings->list.size() + findings->leftOut;
    if (count > 0)
        return fail(counted(count, "finding", "findings") + " in " + place);
    std::cout << place << " is sound.\n";
    return Done;
}

} // namespace kith::ctl

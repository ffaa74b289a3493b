// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "store/Text.h"

namespace kith::ctl {

Result<OpenCore> OpenCore::open(const std::filesystem::path &file, store::Access access)
{
    core::CoreOptions options;
    options.file.file = file;
    options.file.access = access;
    options.file.program = "kithctl";
    options.rootToken = randomHex(16);
    std::string token = options.rootToken;
    auto core = core::Core::open(std::move(options));
    if (!core)
        return core.error();
    return OpenCore(std::move(*core), std::move(token));
}

core::Response OpenCore::send(core::Operation operation, std::string path, boost::json::object data)
{
    core::Request request;
    request.operation = operation;
    request.path = std::move(path);
    request.token = m_token;
    request.data = std::move(data);
    return m_core->handle(request);
}

} // namespace kith::ctl

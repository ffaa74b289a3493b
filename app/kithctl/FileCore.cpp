// SPDX-License-Identifier: Apache-2.0
#include "AnyCore.h"

#include "core/Core.h"
#include "store/Text.h"

namespace kith::ctl {

namespace {

class FileCore final : public AnyCore
{
public:
    FileCore(std::unique_ptr<core::Core> core, std::string token) : m_core(std::move(core)), m_token(std::move(token))
    {}

    core::Response send(core::Operation operation, std::string path, boost::json::object data) override
    {
        core::Request request;
        request.operation = operation;
        request.path = std::move(path);
        request.token = m_token;
        request.data = std::move(data);
        return m_core->handle(request);
    }

private:
    std::unique_ptr<core::Core> m_core;
    std::string m_token; ///< Lives as long as this process.
};

} // namespace

Result<std::unique_ptr<AnyCore>> openFile(const std::filesystem::path &file, store::Access access)
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
    return std::unique_ptr<AnyCore>(std::make_unique<FileCore>(std::move(*core), std::move(token)));
}

Result<std::unique_ptr<AnyCore>> openCore(const Arguments &arguments, store::Access access)
{
    return openPlace({arguments.core, arguments.server}, access);
}

Result<std::unique_ptr<AnyCore>> openPlace(const Place &place, store::Access access)
{
    return place.server ? openServer(*place.server) : openFile(place.core, access);
}

} // namespace kith::ctl
